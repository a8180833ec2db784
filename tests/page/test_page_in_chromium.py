"""The HTML report as a reader has it: in a real browser, on a phone, in the dark, without scripts, by keyboard, printed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from driver import Browser
from factory import FINDINGS, HOSTILE, RULES

Pages = dict[str, Path]
LOOK = "const done = arguments[arguments.length - 1]; axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))))"
SHOWN = "return [...document.querySelectorAll('#cards > article')].filter(card => !card.hidden).map(card => card.querySelector('h3 code, li code').textContent)"
TAB, ENTER = "\ue004", "\ue007"


def violations(browser: Browser, page: Path, axe: str) -> list[Any]:
    browser.open(page)
    browser.run(axe + "; window.axe = axe;")
    found = browser.later(LOOK)
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("name", ["fr", "en"])
def test_axe_finds_nothing(browser: Browser, pages: Pages, axe: str, name: str) -> None:
    assert violations(browser, pages[name], axe) == []


def test_axe_finds_nothing_in_the_dark(dark: Browser, pages: Pages, axe: str) -> None:
    found = violations(dark, pages["fr"], axe)
    assert dark.run("return matchMedia('(prefers-color-scheme: dark)').matches")
    assert found == []


def test_axe_finds_nothing_on_a_phone(phone: Browser, pages: Pages, axe: str) -> None:
    assert violations(phone, pages["fr"], axe) == []


def test_axe_would_find_something(browser: Browser, pages: Pages, axe: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    broken.write_text(pages["fr"].read_text("utf-8").replace('<html lang="fr">', "<html>"), "utf-8")
    assert violations(browser, broken, axe) != []


def test_nothing_is_asked_of_anybody_and_the_console_is_silent(browser: Browser, pages: Pages) -> None:
    browser.open(pages["fr"])
    assert browser.requests() - {"about:blank"} == {pages["fr"].as_uri()}
    assert browser.complaints() == []


def test_the_policy_stops_what_the_page_did_not_write(browser: Browser, pages: Pages, tmp_path: Path) -> None:
    bent = tmp_path / "bent.html"
    bent.write_text(
        pages["fr"].read_text("utf-8").replace("</body>", "<script>window.bent = 1</script><img src='https://example.org/x.png'></body>"),
        "utf-8",
    )
    browser.open(bent)
    assert browser.run("return window.bent === undefined")
    assert len(browser.complaints()) >= 2
    assert not any("example.org" in address for address in browser.requests())


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_a_hostile_text_is_shown_and_does_nothing(browser: Browser, pages: Pages, number: int) -> None:
    page = pages[f"hostile-{number}"]
    browser.open(page)
    assert browser.complaints() == []
    assert browser.requests() - {"about:blank"} == {page.as_uri()}
    assert browser.run("return document.scripts.length") == 1
    assert (
        browser.run("return [...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on'))") == []
    )
    assert browser.run("return document.querySelectorAll('a[href^=\"javascript:\" i]').length") == 0


def test_a_component_named_script_shows_its_name(browser: Browser, pages: Pages) -> None:
    browser.open(pages["hostile-0"])
    assert browser.run("return document.querySelector('#diagram svg').textContent.includes('<script>alert(1)')")
    assert browser.run("return document.querySelector('h1').textContent") == "<script>alert(1)</script>"


def test_filters_narrow_and_clear(browser: Browser, pages: Pages) -> None:
    browser.open(pages["fr"])
    everything = browser.run(SHOWN)
    assert sorted(everything) == sorted({item.rule for item in FINDINGS})
    choose = "const field = document.getElementById(arguments[0]); field.value = arguments[1]; field.dispatchEvent(new Event('change'))"
    browser.run(choose, "q-f", "hds")
    assert sorted(browser.run(SHOWN)) == sorted(rule.id for rule in RULES if rule.framework == "hds")
    browser.run(choose, "q-v", "manual")
    assert browser.run(SHOWN) == ["HDS-SECRECY"]
    assert ": 1 " in browser.run("return document.getElementById('q-n').textContent")
    browser.click("#q-x")
    assert browser.run(SHOWN) == everything
    browser.run(choose, "q-v", "fail")
    assert browser.run("return [...document.querySelectorAll('#cards div')].filter(e => e.offsetParent).every(e => e.dataset.v === 'fail')")
    browser.click("#q-x")
    browser.run(choose, "q-l", "sovereign")
    assert browser.run(SHOWN) == ["SNC-19-6"]
    browser.click("#q-x")
    browser.run(choose, "q-k", "application")
    assert browser.run(SHOWN) == ["HDS-SECRECY"]


def test_words_are_searched_everywhere_in_a_rule(browser: Browser, pages: Pages) -> None:
    browser.open(pages["fr"])
    browser.type("#q-t", "ISO-A824")
    browser.wait(SHOWN.replace("return ", "return (") + ").length === 1")
    assert browser.run(SHOWN) == ["ISO-A824"]


def test_rules_that_hold_are_filtered_line_by_line(browser: Browser, pages: Pages) -> None:
    lines = "return [...document.querySelectorAll('#cards li[data-v]')].filter(e => e.offsetParent).map(e => e.querySelector('code').textContent)"
    browser.open(pages["held"])
    assert browser.run(lines) == ["HDS-28-STORAGE", "HDS-CLAUSE-01", "GDPR-32-REST"]
    browser.type("#q-t", "GDPR-32")
    browser.wait(lines.replace("return ", "return (") + ").length === 1")
    browser.click("#q-x")
    assert len(browser.run(lines)) == 3
    browser.run("const field = document.getElementById('q-v'); field.value = 'na'; field.dispatchEvent(new Event('change'))")
    assert browser.run(lines) == ["HDS-28-STORAGE"]


def test_a_link_to_a_hidden_finding_shows_it(browser: Browser, pages: Pages) -> None:
    browser.open(pages["fr"])
    browser.run("document.getElementById('q-f').value = 'iso27001'; document.getElementById('q-f').dispatchEvent(new Event('change'))")
    browser.run("document.querySelector('.pts a').click()")
    browser.wait("return document.querySelectorAll('#cards > article[hidden]').length === 0")


def test_the_diagram_is_there_and_its_texts_stay_in_their_boxes(browser: Browser, pages: Pages) -> None:
    browser.open(pages["fr"])
    assert browser.run("const box = document.querySelector('svg.dg').getBoundingClientRect(); return box.width > 300 && box.height > 200")
    outside = """return [...document.querySelectorAll('svg.dg .box')].flatMap(group => {
      const frame = group.querySelector('rect').getBoundingClientRect();
      return [...group.querySelectorAll(':scope > text')].filter(text => {
        const seen = text.getBoundingClientRect();
        return seen.left < frame.left - 1 || seen.right > frame.right + 1;
      }).map(text => text.textContent);
    })"""
    assert browser.run(outside) == []
    assert browser.run("return document.querySelector('svg.dg > title').textContent.includes('Carnet du souffle')")


def test_without_scripts_everything_is_there_but_the_filters(scriptless: Browser, pages: Pages) -> None:
    scriptless.open(pages["fr"])
    text = pages["fr"].read_text("utf-8")
    assert '<div id="filters" role="search"' in text
    printed = scriptless.printed()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) >= 5


def test_the_print_has_its_pages(browser: Browser, pages: Pages) -> None:
    browser.open(pages["fr"])
    printed = browser.printed()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) >= 5
    assert printed.count(b"MediaBox") >= 1


def test_a_phone_scrolls_down_only(phone: Browser, pages: Pages) -> None:
    phone.open(pages["fr"])
    wide = phone.run("return [document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1]


def test_a_phone_does_not_scroll_sideways_for_endless_names(phone: Browser, pages: Pages) -> None:
    phone.open(pages[f"hostile-{len(HOSTILE) - 1}"])
    wide = phone.run("return [document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1]


def test_the_keyboard_reaches_the_content_first_and_then_every_control(browser: Browser, pages: Pages) -> None:
    browser.open(pages["fr"])
    browser.press(TAB)
    assert browser.run("return document.activeElement.className") == "skip"
    browser.press(ENTER)
    browser.wait("return document.activeElement.id === 'main'")
    reached = set()
    for _ in range(80):
        browser.press(TAB)
        reached.add(browser.run("return document.activeElement.id"))
    assert {"q-f", "q-l", "q-v", "q-k", "q-t", "q-x"} <= reached


def test_the_first_screen_says_what_is_wrong_on_what_ground_how_sure_and_what_to_do(browser: Browser, pages: Pages) -> None:
    browser.open(pages["fr"])
    inside = "return [...document.querySelectorAll(arguments[0])].filter(e => e.getBoundingClientRect().bottom <= innerHeight).length"
    assert browser.run(inside, ".outcome") == 1
    assert browser.run(inside, ".do") == 1
    assert browser.run(inside, ".pts li") >= 2
    first = browser.run("return document.querySelector('.pts li').innerText")
    assert "HDS EXI-28" in first
    assert "Confiance" in first
    assert "Qui agit" in first
