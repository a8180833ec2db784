"""One audit, from a description to a report: resolve, evaluate, and everything a report shows."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import hds_audit
from hds_audit.evaluate.attestation import Attestation, attestations
from hds_audit.evaluate.coverage import Evidence as CoverageEvidence
from hds_audit.evaluate.coverage import bases_of, coverage
from hds_audit.evaluate.docket import Subjects
from hds_audit.evaluate.facts import FactTable
from hds_audit.evaluate.findings import Bench, findings
from hds_audit.evaluate.message import Messages
from hds_audit.evaluate.outcome import counted, decide
from hds_audit.evaluate.panel import Panel
from hds_audit.evaluate.steps import next_steps
from hds_audit.evaluate.waivers import lay, waiver_notices
from hds_audit.model.description import Description
from hds_audit.model.framework import Frameworks
from hds_audit.model.place import Place
from hds_audit.model.report import Finding, GateView, InputView, NextStep, Notice, Report, RuleView, ToolView, WaiverView
from hds_audit.model.rule import SubjectKind
from hds_audit.model.waiver import Waiver
from hds_audit.pipeline.court import Court, court
from hds_audit.pipeline.knowledge import Knowledge
from hds_audit.pipeline.notices import notices
from hds_audit.pipeline.questions import question
from hds_audit.pipeline.ready import ready
from hds_audit.pipeline.views import exposure_view, fact_views, told
from hds_audit.resolve.activities import activities
from hds_audit.resolve.custody import custody
from hds_audit.resolve.derivations import all_derivations
from hds_audit.resolve.expiring import expiring
from hds_audit.resolve.exposure import exposures
from hds_audit.resolve.world import Derivations, World

if TYPE_CHECKING:
    from hds_audit.model.evidence import Evidence
    from hds_audit.model.soa import Statement
    from hds_audit.model.template import TemplateReading

_SECTIONS: dict[SubjectKind, str] = {
    "data": "data", "component": "components", "key": "keys", "flow": "flows", "certificate": "certificates", "endpoint": "endpoints",
}  # fmt: skip


class Request(NamedTuple):
    """How to audit: the day, the gate, what lies beside the description, and the moment that the report bears."""

    as_of: date
    gate: GateView = GateView()
    waivers: tuple[Waiver, ...] = ()
    evidence: "Evidence | None" = None
    templates: "tuple[TemplateReading, ...]" = ()
    absent_documents: tuple[tuple[str, Place], ...] = ()
    generated: str = ""
    notices: tuple[Notice, ...] = ()
    statement: "Statement | None" = None


def audit(description: Description, known: Knowledge, request: Request, sitting: Court | None = None) -> Report:
    """The report on a description, on a day; pure. `sitting` is the court of that day, where one sits for many descriptions."""
    sits = sitting if sitting is not None and sitting.as_of == request.as_of else court(known, request.as_of)
    world = world_of(description, known, request, sits.derivations)
    place = description.files.value_place
    table, given = FactTable(), attestations(description, request.as_of)
    found = judge(sits.panel, world, table, given)
    laid, waivers = lay(found, request.waivers, request.as_of)
    views = sits.views
    decision = decide(laid, views, request.gate)
    covered = CoverageEvidence(laid, bases_of(table.facts, table.because), given)
    report = Report(
        tool=_tool(known),
        as_of=request.as_of,
        generated=request.generated,
        inputs=tuple(InputView(item.path, item.sha256) for item in description.inputs),
        description=description.plain,
        outcome=decision.outcome,
        exit_code=decision.exit_code,
        to_attest=decision.to_attest,
        gate=request.gate,
        counts=counted(laid),
        rules=views,
        facts=fact_views(table.drained(), place),
        findings=laid,
        activities=activities(world),
        exposures=tuple(exposure_view(exposure, place) for exposure in exposures(world)),
        custody=custody(world),
        coverage=coverage(sits.sheet, covered),
        waivers=waivers,
        attestations=tuple(item.view() for item in given),
        notices=_notices(known, request, given, waivers),
        next=_next(laid, views, known.frameworks),
        expiring=expiring(world, request.waivers),
        ready=ready(known.parts, sits),
    )
    report = told(report, world, known.frameworks)
    world.memory.clear()  # subjects and what is known of them hold one another: let go, they need no collector
    return report


def world_of(description: Description, known: Knowledge, request: Request, derivations: Derivations | None = None) -> World:
    """What the audit knows of the description on its day."""
    return World(
        description, known.catalogue, request.as_of, derivations or all_derivations(), request.evidence, request.templates,
        frozenset(path for path, _ in request.absent_documents), request.gate.environment, request.statement,
    )  # fmt: skip


def judge(panel: Panel, world: World, table: FactTable, given: tuple[Attestation, ...]) -> tuple[Finding, ...]:
    """The findings of some rules on a world."""
    subjects = Subjects(world.subjects, _left_out(world.description))
    return findings(panel, Bench(subjects, given, Messages(table, world.description.files.value_place), table))


def _left_out(description: Description) -> Callable[[SubjectKind], str | None]:
    """The section that a kind of subject stands in, where nobody wrote it (`true` says that it exists, and no more)."""
    values = description.root.values

    def section(kind: SubjectKind) -> str | None:
        if kind == "template":
            emails = values.get("emails", True)
            templates = getattr(emails, "values", {}).get("templates", True)
            return "emails" if emails is True else None if emails is False else "emails.templates" if templates is True else None
        name = _SECTIONS.get(kind, "")
        return name if name and values.get(name, True) is True else None

    return section


def _tool(known: Knowledge) -> ToolView:
    return ToolView(hds_audit.__version__, known.rules_digest, len(known.rules), known.catalogue.as_of, known.catalogue_digest)


def _notices(known: Knowledge, request: Request, given: tuple[Attestation, ...], views: tuple[WaiverView, ...]) -> tuple[Notice, ...]:
    told = notices(known.catalogue.as_of, request.as_of, request.gate, given, request.absent_documents)
    return (*told, *waiver_notices(request.waivers, views), *request.notices)


def _next(found: tuple[Finding, ...], views: dict[str, RuleView], frameworks: Frameworks) -> tuple[NextStep, ...]:
    """What to declare next; a requirement that a person may answer goes by its title, hosts without a component by their names."""
    titles = {control.id: control.title for control in frameworks}
    bare = sorted({item.subject.id for item in found if item.subject.kind == "host" and "components" in item.missing})
    return next_steps(found, views, lambda path: question(path, titles, bare))
