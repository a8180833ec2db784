"""Names and countries of organisations, and the laws that reach things, as a report knows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from hds_audit.model.report import ExposureView, Report, SubjectRef
from hds_audit.model.text import Language
from hds_audit.report.views.declared import country_of, section, text, words

READABLE = ("clear", "key-held", "in-use")


class Reach(NamedTuple):
    """One law over a thing: its country, whether the link is established, and whether the data can be read."""

    country: str
    law: str
    established: bool
    readable: bool


def organisations(report: Report) -> Mapping[str, tuple[str, str]]:
    """The name and the country of each organisation; in a report that was written without them, what is declared and the facts hold."""
    found = {key: (text(item.get("name")) or key, text(item.get("country"))) for key, item in section(report, "organisations").items()}
    if report.organisations:
        return {**found, **{each.id: (each.name, each.country) for each in report.organisations}}
    for fact in report.facts:
        if fact.path.startswith("organisations.") and fact.path.endswith(".country") and isinstance(fact.value, str):
            key = fact.path[len("organisations.") : -len(".country")]
            name, country = found.get(key, (key, ""))
            found[key] = (name, country or fact.value)
    return found


def who(report: Report) -> Callable[[str], str]:
    """What says an organisation by its name and its country: Amazon Web Services (US); by its identifier where no more is known."""
    known = organisations(report)

    def named(identifier: str) -> str:
        name, country = known.get(identifier, (identifier, ""))
        return f"{name} ({country})" if country else name

    return named


def subject_named(report: Report) -> Callable[[SubjectRef], str]:
    """What says a subject: an organisation by its name, a host with its provider's, any other by its identifier."""
    named, hosts = who(report), section(report, "hosts")

    def said(subject: SubjectRef) -> str:
        if subject.kind == "organisation":
            return named(subject.id)
        provider = text(hosts.get(subject.id, {}).get("provider")) if subject.kind == "host" else ""
        called = named(provider) if provider else ""
        return f"{subject.id} – {called}" if called not in ("", provider) else subject.id

    return said


def countries(report: Report) -> Mapping[str, tuple[str, ...]]:
    """The countries of each host: those that its region and its copies come to, else what is declared of it."""
    declared = {key: (country_of(item), *words(item.get("replicated_to"))) for key, item in section(report, "hosts").items()}
    plain = {key: tuple(dict.fromkeys(each for each in found if each)) for key, found in declared.items()}
    return {**plain, **{each.host: each.countries for each in report.places if each.countries}}


class Reader(NamedTuple):
    """An organisation that a law reaches and that can read data somewhere, with the laws."""

    organisation: str
    laws: tuple[str, ...]
    established: bool


def readers(
    report: Report, places: Iterable[str], language: Language, among: Iterable[ExposureView] | None = None
) -> tuple[Reader, ...]:  # fmt: skip
    """Who can read data at some components or hosts under which laws; the established links, and only without any the debated ones."""
    wanted, named, titles = set(places), who(report), law_titles(report, language)
    found: dict[str, dict[str, dict[str, None]]] = {"established": {}, "debated": {}}
    for each in report.exposures if among is None else among:
        if each.component in wanted and each.law is not None and each.certainty in found and each.degree in READABLE:
            found[each.certainty].setdefault(each.organisation, {})[titles.get(each.law, each.law)] = None
    sure = bool(found["established"])
    return tuple(Reader(named(key), tuple(laws), sure) for key, laws in found["established" if sure else "debated"].items() if key)


def law_titles(report: Report, language: Language) -> Mapping[str, str]:
    """What each law is called."""
    wanted = {each.law for each in report.exposures}
    return {row.control: row.title.said(language) for row in report.coverage if row.control in wanted}


def reaches(report: Report) -> Mapping[str, tuple[Reach, ...]]:
    """The countries whose laws reach data at each component or host: one law for each, the surest and worst; established ones first."""
    found: dict[str, dict[str, Reach]] = {}
    for each in report.exposures:
        if each.law is not None and each.certainty in ("established", "debated"):
            country = each.law.partition(":")[0].upper()
            readable = each.degree in READABLE or each.degree == "unknown"
            reach = Reach(country, each.law, each.certainty == "established", readable)
            mine = found.setdefault(each.component, {})
            known = mine.get(country)
            if known is None or (reach.established, reach.readable) > (known.established, known.readable):
                mine[country] = reach
    return {place: tuple(sorted(mine.values(), key=lambda reach: (not reach.established, reach.country))) for place, mine in found.items()}
