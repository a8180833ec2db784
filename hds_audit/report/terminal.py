"""The report on a terminal: the outcome, what blocks and where, who must act, what to declare next; readable in ten seconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hds_audit.model.report import Finding, Report, RuleView
from hds_audit.model.text import Language, Text, counted
from hds_audit.report.views.declared import asked, flows
from hds_audit.report.views.names import subject_named
from hds_audit.report.views.notices import untold, worth_telling
from hds_audit.report.views.order import beyond_gate, blocking
from hds_audit.report.views.plain import on_a_line
from hds_audit.report.views.saying import tallied
from hds_audit.report.views.words import ACTORS, OUTCOMES

if TYPE_CHECKING:
    from rich.text import Text as Styled

_MOST_BLOCKING, _MOST_NEXT, _MOST_NOTICES = 5, 3, 6
_COLOURS = {"compliant": "green", "non-compliant": "red", "not-established": "yellow", "waived": "yellow", "fault": "red"}
_MORE = (
    Text("and {} more; -o report.html shows them all", "et {} autre ; -o rapport.html les montre tous"),
    Text("and {} more; -o report.html shows them all", "et {} autres ; -o rapport.html les montre tous"),
)
_BEYOND = (
    Text(
        "Outside the gate, {} recommended or sovereign point does not hold: ",
        "Hors du seuil, {} point recommandé ou de souveraineté n'est pas tenu : ",
    ),
    Text(
        "Outside the gate, {} recommended or sovereign points do not hold; first: ",
        "Hors du seuil, {} points recommandés ou de souveraineté ne sont pas tenus ; d'abord : ",
    ),
)
_ON = Text("{} on {} ({})", "{} sur {} ({})")
_ACT = Text("who must act: {}", "qui doit agir : {}")
_NEXT = Text("To declare next:", "À déclarer ensuite :")
_SETTLES = Text("settles {}", "tranche {} constat"), Text("settles {}", "tranche {} constats")
_NOT_LEGAL = Text(
    "Neither a certification nor a legal opinion; judged on what was declared, as of {}.",
    "Ni certification ni avis juridique ; jugé sur ce qui est déclaré, au {}.",
)


def print_report(report: Report, language: Language, width: int | None = None) -> None:
    """The lines that matter first, on standard output; in colour on a terminal."""
    from rich.console import Console

    console = Console(highlight=False, width=width, soft_wrap=True)
    for line in report_lines(report, language):
        console.print(line)


def report_lines(report: Report, language: Language) -> Iterator[Styled]:
    """The lines of the report, in order."""
    from rich.text import Text as Styled

    yield Styled(_headline(report, language), style=f"bold {_COLOURS[report.outcome]}")
    yield Styled(_counts(report, language), style="dim")
    blocks = blocking(report)
    called = subject_named(report)
    leading = blocks[:_MOST_BLOCKING]
    for number, finding in enumerate(leading):
        yield _block(report, finding, called(finding.subject), language)
        if number + 1 == len(leading) or leading[number + 1].rule != finding.rule:
            yield _mended(report.rules[finding.rule], language)
    if len(blocks) > _MOST_BLOCKING:
        yield Styled("  " + counted(len(blocks) - _MOST_BLOCKING, *_MORE, language), style="dim")
    yield from _beyond_gate(report, language)
    if report.next:
        yield Styled(_NEXT.said(language), style="bold")
        ways = flows(report)
        for step in report.next[:_MOST_NEXT]:
            yield Styled(f"  {on_a_line(step.path)}  ", style="cyan").append(
                f"{on_a_line(asked(step, ways, language))} ({counted(step.settles, *_SETTLES, language)})", style="default"
            )
    shown, left = worth_telling(report.notices, _MOST_NOTICES)
    for said in (*(notice.text.said(language) for notice in shown), untold(left, language)):
        if said:
            yield Styled("! " + on_a_line(said), style="yellow")
    yield Styled(_NOT_LEGAL.said(language).format(report.as_of.isoformat()), style="dim")


def _beyond_gate(report: Report, language: Language) -> Iterator[Styled]:
    """The fails that do not gate, so that a green gate hides nothing."""
    from rich.text import Text as Styled

    fails = beyond_gate(report)
    if fails:
        first = fails[0]
        called, title = subject_named(report)(first.subject), report.rules[first.rule].title.said(language)
        said = counted(len(fails), *_BEYOND, language) + _ON.said(language).format(first.rule, called, title)
        yield Styled(on_a_line(said), style="yellow")


def _headline(report: Report, language: Language) -> str:
    attest = Text(f"; {report.to_attest} to attest", f" ; {report.to_attest} à attester") if report.to_attest else Text("", "")
    code = Text(f"(exit {report.exit_code})", f"(code {report.exit_code})")
    return f"{OUTCOMES[report.outcome].said(language)}{attest.said(language)} {code.said(language)}"


def _counts(report: Report, language: Language) -> str:
    return " · ".join(tallied(report.counts, language))


def _block(report: Report, finding: Finding, called: str, language: Language) -> Styled:
    """What is wrong, and where."""
    from rich.text import Text as Styled

    rule = report.rules[finding.rule]
    where = f"{finding.place}" if finding.place else called
    name = f"({called})" if finding.place and called != finding.subject.id else ""
    return (
        Styled("✗ ", style="red")
        .append(f"{on_a_line(finding.rule)} ", style="bold")
        .append(f"{on_a_line(where)}: ", style="cyan")
        .append(f"{on_a_line(name)} " if name else "", style="bold")
        .append(on_a_line((finding.message or rule.title).said(language)), style="default")
    )


def _mended(rule: RuleView, language: Language) -> Styled:
    """What to do, and who must, once for findings of one rule that follow one another."""
    from rich.text import Text as Styled

    return Styled(f"  → {on_a_line(rule.remedy.said(language))} ", style="default").append(
        f"({_ACT.said(language).format(ACTORS[rule.addressee].said(language))})", style="dim"
    )
