"""What a host is asked for: what nobody has shown and that it can answer, what does not comply, what ends soon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple

from hds_audit.model.report import Finding, Report, RuleView
from hds_audit.model.rule import LEVELS, SEVERITIES
from hds_audit.report.views.names import organisations, who

Part = Literal["host", "contract", "gap"]
_OURS = ("application.", "components.", "data.", "flows.")  # what we must say ourselves before anybody can be asked
_CHOSEN = (".provider", ".service", ".offer", ".region")  # and of a host, what we took and for what
_HANDLES = ".handles_personal_data"
_FOR_THEMSELVES = ("advertising", "analytics")  # services that are trackers, unless they are said to be processors
SOON = timedelta(days=180)


class Ask(NamedTuple):
    """One rule, on one host: `part` says whether the text binds the host, or the contract that its customer signs, or that it fails."""

    part: Part
    rule: RuleView
    finding: Finding
    paths: tuple[str, ...]


class Letter(NamedTuple):
    """What one letter says; `ending` are certificates of the host and their last day."""

    host: str
    provider: str
    service: str
    components: tuple[str, ...]
    asks: tuple[Ask, ...]
    ending: tuple[tuple[str, date], ...]


def letters(report: Report) -> tuple[Letter, ...]:
    """A letter for each host or processor of data in scope that has something to answer, in the order of the description."""
    hosts = {host: _mapping(entry) for host, entry in _mapping(report.description.get("hosts")).items()}
    known = {fact.path: fact.value for fact in report.facts if fact.path.endswith(_HANDLES)}
    found = (_letter(report, host, entry) for host, entry in hosts.items() if _in_scope(report, host, entry, known))
    return tuple(letter for letter in found if letter.asks or letter.ending)


def _in_scope(report: Report, host: str, entry: Mapping[str, object], known: Mapping[str, object]) -> bool:
    """Whether a host holds our data or processes them for us: who takes them for ends of its own owes us no contract of a host."""
    path = f"hosts.{host}{_HANDLES}"
    if _components_on(report, host):
        return known.get(path) is not False
    for_us, service = _text(entry.get("acts_as")), _text(entry.get("service"))
    if for_us != "processor" and (service in _FOR_THEMSELVES or for_us == "controller"):
        return False
    return path not in known or known[path] is True


def _components_on(report: Report, host: str) -> tuple[str, ...]:
    components = _mapping(report.description.get("components"))
    return tuple(name for name, component in components.items() if _mapping(component).get("host") == host)


def _mapping(value: object) -> dict[str, object]:
    return {str(key): item for key, item in value.items()} if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def organisation_name(report: Report, identifier: str) -> str:
    """The name of an organisation, or its identifier."""
    return organisations(report).get(identifier, (identifier, ""))[0]


def _letter(report: Report, host: str, entry: Mapping[str, object]) -> Letter:
    on_it = _components_on(report, host)
    provider = who(report)(_text(entry.get("provider")))
    asks = tuple(
        sorted(_asks(report, host), key=lambda ask: (LEVELS.index(ask.rule.level), SEVERITIES.index(ask.rule.severity), ask.rule.id))
    )
    return Letter(host, provider, _text(entry.get("service")), on_it, asks, tuple(_ending(report, entry)))


def _asks(report: Report, host: str) -> Iterator[Ask]:
    met: set[str] = set()
    for finding in report.findings:
        rule = report.rules[finding.rule]
        if finding.rule in met or rule.level == "sovereign":
            continue
        paths = tuple(path for path in finding.missing if path.startswith(f"hosts.{host}."))
        part = _part(finding, rule, host, paths)
        if part is not None:
            met.add(finding.rule)
            yield Ask(part, rule, finding, paths)


def _part(finding: Finding, rule: RuleView, host: str, paths: tuple[str, ...]) -> Part | None:
    own = finding.subject.kind == "host" and finding.subject.id == host
    if finding.verdict == "fail":
        return "gap" if own else None
    if finding.verdict != "unknown" or not paths or any(path.startswith(_OURS) or path.endswith(_CHOSEN) for path in finding.missing):
        return None
    return "host" if rule.addressee == "host" else "contract"


def _ending(report: Report, entry: Mapping[str, object]) -> Iterator[tuple[str, date]]:
    listed = entry.get("certificates")
    names = {item for item in listed if isinstance(item, str)} if isinstance(listed, list) else set()
    for item in report.expiring:
        if item.id in names and item.what.endswith("certificate") and item.date <= report.as_of + SOON:
            yield item.id, item.date
