"""What to declare next: the paths that settle most, the mandatory and the severe first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from hds_audit.model.report import Finding, NextStep, RuleView
from hds_audit.model.rule import LEVELS, SEVERITIES
from hds_audit.model.text import Text

_MOST = 50
_LIGHTEST = (len(LEVELS), len(SEVERITIES))


def next_steps(findings: Sequence[Finding], rules: Mapping[str, RuleView], question: Callable[[str], Text]) -> tuple[NextStep, ...]:
    """The paths that unknown findings miss, the most useful first."""
    settles: defaultdict[str, int] = defaultdict(int)
    weight: dict[str, tuple[int, int]] = {}
    ranks = {key: (LEVELS.index(rule.level), SEVERITIES.index(rule.severity)) for key, rule in rules.items()}
    for finding in findings:
        if finding.verdict == "unknown":
            rank = ranks[finding.rule]
            for path in finding.missing:
                settles[path] += 1
                if rank < weight.get(path, _LIGHTEST):
                    weight[path] = rank
    ordered = sorted(settles, key=lambda path: (weight[path][0], -settles[path], weight[path][1], path))
    return tuple(NextStep(path, question(path), settles[path]) for path in ordered[:_MOST])
