"""The objects of files and folders: as they are written, or as their kustomizations make them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hds_audit.importers.documents import documents_of
from hds_audit.importers.draft import Draft
from hds_audit.importers.environments import is_production, left_out
from hds_audit.importers.k8s.kustomize import NAMES, Kustomizer, is_of_flux, kustomization_in
from hds_audit.importers.k8s.objects import Thing, unpacked
from hds_audit.importers.placed import Document, documents
from hds_audit.importers.texts import read_text
from hds_audit.model.text import Text

_NO_OBJECT = Text(
    "this is no Kubernetes object (no apiVersion and kind); values of a chart have to be rendered first: helm template",
    "ce n'est pas un objet Kubernetes (ni apiVersion ni kind) ; les valeurs d'un chart doivent d'abord être rendues : helm template",
)
_FEW = 6


def things(paths: tuple[Path, ...], draft: Draft) -> Iterator[Thing]:
    """The objects of these files and folders, those inside lists too; what is none is refused."""
    files = list(_files(paths))
    folders = list(dict.fromkeys(path.parent for path in files if path.name in NAMES and _is_kustomization(path)))
    kustomizer = Kustomizer(draft, [*paths, *files])
    made = {folder: kustomizer.build(folder) for folder in folders}
    for world, folder in _chosen(made, kustomizer, draft):
        for thing in made[folder]:
            thing.world = world
            yield thing
    governed = {folder.resolve() for folder in folders} | kustomizer.within.keys()
    left: dict[Path, list[Path]] = {}
    for path in files:
        here = path.resolve()
        if here in kustomizer.used or (path.name in NAMES and governed):
            continue
        if not governed.intersection(here.parents):
            yield from _written(path, draft)
        elif any(document.content.text("kind") for document in _documents(path)):
            left.setdefault(path.parent, []).append(path)
    for folder, listed in left.items():
        draft.refuse(str(folder), _not_applied([path.name for path in listed]))


def _written(path: Path, draft: Draft) -> Iterator[Thing]:
    for document in documents_of(path, draft).found:
        if document.content.text("kind") and document.content.text("apiVersion"):
            yield from unpacked(document.content, str(path), document.line)
        else:
            draft.refuse(f"{path}:{document.line}", _NO_OBJECT)


def _documents(path: Path) -> list[Document]:
    text = read_text(path)
    return documents(str(path), text)[0] if isinstance(text, str) else []


def _chosen(made: dict[Path, list[Thing]], kustomizer: Kustomizer, draft: Draft) -> list[tuple[int, Path]]:
    """The folders that no other draws from, each with its world.

    One that holds all the others is the whole; where several are environments of one base and one is production, that one.
    """
    drawn = {base for bases in kustomizer.within.values() for base in bases}
    roots = [folder for folder in made if folder.resolve() not in drawn and made[folder]] or list(made)[:1]
    for leading in (_above(roots), _production(roots)):
        if leading is not None:
            shared = _bases(leading, kustomizer) | {leading.resolve()}
            others = [folder for folder in roots if folder != leading and shared & _bases(folder, kustomizer)]
            for folder in others:
                draft.refuse(str(folder), left_out(leading.name or str(leading)))
            roots = [folder for folder in roots if folder not in others]
    apart = {folder for folder in roots for other in roots if other != folder and _bases(folder, kustomizer) & _bases(other, kustomizer)}
    return [(number if folder in apart else 0, folder) for number, folder in enumerate(roots, 1)]


def _above(roots: list[Path]) -> Path | None:
    """The folder that holds all the others."""
    return next((root for root in roots if len(roots) > 1 and all(other.is_relative_to(root) for other in roots)), None)


def _production(roots: list[Path]) -> Path | None:
    found = [folder for folder in roots if is_production(folder.name)]
    return found[0] if len(found) == 1 else None


def _bases(folder: Path, kustomizer: Kustomizer) -> set[Path]:
    found: set[Path] = set()
    left = [folder.resolve()]
    while left:
        new = kustomizer.within.get(left.pop(), set()) - found
        found |= new
        left.extend(new)
    return found


def _not_applied(names: list[str]) -> Text:
    few = ", ".join(names[:_FEW]) + (", …" if len(names) > _FEW else "")
    return Text(
        f"no kustomization names these files, so they are not applied; name them alone to import them: {few}",
        f"aucune kustomization ne nomme ces fichiers, qui ne sont donc pas appliqués ; donnez-les seuls pour les importer : {few}",
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
