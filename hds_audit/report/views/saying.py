"""How reports say days, numbers of things and articles of texts, in each language."""

import re
from collections.abc import Mapping
from datetime import date

from hds_audit.model.report import CoverageRow
from hds_audit.model.text import Language, Text, counted
from hds_audit.report.views.terms import STATUSES

_MONTHS = (
    Text("January", "janvier"), Text("February", "février"), Text("March", "mars"), Text("April", "avril"), Text("May", "mai"),
    Text("June", "juin"), Text("July", "juillet"), Text("August", "août"), Text("September", "septembre"), Text("October", "octobre"),
    Text("November", "novembre"), Text("December", "décembre"),
)  # fmt: skip
_TEXTS = {
    "csp": Text("CSP", "CSP"),
    "hds": Text("HDS", "HDS"),
    "hds-v1": Text("HDS v1.1", "HDS v1.1"),
    "hads": Text("HADS", "HADS"),
    "loi78-17": Text("Data Protection Act art.", "loi Informatique et Libertés art."),
    "penal": Text("Criminal Code art.", "Code pénal art."),
    "gdpr": Text("GDPR art.", "RGPD art."),
    "edpb": Text("EDPB", "CEPD"),
    "cnil": Text("CNIL", "CNIL"),
    "iso27001": Text("ISO 27001", "ISO 27001"),
    "secnumcloud": Text("SecNumCloud", "SecNumCloud"),
    "sren": Text("SREN art.", "SREN art."),
    "pgssi-s": Text("PGSSI-S", "PGSSI-S"),
    "anssi-tls": Text("ANSSI TLS", "ANSSI TLS"),
    "anssi-crypto": Text("ANSSI crypto", "ANSSI crypto"),
    "anssi-web": Text("ANSSI web", "ANSSI web"),
    "anssi-internet": Text("ANSSI Internet", "ANSSI Internet"),
    "mozilla-tls": Text("Mozilla TLS", "Mozilla TLS"),
}
_TALLY = {
    "pass": (Text("{} complies", "{} conforme"), Text("{} comply", "{} conformes")),
    "fail": (Text("{} does not", "{} non conforme"), Text("{} do not", "{} non conformes")),
    "unknown": (Text("{} not shown", "{} non démontré"), Text("{} not shown", "{} non démontrés")),
    "manual": (Text("{} to attest", "{} à attester"), Text("{} to attest", "{} à attester")),
    "not-applicable": (Text("{} not applicable", "{} sans objet"), Text("{} not applicable", "{} sans objet")),
}
_ACCEPTED = Text(" ({} accepted)", " (dont {} risque accepté)"), Text(" ({} accepted)", " (dont {} risques acceptés)")
_AT = Text(", {} UTC", " à {} UTC")
_SINCE = Text("since {}", "depuis le {}")
_USE_CASE = Text("EDPB 01/2020, use case {}", "CEPD 01/2020, cas d'usage {}")


def day(when: date, language: Language) -> str:
    """A day as a person writes it: 24 November 2021, 1er mai 2026."""
    number = "1er" if language == "fr" and when.day == 1 else str(when.day)
    return f"{number} {_MONTHS[when.month - 1].said(language)} {when.year}"


def dated(moment: str, language: Language) -> str:
    """A moment written as ISO 8601, or a day, a month, as a person writes it; itself where it is none of these."""
    found = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d)(?::\d\d)?Z)?)?", moment, re.ASCII)
    if found is None:
        return moment
    year, month, number, hour = found.groups()
    try:
        when = date(int(year), int(month), int(number or 1))
    except ValueError:
        return moment
    said = day(when, language) if number else f"{_MONTHS[when.month - 1].said(language)} {year}"
    return said + (_AT.said(language).format(hour) if hour else "")


def tallied(counts: Mapping[str, int], language: Language) -> list[str]:
    """How many findings came to each verdict, in words; accepted risks beside the fails that they lie over."""
    said = [counted(counts.get(verdict, 0), *forms, language) for verdict, forms in _TALLY.items()]
    waived = counts.get("waived", 0)
    return [said[0], said[1] + (counted(waived, *_ACCEPTED, language) if waived else ""), *said[2:]]


def stands(row: CoverageRow, language: Language) -> str:
    """A requirement under its number, with since when it binds and how well it is known where that is not so of its whole text."""
    since = _SINCE.said(language).format(day(row.since, language)) if row.since is not None else ""
    status = STATUSES[row.status].said(language) if row.status in STATUSES else ""
    return " · ".join(part for part in (row.control, since, status) if part)


def cited(control: str, language: Language) -> str:
    """A control as a person cites it: CSP L.1111-8.II for csp:L.1111-8.II."""
    text, colon, article = control.partition(":")
    if text == "edpb" and article.startswith("uc"):
        return _USE_CASE.said(language).format(article[2:])
    return f"{_TEXTS[text].said(language)} {article}" if colon and text in _TEXTS else control
