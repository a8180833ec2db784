"""The plain description, read without trust in its shape: a report may come from a file that anybody wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hds_audit.model.report import NextStep, Report
from hds_audit.model.text import Language

Node = Mapping[str, object]
ENDS = ("patients", "health-professionals", "devices", "internet")


def node(value: object) -> Node:
    """The mapping that a value is, or an empty one."""
    return {str(key): item for key, item in value.items()} if isinstance(value, Mapping) else {}


def section(report: Report, name: str) -> dict[str, Node]:
    """The entries of one section by identifier."""
    return {key: node(value) for key, value in node(report.description.get(name)).items()}


def words(value: object) -> tuple[str, ...]:
    """The texts of a value: one, those of a list, or none."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Sequence):
        named = (item if isinstance(item, str) else text(node(item).get("organisation")) for item in value)
        return tuple(name for name in named if name)
    return ()


def text(value: object) -> str:
    """A value as text; nothing for what is no scalar."""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


class FlowEnds(NamedTuple):
    """A flow: its subject id, its two ends, what it carries and how."""

    id: str
    source: str
    target: str
    data: tuple[str, ...]
    how: str
    purpose: str
    bare: bool = False
    """Whether it is declared to go without TLS."""


def flows(report: Report) -> tuple[FlowEnds, ...]:
    """The flows, under the ids that findings give them: `from->to`, then `#2`..., unless they have one."""
    found = report.description.get("flows")
    met: dict[str, int] = {}
    told = []
    for item in found if isinstance(found, Sequence) and not isinstance(found, str) else ():
        flow = node(item)
        source, target = text(flow.get("from")), text(flow.get("to"))
        name = text(flow.get("id"))
        if not name:
            pair = f"{source}->{target}"
            met[pair] = met.get(pair, 0) + 1
            name = pair if met[pair] == 1 else f"{pair}#{met[pair]}"
        told.append(FlowEnds(name, source, target, words(flow.get("data")), _transport(flow), text(flow.get("purpose")), _bare(flow)))
    return tuple(told)


def flow_meant(path: str, ways: Sequence[FlowEnds]) -> str:
    """The flow that a path such as `flows.2.data` speaks of, by its ends; nothing for other paths."""
    section_name, _, rest = path.partition(".")
    number = rest.partition(".")[0]
    if section_name != "flows" or not (number.isascii() and number.isdigit()) or int(number) >= len(ways):
        return ""
    return f"{ways[int(number)].source} → {ways[int(number)].target}"


def asked(step: NextStep, ways: Sequence[FlowEnds], language: Language) -> str:
    """The question of a step, with a flow named by its ends."""
    meant, question = flow_meant(step.path, ways), step.question.said(language)
    if not meant:
        return question
    rest = question.removeprefix(".".join(step.path.split(".")[:2])) if question.startswith("flows.") else question.removeprefix("flows")
    return meant + rest if rest != question else f"{meant} ; {question}"


def _transport(flow: Node) -> str:
    said = flow.get("transport")
    if isinstance(said, str):
        return said
    protocol, tls = text(node(said).get("protocol")), node(said).get("tls")
    versions = " ".join(words(tls))
    return f"{protocol} TLS {versions}".strip() if versions or tls is True else protocol


def _bare(flow: Node) -> bool:
    return node(flow.get("transport")).get("tls") in (False, [])


def country_of(host: Node) -> str:
    """The country declared for a host."""
    place = host.get("location")
    return place if isinstance(place, str) else text(node(place).get("country"))
