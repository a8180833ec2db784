"""Kustomize: what a `kustomization.yaml` and its bases make of their manifests, as far as that needs no other program."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from os.path import normpath
from pathlib import Path

from hds_audit.importers.addresses import without_credentials
from hds_audit.importers.documents import documents_of
from hds_audit.importers.draft import Draft
from hds_audit.importers.interpolation import settings_of
from hds_audit.importers.k8s.objects import Thing, unpacked
from hds_audit.importers.k8s.patches import merge, operate, reaches
from hds_audit.importers.placed import PlacedList, PlacedMap, documents
from hds_audit.importers.texts import read_text
from hds_audit.model.imported import Refusal
from hds_audit.model.text import Text

NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_DEEPEST = 24
_BEYOND = ("helmCharts", "helmChartInflationGenerator", "generators", "transformers", "replacements", "vars")
_REMOTE = re.compile(r"[a-z+]+://.*|(?:[\w-]+\.)+[a-z]{2,}/.*|git@.*", re.IGNORECASE)
_FLUX = "kustomize.toolkit.fluxcd.io"


def kustomization_in(folder: Path) -> Path | None:
    """The kustomization of a folder; None where it has none."""
    return next((folder / name for name in NAMES if (folder / name).is_file()), None)


class Kustomizer:
    """Builds kustomizations of files in their own folders, or among those `given`.

    `used` has every file that was read, `within` the folders that each folder draws from.
    """

    def __init__(self, draft: Draft, given: Collection[Path]) -> None:
        self._draft = draft
        self._given = {path.resolve() for path in given}
        self.used: set[Path] = set()
        self.within: dict[Path, set[Path]] = {}

    def build(self, folder: Path, above: tuple[Path, ...] = ()) -> list[Thing]:
        """The objects that a folder makes; what is not here, or needs another program, is refused."""
        path, here = kustomization_in(folder), folder.resolve()
        if path is None or here in above or len(above) > _DEEPEST:
            return []
        self.used.add(path.resolve())
        found: list[Thing] = []
        self.within.setdefault(here, set())
        for document in documents_of(path, self._draft).found:
            if not is_of_flux(document.content):
                found = self._made(path, document.content, (*above, here))
        return found

    def _made(self, path: Path, content: PlacedMap, above: tuple[Path, ...]) -> list[Thing]:
        found = [thing for key in ("resources", "bases") for thing in self._drawn(path, content, key, above)]
        for item, _ in content.listed("configMapGenerator").maps():
            self._generate("ConfigMap", item, path, content.line("configMapGenerator")[0], found)
        for item, _ in content.listed("secretGenerator").maps():
            self._generate("Secret", item, path, content.line("secretGenerator")[0], found)
        found = self._with_components(path, content, above, found)
        found = self._patched(path, content, found)
        _change_images(content, found)
        _rename(content, found)
        for key in _BEYOND:
            if content.get(key):
                self._draft.refuse(f"{path}:{content.line(key)[0]}", _beyond(key))
        return found

    def _drawn(self, path: Path, content: PlacedMap, key: str, above: tuple[Path, ...]) -> Iterator[Thing]:
        listed = content.listed(key)
        for item, (line, _) in zip(listed, listed.lines, strict=False):
            other = Path(normpath(path.parent / str(item)))
            if not isinstance(item, str) or _REMOTE.fullmatch(item) or not (other.is_dir() or self._readable(other, path.parent)):
                self._draft.refuse(f"{path}:{line}", _absent(str(item)))
            elif other.is_dir():
                yield from self._base(other, path, line, str(item), above)
            else:
                self.used.add(other.resolve())
                for document in documents_of(other, self._draft).found:
                    yield from unpacked(document.content, str(other), document.line)

    def _readable(self, file: Path, folder: Path) -> bool:
        here = file.resolve()
        inside = here.is_relative_to(folder.resolve()) or not self._given.isdisjoint((here, *here.parents))
        return inside and file.is_file()

    def _base(self, folder: Path, path: Path, line: int, name: str, above: tuple[Path, ...]) -> list[Thing]:
        if kustomization_in(folder) is None:
            self._draft.refuse(f"{path}:{line}", _absent(name))
        self.within.setdefault(above[-1], set()).add(folder.resolve())
        return self.build(folder, above)

    def _with_components(self, path: Path, content: PlacedMap, above: tuple[Path, ...], found: list[Thing]) -> list[Thing]:
        listed = content.listed("components")
        for item, (line, _) in zip(listed, listed.lines, strict=False):
            folder = Path(normpath(path.parent / str(item)))
            inner = kustomization_in(folder) if folder.is_dir() else None
            if inner is None or folder.resolve() in above:
                self._draft.refuse(f"{path}:{line}", _absent(str(item)))
                continue
            self.used.add(inner.resolve())
            self.within.setdefault(above[-1], set()).add(folder.resolve())
            for document in documents_of(inner, self._draft).found:
                found = self._patched(inner, document.content, [*found, *self._drawn(inner, document.content, "resources", above)])
        return found

    def _generate(self, kind: str, item: PlacedMap, path: Path, line: int, found: list[Thing]) -> None:
        """A setting or secret that literals and files of variables make; of a secret the names of its keys alone."""
        data = PlacedMap()
        for literal in item.listed("literals"):
            name, _, value = str(literal).partition("=")
            data[name] = value if kind == "ConfigMap" else None
        for file in (path.parent / str(name) for name in [*item.listed("envs"), *([item.text("env")] if item.text("env") else [])]):
            if self._readable(file, path.parent):
                self.used.add(file.resolve())
                data.update({name: value if kind == "ConfigMap" else None for name, value, _ in settings_of(file)})
            else:
                self._draft.refuse(f"{path}:{line}", _absent(file.name))
        data.lines = dict.fromkeys(data, (line, 1))
        there = next((thing for thing in found if thing.kind == kind and item.text("name") in thing.names), None)
        if there is not None:
            patch = PlacedMap()
            patch["data"] = data
            merge(there.content, patch, (there.line, 1))
            return
        content = PlacedMap()
        content["data"] = data
        found.append(Thing(kind, "", item.text("name"), content, str(path), line))

    def _patched(self, path: Path, content: PlacedMap, found: list[Thing]) -> list[Thing]:
        for key in ("patchesStrategicMerge", "patches", "patchesJson6902"):
            listed = content.listed(key)
            for item, (line, _) in zip(listed, listed.lines, strict=False):
                target = item.under("target") if isinstance(item, PlacedMap) else PlacedMap()
                text = self._text(item, path, line)
                found = self._apply(text, target, f"{path}:{line}", found) if text else found
        return found

    def _text(self, item: object, path: Path, line: int) -> str:
        """The text of a patch, written there or in a file of the folder."""
        inline = item.text("patch") if isinstance(item, PlacedMap) else str(item)
        name = item.text("path") if isinstance(item, PlacedMap) else inline
        if inline and (isinstance(item, PlacedMap) or "\n" in inline):
            return inline
        file = path.parent / name
        if not name or not self._readable(file, path.parent):
            self._draft.refuse(f"{path}:{line}", _absent(name))
            return ""
        self.used.add(file.resolve())
        text = read_text(file)
        if isinstance(text, Refusal):
            self._draft.refuse(text.where, text.reason)
            return ""
        return text

    def _apply(self, text: str, target: PlacedMap, where: str, found: list[Thing]) -> list[Thing]:
        wrapped = "operations:\n" + "\n".join(f" {line}" for line in text.splitlines()) if _is_list(text) else text
        read, refusals = documents(where, wrapped)
        for refusal in refusals:
            self._draft.refuse(where, refusal.reason)
        for content in (document.content for document in read):
            reached = [thing for thing in found if (reaches(target, thing) if target else _same(content, thing))]
            if content.text("$patch") == "delete":
                found = [thing for thing in found if thing not in reached]
            for thing in reached:
                if not _is_list(text):
                    merge(thing.content, content, (thing.line, 1))
                elif not operate(thing.content, content.listed("operations"), (thing.line, 1)):
                    self._draft.refuse(where, _beyond("patches"))
        return found


def is_of_flux(content: PlacedMap) -> bool:
    """Whether a document is an object of Flux, which names folders to apply and is no kustomization itself."""
    return content.text("apiVersion").startswith(_FLUX)


def _is_list(text: str) -> bool:
    return re.match(r"(?:\s*(?:#.*|---\s*)?\n)*\s*(?:-\s|\[)", text) is not None


def _same(patch: PlacedMap, thing: Thing) -> bool:
    group = patch.text("apiVersion").rpartition("/")[0]
    return patch.text("kind") == thing.kind and group == thing.group and patch.under("metadata").text("name") in thing.names


def _rename(content: PlacedMap, found: list[Thing]) -> None:
    """The namespace of all, and the names that they answer to once a prefix or a suffix is put on."""
    namespace, prefix, suffix = (content.text(key) for key in ("namespace", "namePrefix", "nameSuffix"))
    for thing in found:
        if namespace:
            patch, metadata = PlacedMap(), PlacedMap()
            metadata["namespace"], patch["metadata"] = namespace, metadata
            merge(thing.content, patch, (thing.line, 1))
        if prefix or suffix:
            thing.others.append(f"{prefix}{thing.names[-1]}{suffix}")


def _change_images(content: PlacedMap, found: list[Thing]) -> None:
    for item, _ in content.listed("images").maps():
        for container in (each for thing in found for each in _containers(thing.content)):
            name = re.sub(r"(?::[^:/@]+)?(?:@.*)?$", "", container.text("image"))
            if name and name == item.text("name"):
                tag = (
                    f":{item.text('newTag')}"
                    if item.text("newTag")
                    else ""
                    if item.text("digest")
                    else container.text("image")[len(name) :]
                )
                container["image"] = f"{item.text('newName') or name}{tag}"


def _containers(content: PlacedMap) -> Iterator[PlacedMap]:
    left: list[object] = [content]
    while left:
        here = left.pop()
        if isinstance(here, PlacedMap):
            for key in ("containers", "initContainers"):
                yield from (container for container, _ in here.listed(key).maps())
            left.extend(here.values())
        elif isinstance(here, PlacedList):
            left.extend(here)


def _absent(asked: str) -> Text:
    name = without_credentials(asked)
    return Text(
        f"{name} is not here, or outside what was given: give the folder that holds both, or the output of `kustomize build`",
        f"{name} est absent, ou hors de ce qui a été donné : donnez le dossier qui contient les deux, ou la sortie de `kustomize build`",
    )


def _beyond(key: str) -> Text:
    return Text(
        f"{key}: this part was not followed; import the output of `kustomize build`",
        f"{key} : cette partie n'a pas été suivie ; importez la sortie de `kustomize build`",
    )
