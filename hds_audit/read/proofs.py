"""Evidence: the path it backs must be declared, and a digest must look like one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hds_audit.model.record import Record, Value
from hds_audit.model.values import Day, Span
from hds_audit.read import consistency_wording as wording
from hds_audit.read.complaints import Complaint, value_point
from hds_audit.read.nearest import Nearest

_SHA256 = re.compile("[0-9a-fA-F]{64}")


def proofs_of_nothing(root: Record) -> Iterator[Complaint]:
    """Each entry of `evidence` whose path leads nowhere, or whose digest is none."""
    entries, nearest = root.values.get("evidence"), Nearest()
    for entry in entries if isinstance(entries, tuple) else ():
        if not isinstance(entry, Record):
            continue
        path, digest = entry.values.get("for"), entry.values.get("sha256")
        if isinstance(path, str) and (end := _dead_end(root, path, nearest)) is not None:
            yield Complaint(value_point(entry.marks["for"]), wording.nothing_to_prove(path, *end))
        if isinstance(digest, str) and _SHA256.fullmatch(digest) is None:
            yield Complaint(value_point(entry.marks["sha256"]), wording.BAD_DIGEST)


def _dead_end(value: Value, path: str, nearest: Nearest) -> tuple[str, str | None] | None:
    """The step at which a path leads nowhere, and what stands there that looks like it; None where it arrives."""
    steps = _steps(value)
    if not path:
        return None
    step = max((step for step in steps if f"{path}.".startswith(f"{step}.")), key=len, default="")
    if step:
        return _dead_end(steps[step], path[len(step) + 1 :], nearest)
    first = path.partition(".")[0]
    return first, nearest.to(first, steps)


def _steps(value: Value) -> dict[str, Value]:
    """What a path may go on with."""
    if isinstance(value, Record):
        return dict(value.values)
    if isinstance(value, dict):
        return value
    if isinstance(value, tuple) and not isinstance(value, Day | Span | Record):
        return {str(index): each for index, each in enumerate(value)}
    return {}
