"""`include`: mappings merge, lists replace, the including file has the last word, nothing outside the folder."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hds_audit.errors import InputError
from hds_audit.model.catalogue import Catalogue
from hds_audit.model.description import Description
from hds_audit.read.description import read_description

HEAD = "format: hds-audit/1\napplication: {name: A}\nhosts: {h: {provider: hoster}}\n"
Reader = Callable[..., Description]


@pytest.fixture
def folder(tmp_path: Path, catalogue: Catalogue) -> Reader:
    """Writes files into a folder and reads its infra.yaml."""

    def reading(**files: str) -> Description:
        for name, text in files.items():
            path = tmp_path / "here" / (name.replace("__", "/") + ".yaml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return read_description(tmp_path / "here" / "infra.yaml", catalogue)

    return reading


def told(folder: Reader, tmp_path: Path, **files: str) -> list[str]:
    with pytest.raises(InputError) as raised:
        folder(**files)
    return [problem.said("en").replace(f"{tmp_path.as_posix()}/here/", "") for problem in raised.value.problems]


def test_mappings_merge_lists_replace_and_the_including_file_has_the_last_word(folder: Reader) -> None:
    described = folder(
        infra=HEAD + "include: [one.yaml, two.yaml]\ncomponents: {c: {kind: cache, zones: 3}}\n",
        one="components: {c: {kind: database, stores: [], owner: one}, d: {zones: 1}}\ndata: {x: {}}\nflows: []\n",
        two="components: {c: {owner: two, time_source: [a]}}\nflows: [{from: patients, to: h}]\n",
    )
    component = described.section("components")["c"]
    assert dict(component.values) == {"kind": "cache", "stores": (), "owner": "two", "zones": 3, "time_source": ("a",)}
    assert set(described.section("components")) == {"c", "d"}
    assert len(described.listed("flows")) == 1
    assert "include" not in described.plain
    assert "include" not in described.root.values


def test_each_fact_keeps_its_own_file(folder: Reader, tmp_path: Path) -> None:
    described = folder(
        infra="include: more.yaml\n" + HEAD + "components: {c: {kind: cache}}\n", more="\n\ncomponents:\n  c:\n    owner: us\n"
    )
    component = described.section("components")["c"]
    owner, kind = (described.files.value_place(component.marks[key]) for key in ("owner", "kind"))
    assert (Path(owner.file).name, owner.line, owner.column, owner.text) == ("more.yaml", 5, 12, "    owner: us")
    assert (Path(kind.file).name, kind.line) == ("infra.yaml", 5)
    assert [Path(each.path).name for each in described.inputs] == ["infra.yaml", "more.yaml"]
    assert all(len(each.sha256) == 64 for each in described.inputs)


def test_a_problem_names_the_file_it_is_in(folder: Reader, tmp_path: Path) -> None:
    problems = told(
        folder,
        tmp_path,
        infra=HEAD + "include: [more.yaml]\nfoo: 1\n",
        more="components: {c: {kind: x, kind: y}}\nkeys: {k: {held_by: nobody}}\n",
    )
    assert [line.split(": ")[0] for line in problems] == ["infra.yaml:5:1", "more.yaml:1:24", "more.yaml:1:27", "more.yaml:2:21"]


def test_included_files_include_from_their_own_place(folder: Reader) -> None:
    described = folder(
        infra=HEAD + "include: sub/one.yaml\n",
        sub__one="include: [two.yaml, ../three.yaml]\n",
        sub__two="data: {a: {}}\n",
        three="data: {b: {}}\n",
    )
    assert set(described.section("data")) == {"a", "b"}


def test_a_file_included_twice_is_read_once(folder: Reader) -> None:
    described = folder(infra=HEAD + "include: [a.yaml, b.yaml]\n", a="include: c.yaml\n", b="include: c.yaml\n", c="data: {x: {}}\n")
    assert len(described.inputs) == 4


def test_includes_that_double_at_each_step_stay_linear(folder: Reader) -> None:
    files = {f"f{n}": f"include: [f{n + 1}.yaml, g{n + 1}.yaml]\n" for n in range(40)} | {
        f"g{n}": f"include: [f{n + 1}.yaml, g{n + 1}.yaml]\n" for n in range(1, 40)
    }
    described = folder(infra=HEAD + "include: f0.yaml\n", **files, f40="data: {x: {}}\n", g40="data: {y: {}}\n")
    assert set(described.section("data")) == {"x", "y"}
    assert len(described.inputs) == 82


@pytest.mark.parametrize(
    "files",
    [
        {"infra": HEAD + "include: infra.yaml\n"},
        {"infra": HEAD + "include: a.yaml\n", "a": "include: infra.yaml\n"},
        {"infra": HEAD + "include: a.yaml\n", "a": "include: b.yaml\n", "b": "include: ./a.yaml\n"},
    ],
)
def test_circles_are_refused(folder: Reader, tmp_path: Path, files: dict[str, str]) -> None:
    (line,) = told(folder, tmp_path, **files)
    assert "includes itself, directly or through others; break the circle" in line


@pytest.mark.parametrize(
    "path", ["../out.yaml", "/etc/passwd", "a/../../out.yaml", "..", ".", "c:/x.yaml", "..\\\\out.yaml", "file:///etc/passwd"]
)
def test_nothing_outside_the_folder_is_read(folder: Reader, tmp_path: Path, path: str) -> None:
    (tmp_path / "out.yaml").write_text("data: {secret: {}}\n", encoding="utf-8")
    (line,) = told(folder, tmp_path, infra=HEAD + f'include: ["{path}"]\n')
    assert line.startswith("infra.yaml:4:11: ")
    assert "lies outside the description's folder" in line


def test_a_link_that_leads_out_of_the_folder_is_not_followed(folder: Reader, tmp_path: Path) -> None:
    (tmp_path / "out.yaml").write_text("data: {secret: {}}\n", encoding="utf-8")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "link.yaml").symlink_to("../out.yaml")
    (line,) = told(folder, tmp_path, infra=HEAD + "include: link.yaml\n")
    assert "lies outside" in line


def test_a_link_inside_the_folder_is_followed(folder: Reader, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "link.yaml").symlink_to("more.yaml")
    assert set(folder(infra=HEAD + "include: link.yaml\n", more="data: {x: {}}\n").section("data")) == {"x"}


def test_what_is_no_file_is_not_opened(folder: Reader, tmp_path: Path) -> None:
    (tmp_path / "here" / "sub").mkdir(parents=True)
    os.mkfifo(tmp_path / "here" / "pipe")
    problems = told(folder, tmp_path, infra=HEAD + "include: [sub, pipe, absent.yaml]\n")
    assert [line.partition(": ")[2] for line in problems] == [
        "this is a directory; give the file in it",
        "this is no regular file; include files only",
        "there is no such file; check the path",
    ]
    assert [line.split(": ")[0] for line in problems] == ["infra.yaml:4:11", "infra.yaml:4:16", "infra.yaml:4:22"]


@pytest.mark.parametrize("include", ["{a: b}", "[[a]]", "true", "[true]", "''"])
def test_include_takes_paths(folder: Reader, tmp_path: Path, include: str) -> None:
    (line,) = told(folder, tmp_path, infra=HEAD + f"include: {include}\n")
    assert "`include` takes the names of files; write a list of paths" in line


def test_an_included_file_of_another_format_is_refused(folder: Reader, tmp_path: Path) -> None:
    (line,) = told(folder, tmp_path, infra=HEAD + "include: a.yaml\n", a="format: hds-audit/9\n")
    assert line.startswith("a.yaml:1:9: an included file is of another format")


def test_no_more_than_two_hundred_files_are_read(folder: Reader, tmp_path: Path) -> None:
    names = [f"f{n}" for n in range(200)]
    (line,) = told(
        folder, tmp_path, infra=HEAD + f"include: [{', '.join(f'{name}.yaml' for name in names)}]\n", **dict.fromkeys(names, "data: {}\n")
    )
    assert "at most 200 files" in line


def test_without_a_folder_nothing_is_included(problems: Callable[..., list[str]]) -> None:
    (line,) = problems("include: more.yaml\n")
    assert line.startswith("infra.yaml:4:10: nothing can be included here")


def test_a_shared_mapping_is_not_changed_by_a_merge(folder: Reader) -> None:
    described = folder(
        infra=HEAD + "include: a.yaml\ncomponents: {d: {zones: 2}}\n",
        a="components:\n  c: &c {kind: cache, access: {mfa: true}}\n  d: *c\n",
    )
    assert "zones" not in described.section("components")["c"].values
    assert described.section("components")["d"].values["kind"] == "cache"
