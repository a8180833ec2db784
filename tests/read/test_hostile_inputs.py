"""Each hostile input gets one message at its place, and nothing of it is executed or grown."""

import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from hds_audit.errors import InputError
from hds_audit.model.catalogue import Catalogue
from hds_audit.read.description import read_description
from hds_audit.read.source import MOST_BYTES

Told = Callable[[bytes], str]


@pytest.fixture
def told(tmp_path: Path, catalogue: Catalogue) -> Told:
    """The one problem of a file with this content, without the folder's name."""

    def of(content: bytes) -> str:
        path = tmp_path / "infra.yaml"
        path.write_bytes(content)
        with pytest.raises(InputError) as raised:
            read_description(path, catalogue)
        (problem,) = raised.value.problems
        return problem.said("en").replace(f"{tmp_path.as_posix()}/", "")

    return of


@pytest.mark.parametrize("content", [b"", b"\n\n", b"# nothing yet\n", b"---\n", b"\xef\xbb\xbf", b"~\n"])
def test_an_empty_file(told: Told, content: bytes) -> None:
    assert told(content).endswith("the file is empty; start with `format: hds-audit/1`")


def test_a_list_where_a_mapping_is_due(told: Told) -> None:
    assert told(b"- format: hds-audit/1\n").startswith("infra.yaml:1:1: a list stands at the top")


def test_a_single_value(told: Told) -> None:
    assert told(b"hello\n").startswith("infra.yaml:1:1: the file holds a single value")


def test_a_duplicate_key(told: Told) -> None:
    assert told(b"format: hds-audit/1\napplication: {}\nhosts: {h: {}}\nformat: hds-audit/1\n").startswith(
        "infra.yaml:4:1: the key `format` is already written"
    )


def test_an_object_is_not_built(told: Told, tmp_path: Path) -> None:
    trap = f"!!python/object/apply:os.mkdir [{tmp_path / 'made'}]"
    assert "asks for an object" in told(f"format: hds-audit/1\napplication: {{name: {trap}}}\nhosts: {{h: {{}}}}\n".encode())
    assert not (tmp_path / "made").exists()


def test_ten_thousand_nested_lists(told: Told) -> None:
    assert "more than 64 levels" in told(b"a: " + b"[" * 10_000 + b"]" * 10_000 + b"\n")
    assert "more than 64 levels" in told("".join(" " * n + "a:\n" for n in range(1000)).encode())
    assert "more than 64 levels" in told(b"- " * 10_000 + b"a\n")


def test_an_alias_bomb_takes_no_memory(told: Told) -> None:
    lines = ["a0: &a0 {x: y}"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 100)}]" for n in range(1, 60)]
    tracemalloc.start()
    assert "aliases" in told("\n".join(lines).encode())
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


def test_a_merge_bomb(told: Told) -> None:
    wide = ", ".join(f"k{n}: v" for n in range(1000))
    lines = [f"a: &a {{{wide}}}", *(f"b{n}: {{<<: *a, own: {n}}}" for n in range(1000))]
    assert "aliases" in told("\n".join(lines).encode())


def test_a_file_of_65_mib(told: Told) -> None:
    assert (
        told(b"#" * (65 * 1024 * 1024))
        == "infra.yaml:1:1: the file is larger than 64 MiB; split the description or leave out what is generated"
    )


def test_a_file_without_end_is_read_no_further_than_the_limit(catalogue: Catalogue) -> None:
    zero = Path("/dev/zero")
    if not zero.exists():
        pytest.skip("this system has no /dev/zero")
    with pytest.raises(InputError) as raised:
        read_description(zero, catalogue)
    assert "larger than 64 MiB" in raised.value.problems[0].en
    assert MOST_BYTES == 64 * 1024 * 1024


def test_bytes_that_are_no_utf_8(told: Told) -> None:
    assert (
        told("format: hds-audit/1\napplication: {name: ééé".encode() + b"\xe9}\n")
        == "infra.yaml:2:24: this byte is no UTF-8; save the file as UTF-8"
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16_and_utf_32(told: Told, encoding: str) -> None:
    assert told("format: hds-audit/1\n".encode(encoding)) == "infra.yaml:1:1: the file is in UTF-16 or UTF-32; save it as UTF-8"


def test_a_byte_order_mark_is_no_obstacle(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "infra.yaml"
    path.write_bytes(b"\xef\xbb\xbfformat: hds-audit/1\r\napplication: {name: A}\r\nhosts: {h: {}}\r\n")
    assert read_description(path, catalogue).root.values["format"] == "hds-audit/1"


def test_nul_and_control_characters(told: Told) -> None:
    assert told(b"format: hds-audit/1\n\x00").startswith("infra.yaml:2:1: an invisible control character")
    assert told(b"format: hds\x1b[31m\n").startswith("infra.yaml:1:12: an invisible control character")


def test_a_message_never_repeats_control_characters(told: Told) -> None:
    line = told(b'format: hds-audit/1\napplication: {}\nhosts: {h: {}}\n"a\\nb": 1\n')
    assert line.isprintable()


def test_a_directory(tmp_path: Path, catalogue: Catalogue) -> None:
    with pytest.raises(InputError) as raised:
        read_description(tmp_path, catalogue)
    assert raised.value.problems == (
        (tmp_path.as_posix(), "this is a directory; give the file in it", "ceci est un dossier ; indiquez le fichier qu'il contient"),
    )


def test_a_file_that_is_not_there(tmp_path: Path, catalogue: Catalogue) -> None:
    with pytest.raises(InputError) as raised:
        read_description(tmp_path / "infra.yaml", catalogue)
    assert raised.value.problems[0].en == "there is no such file; check the path"
    with pytest.raises(InputError):
        read_description(tmp_path / "infra.yaml" / "x", catalogue)
    with pytest.raises(InputError):
        read_description(Path("x" * 5000), catalogue)
    with pytest.raises(InputError):
        read_description(Path("a\0b"), catalogue)


def test_a_file_that_may_not_be_read(tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "infra.yaml"
    path.write_text("format: hds-audit/1\n", encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):  # who runs this may read everything: the system's refusal is put in its place

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError

        monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError) as raised:
        read_description(path, catalogue)
    assert raised.value.problems[0].en == "the file may not be read; check its permissions"


def test_a_long_key_or_value_is_shown_short(told: Told) -> None:
    assert len(told(b"format: hds-audit/1\napplication: {}\nhosts: {h: {}}\n" + b"k" * 900 + b": 1\n")) < 2000
    assert len(told(b"format: hds-audit/1\napplication: {}\nhosts: {h: {service: " + b"k" * 100_000 + b"}}\n")) < 1000


def test_millions_of_problems_are_counted_and_not_kept(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "infra.yaml"
    path.write_bytes(
        b"format: hds-audit/1\napplication: {}\nhosts: {h: {}}\nkeys:\n"
        + b"".join(b"  k%d: {wrong%d: nowhere, held_by: nobody%d}\n" % (n, n, n) for n in range(6000))
    )
    with pytest.raises(InputError) as raised:
        read_description(path, catalogue)
    assert len(raised.value.problems) == 1001
    assert raised.value.problems[-1].en == "and 11000 more problems; mend these first"
