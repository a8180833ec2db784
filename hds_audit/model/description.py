"""The whole description: infra.yaml and what it includes, read."""

from collections.abc import Mapping
from typing import NamedTuple

from hds_audit.model.record import Files, Record

SECTIONS = ("organisations", "data", "hosts", "certificates", "components", "keys")


class InputFile(NamedTuple):
    """A file that was read, with the digest of its bytes."""

    path: str
    sha256: str


class Description:
    """What infra.yaml says: `root` is a Record of the type `description`; `plain` the merged tree as plain data, for the report."""

    __slots__ = ("_sections", "files", "inputs", "plain", "root")

    def __init__(self, root: Record, files: Files, inputs: tuple[InputFile, ...], plain: dict[str, object]) -> None:
        self.root, self.files, self.inputs, self.plain = root, files, inputs, plain
        self._sections = {name: _records(root.values.get(name)) for name in SECTIONS}

    def section(self, name: str) -> Mapping[str, Record]:
        """The records of a keyed section by identifier; empty where it is left out or says none."""
        return self._sections.get(name) or _records(self.root.values.get(name))

    def listed(self, name: str) -> tuple[Record, ...]:
        """The records of a section that is a list (flows, endpoints)."""
        found = self.root.values.get(name)
        return tuple(item for item in found if isinstance(item, Record)) if isinstance(found, tuple) else ()


def _records(found: object) -> dict[str, Record]:
    return {key: record for key, record in found.items() if isinstance(record, Record)} if isinstance(found, dict) else {}
