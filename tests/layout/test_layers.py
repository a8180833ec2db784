"""The layers that a linter cannot see: no file, clock, network or environment in the core; no long function, no long module."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent.parent / "hds_audit"
CORE = ("model", "resolve", "evaluate", "errors.py")
FORBIDDEN_NAMES = {"open", "print", "input", "exec", "eval", "compile", "breakpoint"}
VAGUE = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}


def modules(*parts: str) -> Iterator[Path]:
    for part in parts or (".",):
        path = PACKAGE / part
        yield from [path] if path.suffix == ".py" else sorted(path.rglob("*.py"))


def builtin_calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


@pytest.mark.parametrize("path", list(modules(*CORE)), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_core_opens_nothing_and_prints_nothing(path: Path) -> None:
    assert FORBIDDEN_NAMES.isdisjoint(builtin_calls(ast.parse(path.read_text("utf-8"))))


def test_the_check_above_would_see_an_open() -> None:
    assert "open" in set(builtin_calls(ast.parse("def f():\n    return open('x').read()\n")))


def test_no_module_is_longer_than_350_lines() -> None:
    assert {str(path): lines for path in modules() if (lines := path.read_text("utf-8").count("\n")) > 350} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    long = {
        f"{path}:{node.lineno} {node.name}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > 60
    }
    assert long == set()


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert {path.stem for path in modules()}.isdisjoint(VAGUE)
