"""The HTML page: self-contained, escaped, complete, the same bytes twice and from a JSON report; light enough to be opened."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from factory import COVERAGE, FINDINGS, HOSTILE, RULES, empty, hostile, report
from hypothesis import given, settings
from hypothesis import strategies as st

from hds_audit.model.report import Report
from hds_audit.model.text import Language
from hds_audit.read.report import parse_report
from hds_audit.report import json as as_json
from hds_audit.report.format import Style
from hds_audit.report.html import render, slug
from hds_audit.report.views.chapters import TITLES

VOID = {"meta", "img", "br", "input", "link", "hr"}
IMPLIED = {"p", "li", "dt", "dd", "thead", "tbody", "tr", "th", "td"}  # what HTML closes by itself
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
LANGUAGES: tuple[Language, ...] = ("en", "fr")


class Page(HTMLParser):
    """What a page holds: its elements, its text, and whether they close in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.raw: dict[str, str] = {}
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID | IMPLIED:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in IMPLIED and (not self.open or self.open.pop() != tag):
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("style", "script"):
            self.raw[self.open[-1]] = self.raw.get(self.open[-1], "") + data
        else:
            self.texts.append(data)

    def attributes(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.elements if name in attributes]

    def tags(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return "".join(self.texts).replace("\u00a0", " ")


def page(told: Report, style: Style | None = None) -> str:
    return b"".join(render(told, style or Style("fr"))).decode("utf-8")


def policy(seen: Page) -> str:
    return next(each["content"] for each in seen.tags("meta") if each.get("http-equiv") == "Content-Security-Policy")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_is_there_under_its_title_and_in_the_contents(language: Language) -> None:
    seen = Page(page(report(), Style(language)))
    links = {each["href"] for each in seen.tags("a")}
    ids = set(seen.attributes("id"))
    for name, title in TITLES.items():
        assert f"#{name}" in links
        assert name in ids
        assert title.said(language) in seen.text


def test_each_id_is_used_once_and_each_inner_link_leads_somewhere() -> None:
    seen = Page(page(report()))
    ids = seen.attributes("id")
    assert sorted(ids) == sorted(set(ids))
    assert {each["href"][1:] for each in seen.tags("a") if each["href"].startswith("#")} <= set(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_elements_close_in_order(language: Language) -> None:
    seen = Page(page(report(), Style(language)))
    assert seen.crossed == []
    assert seen.open == []


def test_the_parser_above_would_see_a_crossing() -> None:
    assert Page("<b><i></b></i>").crossed != []


def test_nothing_is_loaded_from_outside() -> None:
    seen = Page(page(report(), Style("fr", logo=PNG)))
    assert seen.tags("link") == []
    assert [each["src"][:22] for each in seen.tags("img")] == ["data:image/png;base64,"]
    assert not any("src" in each for each in seen.tags("script"))
    assert "url(" not in seen.raw["style"]
    assert "@import" not in seen.raw["style"]
    assert not any(attributes.get("style") for _, attributes in seen.elements)


@pytest.mark.parametrize("style", [Style("fr"), Style("en", accent="#a0b"), Style("en", logo=PNG)])
def test_the_policy_lets_in_the_page_s_own_style_and_script_by_digest_and_nothing_else(style: Style) -> None:
    seen = Page(page(report(), style))
    said = policy(seen)
    for tag in ("style", "script"):
        digest = b64encode(sha256(seen.raw[tag].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}';" in said
    assert said.startswith("default-src 'none';")
    assert "unsafe" not in said
    assert "http" not in said
    assert ("img-src data:" in said) == bool(style.logo)


def test_same_report_same_bytes() -> None:
    assert page(report()) == page(report())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_from_a_json_report_is_the_page_of_the_audit(language: Language) -> None:
    style = Style(language, "Client", "Author", "comment")
    again = parse_report("x.json", b"".join(as_json.render(report(), style)))
    assert page(again, style) == page(report(), style)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(text: str) -> None:
    seen = Page(page(hostile(text), Style("fr", text, text, text, text.encode("utf-8", "replace"), text)))
    assert seen.crossed == []
    assert len(seen.tags("script")) == 1
    assert len(seen.tags("img")) == 0
    assert not any(name.startswith("on") for _, attributes in seen.elements for name in attributes)
    assert all(each.get("href", "").startswith(("#", "http://", "https://")) for each in seen.tags("a"))


def test_a_component_named_script_shows_its_name() -> None:
    seen = Page(page(hostile("<script>alert(1)</script>")))
    assert "<script>alert(1)</script>" in seen.text


@pytest.mark.parametrize("text", ["\x00\x1b[31m\x7f", "\u202egpj.exe\u202c", "\u2066a\u2069", "\ufeff"])
def test_controls_and_direction_overrides_do_not_reach_the_page(text: str) -> None:
    assert re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]", page(hostile(text))) is None


def test_endless_texts_are_cut() -> None:
    assert len(page(hostile("x" * 1_000_000))) < 3_000_000


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_no_text_breaks_the_page(text: str) -> None:
    seen = Page(page(hostile(text)))
    assert seen.crossed == []
    assert len(seen.tags("script")) == 1


def test_a_report_of_nothing_says_so_and_breaks_nothing() -> None:
    seen = Page(page(empty()))
    assert seen.crossed == []
    assert "Non démontré" in seen.text
    assert "Aucun texte n'a été jugé." in seen.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_share_of_the_law_is_printed(language: Language) -> None:
    assert re.search(r"\d\s?%", Page(page(report(), Style(language))).text) is None


def test_every_finding_is_there_with_its_rule_and_its_verdict() -> None:
    seen = Page(page(report()))
    cards = [each["data-x"].split() for each in seen.tags("article") if "data-x" in each]
    assert {framework for framework, *_ in cards} == {rule.framework for rule in RULES}
    assert all(item.rule in seen.text for item in FINDINGS)
    assert seen.attributes("data-v").count("fail") == sum(item.verdict == "fail" and item.waiver is None for item in FINDINGS)
    assert seen.attributes("data-v").count("waived") == 1


def test_rules_that_hold_stand_in_lists_with_what_they_rest_on_and_do_not_see() -> None:
    held = tuple(item for item in FINDINGS if item.verdict in ("pass", "not-applicable"))
    seen = Page(page(report(findings=held)))
    assert "Règles tenues ou sans objet ici : HDS, obligatoire" in seen.text
    assert "conforme (observé)" in seen.text
    assert "Limite : Ce que GDPR-32-REST ne voit pas" in seen.text
    assert "app (il ne stocke rien)" in seen.text


def test_every_requirement_in_force_to_attest_is_asked_for() -> None:
    text = Page(page(report())).text
    assert all(row.control in text for row in COVERAGE if row.verdict == "manual")


def test_a_waived_fail_stays_a_fail_and_names_who_answers_for_it() -> None:
    text = Page(page(report())).text
    assert "risque accepté, non-conformité maintenue" in text
    assert "Contract ends in March (porteur : DSI ; approuvé par : Direction ; jusqu'au 31 mars 2027)" in text


def test_quoted_lines_and_places_stand_beside_findings() -> None:
    text = Page(page(report())).text
    assert "infra.yaml:60" in text
    assert "host: mailer" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cover_says_what_the_report_is_and_is_not(language: Language) -> None:
    seen = Page(page(report(), Style(language, "Clinique du Port", "Cabinet Phare")))
    for part in ("Clinique du Port", "Cabinet Phare", "a" * 64, "b" * 64, "c" * 64, "Carnet du souffle", "09:00 UTC"):
        assert part in seen.text
    assert ("ni une certification" if language == "fr" else "no certification") in seen.text


def test_the_comment_is_markdown_and_never_markup() -> None:
    seen = Page(
        page(
            report(),
            Style(
                "fr",
                comment="# Avis\n\nUn **point** et <b onclick=x>un piège</b>.\n\n- [lien](https://example.org/a)\n- [non](javascript:x)",
            ),
        )
    )
    assert "un piège" in seen.text
    assert "<b onclick=x>" in seen.text
    assert [each["href"] for each in seen.tags("a") if "example.org/a" in each["href"]] == ["https://example.org/a"]
    assert not any("javascript" in each["href"] for each in seen.tags("a"))


@pytest.mark.parametrize(
    ("accent", "taken"), [("#123456", True), ("#abc", True), ("red", False), ("#12", False), ("#123456}body{", False), ("", False)]
)
def test_an_accent_is_taken_where_it_is_a_colour(accent: str, taken: bool) -> None:
    assert (f"--accent:{accent}}}\n" in Page(page(report(), Style("en", accent=accent))).raw["style"]) == taken


@pytest.mark.parametrize("logo", [b"", b"<svg onload=x>", b"\x00\x01", b"%PDF"])
def test_a_logo_that_is_no_image_is_left_out(logo: bytes) -> None:
    seen = Page(page(report(), Style("en", logo=logo)))
    assert seen.tags("img") == []
    assert "img-src 'none'" in policy(seen)


def test_a_logo_is_carried_as_it_is() -> None:
    source = Page(page(report(), Style("en", "Client", logo=PNG))).tags("img")[0]
    assert b64decode(source["src"].partition(",")[2]) == PNG
    assert source["alt"] == "Client"


@given(st.text(max_size=120), st.text(max_size=120))
def test_a_slug_can_stand_in_an_address_and_two_that_differ_stay_different(one: str, two: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_.-]*", slug(one))
    assert (slug(one) == slug(two)) == (one == two)


def audited(description: bytes, name: str = "infra.yaml") -> Report:
    from datetime import date

    from hds_audit.pipeline.audit import Request, audit
    from hds_audit.pipeline.knowledge import Shelf, knowledge, rules_folder
    from hds_audit.read.description import parse_description

    known = knowledge(Shelf(rules_folder()))
    return audit(parse_description(name, description, known.catalogue), known, Request(date(2026, 11, 22)))


def test_the_reference_description_makes_a_page_under_400_kb() -> None:
    from datetime import date

    from hds_audit.pipeline.audit import Request
    from hds_audit.pipeline.check import check
    from hds_audit.pipeline.knowledge import Shelf, knowledge, rules_folder

    file = Path(__file__).parent.parent.parent / "fixtures" / "reference" / "infra.yaml"
    told = check(str(file), knowledge(Shelf(rules_folder())), Request(date(2026, 11, 22)))
    for language in LANGUAGES:
        made = page(told, Style(language))
        assert len(made.encode()) <= 400_000
        assert Page(made).crossed == []


def test_a_thousand_components_make_a_page_under_6_mb() -> None:
    head = """format: hds-audit/1
application: {name: Large}
organisations: {us: {name: Us, country: FR, parent: false, subject_to: [], presence: []}}
data: {record: {categories: [health], subjects: [patients], health: nature, controller: [us], collected_in: [care], identifiability: identified}}
hosts: {cloud: {provider: aws, service: iaas, location: FR}}
"""
    body = "".join(f"  part-{number}: {{kind: database, host: cloud, stores: [record]}}\n" for number in range(1_000))
    flows = "".join(f"  - {{from: part-{number}, to: part-{number + 1}, data: [record]}}\n" for number in range(0, 999, 2))
    made = page(audited(f"{head}components:\n{body}flows:\n{flows}".encode()))
    assert len(made.encode()) <= 6_000_000
    assert "part-999" in made
