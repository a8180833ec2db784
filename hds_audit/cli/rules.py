"""`hds-audit rules`: list, show and test rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hds_audit.cli.language import spoken
from hds_audit.cli.options import Lang
from hds_audit.errors import CheckFailedError, MisuseError, Problem
from hds_audit.model.text import Text, counted

if TYPE_CHECKING:
    from hds_audit.model.rule import Rule
    from hds_audit.pipeline.knowledge import Knowledge

rules = typer.Typer(help="List, show and test rules.", no_args_is_help=True)
_RULES = Text("{} rule", "{} règle"), Text("{} rules", "{} règles")
_EXAMPLES = Text("{} example", "{} exemple"), Text("{} examples", "{} exemples")
_ALL_HOLD = Text("{}, {}: all hold", "{}, {} : tout est conforme à l'attendu")
_Packs = Annotated[list[Path] | None, typer.Option("--rules", help="A folder of rules of your own; may be repeated.")]


@rules.command("list")
def list_rules(
    framework: Annotated[str | None, typer.Option(help="hds, gdpr, cloud_act or iso27001.")] = None,
    level: Annotated[str | None, typer.Option(help="mandatory, recommended or sovereign.")] = None,
    form: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    packs: _Packs = None,
    lang: Lang = None,
) -> None:
    """List the rules.

    Example: hds-audit rules list --framework hds --level mandatory
    """
    language, known = spoken(lang), _known(packs)
    families = known.frameworks.families
    chosen = [
        rule for rule in known.rules
        if framework in (None, *families(rule.framework, rule.controls)) and level in (None, rule.level)
    ]  # fmt: skip
    if form == "json":
        import json

        typer.echo(json.dumps([_plain(rule) for rule in chosen], ensure_ascii=False, indent=1))
        return
    from hds_audit.report.views.words import LEVELS, SEVERITIES

    for rule in chosen:
        level, severity = LEVELS[rule.level].said(language), SEVERITIES[rule.severity].said(language)
        typer.echo(f"{rule.id:34} {level:12} {severity:9} {rule.title.said(language)}")


@rules.command("show")
def show_rule(
    identifier: Annotated[str, typer.Argument(metavar="RULE", help="The id of a rule.")],
    packs: _Packs = None,
    lang: Lang = None,
) -> None:
    """Print one rule as it is written.

    Example: hds-audit rules show HDS-28-STORAGE
    """
    spoken(lang)
    rule = next((rule for rule in _known(packs).rules if rule.id == identifier), None)
    if rule is None:
        import difflib

        near = difflib.get_close_matches(identifier, [rule.id for rule in _known(packs).rules], 1)
        hint = near[0] if near else "`hds-audit rules list`"
        raise MisuseError(Problem("", f"no rule {identifier}; see {hint}", f"pas de règle {identifier} ; voir {hint}"))
    typer.echo(Path(rule.file).read_text("utf-8"), nl=False)


@rules.command("test")
def run_tests(
    folder: Annotated[Path | None, typer.Argument(help="A folder of rules of your own; ours where it is left out.")] = None,
    lang: Lang = None,
) -> None:
    """Run the examples of rules; leave with 1 where one does not hold.

    Example: hds-audit rules test my-rules/
    """
    from hds_audit.pipeline.examples import run_examples
    from hds_audit.pipeline.knowledge import Shelf, knowledge, rules_folder

    language = spoken(lang)
    known = knowledge(Shelf(rules_folder(), (folder,) if folder else ()))
    tested = [rule for rule in known.rules if rule.ours is (folder is None)]
    ran = [item for rule in tested for item in run_examples(rule, known)]
    told = [
        Problem(f"{item.rule.file}#{item.number}", f"expected {item.example.expect}, found {item.found}",
                f"attendu {item.example.expect}, obtenu {item.found}")
        for item in ran if not item.holds
    ]  # fmt: skip
    if told or not ran:
        raise CheckFailedError(*told or [Problem(str(folder or ""), "no example was run", "aucun exemple n'a été exécuté")])
    held = counted(len(tested), *_RULES, language), counted(len(ran), *_EXAMPLES, language)
    typer.echo(_ALL_HOLD.said(language).format(*held))


def _known(packs: list[Path] | None) -> Knowledge:
    from hds_audit.pipeline.check import known

    return known(tuple(packs or ()))


def _plain(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id, "framework": rule.framework, "title": rule.title._asdict(), "controls": list(rule.controls),
        "level": rule.level, "severity": rule.severity, "addressee": rule.addressee, "subject": rule.subject, "ours": rule.ours,
    }  # fmt: skip
