"""Browsers and pages for the tests of the report in a real Chromium; both come with tests/run."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "report"))

from driver import CHROMEDRIVER, CHROMIUM, Browser
from factory import FINDINGS, HOSTILE, hostile, report

from hds_audit.report.format import Style
from hds_audit.report.html import render

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM is None or CHROMEDRIVER is None:
        for item in items:
            if Path(str(item.fspath)).parent == Path(__file__).parent:
                item.add_marker(pytest.mark.skip(reason="chromium and chromium-driver are not installed"))


def _browser(**settings: bool) -> Iterator[Browser]:
    made = Browser(**settings)
    yield made
    made.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    yield from _browser()


@pytest.fixture(scope="session")
def phone() -> Iterator[Browser]:
    yield from _browser(phone=True)


@pytest.fixture(scope="session")
def dark() -> Iterator[Browser]:
    yield from _browser(dark=True)


@pytest.fixture(scope="session")
def scriptless() -> Iterator[Browser]:
    yield from _browser(scripts=False)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages to look at: the report in both languages, and a hostile one for each hostile text."""
    folder = tmp_path_factory.mktemp("pages")
    styles = {"fr": Style("fr", "Cabinet du Port", "Phare", "## Avis\n\nTout est **dit**."), "en": Style("en")}
    made = {name: (report(), style) for name, style in styles.items()}
    held = tuple(item for item in FINDINGS if item.verdict in ("pass", "not-applicable"))
    made["held"] = (report(findings=held), Style("fr"))
    made |= {f"hostile-{number}": (hostile(text), Style("fr", text, text, text)) for number, text in enumerate(HOSTILE)}
    for name, (told, style) in made.items():
        (folder / f"{name}.html").write_bytes(b"".join(render(told, style)))
    return {name: folder / f"{name}.html" for name in made}


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: npm install --prefix tests/page axe-core@4")
    return AXE.read_text("utf-8")
