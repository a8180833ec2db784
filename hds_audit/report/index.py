"""The index of many audits: one self-contained page that leads to each report, the worst first."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib import resources
from urllib.parse import quote

from hds_audit.model.summary import WORST_FIRST, Entry, Summary
from hds_audit.model.text import Language, Text
from hds_audit.report.summary import outcome_said, outcomes, said_counts, total
from hds_audit.report.views.plain import safe

_MOST_PROBLEMS = 5
_WORDS = {
    "title": Text("Audits of all descriptions", "Audits de toutes les descriptions"),
    "description": Text("Description", "Description"),
    "outcome": Text("Outcome (exit code)", "Résultat (code de sortie)"),
    "counts": Text("Findings", "Constats"),
    "first": Text("First thing that blocks", "Premier point bloquant"),
    "reports": Text("Reports", "Rapports"),
    "reserve": Text(
        "Neither certifications nor legal opinions; each description is judged on what it declares.",
        "Ni certifications ni avis juridiques ; chaque description est jugée sur ce qu'elle déclare.",
    ),
}


def index_page(summary: Summary, language: Language) -> bytes:
    """The page; every printed value is made safe, then escaped, and nothing but its own style is let in."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(autoescape=True, undefined=StrictUndefined)
    sheet = _packaged("index.css")
    digest = b64encode(sha256(sheet.encode()).digest()).decode()
    page = environment.from_string(_packaged("index.html.j2")).render(
        language=language,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        style=Markup(sheet),  # noqa: S704  # our own file, in which there is nothing of a user's
        w={key: said.said(language) for key, said in _WORDS.items()},
        total=total(summary, language),
        outcomes=[(said.said(language), count) for said, count in outcomes(summary)],
        rows=[_row(entry, language) for entry in sorted(summary.entries, key=_worst_first)],
        version=safe(summary.version),
        generated=safe(summary.generated),
    )
    return page.encode("utf-8", "replace")


def _worst_first(entry: Entry) -> tuple[int, str]:
    return WORST_FIRST.index(entry.exit_code), entry.path


def _row(entry: Entry, language: Language) -> dict[str, object]:
    return {
        "path": safe(entry.path),
        "page": _href(entry.reports["html"]) if "html" in entry.reports else "",
        "code": entry.exit_code,
        "outcome": outcome_said(entry, language),
        "counts": said_counts(entry, language) if entry.outcome else "",
        "first": safe(entry.first),
        "reports": [(name, _href(path)) for name, path in sorted(entry.reports.items())],
        "problems": [safe(problem.said(language)) for problem in entry.problems[:_MOST_PROBLEMS]],
        "more": max(0, len(entry.problems) - _MOST_PROBLEMS),
    }


def _href(path: str) -> str:
    """A relative address; a colon in the first part would make it a scheme."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/._-~")


def _packaged(name: str) -> str:
    return (resources.files("hds_audit.report") / "templates" / name).read_text("utf-8")
