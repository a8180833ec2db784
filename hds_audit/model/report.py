"""The report: what an audit found, complete enough to write any format from it again (DESIGN: the contract of machines)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple, get_args

from hds_audit.model.exposure import ActivityRow, Custody
from hds_audit.model.place import Place
from hds_audit.model.rule import LEVELS, SEVERITIES, Addressee, Framework, Level, RuleSource, Severity, SubjectKind
from hds_audit.model.text import Text

FORMAT = "hds-audit-report/1"
Verdict = Literal["pass", "fail", "unknown", "manual", "not-applicable", "error"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
Outcome = Literal["compliant", "non-compliant", "not-established", "waived", "fault"]
Judged = Literal["whole", "part", "attestation", "invisible"]
Basis = Literal["observed", "declared", "inherited", "attested", "none"]
Rests = Literal["technical", "certificate", "document", "auditor"]
"""A technical fact, the certificate of a host, a dated document, or nothing but what an auditor sees."""


class ToolView(NamedTuple):
    """Which tool, with which rules and which catalogue."""

    version: str
    rules_digest: str
    rules_count: int
    catalogue_as_of: date
    catalogue_digest: str
    name: str = "hds-audit"


class InputView(NamedTuple):
    """A file that the audit read."""

    path: str
    sha256: str


class GateView(NamedTuple):
    """What decides the exit code."""

    level: Level = "mandatory"
    min_severity: Severity = "low"
    frameworks: tuple[Framework, ...] = get_args(Framework)
    on_unknown: Literal["fail", "report"] = "fail"
    require_attestations: bool = False
    environment: str = ""


class RuleView(NamedTuple):
    """What a reader of findings needs of a rule; `confidence` and `reason` are those of its own reading and sources."""

    id: str
    framework: Framework
    title: Text
    controls: tuple[str, ...]
    related: tuple[str, ...]
    level: Level
    severity: Severity
    addressee: Addressee
    subject: SubjectKind
    remedy: Text
    limits: Text
    applies: Text | None
    requires: Text | None
    sources: tuple[RuleSource, ...]
    effort: str = ""
    ours: bool = True
    confidence: str = "high"
    reason: Text | None = None
    families: tuple[Framework, ...] = ()
    """Those of the texts it cites, beside its own `framework`."""

    def counts_at(self, gate: GateView) -> bool:
        """Whether its findings count at the gate: each level takes in those before it, and one of its families is asked for."""
        return (
            LEVELS.index(self.level) <= LEVELS.index(gate.level)
            and SEVERITIES.index(self.severity) <= SEVERITIES.index(gate.min_severity)
            and not frozenset((self.framework, *self.families)).isdisjoint(gate.frameworks)
        )


class FactView(NamedTuple):
    """A fact as the report shows it: its value is plain data; `because` are the indexes of those it was worked out from."""

    path: str
    value: object
    origin: str
    place: Place | None
    source: str
    because: tuple[int, ...] = ()


class SubjectRef(NamedTuple):
    """A subject by kind and identifier."""

    kind: SubjectKind
    id: str


class WaiverView(NamedTuple):
    """An accepted risk, as it lies over a finding."""

    rule: str
    subject: str
    reason: str
    owner: str
    approver: str
    granted: date
    expires: date
    ticket: str = ""
    state: Literal["active", "expired", "orphan", "future"] = "active"


class Finding(NamedTuple):
    """One rule's verdict on one subject; `facts` are indexes into the report's facts, with the first that they rest on.

    A pass carries nothing more. `state` is set when the audit was compared with a baseline.
    """

    rule: str
    subject: SubjectRef
    verdict: Verdict
    facts: tuple[int, ...] = ()
    message: Text | None = None
    reason: Text | None = None
    confidence: str = "high"
    missing: tuple[str, ...] = ()
    place: Place | None = None
    related: tuple[Place, ...] = ()
    waiver: WaiverView | None = None
    state: Literal["", "introduced", "unchanged"] = ""

    @property
    def fingerprint(self) -> str:
        """What stays the same when lines move: the rule and its subject."""
        return f"{self.rule}/{self.subject.kind}/{self.subject.id}"


class CoverageRow(NamedTuple):
    """What became of one requirement; `remains` is what a person still has to look at."""

    control: str
    title: Text
    text: str
    verdict: Verdict
    judged: Judged
    rules: tuple[str, ...]
    basis: Basis
    addressee: str
    remains: Text
    in_force: bool = True
    kind: str = "requirement"
    nature: str = ""
    """This and the two that follow are told where they differ from those of the text."""
    since: date | None = None
    """The first day in force."""
    status: str = ""
    """How well the requirement is known: verified, secondary or recalled."""
    warning: Text | None = None
    """Where the law is debated, or was not read in the original."""
    rests: "Rests | Literal['']" = ""
    """ISO/IEC 27001 only: the strongest ground that a verdict on it can have."""


class AttestationView(NamedTuple):
    """A person's answer to a control, and whether it counts on that day."""

    control: str
    subject: str
    status: str
    by: str
    date: str
    expires: str
    reason: str
    document: str
    counts: bool


