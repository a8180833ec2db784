"""A report with its names behind keyed pseudonyms and its free texts gone: what is kept is listed, all else is hidden."""

from __future__ import annotations

from collections.abc import Mapping

from hds_audit.model.exposure import ActivityRow, Custody
from hds_audit.model.place import Place
from hds_audit.model.report import (
    AttestationView,
    Expiring,
    ExposureView,
    FactView,
    Finding,
    InputView,
    NextStep,
    Notice,
    Report,
    RuleView,
    StepView,
    SubjectRef,
    WaiverView,
)
from hds_audit.model.text import Text
from hds_audit.model.vocabulary import derived_paths
from hds_audit.seal.pseudonym import KEYED_SECTIONS, LARGEST_NUMBER, Pseudonyms, pseudonyms

_HIDDEN = Text("hidden", "masqué")
_KEPT_STEPS = ("country", "law")


def redacted(report: Report, key: bytes) -> Report:
    """The report, redacted under a key; every format can be written from it."""
    hide = pseudonyms(report.description, key, _words_of_facts())
    rules = {name: _rule(rule) for name, rule in report.rules.items()}
    return report._replace(
        inputs=tuple(InputView(hide.name(item.path, "file"), hide.digest(item.sha256)) for item in report.inputs),
        description=_description(report.description, hide),
        rules=rules,
        facts=tuple(_fact(fact, hide) for fact in report.facts),
        findings=tuple(_finding(finding, rules[finding.rule], hide) for finding in report.findings),
        activities=tuple(_activity(row, hide) for row in report.activities),
        exposures=tuple(_exposure(row, hide) for row in report.exposures),
        custody=tuple(_custody(row, hide) for row in report.custody),
        waivers=tuple(_waiver(waiver, hide) for waiver in report.waivers),
        attestations=tuple(_attestation(item, hide) for item in report.attestations),
        notices=tuple(Notice(item.kind, _notice(item, hide), _place(item.place, hide)) for item in report.notices),
        next=tuple(_next(step, hide) for step in report.next),
        expiring=tuple(_expiring(item, hide, report) for item in report.expiring),
        resolved=tuple(_fingerprint(said, hide) for said in report.resolved),
        gate=report.gate._replace(environment=hide.value(report.gate.environment)),
        organisations=(),
        places=(),
    )


def _words_of_facts() -> frozenset[str]:
    """The words of derived paths, which people do not choose."""
    paths = derived_paths().values()
    named = (*(path.name for path in paths), *(name for path in paths for name, _ in path.elements))
    return frozenset(word for name in named for word in name.split("."))


def _rule(rule: RuleView) -> RuleView:
    """One of ours as it is; one of the user's own, its identifier alone."""
    if rule.ours:
        return rule
    return rule._replace(title=_HIDDEN, remedy=_HIDDEN, limits=_HIDDEN, applies=None, requires=None, sources=(), related=(), effort="")


def _description(tree: Mapping[str, object], hide: Pseudonyms) -> dict[str, object]:
    return {key: _section(key, value, hide) for key, value in tree.items()}


def _section(section: str, value: object, hide: Pseudonyms) -> object:
    kind = KEYED_SECTIONS.get(section)
    if kind is not None and isinstance(value, Mapping):
        return {hide.name(str(name), kind): _plain(entry, hide) for name, entry in value.items()}
    if section == "attestations" and isinstance(value, Mapping):
        return {str(control): _plain(entry, hide) for control, entry in value.items()}
    return _plain(value, hide)


def _plain(value: object, hide: Pseudonyms) -> object:
    """Plain data: flags and small numbers kept, texts hidden unless they are words of the format."""
    if isinstance(value, Mapping):
        return {hide.value(str(key)) if str(key) not in hide.words else str(key): _plain(item, hide) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, hide) for item in value]
    if isinstance(value, int | float) and abs(value) > LARGEST_NUMBER:
        return hide.name(str(value), "number")
    return hide.value(value) if isinstance(value, str) else value


def _place(place: Place | None, hide: Pseudonyms) -> Place | None:
    return Place(hide.name(place.file, "file"), place.line, place.column) if place is not None else None


