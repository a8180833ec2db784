"""The questions that an audit would like answered next, and the answers put into the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from hds_audit.errors import InputError
from hds_audit.model.choice_words import said_word
from hds_audit.model.fields import Kind
from hds_audit.model.report import NextStep, Report
from hds_audit.model.text import Text
from hds_audit.pipeline.audit import Request
from hds_audit.pipeline.check import check
from hds_audit.pipeline.kinds import Wrong, choices, hint, kind_at, read_answer, sections
from hds_audit.pipeline.knowledge import Knowledge
from hds_audit.pipeline.writing import read_whole
from hds_audit.read.description import parse_description
from hds_audit.read.files import including_from
from hds_audit.write.answer import with_answer


class Asked(NamedTuple):
    """One question: the path it fills, its words, how many findings it settles, how to answer, and what may be answered.

    `about` names the two ends of a flow, which a number does not; `meanings` says what words of the format stand for.
    """

    path: str
    question: Text
    settles: int
    hint: Text
    choices: tuple[str, ...]
    about: str = ""
    meanings: tuple[tuple[str, Text], ...] = ()


def audited(path: Path, known: Knowledge, on: date) -> Report:
    """The audit whose `next` list is asked."""
    return check(str(path), known, Request(on))


def asked(report: Report) -> Iterator[Asked]:
    """The questions of a report, the most useful first; paths that no answer in the file can fill are left out."""
    for step in report.next:
        kind = kind_at(step.path.split("."))
        if kind is not None:
            yield _asked(step, kind, report.description)


def _asked(step: NextStep, kind: Kind, description: Mapping[str, object]) -> Asked:
    named = [key for section in sections(kind) for key in _keys(description.get(section))]
    words = choices(kind)
    said = tuple((word, meaning) for word in words if (meaning := said_word(word, words)) is not None)
    return Asked(step.path, step.question, step.settles, hint(kind), (*words, *named), _ends(step.path, description), said)


def _ends(path: str, description: Mapping[str, object]) -> str:
    section, _, rest = path.partition(".")
    number, flows = rest.partition(".")[0], description.get("flows")
    if section != "flows" or not number.isdigit() or not isinstance(flows, list) or int(number) >= len(flows):
        return ""
    flow = flows[int(number)]
    return f"{flow.get('from')} → {flow.get('to')}" if isinstance(flow, dict) else ""


def _keys(section: object) -> list[str]:
    return [str(key) for key in section] if isinstance(section, dict) else []


def answered(path: Path, known: Knowledge, asked_path: str, answer: str, note: str = "") -> str | Wrong:
    """The text of the file with an answer in its place, or why the answer does not do.

    The whole file has to hold together with the answer in it, as it has to for an audit.
    """
    keys = asked_path.split(".")
    value = read_answer(kind_at(keys), answer)
    if isinstance(value, Wrong):
        return value
    try:
        text = with_answer(str(path), read_whole(path), keys, value, note)
        parse_description(path.as_posix(), text.encode(), known.catalogue, including_from(path.parent))
    except InputError as error:
        first = error.problems[0]
        return Wrong(Text(first.en, first.fr))
    return text
