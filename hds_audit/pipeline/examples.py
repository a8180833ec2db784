"""A rule's own examples run: each is a whole little description, audited by that rule alone."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.errors import InputError
from hds_audit.evaluate.attestation import attestations
from hds_audit.evaluate.facts import FactTable
from hds_audit.evaluate.panel import in_force
from hds_audit.model.report import Finding
from hds_audit.model.rule import Example, Rule
from hds_audit.pipeline.applicability import named_statement
from hds_audit.pipeline.audit import Request, judge, world_of
from hds_audit.pipeline.court import panel_of
from hds_audit.pipeline.knowledge import Knowledge

if TYPE_CHECKING:
    from hds_audit.model.evidence import Evidence, Observation
    from hds_audit.model.soa import Statement
    from hds_audit.model.template import TemplateReading


class Ran(NamedTuple):
    """An example and what came out of it; `found` is a verdict, `not-in-force`, `no-such-subject` or what the reader refused."""

    rule: Rule
    number: int
    example: Example
    found: str
    finding: Finding | None = None

    @property
    def holds(self) -> bool:
        """Whether the rule said what the example expects."""
        return self.found == self.example.expect


def run_examples(rule: Rule, known: Knowledge) -> tuple[Ran, ...]:
    """Every example of a rule, run."""
    return tuple(_run(rule, number, example, known) for number, example in enumerate(rule.examples, start=1))


def whole(given: dict[str, object]) -> dict[str, object]:
    """An example with the keys that every description needs, where it leaves them out."""
    filled = {"format": "hds-audit/1", "application": {"name": "Example"}, **given}
    return filled if filled.get("hosts") else {**filled, "hosts": {"unnamed": {"service": "saas"}}}


def _run(rule: Rule, number: int, example: Example, known: Knowledge) -> Ran:
    from hds_audit.read.description import parse_description

    name = f"{rule.file}#{number}"
    try:
        description = parse_description(name, json.dumps(whole(example.given), ensure_ascii=False).encode(), known.catalogue)
    except InputError as error:
        return Ran(rule, number, example, f"refused: {error}")
    speaking = in_force((rule,), lambda control: known.frameworks.in_force(control, example.as_of))
    if not speaking:
        return Ran(rule, number, example, "not-in-force")
    document = named_statement(description)
    try:
        statement = _statement(example, document)
    except InputError as error:
        return Ran(rule, number, example, f"refused: {error}")
    request = Request(example.as_of, evidence=_evidence(example), templates=_templates(example, document), statement=statement)
    world = world_of(description, known, request)
    found = judge(panel_of(speaking, known, example.as_of), world, FactTable(), attestations(description, example.as_of))
    mine = next((finding for finding in found if finding.subject.id == example.subject), None)
    return Ran(rule, number, example, mine.verdict if mine else "no-such-subject", mine)


def _evidence(example: Example) -> "Evidence | None":
    """What the example says was seen, as the evidence of a run at midnight of its day."""
    if not example.seen:
        return None
    from hds_audit.model.evidence import Evidence, Targets

    at = datetime.combine(example.as_of, time(), UTC)
    return Evidence(at, at, Targets(), tuple(_observations(example, at)))


def _observations(example: Example, at: datetime) -> "Iterator[Observation]":
    from hds_audit.model.evidence import Observation, Subject

    for target, said in example.seen.items():
        name = target.removeprefix("exchanger:")
        subject = Subject("exchanger" if name != target else "endpoint" if "://" in name else "domain", name)
        for what, value in said.items():
            if value == "failed":
                yield Observation(what, subject, "failed", at, fault="network")
            else:
                yield Observation(what, subject, "not-seen" if value is False else "seen", at, _value(value))


def _value(said: object) -> int | float | str | tuple[str, ...] | None:
    if isinstance(said, list):
        return tuple(str(item) for item in said)
    if isinstance(said, str) and said.isdecimal():  # rules are read as text, numbers too
        return int(said)
    return said if isinstance(said, int | float | str) and not isinstance(said, bool) else None


def _statement(example: Example, document: str) -> "Statement | None":
    """The statement of applicability that the example shows under the name that its description gives."""
    if document not in example.shown:
        return None
    from hds_audit.read.soa import parse_soa

    return parse_soa(document, example.shown[document].encode())


def _templates(example: Example, document: str) -> "tuple[TemplateReading, ...]":
    shown = {path: text for path, text in example.shown.items() if path != document}
    if not shown:
        return ()
    from hds_audit.emails.scan import Scanner
    from hds_audit.read.lexicon import lexicon_folder, load_lexicon

    scanner = Scanner(load_lexicon(lexicon_folder()))
    return tuple(scanner.scan(path, text.encode()) for path, text in shown.items())
