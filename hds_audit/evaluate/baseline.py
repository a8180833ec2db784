"""What a change brings: findings compared with those of an earlier audit, by rule and subject."""

from collections.abc import Iterator, Mapping, Sequence

from hds_audit.errors import EXIT_COMPLIANT, EXIT_FAULT, EXIT_NOT_ESTABLISHED
from hds_audit.evaluate.outcome import decide, gated
from hds_audit.model.report import Finding, GateView, RuleView

_WEIGHTS = ("manual", "unknown", "waived", "fail", "error")
"""What does not comply, by weight. A fail whose waiver has ended weighs more than it did."""


def compared(
    findings: Sequence[Finding], before: Sequence[Finding], rules: Mapping[str, RuleView], gate: GateView
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:  # fmt: skip
    """The findings, each one that does not comply marked introduced or unchanged, and the fingerprints of those that were mended.

    What only waits for a person counts as such where the gate asks for attestations. A rule that is judged no more mends nothing, and
    what was not known is mended by a pass alone: that it applies no more, or that its subject is gone, shows nothing.
    """
    least = 0 if gate.require_attestations else 1
    then = {finding.fingerprint: weight for finding in before if (weight := _weight(finding)) >= least}
    marked: list[Finding] = []
    still: set[str] = set()
    shown = {finding.fingerprint for finding in findings if finding.verdict == "pass"}
    for finding in findings:
        weight = _weight(finding)
        if weight < least:
            marked.append(finding)
            continue
        still.add(finding.fingerprint)
        marked.append(finding._replace(state="unchanged" if _as_bad(then.get(finding.fingerprint, -1), weight) else "introduced"))
    mended = (name for name, weight in then.items() if name not in still and (name in shown or weight >= _WEIGHTS.index("waived")))
    return tuple(marked), tuple(sorted(name for name in mended if name.partition("/")[0] in rules))


def _as_bad(then: int, now: int) -> bool:
    """Whether it was as bad before; of a rule that broke nobody knows what it would have said."""
    return then == now or (then > now and _WEIGHTS[then] != "error")


def _weight(finding: Finding) -> int:
    """The place among what does not comply, -1 where the finding is none of that."""
    word = "waived" if finding.verdict == "fail" and finding.waiver is not None else finding.verdict
    return _WEIGHTS.index(word) if word in _WEIGHTS else -1


def exit_code(findings: Sequence[Finding], rules: Mapping[str, RuleView], gate: GateView) -> int:
    """The code of what was introduced; where that is nothing 0, whatever was there before.

    A rule that broke is a fault whenever it first did, and an audit that judged nothing has established nothing.
    """
    judged = tuple(gated(findings, rules, gate))
    if any(finding.verdict == "error" for finding in judged):
        return EXIT_FAULT
    if all(finding.verdict == "not-applicable" for finding in judged):
        return EXIT_NOT_ESTABLISHED
    introduced = tuple(_gating(judged, gate))
    return decide(introduced, rules, gate).exit_code if introduced else EXIT_COMPLIANT


def _gating(judged: Sequence[Finding], gate: GateView) -> Iterator[Finding]:
    """What was introduced, without the unknowns where they do not gate."""
    for finding in judged:
        if finding.state == "introduced" and not (finding.verdict == "unknown" and gate.on_unknown == "report"):
            yield finding
