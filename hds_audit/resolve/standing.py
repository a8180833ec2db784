"""Whether a certificate holds on a day: status, dates, version."""

from datetime import date, timedelta
from typing import Literal, NamedTuple

from hds_audit.model.fact import Confidence
from hds_audit.model.record import Record
from hds_audit.model.text import Text
from hds_audit.model.values import Day
from hds_audit.resolve.held import Held
from hds_audit.resolve.versions import DRAFT, HADS_EXTENDED, HADS_UNTIL, over, published, version_on

Hold = Literal["holds", "expired", "wrong-version", "not-yet", "unknown"]
_YEARS = 3  # of an HDS or ISO certificate, and of a HADS approval
_CYCLES = frozenset({"hds", "iso27001"})  # what a text says to hold three years at most
_ASSUMED = Text(
    "no end date is given: three years from the day of issue", "aucune date de fin n'est donnée : trois ans à compter de la délivrance"
)
_CYCLE = Text(
    ": what counts is the day of the cycle that runs, not that of the first certification",
    " : ce qui compte est la date du cycle en cours, et non celle de la première certification",
)


class Standing(NamedTuple):
    """Whether it holds that day, why not, what to declare, and how sure the answer is."""

    hold: Hold
    reason: Text
    missing: tuple[str, ...] = ()
    confidence: Confidence = Confidence.HIGH


def last_day(held: Held) -> tuple[Day, Confidence] | None:
    """The last day it holds: as given, else three years from its issue, less surely."""
    if held.expires is not None:
        return held.expires, Confidence.HIGH
    if held.issued is None:
        return None
    first, last = (_years_later(day) for day in (held.issued.first, held.issued.last))
    return Day(last.isoformat(), first, last), Confidence.MEDIUM


def _years_later(day: date) -> date:
    """The day before the third anniversary; the 29 February has its anniversary on the 1 March."""
    leap = (day.month, day.day) == (2, 29)
    return (day.replace(month=3, day=1) if leap else day).replace(year=min(day.year + _YEARS, date.max.year)) - timedelta(days=1)


def standing(held: Held, on: date) -> Standing:
    """Whether a certificate holds on a day. What is issued later than that day does not count yet."""
    if held.issued is not None and on < held.issued.first:
        said = f"{held.id}"
        return Standing("not-yet", Text(f"{said} was issued later, on {held.issued}", f"{said} a été délivré plus tard, le {held.issued}"))
    if held.status in ("suspended", "withdrawn"):
        return Standing("expired", _status_said(held))
    running = _running(held, on)
    if running.hold == "expired" or held.standard == "hads":
        return running
    if over(held.standard, held.version, on):  # whatever dates it bears, or none
        return _version(held, on)
    if running.hold != "holds":
        return running
    if (denied := _contradicted(held, on)) is not None:
        return denied
    version = _version(held, on)
    return version if version.hold != "holds" else running


def _contradicted(held: Held, on: date) -> Standing | None:
    """A certificate older than its version, or that would outlast its cycle: one of its terms is not what it bears."""
    issued, out = held.issued, published(held.standard, held.version)
    if issued is not None and out is not None and issued.last < out:
        said = Text(
            f"{held.id} is said to be of {issued}, before version {held.version} of {held.standard} came out ({out})" + _CYCLE.en,
            f"{held.id} serait du {issued}, avant la parution de la version {held.version} de {held.standard} ({out})" + _CYCLE.fr,
        )
        return Standing("unknown", said, (*held.ask("issued"), *held.ask("version")))
    longest = _years_later(issued.last if issued else on) + timedelta(days=1)  # some end on the anniversary itself
    if held.standard not in _CYCLES or held.expires is None or held.expires.first <= longest:
        return None
    long = Text(
        f"{held.id} would hold from {issued or on} to {held.expires}, longer than three years" + _CYCLE.en,
        f"{held.id} vaudrait du {issued or on} au {held.expires}, plus de trois ans" + _CYCLE.fr,
    )
    return Standing("unknown", long, (*held.ask("issued"), *held.ask("expires")))