def _source(source: str) -> str:
    """The kind of a source; what it names may be a provider."""
    return source.partition(":")[0] if source.startswith("catalogue") else "hidden" if source else ""


def _fact(fact: FactView, hide: Pseudonyms) -> FactView:
    value = _plain(fact.value, hide)
    return FactView(hide.path(fact.path), value, fact.origin, _place(fact.place, hide), _source(fact.source), fact.because)


def _finding(finding: Finding, rule: RuleView, hide: Pseudonyms) -> Finding:
    subject = SubjectRef(finding.subject.kind, hide.subject(finding.subject.kind, finding.subject.id))
    return finding._replace(
        subject=subject,
        message=rule.title if finding.message is not None else None,
        reason=None,
        missing=tuple(hide.path(path) for path in finding.missing),
        place=_place(finding.place, hide),
        related=tuple(place for item in finding.related if (place := _place(item, hide)) is not None),
        waiver=_waiver(finding.waiver, hide) if finding.waiver is not None else None,
    )


def _activity(row: ActivityRow, hide: Pseudonyms) -> ActivityRow:
    return row._replace(
        host=hide.name(row.host, "host"), performer=hide.name(row.performer, "organisation"),
        certificate=hide.name(row.certificate, "certificate"), reason=_HIDDEN, missing=tuple(hide.path(path) for path in row.missing),
    )  # fmt: skip


def _exposure(row: ExposureView, hide: Pseudonyms) -> ExposureView:
    return row._replace(
        organisation=hide.name(row.organisation, "organisation"), data=hide.name(row.data, "data"),
        component=hide.subject("flow", row.component), missing=tuple(hide.path(path) for path in row.missing),
        path=tuple(_step(step, hide) for step in row.path),
    )  # fmt: skip


def _step(step: StepView, hide: Pseudonyms) -> StepView:
    name = step.id if step.kind in _KEPT_STEPS else hide.subject(step.kind, step.id)
    return StepView(step.kind, name, _HIDDEN, _place(step.place, hide), _source(step.source))


def _custody(row: Custody, hide: Pseudonyms) -> Custody:
    users = tuple((hide.name(who, "organisation"), _HIDDEN, mark) for who, _, mark in row.users)
    return Custody(hide.name(row.key, "key"), users, row.grade, _HIDDEN, tuple(hide.path(path) for path in row.missing))


def _waiver(waiver: WaiverView, hide: Pseudonyms) -> WaiverView:
    return waiver._replace(
        subject=waiver.subject if waiver.subject == "application" else hide.subject("flow", waiver.subject),
        reason=hide.name(waiver.reason, "text"), owner=hide.name(waiver.owner, "person"), approver=hide.name(waiver.approver, "person"),
        ticket=hide.name(waiver.ticket, "text"),
    )  # fmt: skip


def _attestation(item: AttestationView, hide: Pseudonyms) -> AttestationView:
    return item._replace(
        subject=item.subject if item.subject == "application" else hide.subject("flow", item.subject), by=hide.name(item.by, "person"),
        reason=hide.name(item.reason, "text"), document=hide.name(item.document, "document"),
    )  # fmt: skip


def _notice(item: Notice, hide: Pseudonyms) -> Text:
    return Text(f"Notice: {item.kind}", f"Avis : {item.kind}")


def _next(step: NextStep, hide: Pseudonyms) -> NextStep:
    path = hide.path(step.path)
    return NextStep(path, Text(f"Declare `{path}`.", f"Déclarer `{path}`."), step.settles)


def _expiring(item: Expiring, hide: Pseudonyms, report: Report) -> Expiring:
    """A control and a text to come are public; what the description names is hidden."""
    public = item.what.startswith("text") or any(row.control == item.id for row in report.coverage)
    if public:
        return item
    kind = "certificate" if "certificate" in item.what else "name"
    return Expiring(item.what, hide.name(item.id, kind), item.date, Text(f"Last day: {item.what}", f"Dernier jour : {item.what}"))


def _fingerprint(said: str, hide: Pseudonyms) -> str:
    rule, _, rest = said.partition("/")
    kind, _, subject = rest.partition("/")
    return f"{rule}/{kind}/{hide.subject(kind, subject)}"
