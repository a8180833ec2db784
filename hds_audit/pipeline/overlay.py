"""A description read from an infra.yaml and an import together, each fact placed in the file that states it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from hds_audit.errors import InputError, Problem
from hds_audit.model.catalogue import Catalogue
from hds_audit.model.description import Description, InputFile
from hds_audit.model.imported import Imported, Source
from hds_audit.model.record import Files, Record, Value, pack
from hds_audit.read.description import parse_description
from hds_audit.read.files import including_from
from hds_audit.write.update import Update


def overlaid(path: Path, changed: Update, imported: Imported, catalogue: Catalogue) -> Description:
    """Read the changed text of an infra.yaml; places are those of the file as people wrote it, or of the imported files.

    Raises InputError with every problem, at the lines of the file as it is.
    """
    name = path.as_posix()
    try:
        read = parse_description(name, changed.text.encode(), catalogue, including_from(path.parent))
    except InputError as error:
        raise InputError(*(_as_written(problem, name, changed.lines) for problem in error.problems)) from error
    original = tuple(path.read_text(encoding="utf-8-sig").splitlines())
    placed = _Placing(read, changed, _origins(imported, changed), original).description()
    inputs = (InputFile(name, _digest(path)), *read.inputs[1:], *_inputs(imported))
    return Description(placed.root, placed.files, inputs, placed.plain)


def _inputs(imported: Imported) -> Iterator[InputFile]:
    """The imported files, and those of a folder that facts were read from."""
    files = (*imported.files, *(source.file for source in imported.origins.values()))
    for file in sorted({file for file in files if Path(file).is_file()}):
        yield InputFile(file, _digest(Path(file)))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _as_written(problem: Problem, name: str, lines: tuple[int, ...]) -> Problem:
    found = re.fullmatch(rf"{re.escape(name)}:(\d+)(:\d+)?", problem.where)
    if found is None:
        return problem
    line = lines[min(int(found[1]) - 1, len(lines) - 1)] + 1
    return problem._replace(where=f"{name}:{line}{found[2] or ''}")


def _origins(imported: Imported, changed: Update) -> dict[str, Source]:
    """The sources of what the import wrote, by the path in the file, whose identifiers may differ from those it made up."""
    moved = {f"{section}.{old}": f"{section}.{new}" for (section, old), new in changed.names.items()}
    origins: dict[str, Source] = {}
    for path, source in imported.origins.items():
        head = ".".join(path.split(".", 2)[:2])
        whole = moved.get(head, head) + path[len(head) :]
        fact = ".".join(whole.split(".")[:3])
        if fact in changed.owned:
            origins[whole] = source
            origins.setdefault(fact, source)
    return origins


class _Placing:
    """Marks of the changed text into marks of the file as written and of the imported files."""

    def __init__(self, read: Description, changed: Update, origins: Mapping[str, Source], original: tuple[str, ...]) -> None:
        self._read, self._lines, self._origins, self._original = read, changed.lines, origins, original
        names = read.files.names
        more = dict.fromkeys(source.file for source in origins.values() if source.file not in names)
        self._files = {file: index for index, file in enumerate((*names, *more))}

    def description(self) -> Description:
        """The description with its places put right."""
        files, names = self._read.files, tuple(self._files)
        blank = ((),) * (len(names) - len(files.names))
        texts = ("\n".join(self._original), *files.texts[1:], *("" for _ in blank))
        placed = Files(names, texts, (self._original, *files.lines[1:], *blank))
        return Description(self._record(self._read.root, None, ""), placed, self._read.inputs, self._read.plain)

    def _record(self, record: Record, around: Source | None, path: str) -> Record:
        sources = {key: self._origins.get(_under(path, key), around) for key in record.marks}
        marks = {key: self._mark(mark, sources[key]) for key, mark in record.marks.items()}
        values = {key: self._value(value, sources.get(key), _under(path, key)) for key, value in record.values.items()}
        return record._replace(values=values, marks=marks, mark=self._mark(record.mark, self._origins.get(path, around)))

    def _value(self, value: Value, around: Source | None, path: str) -> Value:
        """A value under a path; `around` is the source of the fact that it is a part of."""
        if isinstance(value, Record):
            return self._record(value, around if path.count(".") > 1 else None, path)
        if isinstance(value, dict):
            return {key: self._value(item, around, _under(path, key)) for key, item in value.items()}
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            return tuple(self._value(item, around, _under(path, listed_as(item, index))) for index, item in enumerate(value))
        return value

    def _mark(self, mark: int, source: Source | None) -> int:
        if source is not None:
            point = max(source.line - 1, 0), max(source.column - 1, 0)
            return pack(self._files[source.file], point, point)
        key, value = self._read.files.key_place(mark), self._read.files.value_place(mark)
        if key.file != self._read.files.names[0]:
            return mark
        return pack(0, (self._old(key.line), key.column - 1), (self._old(value.line), value.column - 1))

    def _old(self, line: int) -> int:
        return self._lines[min(line - 1, len(self._lines) - 1)]


def _under(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def listed_as(item: Value, index: int) -> str:
    """What an import calls an element of a list: the id of a flow, the url of an endpoint, the name of a domain."""
    values = item.values if isinstance(item, Record) else {}
    found = values.get("id") or values.get("url") or values.get("name") or f"{values.get('from')}--{values.get('to')}"
    return found if isinstance(found, str) and found != "None--None" else str(index)