def _status_said(held: Held) -> Text:
    suspended = held.status == "suspended"
    return Text(f"{held.id} is {held.status}", f"{held.id} est {'suspendu' if suspended else 'retiré'}")


def _running(held: Held, on: date) -> Standing:
    end = last_day(held)
    if held.standard == "hads" and on >= HADS_UNTIL:
        return Standing("expired", Text("no HADS approval ran past March 2021", "aucun agrément HADS n'a couru au-delà de mars 2021"))
    if end is None:
        return _endless(held, on)
    day, sure = end
    if held.standard == "hads" and on <= HADS_EXTENDED[1] and on > day.last and HADS_EXTENDED[0].holds(day.last):
        put_off = Text(
            "terms of spring 2020 were put off to 24 July 2020 at least",
            "les échéances du printemps 2020 ont été reportées au 24 juillet 2020 au moins",
        )
        return Standing("unknown", put_off, held.ask("expires"), Confidence.LOW)
    if on > day.last:
        return Standing("expired", Text(f"{held.id} ended on {day}", f"{held.id} a pris fin le {day}"), confidence=sure)
    if on > day.first or (held.issued is not None and on < held.issued.last):
        return Standing("unknown", Text(f"{held.id}: only the month is given", f"{held.id} : seul le mois est donné"), held.ask("expires"))
    said = Text(f"{held.id} holds until {day}", f"{held.id} court jusqu'au {day}")
    return Standing("holds", said if sure is Confidence.HIGH else _ASSUMED, confidence=sure)


def _endless(held: Held, on: date) -> Standing:
    """One whose dates nobody gives: it held on the days when it was seen to."""
    if held.known is not None and (answer := held.known.holds(on)) is not None:
        seen = Text("the catalogue saw it held", "le catalogue l'a vu en vigueur")
        over = Text("the catalogue knows that it no longer holds", "le catalogue sait qu'il ne court plus")
        return Standing("holds" if answer else "expired", seen if answer else over, confidence=Confidence.MEDIUM)
    if held.declared is not None and _listed_on(held.declared.record) == on:
        return Standing("holds", Text("seen on the public list that day", "vu sur la liste publique ce jour-là"))
    return Standing("unknown", _unended(held, on), held.ask("expires"))


def _unended(held: Held, on: date) -> Text:
    seen, since = (held.known.seen, held.known.span.since) if held.known else (None, None)
    if since is not None and on < since:
        return Text(
            f"{held.id} is known from {since} only; whether it held before is not known",
            f"{held.id} n'est connu que depuis le {since} ; on ne sait s'il valait auparavant",
        )
    if seen is None:
        return Text(f"{held.id}: its last day is not known", f"{held.id} : son terme n'est pas connu")
    return Text(
        f"{held.id} was seen in force on {seen}; its last day is not known",
        f"{held.id} a été vu en vigueur le {seen} ; son terme n'est pas connu",
    )


def _listed_on(record: Record) -> date | None:
    listed = record.values.get("listed")
    read = listed.values.get("read") if isinstance(listed, Record) else None
    return read.first if isinstance(read, Day) and read.first == read.last else None


def _version(held: Held, on: date) -> Standing:
    reading = version_on(held.standard, held.version, on)
    said = held.version or "?"
    match reading.answer:
        case "current":
            return Standing("holds", Text("", ""))
        case "not-current":
            wrong = Text(
                f"version {said} of {held.standard} does not count on that day",
                f"la version {said} de {held.standard} ne compte pas à cette date",
            )
            return Standing("wrong-version", wrong)
        case "draft":
            return Standing("unknown", DRAFT, held.ask("version"))
        case _:
            return Standing(
                "unknown", Text(f"{held.id}: its version is not known", f"{held.id} : sa version n'est pas connue"), held.ask("version")
            )
