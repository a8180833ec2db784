"""The lab, once for each kind of servers, and the table of what was seen in it."""

from collections.abc import Iterator
from typing import Any

import pytest
from lab.daemons import missing
from lab.network import Lab
from lab.street import Street

from hds_audit.model.evidence import Evidence
from hds_audit.probes.observe import observe

KINDS = ("stand-ins", "real servers")


@pytest.fixture(scope="session", params=KINDS)
def lab(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    real = request.param == "real servers"
    if real and missing():
        pytest.skip(f"not installed: {', '.join(missing())}")
    made = Lab(tmp_path_factory.mktemp("lab"), real)
    yield made
    made.close()


@pytest.fixture(scope="session")
def evidence(lab: Lab) -> Evidence:
    return observe(lab.targets, lab.settings)


@pytest.fixture(scope="session")
def small_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    made = Lab(tmp_path_factory.mktemp("small-lab"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    made = Street(tmp_path_factory.mktemp("street"))
    yield made
    made.loop.close()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Weakness by probe, with what each kind of server showed."""
    cells: dict[tuple[str, str, str], dict[str, str]] = {}
    for outcome in ("passed", "failed", "skipped"):
        for report in terminalreporter.stats.get(outcome, ()):
            told = dict(getattr(report, "user_properties", ()))
            if "weakness" in told:
                row = cells.setdefault((told["weakness"], told["probe"], told["looked for"]), {})
                row[told["kind"]] = told["seen"]
    if not cells:
        return
    terminalreporter.section("weaknesses of the lab, and what the probes saw")
    terminalreporter.write_line(f"{'weakness':<46}{'probe':<16}{'looked for':<36}" + "".join(f"{kind:<16}" for kind in KINDS))
    for (weakness, probe, name), row in cells.items():
        terminalreporter.write_line(f"{weakness:<46}{probe:<16}{name:<36}" + "".join(f"{row.get(kind, '-'):<16}" for kind in KINDS))
