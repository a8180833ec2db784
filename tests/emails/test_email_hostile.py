"""Input made to hang, to crash or to lie: it ends, and says what it could not read. A regression to quadratic time hangs here."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hds_audit.emails.bytes_read import LARGEST
from hds_audit.emails.scan import Scanner
from hds_audit.model.template import TemplateReading

Scan = Callable[..., TemplateReading]
SIZE = 120_000
BAIT = [
    "{{", "{%", "<%", "<", "<a ", '<a b="', "<!--", "<![CDATA[", "<?", "${", "((", "(", "@if(", "%(", "*|", "\n", " ", ".", ". ", "a.", "a@", "a-", "a/",
    "&", "{{ '", "{% include \"x\" %}", "{% if a == b %}", "{{ a.b }} ", "<td>", "<p>", "<script>", "your diabetes ", "your child ", "rendez-vous ",
    "1 85 05 78 006 084 ", "http://a.", "[a](b", "\ue000", "健", "return     ", "$a.", "---\n", "aB", "_",
]  # fmt: skip


@pytest.mark.parametrize("bait", BAIT)
@pytest.mark.parametrize("path", ["a.html", "a.slim", "a.tsx"])
def test_bait_ends(scan: Scan, bait: str, path: str) -> None:
    assert scan(bait * (SIZE // len(bait)), path).path == path


def test_one_endless_line_of_evidence_is_bounded(scan: Scan) -> None:
    reading = scan("Your diabetes, {{ diagnosis }}. " * 20_000, "a.txt")
    assert reading.label == "health"
    assert len(reading.evidence) <= 500


@pytest.mark.parametrize("size", [LARGEST + 1, 50 * 1024 * 1024])
def test_too_large_is_unreadable_and_says_so(scanner: Scanner, size: int) -> None:
    reading = scanner.scan("a.html", b"a" * size)
    assert reading.unreadable is not None
    assert "too large" in reading.unreadable.en


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(256)) * 10, b"PK\x03\x04\0\0"])
def test_binary_is_unreadable_and_says_so(scanner: Scanner, content: bytes) -> None:
    reading = scanner.scan("a.html", content)
    assert reading.unreadable is not None
    assert "binary" in reading.unreadable.en


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_encodings(scanner: Scanner, encoding: str) -> None:
    assert scanner.scan("a.txt", "Vous êtes enceinte, félicitations à vous.".encode(encoding)).label == "health"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(scanner: Scanner, end: str) -> None:
    reading = scanner.scan("a.txt", f"Hello{end}{end}Your diabetes{end}".encode())
    assert reading.evidence[0].line == 3


@pytest.mark.parametrize(
    "text", ["{% if x %}<p>Your diabetes</p>", "<p>Your diabetes {{ x", "<p>Your diabetes <b", "{{ }} Your diabetes {% %}"]
)
def test_broken_syntax_is_read_all_the_same(scan: Scan, text: str) -> None:
    assert scan(text).label == "health"


def test_an_opening_without_its_closing_is_observed(scan: Scan) -> None:
    assert "broken-syntax" in {each.kind for each in scan("<p>a</p>\n{{ x").observations}


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.html", "a.erb", "a.slim", "a.vm", "a.tsx", "a.tpl", "a.php"]))
def test_any_bytes_give_a_reading(scanner: Scanner, content: bytes, path: str) -> None:
    reading = scanner.scan(path, content)
    last = reading.source.count("\n") + 1
    assert all(1 <= each.line <= last for each in reading.evidence)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "{{ ",
                " }}",
                "{% if a == b %}",
                "{% endif %}",
                "your ",
                "diabetes",
                ". ",
                "<p>",
                "</p>",
                "{{ patient.name }}",
                "\n",
                "rdv ",
                ": ",
                "<%= ",
                "%>",
                "?",
            ]
        ),
        max_size=40,
    )
)
def test_the_same_template_is_always_read_the_same(lexicon: object, scanner: Scanner, pieces: list[str]) -> None:
    content = "".join(pieces).encode()
    assert scanner.scan("a.html", content) == scanner.scan("a.html", content) == Scanner(scanner.vocabulary.lexicon).scan("a.html", content)
