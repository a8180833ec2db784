"""What each value allows and the whole forbids: no host at all, names that clash, places that contradict one another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hds_audit.model.catalogue import Catalogue
from hds_audit.model.format.words import CONTROLLER_WORDS, END_WORDS, HOLDER_WORDS
from hds_audit.model.record import Record, Value
from hds_audit.read import consistency_wording as wording
from hds_audit.read.circles import circles
from hds_audit.read.complaints import Complaint, key_point, value_point
from hds_audit.read.days import days_out_of_order
from hds_audit.read.proofs import proofs_of_nothing
from hds_audit.read.within import records_within

_RESERVED = {
    "components": frozenset(END_WORDS),
    "hosts": frozenset(END_WORDS),
    "organisations": frozenset({*CONTROLLER_WORDS, *HOLDER_WORDS}),
}
_PERCENT = {"owner": "share", "contract": "availability", "application": "availability", "training": "share"}
_COUNTRY = re.compile("[A-Z]{2}")


def inconsistencies(root: Record, catalogue: Catalogue) -> Iterator[Complaint]:
    """Everything that does not hold together, though each value by itself may stand."""
    yield from _nothing_to_audit(root)
    yield from _reserved_names(root)
    yield from _places(root, catalogue)
    yield from _percents(root)
    yield from _repeated(root, "flows", "id")
    yield from _repeated(root, "endpoints", "url")
    yield from _several_answers(root)
    yield from circles(root, catalogue)
    yield from days_out_of_order(root)
    yield from proofs_of_nothing(root)


def section(root: Record, name: str) -> dict[str, Value]:
    """The entries of a keyed section; none where it is left out, false or true."""
    found = root.values.get(name)
    return found if isinstance(found, dict) else {}


def _nothing_to_audit(root: Record) -> Iterator[Complaint]:
    if root.values.get("application") is False:
        yield Complaint(value_point(root.marks["application"]), wording.NO_APPLICATION)
    if "hosts" in root.values and not section(root, "hosts"):
        yield Complaint(value_point(root.marks["hosts"]), wording.NO_HOST)


def _reserved_names(root: Record) -> Iterator[Complaint]:
    for name, words in _RESERVED.items():
        for key, entry in section(root, name).items():
            if key in words and isinstance(entry, Record):
                yield Complaint(key_point(entry.mark), wording.reserved(key))


def _places(root: Record, catalogue: Catalogue) -> Iterator[Complaint]:
    for host in section(root, "hosts").values():
        if isinstance(host, Record):
            yield from _region_elsewhere(host, catalogue)
            yield from _copies_nowhere(host, catalogue)


def _region_elsewhere(host: Record, catalogue: Catalogue) -> Iterator[Complaint]:
    """A region in another country than the location; what the catalogue only recalls does not decide."""
    provider, code, location = (host.values.get(key) for key in ("provider", "region", "location"))
    if not (isinstance(provider, str) and isinstance(code, str) and isinstance(location, Record)):
        return
    region, country = catalogue.region(provider, code), location.values.get("country")
    if region is None or region.country is None or region.status == "recalled" or not isinstance(country, str):
        return
    if region.country != country:
        yield Complaint(value_point(location.marks["country"]), wording.region_elsewhere(code, provider, region.country, country))


def _copies_nowhere(host: Record, catalogue: Catalogue) -> Iterator[Complaint]:
    copies, provider = host.values.get("replicated_to"), str(host.values.get("provider", ""))
    for code in copies if isinstance(copies, tuple) else ():
        if isinstance(code, str) and _COUNTRY.fullmatch(code) and not _somewhere(provider, code, catalogue):
            yield Complaint(value_point(host.marks["replicated_to"]), wording.no_such_country(code))


def _somewhere(provider: str, code: str, catalogue: Catalogue) -> bool:
    known = catalogue.country(code) is not None or not catalogue.countries
    return known or catalogue.region(provider, code) is not None


def _percents(root: Record) -> Iterator[Complaint]:
    for name in ("application", "organisations", "hosts", "governance"):
        for record in records_within(root.values.get(name)):
            key = _PERCENT.get(record.type.name, "")
            value = record.values.get(key)
            if isinstance(value, int | float) and value > 100:
                yield Complaint(value_point(record.marks[key]), wording.OVER_100)


def _repeated(root: Record, name: str, key: str) -> Iterator[Complaint]:
    """Entries of a list under the same identifier."""
    listed, seen = root.values.get(name), set[Value]()
    for record in listed if isinstance(listed, tuple) else ():
        if isinstance(record, Record) and isinstance(identifier := record.values.get(key), str):
            if identifier in seen:
                yield Complaint(value_point(record.marks[key]), wording.repeated(identifier))
            seen.add(identifier)


def _several_answers(root: Record) -> Iterator[Complaint]:
    """Several attestations of one control each need a subject of their own."""
    for control, answers in section(root, "attestations").items():
        records = [each for each in answers if isinstance(each, Record)] if isinstance(answers, tuple) else []
        seen: set[Value | None] = set()
        for record in records if len(records) > 1 else ():
            subject = record.values.get("subject")
            if subject is None or subject in seen:
                yield Complaint(key_point(record.mark), wording.answers_without_subject(control))
            seen.add(subject)
