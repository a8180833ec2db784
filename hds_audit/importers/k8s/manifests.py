"""The objects of files and folders: as they are written, or as their kustomizations make them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from hds_audit.importers.documents import documents_of
from hds_audit.importers.draft import Draft
from hds_audit.importers.k8s.kustomize import NAMES, Kustomizer, is_of_flux, kustomization_in
from hds_audit.importers.k8s.objects import Thing, unpacked
from hds_audit.importers.placed import Document, documents
from hds_audit.importers.texts import read_text
from hds_audit.model.text import Text

_NO_OBJECT = Text(
    "this is no Kubernetes object (no apiVersion and kind); values of a chart have to be rendered first: helm template",
    "ce n'est pas un objet Kubernetes (ni apiVersion ni kind) ; les valeurs d'un chart doivent d'abord être rendues : helm template",
)
_NOT_APPLIED = Text(
    "no kustomization of this folder names this file, so it is not applied; name it alone to import it",
    "aucune kustomization de ce dossier ne nomme ce fichier, qui n'est donc pas appliqué ; donnez-le seul pour l'importer",
)
_PRODUCTION = re.compile(r"prod|prd|production|live", re.IGNORECASE)


def things(paths: tuple[Path, ...], draft: Draft) -> Iterator[Thing]:
    """The objects of these files and folders, those inside lists too; what is none is refused."""
    files = list(_files(paths))
    folders = [path.parent for path in files if path.name in NAMES and _is_kustomization(path)]
    kustomizer = Kustomizer(draft)
    made = {folder: kustomizer.build(folder) for folder in dict.fromkeys(folders)}
    for folder in _chosen(made, kustomizer, draft):
        yield from made[folder]
    governed = {folder.resolve() for folder in folders} | kustomizer.within.keys()
    for path in files:
        here = path.resolve()
        if here in kustomizer.used or (path.name in NAMES and path.parent in made):
            continue
        if not governed.intersection(here.parents):
            yield from _written(path, draft)
        elif any(document.content.text("kind") for document in _documents(path)):
            draft.refuse(str(path), _NOT_APPLIED)


def _documents(path: Path) -> list[Document]:
    text = read_text(path)
    return documents(str(path), text)[0] if isinstance(text, str) else []


def _written(path: Path, draft: Draft) -> Iterator[Thing]:
    for document in documents_of(path, draft).found:
        if document.content.text("kind") and document.content.text("apiVersion"):
            yield from unpacked(document.content, str(path), document.line)
        else:
            draft.refuse(f"{path}:{document.line}", _NO_OBJECT)


def _chosen(made: dict[Path, list[Thing]], kustomizer: Kustomizer, draft: Draft) -> list[Path]:
    """The folders that no other draws from; where several are environments of one base and one is production, that one."""
    drawn = {base for bases in kustomizer.within.values() for base in bases}
    roots = [folder for folder in made if folder.resolve() not in drawn and made[folder]] or list(made)[:1]
    production = [folder for folder in roots if _PRODUCTION.fullmatch(folder.name)]
    if len(production) != 1:
        return roots
    shared = _bases(production[0], kustomizer)
    others = [folder for folder in roots if folder != production[0] and shared & _bases(folder, kustomizer)]
    for folder in others:
        draft.refuse(str(folder), _other_environment(production[0].name))
    return [folder for folder in roots if folder not in others]


def _bases(folder: Path, kustomizer: Kustomizer) -> set[Path]:
    found: set[Path] = set()
    left = [folder.resolve()]
    while left:
        new = kustomizer.within.get(left.pop(), set()) - found
        found |= new
        left.extend(new)
    return found


def _other_environment(name: str) -> Text:
    return Text(
        f"another environment of what {name} deploys: left out; give this folder alone to import it",
        f"un autre environnement de ce que déploie {name} : laissé de côté ; donnez ce dossier seul pour l'importer",
    )


def _is_kustomization(path: Path) -> bool:
    """Whether a file of that name is one, and neither an object of Flux nor a component, which alone makes nothing."""
    found = _documents(path)
    return bool(found) and not any(is_of_flux(each.content) or each.content.text("kind") == "Component" for each in found)


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            whole = kustomization_in(path)
            yield from sorted({*([whole] if whole else []), *(file for file in path.rglob("*") if file.suffix in {".yml", ".yaml"})})
        else:
            yield path
