"""What a change brings: findings compared with those of an earlier audit, by rule and subject."""

from collections.abc import Mapping, Sequence

from hds_audit.evaluate.outcome import CODES, at_gate, decide
from hds_audit.model.report import Finding, GateView, RuleView

_BAD = ("fail", "unknown", "error")


def compared(findings: Sequence[Finding], before: Sequence[Finding]) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """The findings, each bad one marked introduced or unchanged, and the fingerprints of those that were mended."""
    known = {finding.fingerprint: finding.verdict for finding in before if finding.verdict in _BAD}
    marked = tuple(
        finding._replace(state="unchanged" if _as_bad(known.get(finding.fingerprint), finding.verdict) else "introduced")
        if finding.verdict in _BAD
        else finding
        for finding in findings
    )
    still = {finding.fingerprint for finding in marked if finding.verdict in _BAD}
    return marked, tuple(sorted(set(known) - still))


def _as_bad(then: str | None, now: str) -> bool:
    """Whether it was as bad before: an unknown that became a fail is new."""
    return then is not None and (then == now or now == "unknown")


def exit_code(findings: Sequence[Finding], rules: Mapping[str, RuleView], gate: GateView) -> int:
    """The code of what was introduced alone; nothing introduced is 0, whatever was there before."""
    introduced = [finding for finding in findings if finding.state == "introduced"]
    judged = [finding for finding in introduced if at_gate(rules[finding.rule], gate)]
    if not judged:
        return CODES["compliant"]
    code = decide(judged, rules, gate).exit_code
    unknowns_only = all(finding.verdict == "unknown" for finding in judged)
    return CODES["compliant"] if unknowns_only and gate.on_unknown == "report" else code
