"""Sentences, their lines, and where in the message they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.emails.expression import Expressions
from hds_audit.emails.reading import FileReading, read_file


def read(text: str, path: str = "mail.html") -> FileReading:
    return read_file("", path, text, Expressions())


def said(text: str, path: str = "mail.html") -> list[tuple[int, str]]:
    return [(sentence.line_at(0), " ".join(sentence.text.split())) for sentence in read(text, path).sentences]


def test_blocks_part_sentences_and_inline_tags_do_not() -> None:
    assert said("<p>One <b>and\ntwo</b></p>\n<p>Three. Four!</p>") == [(1, "One and two"), (3, "Three."), (3, "Four!")]


def test_a_title_before_a_name_ends_no_sentence() -> None:
    assert len(said("<p>See Dr. Martin. Then leave.</p>")) == 2


def test_the_line_of_a_word_in_a_sentence_of_several_lines() -> None:
    sentence = read("<p>one\ntwo\n<b>three</b></p>").sentences[0]
    assert [sentence.line_at(sentence.text.index(word)) for word in ("one", "two", "three")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "path", "where", "words"),
    [
        ("<title>Your result</title><p>x</p>", "a.html", "subject", "Your result"),
        ("Subject: Your result\n\nHello", "a.txt", "subject", "Your result"),
        ("---\nid: 4\nsubject: Your result\n---\nHello", "a.md", "subject", "Your result"),
        ("<mjml><mj-preview>Your result</mj-preview></mjml>", "a.mjml", "preheader", "Your result"),
        ('<div style="display:none">Your result</div><p>x</p>', "a.html", "preheader", "Your result"),
        ('<img alt="Your result" src="a.png">', "a.html", "alternative", "Your result"),
    ],
)  # fmt: skip
def test_what_stands_outside_the_body(text: str, path: str, where: str, words: str) -> None:
    assert (where, words) in [(sentence.where, sentence.text.strip()) for sentence in read(text, path).sentences]


def test_settings_at_the_head_are_not_sent() -> None:
    assert said("---\nname: diabetes_reminder\n---\nHello there", "a.md") == [(4, "Hello there")]


def test_a_label_stays_with_the_cell_beside_it() -> None:
    rows = said("<table><tr><th>Date</th><td>{{ a }}</td></tr><tr><th>Time</th><td>{{ b }}</td></tr></table>")
    assert len(rows) == 2


def test_links_and_images_keep_their_lines() -> None:
    reading = read('<p>x</p>\n<a href="https://a.example/?t={{ token }}">y</a>\n<img src="https://b.example/c.png" width="1" height="1">')
    assert [(link.line, image.line) for link in reading.links for image in reading.images] == [(2, 3)]


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<br>", "word", "\n", "{{ x }}", "<td>", ". ", "&amp;", "<!--", "-->", "<a href='"]), max_size=60
    )
)
def test_every_sentence_starts_on_a_line_of_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    last = text.count("\n") + 1
    assert all(1 <= sentence.line_at(0) <= last and sentence.line_at(len(sentence.text)) <= last for sentence in read(text).sentences)
