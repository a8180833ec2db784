"""`hds-audit schema`: the formats, for editors and machines."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from hds_audit.cli.language import spoken
from hds_audit.cli.options import Lang
from hds_audit.errors import MisuseError, Problem
from hds_audit.model.text import Language

WHAT = ("infra", "rule", "report", "waivers")


def schema(
    what: Annotated[str, typer.Argument(help="infra, rule, report or waivers.", metavar="infra|rule|report|waivers")],
    lang: Lang = None,
) -> None:
    """Print a JSON Schema; `rule` prints every path that a rule may name, with its meaning.

    Example: hds-audit schema infra > infra.schema.json
    """
    language = spoken(lang)
    if what not in WHAT:
        raise MisuseError(Problem("schema", f"{what} is none of {', '.join(WHAT)}", f"{what} ne fait pas partie de {', '.join(WHAT)}"))
    typer.echo(_rule_paths(language) if what == "rule" else json.dumps(_schema(what, language), ensure_ascii=False, indent=1))


def _schema(what: str, language: Language) -> dict[str, object]:
    if what == "infra":
        from hds_audit.model.format.schema import json_schema

        return json_schema(language)
    if what == "report":
        from hds_audit.model.report_schema import report_schema

        return report_schema()
    from hds_audit.model.waiver_schema import waivers_schema

    return waivers_schema(language)


def _rule_paths(language: Language) -> str:
    from hds_audit.model.rule import SUBJECT_KINDS
    from hds_audit.pipeline.check import known
    from hds_audit.pipeline.knowledge import known_words

    words = known_words(known().catalogue)
    lines: list[str] = []
    for kind in SUBJECT_KINDS:
        lines.append(f"{kind}:")
        for name, path in words.paths.all_of(kind):
            declare = f"  [{', '.join(path.declare)}]" if path.declare else ""
            lines.append(f"  {name}: {path.meaning.said(language)}{declare}")
            for space in path.spaces:
                lines.extend(f"    each {name} › {element}: {meaning.said(language)}" for element, meaning in space.names)
    lines.append("lists: " + ", ".join(sorted(words.lists)))
    return "\n".join(lines)
