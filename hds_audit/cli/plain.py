"""A call of `check` written plainly is read here: what reads every command line takes as long to load as half of a small audit."""

from __future__ import annotations

from collections.abc import Sequence

from hds_audit.cli.checking import Call, flags_in

REPEATED = {"-o": "output", "--output": "output", "--rules": "rules"}
TAKEN_ONCE = {
    "--as-of": "as_of", "--gate": "gate", "--min-severity": "min_severity", "--frameworks": "frameworks", "--on-unknown": "on_unknown",
    "--environment": "environment", "--waivers": "waivers", "--baseline": "baseline", "--since": "since", "--evidence": "evidence",
    "--max-age": "max_age", "--into": "into", "--lang": "lang",
}  # fmt: skip
"""Options that take a text, each by the name of its parameter."""


def plain_call(arguments: Sequence[str]) -> Call | None:
    """The call, where it is `check` with paths and options that take a text; None where anything else is written, or something is wrong."""
    words, infra = iter(arguments), list[str]()
    repeated, once = dict[str, list[str]](), dict[str, str]()
    if next(words, "") != "check":
        return None
    for word in words:
        value = next(words, "") if word in REPEATED or word in TAKEN_ONCE else word
        if not value or (value.startswith("-") and value != "-"):
            return None
        if word in REPEATED:
            repeated.setdefault(REPEATED[word], []).append(value)
        elif word in TAKEN_ONCE:
            once[TAKEN_ONCE[word]] = value
        else:
            infra.append(value)
    return Call(infra, flags_in({**once, **repeated}), lang=once.get("lang")) if infra else None
