"""A summary of many audits, back from its JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from hds_audit.errors import InputError, Problem
from hds_audit.model.summary import SUMMARY_FORMAT, Entry, Shard, Summary
from hds_audit.read.files import read_bytes

_CODES = frozenset({0, 1, 2, 3, 4, 70})


def read_summary(path: Path) -> Summary:
    """The summary in a file; raises InputError where it is none."""
    name = path.as_posix()
    try:
        node: object = json.loads(read_bytes(path, name))
        if isinstance(node, dict) and node.get("format") == SUMMARY_FORMAT:
            return _summary(node)
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise InputError(Problem(name, f"the summary is not whole: {error!r}", f"le résumé n'est pas entier : {error!r}")) from None
    en = f"no summary of the format {SUMMARY_FORMAT}; hds-audit check --into FOLDER writes one"
    raise InputError(Problem(name, en, f"pas un résumé au format {SUMMARY_FORMAT} ; hds-audit check --into DOSSIER en écrit un"))


def _summary(node: Mapping[str, object]) -> Summary:
    shard = node["shard"]
    return Summary(
        _text(node["version"]), _text(node["rules_digest"]), _text(node["generated"]), _code(node["exit_code"]),
        tuple(_entry(_mapping(item)) for item in _list(node["entries"])), _shard(_mapping(shard)) if shard is not None else None,
    )  # fmt: skip


def _shard(node: Mapping[str, object]) -> Shard:
    return Shard(_number(node["number"]), _number(node["of"]), _number(node["total"]), _text(node["digest"]))


def _entry(node: Mapping[str, object]) -> Entry:
    return Entry(
        _text(node["path"]), _text(node["name"]), _code(node["exit_code"]), _text(node["outcome"]), _text(node["as_of"]),
        {key: _number(value) for key, value in _mapping(node["counts"]).items()}, _number(node["to_attest"]),
        _maybe(node["introduced"]), _maybe(node["unchanged"]), _maybe(node["resolved"]), _text(node["first"]),
        tuple(_problem(_mapping(item)) for item in _list(node["problems"])),
        {key: _text(value) for key, value in _mapping(node["reports"]).items()},
    )  # fmt: skip


def _problem(node: Mapping[str, object]) -> Problem:
    return Problem(_text(node["where"]), _text(node["en"]), _text(node["fr"]))


def _mapping(node: object) -> Mapping[str, object]:
    if not isinstance(node, dict):
        raise TypeError("a mapping is due")
    return node


def _list(node: object) -> list[object]:
    if not isinstance(node, list):
        raise TypeError("a list is due")
    return node


def _text(node: object) -> str:
    if not isinstance(node, str):
        raise TypeError("a text is due")
    return node


def _number(node: object) -> int:
    if not isinstance(node, int) or isinstance(node, bool):
        raise TypeError("a number is due")
    return node


def _maybe(node: object) -> int | None:
    return None if node is None else _number(node)


def _code(node: object) -> int:
    if _number(node) not in _CODES:
        raise ValueError(f"{node} is no exit code")
    return _number(node)
