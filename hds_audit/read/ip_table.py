"""A user's own table of who announces which addresses: a MaxMind DB, or text in lines (IPinfo's and iptoasn's columns are known)."""

import bisect
import csv
import re
from collections.abc import Callable, Iterator
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import NamedTuple

from hds_audit.errors import InputError, Problem
from hds_audit.model.evidence import Announcement
from hds_audit.read.maxmind import Database, Node

_NUMBER = re.compile(r"(?:AS)?(\d{1,10})", re.IGNORECASE)
_ASN, _HOLDER, _COUNTRY = ("asn", "autonomous_system_number"), ("as_name", "autonomous_system_organization"), ("country_code", "country")


class Row(NamedTuple):
    """A range of addresses of one family, both ends included."""

    version: int
    first: int
    last: int
    announcement: Announcement


def read_ip_table(path: Path) -> Callable[[str], tuple[Announcement, ...]]:
    """A look-up by address; raises InputError where the file is no such table."""
    try:
        if path.suffix == ".mmdb":
            return _from_database(Database(path.read_bytes()))
        rows = sorted(_rows(path))
    except OSError as error:
        raise InputError(Problem(str(path), f"cannot be read: {error.strerror}", f"illisible : {error.strerror}")) from None
    except ValueError as error:
        en = f"no table of addresses: {error}; give a .mmdb, or lines `network,asn,as_name` or `first last asn country name`"
        raise InputError(Problem(str(path), en, f"pas une table d'adresses : {error}")) from None
    starts = [row[:2] for row in rows]

    def find(address: str) -> tuple[Announcement, ...]:
        parsed = ip_address(address)
        place = bisect.bisect_right(starts, (parsed.version, int(parsed))) - 1
        row = rows[place] if place >= 0 else None
        holds = row is not None and row.version == parsed.version and int(parsed) <= row.last
        return (row.announcement,) if row is not None and holds else ()

    return find


def _from_database(database: Database) -> Callable[[str], tuple[Announcement, ...]]:
    def find(address: str) -> tuple[Announcement, ...]:
        try:
            found = database.find(address)
        except ValueError:
            return ()
        if not isinstance(found, dict):
            return ()
        number = _NUMBER.fullmatch(_first(found, _ASN))
        return (Announcement(int(number[1]), _first(found, _HOLDER), _first(found, _COUNTRY)),) if number else ()

    return find


def _first(found: dict[str, Node], keys: tuple[str, ...]) -> str:
    return next((str(found[key]) for key in keys if found.get(key)), "")


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as opened:
        first = opened.readline()
        delimiter = "\t" if "\t" in first else ","
        opened.seek(0)
        if "network" in first:
            for line in csv.DictReader(opened, delimiter=delimiter):
                network = ip_network(line["network"] or "", strict=False)
                yield from _row(network[0], network[-1], line.get("asn"), line.get("as_name"), line.get("country_code"), str(network))
        else:
            for cells in csv.reader(opened, delimiter=delimiter):
                start, end, number, country, holder = (*cells, "", "", "", "", "")[:5]
                yield from _row(ip_address(start), ip_address(end), number, holder, country, "")


def _row(first: object, last: object, number: str | None, holder: str | None, country: str | None, prefix: str) -> Iterator[Row]:
    start, end = ip_address(str(first)), ip_address(str(last))
    found = _NUMBER.fullmatch(number or "")
    if found and int(found[1]):
        yield Row(start.version, int(start), int(end), Announcement(int(found[1]), holder or "", (country or "")[:2], prefix))
