"""How long a pass lasts: until the first of the certificates and answers that it rests on comes to its last day."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from hds_audit.model.report import Finding, Report, RuleView
from hds_audit.report.views.declared import section, text

_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?", re.ASCII)
_CERTIFICATES = "certificates."


def last_days(report: Report) -> Mapping[str, date]:
    """The last day of each certificate (`certificates.ID`) and of the answers that count (by control), where one is known."""
    found: dict[str, date] = {}
    for item in report.expiring:
        if item.what in ("certificate", "catalogued-certificate"):
            found[_CERTIFICATES + item.id] = item.date
    said = {_CERTIFICATES + key: text(entry.get("expires")) for key, entry in section(report, "certificates").items()}
    for fact in report.facts:
        if fact.path.startswith(_CERTIFICATES) and fact.path.endswith(".expires"):
            said[fact.path.removesuffix(".expires")] = text(fact.value)
    found |= {path: day for path, words in said.items() if (day := last_day(words)) is not None}
    for answer in report.attestations:
        day = last_day(answer.expires) if answer.counts else None
        if day is not None:
            found[answer.control] = min(day, found.get(answer.control, day))
    return found


def last_day(said: str) -> date | None:
    """The last day of a day or of a month as it is written; None for what is neither."""
    match = _DAY.fullmatch(said)
    if match is None:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None


def expires(report: Report, rule: RuleView, passes: Sequence[Finding], ends: Mapping[str, date]) -> date | None:
    """The first last day among what some passes of a rule rest on; None where nothing of it is known to end."""
    answered = (control for control in rule.controls if rule.requires is None)
    days = [ends[name] for name in (*answered, *_certificates(report, passes)) if name in ends]
    return min((day for day in days if day >= report.as_of), default=None)


def _certificates(report: Report, passes: Sequence[Finding]) -> Iterator[str]:
    """The certificates among the facts of some findings and all that these were worked out from."""
    waiting, met = list(dict.fromkeys(index for finding in passes for index in finding.facts)), set[int]()
    while waiting:
        index = waiting.pop()
        if index in met or not 0 <= index < len(report.facts):
            continue
        met.add(index)
        fact = report.facts[index]
        waiting.extend(fact.because)
        if fact.path.startswith(_CERTIFICATES):
            yield ".".join(fact.path.split(".", 2)[:2])
