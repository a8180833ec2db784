"""A rule: one checkable condition under one or more controls."""

from datetime import date
from typing import Literal, NamedTuple, get_args

from hds_audit.model.condition import Condition
from hds_audit.model.fact import Confidence
from hds_audit.model.text import Text

Level = Literal["mandatory", "recommended", "sovereign"]
Severity = Literal["critical", "high", "medium", "low"]
Addressee = Literal["host", "customer", "controller", "processor", "publisher"]
SubjectKind = Literal["application", "data", "host", "component", "key", "flow", "certificate", "organisation", "template", "endpoint"]
Status = Literal["verified", "secondary", "recalled"]
Framework = Literal["hds", "gdpr", "cloud_act", "iso27001"]
ExampleVerdict = Literal["pass", "fail", "unknown", "manual", "not-applicable", "not-in-force"]

LEVELS: tuple[Level, ...] = get_args(Level)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
ADDRESSEES: tuple[Addressee, ...] = get_args(Addressee)
SUBJECT_KINDS: tuple[SubjectKind, ...] = get_args(SubjectKind)
STATUSES: tuple[Status, ...] = get_args(Status)
FRAMEWORKS: tuple[Framework, ...] = get_args(Framework)
EXAMPLE_VERDICTS: tuple[ExampleVerdict, ...] = get_args(ExampleVerdict)


class RuleSource(NamedTuple):
    """A text that a rule rests on: its reference, how we know it, and the day we read it."""

    ref: str
    status: Status
    read: date | None = None
    url: str = ""


class Example(NamedTuple):
    """A whole little description, the day it is audited, and what the rule must say of one subject of it.

    `seen` is what a probe saw there: by url, domain or `exchanger:NAME`, what was looked for and its value (`false`: not there).
    `shown` is the text of files, by path: templates of messages, and the statement of applicability where the description names it.
    """

    expect: ExampleVerdict
    subject: str
    as_of: date
    given: dict[str, object]
    seen: dict[str, dict[str, object]] = {}  # noqa: RUF012  # never written to
    shown: dict[str, str] = {}  # noqa: RUF012  # never written to


class Rule(NamedTuple):
    """One rule file, read. `require` is None in a rule that an attestation answers (`attest` names the control)."""

    id: str
    framework: Framework
    title: Text
    controls: tuple[str, ...]
    related: tuple[str, ...]
    level: Level
    severity: Severity
    addressee: Addressee
    subject: SubjectKind
    when: Condition | None
    require: Condition | None
    attest: str
    message: Text
    remedy: Text
    limits: Text
    sources: tuple[RuleSource, ...]
    examples: tuple[Example, ...]
    confidence: Confidence = Confidence.HIGH
    confidence_reason: Text | None = None
    effort: str = ""
    file: str = ""
    ours: bool = True

    @property
    def decides(self) -> bool:
        """Whether its sources allow a verdict: one that is only recalled informs, and never alone decides."""
        return not self.sources or any(source.status != "recalled" for source in self.sources)
