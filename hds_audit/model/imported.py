"""A description read from another format: plain data, where each fact was read, and what could not be known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from hds_audit.model.text import Text

Plain = str | bool | int | float | list["Plain"] | dict[str, "Plain"]


class Source(NamedTuple):
    """Where an imported fact was read: a file, its line and column from 1 (0 where the format has none), the resource's own address."""

    file: str
    line: int = 0
    column: int = 0
    address: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{self.address} ({where})" if self.address else where


class Unknown(NamedTuple):
    """A fact that the input does not hold: the path to declare in infra.yaml, and why it is missing."""

    path: str
    reason: Text
    source: Source | None = None


class Refusal(NamedTuple):
    """A part of an input that was not read: `file:line`, what is wrong and what to do."""

    where: str
    reason: Text


class Aside(NamedTuple):
    """Things of one type that say nothing of data (`known`), or of which the mapping tables know nothing."""

    type: str
    number: int
    known: bool


@dataclass(frozen=True, slots=True)
class Imported:
    """What one importer made of its files; `origins` has a source for the dotted path of every fact of `data`.

    An item of a list goes by its identifier: a flow by its `id`, an endpoint by its url, a domain by its name.
    """

    importer: str
    data: Mapping[str, Plain]
    origins: Mapping[str, Source]
    unknowns: tuple[Unknown, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    aside: tuple[Aside, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing at all was imported."""
        return not any(self.data.get(section) for section in ("hosts", "components", "data", "keys", "flows", "domains", "endpoints"))
