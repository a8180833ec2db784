"""A call that is read without typer is the call that typer reads."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.cli.app import app_for
from hds_audit.cli.checking import flags_in
from hds_audit.cli.plain import REPEATED, TAKEN_ONCE, plain_call

ROOT = Path(__file__).parent.parent.parent
WORDS = (
    *REPEATED, *TAKEN_ONCE, "infra.yaml", "-", "--", "-x", "--live", "--gate=low", "-oout.json", "", "fr", "json:a.json", "check", "--jobs",
)  # fmt: skip


def command() -> Any:  # typer gives its commands no public type
    group: Any = typer.main.get_command(app_for(["check"], "en"))
    return group.commands["check"]


def options() -> Iterator[tuple[str, Any]]:
    for parameter in command().params:
        yield from ((flag, parameter) for flag in (*parameter.opts, *parameter.secondary_opts))


CHECK, OPTIONS = command(), dict(options())


@pytest.mark.parametrize("flag", [*REPEATED, *TAKEN_ONCE])
def test_each_plain_option_is_one_of_check_and_takes_a_text(flag: str) -> None:
    option = OPTIONS[flag]
    assert option.name == {**REPEATED, **TAKEN_ONCE}[flag]
    assert (option.nargs, option.is_flag, option.type.name) == (1, False, "str")
    assert option.multiple is (flag in REPEATED)


@given(st.lists(st.sampled_from(WORDS), max_size=8))
def test_what_is_read_plainly_typer_reads_alike(words: list[str]) -> None:
    call = plain_call(["check", *words])
    if call is not None:
        read = CHECK.make_context("check", list(words)).params
        assert (list(call.infra), dict(call.flags), call.lang) == (list(read["infra"]), flags_in(read), read["lang"])
        assert (call.here.live, call.here.yes, call.shard) == (read["live"], read["yes"], read["shard"])


@given(st.lists(st.tuples(st.sampled_from([*REPEATED, *TAKEN_ONCE]), st.sampled_from(["a", "-", "fr", "a b"])), max_size=4))
def test_options_with_their_texts_are_plain(pairs: list[tuple[str, str]]) -> None:
    assert plain_call(["check", "infra.yaml", *(word for pair in pairs for word in pair)]) is not None


@pytest.mark.parametrize("words", [
    [], ["rules", "list"], ["check"], ["check", "-o", "a"], ["check", "infra.yaml", "-o"], ["check", "infra.yaml", "--live"],
    ["check", "infra.yaml", "--help"], ["--lang", "fr", "check", "infra.yaml"], ["check", "infra.yaml", "--gate", "--live"],
    ["check", ""], ["check", "--", "infra.yaml"],
])  # fmt: skip
def test_whatever_else_is_left_to_typer(words: list[str]) -> None:
    assert plain_call(words) is None


def test_a_small_audit_loads_no_more_than_it_needs(tmp_path: Path) -> None:
    infra = ROOT / "fixtures" / "tomo" / "infra.yaml"
    program = (
        "import sys; from hds_audit.cli.run import run; run(sys.argv[1:]); "
        "print(*sorted({'typer', 'rich', 'jinja2', 'jsonschema', 'requests', 'cryptography', 'dns'} & set(sys.modules)))"
    )
    words = [sys.executable, "-c", program, "check", str(infra), "-o", str(tmp_path / "out.json")]
    ran = subprocess.run(words, capture_output=True, text=True, timeout=60, check=True)
    assert (ran.stdout.strip(), (tmp_path / "out.json").exists()) == ("", True)
