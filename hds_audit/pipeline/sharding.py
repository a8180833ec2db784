"""Many descriptions split among several runs, and their summaries put together again."""

import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from hds_audit.errors import EXIT_COMPLIANT, InputError, MisuseError, Problem
from hds_audit.evaluate.outcome import worst
from hds_audit.model.summary import Entry, Shard, Summary

MOST_SHARDS = 10_000


class Part(NamedTuple):
    """Which part of the work a run does: one, from 1, of so many."""

    number: int
    of: int


def part_of(said: str) -> Part:
    """`3/10`, read; raises MisuseError."""
    found = re.fullmatch(r"(\d{1,5})/(\d{1,5})", said)
    number, of = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= number <= of <= MOST_SHARDS:
        raise MisuseError(Problem("--shard", f"{said} is no part of a whole; write 3/10", f"{said} n'est pas une part ; écrire 3/10"))
    return Part(number, of)


def shared_out(names: Sequence[str], part: Part) -> tuple[tuple[int, ...], Shard]:
    """Which of these descriptions, by position, a part takes: every so manyth in the order of names, whatever order they came in."""
    order = sorted(range(len(names)), key=lambda position: names[position])
    digest = hashlib.sha256("\0".join(sorted(names)).encode("utf-8", "surrogateescape")).hexdigest()
    taken = tuple(sorted(order[part.number - 1 :: part.of]))
    return taken, Shard(part.number, part.of, len(names), digest)


def code_of(entries: Sequence[Entry], shard: Shard | None) -> int:
    """The worst exit code; a shard that got nothing to do stands for nothing, and the others decide."""
    return EXIT_COMPLIANT if shard is not None and not entries and shard.total else worst(entry.exit_code for entry in entries)


def merged(parts: Sequence[tuple[Path, Summary]], into: Path) -> Summary:
    """One summary of several, its reports found from a folder; raises InputError where a part is missing, doubled or of another run."""
    problems = [*_of_one_run(parts), *_whole(parts)]
    if problems:
        raise InputError(*problems)
    moved = (_moved(entry, path.parent, into) for path, summary in parts for entry in summary.entries)
    entries = sorted(moved, key=lambda entry: entry.path)
    first = parts[0][1]
    generated = max(summary.generated for _, summary in parts)
    return Summary(first.version, first.rules_digest, generated, worst(entry.exit_code for entry in entries), tuple(entries))


def _of_one_run(parts: Sequence[tuple[Path, Summary]]) -> list[Problem]:
    first = parts[0][1]
    same = _run(first)
    return [
        Problem(str(path), "another version, other rules or other descriptions than the first; run all shards alike",
                "autre version, autres règles ou autres descriptions que le premier ; lancer tous les lots de la même façon")
        for path, summary in parts
        if _run(summary) != same
    ]  # fmt: skip


def _run(summary: Summary) -> tuple[object, ...]:
    shard = summary.shard
    return (summary.version, summary.rules_digest, *((shard.of, shard.total, shard.digest) if shard else ()))


def _whole(parts: Sequence[tuple[Path, Summary]]) -> list[Problem]:
    """Every shard once, and no description twice."""
    problems: list[Problem] = []
    shards = [summary.shard for _, summary in parts if summary.shard is not None]
    there = {shard.number for shard in shards}
    if shards and (missing := sorted(set(range(1, shards[0].of + 1)) - there)):
        said = ", ".join(f"{number}/{shards[0].of}" for number in missing)
        problems.append(Problem("merge", f"shards are missing: {said}", f"lots manquants : {said}"))
    elif shards and (found := sum(len(summary.entries) for _, summary in parts)) != shards[0].total:
        total = shards[0].total
        problems.append(
            Problem("merge", f"descriptions that are there: {found} of {total}", f"descriptions présentes : {found} sur {total}")
        )
    seen: set[str] = set()
    for path, summary in parts:
        for entry in summary.entries:
            if entry.path in seen:
                problems.append(Problem(str(path), f"{entry.path} was audited twice", f"{entry.path} a été audité deux fois"))
            seen.add(entry.path)
    return problems


def _moved(entry: Entry, folder: Path, into: Path) -> Entry:
    return entry._replace(reports={
        name: Path(os.path.relpath(folder / path, into)).as_posix() for name, path in entry.reports.items()
    })  # fmt: skip
