"""Flows of an earlier audit known again: what goes from one place to another is the same flow, whatever identifier it was given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from hds_audit.model.report import Finding, Report

_Ends = tuple[str, str]


def as_named_now(before: Report, now: Report) -> tuple[Finding, ...]:
    """The findings of an earlier audit, those on flows under the identifiers that their flows have now.

    Of several flows between the same two ends, those of one identifier are the same, and the others follow in order.
    """
    renamed = _renamed(_named(before.description), _named(now.description))
    if not renamed:
        return tuple(before.findings)
    return tuple(_moved(finding, renamed) for finding in before.findings)


def _moved(finding: Finding, renamed: Mapping[str, str]) -> Finding:
    subject = finding.subject
    if subject.kind != "flow" or subject.id not in renamed:
        return finding
    return finding._replace(subject=subject._replace(id=renamed[subject.id]))


def _renamed(before: Mapping[_Ends, Sequence[str]], now: Mapping[_Ends, Sequence[str]]) -> dict[str, str]:
    """The identifiers that changed, where as many flows lead from one end to the other as before."""
    renamed: dict[str, str] = {}
    for ends, names in before.items():
        there = now.get(ends, ())
        old, new = [name for name in names if name not in there], [name for name in there if name not in names]
        if len(old) == len(new):
            renamed.update(zip(old, new, strict=True))
    return renamed


def _named(description: Mapping[str, object]) -> dict[_Ends, list[str]]:
    """The subjects that the flows of a description are, by the two ends of each."""
    flows = description.get("flows")
    found: dict[_Ends, list[str]] = {}
    seen: Counter[str] = Counter()
    for flow in flows if isinstance(flows, list | tuple) else ():
        if isinstance(flow, Mapping):
            ends = str(flow.get("from", "?")), str(flow.get("to", "?"))
            name = str(flow.get("id") or "->".join(ends))
            seen[name] += 1
            found.setdefault(ends, []).append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return found