class Notice(NamedTuple):
    """Something the reader must be told that is no finding."""

    kind: str
    text: Text
    place: Place | None = None


class NextStep(NamedTuple):
    """A path to declare, the question it answers, and how many findings it would settle."""

    path: str
    question: Text
    settles: int


class Expiring(NamedTuple):
    """Something whose last day comes: a certificate, a waiver, an attestation, a text."""

    what: str
    id: str
    date: date
    text: Text


class OrganisationView(NamedTuple):
    """An organisation under one identifier that the report uses: its name, its country, and who controls it."""

    id: str
    name: str
    country: str = ""
    parents: tuple[str, ...] = ()


class PlacesView(NamedTuple):
    """Where a host keeps data: the countries that its location, its region and its copies come to; `whole` where none is left unsaid."""

    host: str
    countries: tuple[str, ...] = ()
    whole: bool = False


class TextView(NamedTuple):
    """A text that was judged (`CoverageRow.text`): its version, the days it is in force, and how well it is known."""

    id: str
    title: Text
    version: str = ""
    nature: str = ""
    since: date | None = None
    until: date | None = None
    status: str = ""
    ref: str = ""
    read: date | None = None
    url: str = ""


RuleParts = tuple[bytes, bytes]
"""What the JSON report says of a rule before its controls, and between them and how sure it is."""
RowParts = tuple[bytes, bytes, bytes]
"""What the JSON report says of a requirement before its verdict, after what that rests on, and after whether it is in force."""


class Ready(NamedTuple):
    """What every JSON report says alike, written before, with the view or the row that it says: one that was changed since is another."""

    rules: "Mapping[str, tuple[RuleView, RuleParts]]" = {}  # noqa: RUF012  # never written to
    rows: "Mapping[str, tuple[CoverageRow, RowParts]]" = {}  # noqa: RUF012  # never written to


class Report(NamedTuple):
    """One audit, whole."""

    tool: ToolView
    as_of: date
    generated: str
    inputs: tuple[InputView, ...]
    description: Mapping[str, object]
    outcome: Outcome
    exit_code: int
    to_attest: int
    gate: GateView
    counts: Mapping[str, int]
    rules: Mapping[str, RuleView]
    facts: Sequence[FactView]
    findings: Sequence[Finding]
    activities: tuple[ActivityRow, ...] = ()
    exposures: "tuple[ExposureView, ...]" = ()
    custody: tuple[Custody, ...] = ()
    coverage: tuple[CoverageRow, ...] = ()
    waivers: tuple[WaiverView, ...] = ()
    attestations: tuple[AttestationView, ...] = ()
    notices: tuple[Notice, ...] = ()
    next: tuple[NextStep, ...] = ()
    expiring: tuple[Expiring, ...] = ()
    resolved: tuple[str, ...] = ()
    organisations: tuple[OrganisationView, ...] = ()
    places: tuple[PlacesView, ...] = ()
    texts: tuple[TextView, ...] = ()
    ready: Ready = Ready()


class StepView(NamedTuple):
    """One step of a path to the data, with its place or its source."""

    kind: str
    id: str
    why: Text
    place: Place | None
    source: str


class ExposureView(NamedTuple):
    """An exposure as the report shows it."""

    law: str | None
    organisation: str
    data: str
    component: str
    degree: str
    certainty: str
    missing: tuple[str, ...]
    path: tuple[StepView, ...]
    role: str = ""
    """What the organisation is to the data: provider, administrator, recipient and so on."""
