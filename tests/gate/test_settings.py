"""Where settings are looked for, what a file may name, and what goes with one description only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.errors import AuditError, Problem
from hds_audit.model.configuration import SETTINGS, allowed_untrusted, value_of, value_of_text
from hds_audit.model.report import GateView
from hds_audit.model.text import Text
from hds_audit.pipeline.configuration import Given, configured, gate_of
from hds_audit.pipeline.many import tasks_for
from tests.cli.conftest import GATE
from tests.gate.conftest import Program, World


def gated(world: World, path: str, text: str) -> None:
    target = world.folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")


def gate_in(folder: Path) -> str:
    return gate_of(configured(Given({}, {}), folder)).level


def test_a_file_is_looked_for_up_to_the_root_of_the_repository_and_no_further(tmp_path: Path) -> None:
    deep = tmp_path / "outer" / "repository" / "ops" / "prod"
    deep.mkdir(parents=True)
    (tmp_path / "outer" / "hds-audit.toml").write_text('gate = "sovereign"\n')
    assert gate_in(deep) == "mandatory", "without a repository only the folder itself"
    (tmp_path / "outer" / "repository" / ".git").mkdir()
    assert gate_in(deep) == "mandatory", "beyond the root nothing counts"
    (tmp_path / "outer" / "repository" / "pyproject.toml").write_text('[tool.hds-audit]\ngate = "recommended"\n')
    assert gate_in(deep) == "recommended"
    (tmp_path / "outer" / "repository" / "ops" / "hds-audit.toml").write_text('gate = "sovereign"\n')
    assert gate_in(deep) == "sovereign", "the nearest one"
    (deep / "pyproject.toml").write_text('[project]\nname = "hds-audit-user"\n')
    assert gate_in(deep) == "sovereign", "a pyproject without our table is none of ours"


@given(
    st.sampled_from(SETTINGS),
    st.one_of(st.booleans(), st.integers(), st.text(max_size=9), st.lists(st.text(max_size=5), max_size=3), st.none()),
)
def test_any_value_is_taken_or_refused_in_both_languages(setting: object, raw: object) -> None:
    found = next(each for each in SETTINGS if each == setting)
    value = value_of(found, raw)
    assert isinstance(value, str | bool | int | tuple)
    if isinstance(value, Text):
        assert value.en
        assert value.fr
    written = value_of_text(found, raw) if isinstance(raw, str) else None
    assert written is None or isinstance(written, str | bool | int | tuple)


WORDS = {name: [*each.words] for each in SETTINGS if each.bound == "stricter" and each.words for name in (each.name,)}


@given(st.fixed_dictionaries({}, optional={
    "gate": st.sampled_from(WORDS["gate"]), "min-severity": st.sampled_from(WORDS["min-severity"]), "on-unknown": st.sampled_from(WORDS["on-unknown"]),
    "require-attestations": st.booleans(), "frameworks": st.lists(st.sampled_from(WORDS["frameworks"]), min_size=1, unique=True).map(tuple),
}))  # fmt: skip
def test_what_an_untrusted_file_may_say_never_lets_more_through(said: dict[str, object]) -> None:
    by_name = {each.name: each for each in SETTINGS}
    taken = {
        name: value for name, value in said.items() if isinstance(value, str | bool | tuple) and allowed_untrusted(by_name[name], value)
    }
    gate = gate_of(configured(Given({name: list(value) if isinstance(value, tuple) else value for name, value in taken.items()}, {}), None))
    plain, levels = GateView(), WORDS["gate"]
    assert levels.index(gate.level) >= levels.index(plain.level)
    assert (gate.min_severity, gate.on_unknown, set(gate.frameworks)) == ("low", "fail", set(plain.frameworks))


def test_paths_of_a_file_start_from_its_folder_and_stay_in_it_unless_it_is_trusted(program: Program, world: World) -> None:
    world.hosts(h="DE")
    (world.folder / "ops").mkdir()
    world.infra.rename(world.folder / "ops" / "infra.yaml")
    (world.folder / "secret.md").write_text("a secret", "utf-8")
    (world.folder / "ops" / "note.md").write_text("a note", "utf-8")
    gated(world, "ops/hds-audit.toml", 'comment = "note.md"\n')
    assert program("check", "ops/infra.yaml", *GATE, "-o", "a.md").code == 1
    for path in ("../secret.md", str(world.folder / "secret.md")):
        gated(world, "ops/hds-audit.toml", f'comment = "{path}"\n')
        ran = program("check", "ops/infra.yaml", *GATE, "-o", "html:a.html")
        assert ran.code == 2
        assert ran.err.startswith("ops/hds-audit.toml:1:1: comment leaves its folder")
        assert program("check", "ops/infra.yaml", *GATE, "-o", "html:a.html", "--trust-config").code == 1
    (world.folder / "ops" / "link.md").symlink_to(world.folder / "secret.md")
    gated(world, "ops/hds-audit.toml", 'comment = "link.md"\n')
    assert program("check", "ops/infra.yaml", *GATE, "-o", "html:a.html").code == 2


def test_a_trusted_file_names_reports_beside_itself(program: Program, world: World) -> None:
    world.hosts(h="FR")
    (world.folder / "ops").mkdir()
    world.infra.rename(world.folder / "ops" / "infra.yaml")
    gated(world, "ops/hds-audit.toml", 'output = ["audit.json", "github:notes.txt"]\n')
    assert program("check", "ops/infra.yaml", *GATE).code == 2
    assert program("check", "ops/infra.yaml", *GATE, "--trust-config").code == 0
    assert {path.name for path in (world.folder / "ops").iterdir()} >= {"audit.json", "notes.txt"}


def test_a_flag_settles_what_a_file_may_not(program: Program, world: World) -> None:
    world.hosts(h="FR", i="")
    gated(world, "hds-audit.toml", 'on-unknown = "report"\n')
    assert program("check", "infra.yaml", *GATE).code == 2
    assert program("check", "infra.yaml", *GATE, "--on-unknown", "fail").code == 3
    assert program("check", "infra.yaml", *GATE, env={"HDS_AUDIT_TRUST_CONFIG": "1"}).code == 0


def test_standard_input_has_no_file_beside_it(program: Program, world: World) -> None:
    gated(world, "hds-audit.toml", 'gate = "nonsense"\n')
    ran = program("check", "-", *GATE)
    assert ran.code == 2
    assert "hds-audit.toml" not in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--yes",),
        ("--allow-private",),
        ("--key", "k.pem"),
        ("--pseudonyms", "p"),
        ("--environment", "no-such-one"),
        ("--evidence", "e.json", "--live"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(program: Program, world: World, arguments: tuple[str, ...]) -> None:
    world.hosts(h="FR")
    ran = program("check", "infra.yaml", *GATE, *arguments)
    assert ran.code == 2
    assert ran.err.startswith("--")


def test_a_baseline_of_another_environment_or_of_other_rules(program: Program, world: World) -> None:
    world.hosts(h="DE")
    components = "environments: {prod: {}}\ncomponents: {c: {kind: database, host: h, environment: prod}}\n"
    world.infra.write_text(world.infra.read_text("utf-8") + components, "utf-8")
    assert program("check", "infra.yaml", *GATE, "-o", "all.json").code == 1
    ran = program("check", "infra.yaml", *GATE, "--baseline", "all.json", "--environment", "prod")
    assert ran.code == 2
    assert ran.err.startswith("all.json: ")
    world.rule("SECOND", "FR")
    ran = program("check", "infra.yaml", *GATE, "--baseline", "all.json", "-o", "json:-")
    assert ran.code == 1
    assert "baseline-other-rules" in [notice["kind"] for notice in json.loads(ran.out)["notices"]]


def test_a_waiver_that_may_hold_in_another_environment_is_no_orphan(program: Program, world: World) -> None:
    world.hosts(h="FR")
    components = "environments: {prod: {}}\ncomponents: {c: {kind: database, host: h, environment: prod}}\n"
    world.infra.write_text(world.infra.read_text("utf-8") + components, "utf-8")
    named = world.waivers(("OWN-FR", "elsewhere", "2026-10-01", "2026-12-31"))
    assert program("check", "infra.yaml", *GATE, "--waivers", named, "--strict-waivers").code == 2
    assert program("check", "infra.yaml", *GATE, "--waivers", named, "--strict-waivers", "--environment", "prod").code == 0


@pytest.fixture
def clients(world: World) -> World:
    for name, country in {"a": "DE", "b": "FR"}.items():
        world.hosts(h=country)
        gated(world, f"clients/{name}/infra.yaml", world.infra.read_text("utf-8"))
    world.infra.unlink()
    return world


EVERY = ("check", "clients/*/infra.yaml", *GATE)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--waivers", "w.yaml"), "--waivers: "), (("--evidence", "e.json"), "--evidence: "), (("--baseline", "b.json"), "--baseline: "),
        (("--live",), "--live: "), (("--with", "x.yaml"), "--with: "), (("--seal", "d"), "--seal, --redact: "),
        (("-o", "a.html"), "-o: "), (("--into", "out", "-o", "a.html"), "-o: "), (("--into", "out", "--jobs", "0"), "--jobs: "),
    ],
)  # fmt: skip
def test_what_means_one_description(program: Program, clients: World, arguments: tuple[str, ...], told: str) -> None:
    ran = program(*EVERY, *arguments)
    assert ran.code == 2
    assert ran.err.startswith(told)


def test_each_client_has_its_own_settings(program: Program, clients: World) -> None:
    clients.waivers(("OWN-FR", "h", "2026-10-01", "2026-12-31"))
    (clients.folder / "waivers.yaml").rename(clients.folder / "clients" / "a" / "waivers.yaml")
    gated(clients, "clients/a/hds-audit.toml", 'waivers = "waivers.yaml"\n')
    ran = program(*EVERY)
    assert ran.code == 2, "a file that nobody trusts breaks its own audit, and no other"
    assert "  2  clients/a/infra.yaml" in ran.out
    assert program(*EVERY, "--trust-config").code == 4


def test_an_earlier_folder_is_the_baseline_of_all(program: Program, clients: World) -> None:
    assert program(*EVERY, "--into", "before", "-o", "json").code == 1
    assert program(*EVERY, "--baseline", "before").code == 0
    clients.hosts(h="FR", i="US")
    gated(clients, "clients/c/infra.yaml", clients.infra.read_text("utf-8"))
    ran = program(*EVERY, "--baseline", "before", "--into", "after", "-o", "json")
    assert ran.code == 1, "a new client is introduced whole"
    assert len(ran.out.splitlines()) == 2, "only what does not pass has a line, and the total"
    notices = json.loads((clients.folder / "after" / "clients" / "c" / "infra.json").read_text("utf-8"))["notices"]
    assert "nothing-before" in [notice["kind"] for notice in notices]


def test_a_file_named_twice_is_audited_once(program: Program, clients: World) -> None:
    ran = program(
        "check", "clients/a/infra.yaml", "./clients/a/../a/infra.yaml", "clients/*/infra.yaml", *GATE, "--into", "out", "-o", "json"
    )
    assert ran.code == 1
    assert len(json.loads((clients.folder / "out" / "summary.json").read_text("utf-8"))["entries"]) == 2


def test_reports_have_names_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tasks = tasks_for(["a/infra.yaml", "a/infra.yml", "A/infra.yaml", "b/infra.yaml"])
    assert len({task.name.casefold() for task in tasks}) == 4
    assert tasks[3].name == "b/infra"
    assert tasks == tasks_for([task.path for task in tasks])
    outside = tasks_for([str(tmp_path.parent / "x" / "infra.yaml"), str(tmp_path.parent / "y" / "infra.yaml")])
    assert [task.name for task in outside] == ["x/infra", "y/infra"]
    assert not [task.name for task in (*tasks, *outside) if ".." in task.name or task.name.startswith("/")]


@pytest.mark.parametrize(
    "content",
    ["", "\ufeffgate = 'sovereign'\n", "[a]\n", "gate = 'x'\ngate = 'y'\n", "x = " + "[" * 5_000, "lang = 'de'\n", "max-age = 'P70D'\n"],
)
def test_any_file_of_settings_is_read_or_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "hds-audit.toml").write_text(content, "utf-8")
    problems: tuple[Problem, ...] = ()
    try:
        configured(Given({}, {}), tmp_path)
    except AuditError as error:
        problems = error.problems
    assert all(problem.where and problem.en and problem.fr for problem in problems)
    assert bool(problems) is (content not in ("", "\ufeffgate = 'sovereign'\n", "max-age = 'P70D'\n"))


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "hds-audit.toml").write_bytes(b'gate = "\xff"\n')
    with pytest.raises(AuditError, match="UTF-8"):
        configured(Given({}, {}), tmp_path)
