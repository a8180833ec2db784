"""The PDF: tagged, conforming (the compiler refuses what does not conform), the same bytes twice, whatever the texts."""

from __future__ import annotations

import re
import struct
import sys
import zlib
from datetime import UTC, datetime

import pytest
from factory import HOSTILE, empty, hostile, report
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.errors import MisuseError
from hds_audit.model.report import Report
from hds_audit.model.text import Language
from hds_audit.read.report import parse_report
from hds_audit.report import json as as_json
from hds_audit.report import pdf
from hds_audit.report.format import Style

typst = pytest.importorskip("typst", reason="typst is not installed (extra pdf)")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = b"".join((
    b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)), chunk(b"IDAT", zlib.compress(b"\0\0\0\0")), chunk(b"IEND", b""),
))  # fmt: skip
FRENCH = Style("fr")
LANGUAGES: tuple[Language, ...] = ("en", "fr")


def made(told: Report, style: Style = FRENCH) -> bytes:
    return b"".join(pdf.render(told, style))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_says_which_standards_it_keeps_and_in_which_language(language: Language) -> None:
    content = made(report(), Style(language, "Cabinet du Port", "Phare"))
    assert content.startswith(b"%PDF-1.7")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in content
    assert re.search(rb"/Lang\s*\(" + language.encode(), content)
    assert b"/StructTreeRoot" in content
    assert b"/Marked true" in content


def test_the_compiler_would_refuse_what_does_not_conform() -> None:
    bare = typst.Compiler(b'#image(bytes("<svg xmlns=\\"http://www.w3.org/2000/svg\\"/>"))', ignore_system_fonts=True)
    with pytest.raises(typst.TypstError):
        bare.compile(format="pdf", pdf_standards=["ua-1", "a-2a"])


def test_same_report_same_bytes_and_from_json_too() -> None:
    style = Style("fr", "Client", "Author", "# Avis\n\n- **un** `deux`")
    again = parse_report("x.json", b"".join(as_json.render(report(), style)))
    assert made(report(), style) == made(report(), style) == made(again, style)


def test_the_document_bears_the_moment_of_the_report_and_not_of_today() -> None:
    assert b"D:20261122090000" in made(report())
    assert b"D:20261122" in made(report(generated=""))
    assert b"D:20261122" in made(report(generated="some day"))


@pytest.mark.parametrize("text", [*HOSTILE, "中文 العربية 𝔘 🩺", "\u200b\u00ad\u2028", "*bold* #strong[x] $x$ @ref <label> \\ // /* `"])
def test_hostile_texts_are_printed_as_texts(text: str) -> None:
    assert made(hostile(text), Style("fr", text, text, text, b"no image", text)).startswith(b"%PDF")


def test_endless_texts_are_cut() -> None:
    assert len(made(hostile("x" * 1_000_000))) < 3_000_000


def test_a_report_of_nothing_makes_a_document() -> None:
    assert made(empty()).startswith(b"%PDF")


def test_a_logo_has_words_for_those_who_do_not_see_it() -> None:
    assert made(report(), Style("fr", "Client", logo=PNG)) != made(report(), Style("fr", "Client"))


def test_a_broken_logo_is_told_to_whoever_gave_it() -> None:
    with pytest.raises(MisuseError, match="--logo"):
        made(report(), Style("fr", logo=b"\x89PNG\r\n\x1a\nbroken"))


def test_every_character_let_through_is_in_the_fonts() -> None:
    letters = "".join(chr(code) for low, high in pdf._SPANS for code in range(low, high + 1)) + pdf._SIGNS
    plain = "".join(pdf._character(each) for each in letters)
    assert plain == letters
    for font in ("Libertinus Serif", "DejaVu Sans Mono"):
        source = f'#set document(title: "x")\n#set text(font: ("{font}", "DejaVu Sans Mono"))\n#sys.inputs.all'
        assert typst.Compiler(source.encode(), ignore_system_fonts=True, sys_inputs={"all": letters}).compile(
            format="pdf", pdf_standards=["ua-1", "a-2a"]
        )


@given(st.text(max_size=200))
def test_printable_text_holds_only_what_fonts_have(text: str) -> None:
    allowed = {chr(code) for low, high in pdf._SPANS for code in range(low, high + 1)} | set(pdf._SIGNS) | {"\n", "\u200b"}
    told = pdf.printable(text)
    assert isinstance(told, str)
    assert set(told) <= allowed
    assert not any(len(word) > 40 for word in re.split(r"[\s\u200b]", told))


def test_a_character_without_a_glyph_is_written_by_its_code_point() -> None:
    assert pdf.printable("a中") == "a⟨U+4E2D⟩"
    assert pdf.printable("e\u0301") == "é"


def test_the_moment_is_read_in_utc() -> None:
    assert pdf._moment(report()) == int(datetime(2026, 11, 22, 9, tzinfo=UTC).timestamp())


def test_without_typst_the_user_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MisuseError, match="hds-audit\\[pdf\\]"):
        made(report())
