"""`hds-audit ask`: the questions that would settle most, one by one, into the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hds_audit.cli.language import spoken
from hds_audit.cli.moment import day_of
from hds_audit.cli.options import AsOf, Lang
from hds_audit.model.text import Language, Text, counted

if TYPE_CHECKING:
    from pathlib import Path

    from hds_audit.pipeline.asking import Asked
    from hds_audit.pipeline.knowledge import Knowledge

_NONE = Text("No question left that this file could answer.", "Plus aucune question à laquelle ce fichier pourrait répondre.")
_HOW = Text(
    "Enter leaves a question open; q leaves. Answers go into {} at once.",
    "Entrée laisse une question ouverte ; q termine. Les réponses sont écrites aussitôt dans {}.",
)
_SETTLES = Text("settles {}", "tranche {} constat"), Text("settles {}", "tranche {} constats")
_APART = Text("; ", " ; ")
_MEANS = Text(": ", " : ")
_ABOVE = Text("one of these words", "un de ces mots")
_DONE = Text("Answers written: {}. See: hds-audit check {}", "Réponses écrites : {}. Voir : hds-audit check {}")


def ask(
    infra: Annotated[str, typer.Argument(metavar="INFRA.YAML", help="The description to complete.")],
    most: Annotated[int, typer.Option("--most", help="How many questions at most.", min=1)] = 10,
    show: Annotated[bool, typer.Option("--list", help="Show the questions, ask nothing.")] = False,
    as_of: AsOf = None,
    lang: Lang = None,
) -> None:
    """Ask what an audit misses, the most useful first, and write the answers with comments and order kept.

    Example: hds-audit ask infra.yaml --most 5
    """
    from itertools import islice
    from pathlib import Path

    from hds_audit.pipeline.asking import asked, audited
    from hds_audit.pipeline.check import known

    language, path, knowledge = spoken(lang), Path(infra), known()
    listed = list(islice(asked(audited(path, knowledge, day_of(as_of))), most))
    if not listed:
        typer.echo(_NONE.said(language), err=True)
        return
    if show:
        for one in listed:
            about = f"{one.about}{_MEANS.said(language)}" if one.about else ""
            typer.echo(
                f"{one.path}{_MEANS.said(language)}{about}{one.question.said(language)} ({counted(one.settles, *_SETTLES, language)})"
            )
        return
    typer.echo(_HOW.said(language).format(path), err=True)
    written = 0
    for one in listed:
        outcome = _one(one, path, knowledge, language)
        if outcome is None:
            break
        written += outcome
    typer.echo(_DONE.said(language).format(written, path), err=True)


def _explained(one: Asked, language: Language) -> bool:
    """Whether the words of an answer are listed with their meanings, as where these say more than the words."""
    return any(meaning.said(language).casefold() != word for word, meaning in one.meanings)


def _how(one: Asked, language: Language) -> str:
    """How to answer, with the identifiers that there are where they are few."""
    hinted, named = one.hint.said(language), " | ".join(one.choices)
    if _explained(one, language):
        return hinted.replace(" | ".join(word for word, _ in one.meanings), _ABOVE.said(language))
    return hinted if not named or len(one.choices) > 12 or "|" in hinted else f"{named}{_APART.said(language)}{hinted}" if hinted else named


def _one(one: Asked, path: Path, knowledge: Knowledge, language: Language) -> int | None:
    """One question until it has an answer that holds: 1 written, 0 left open, None to stop."""
    from hds_audit.cli.init import prompted
    from hds_audit.pipeline.asking import answered
    from hds_audit.pipeline.kinds import Wrong
    from hds_audit.pipeline.writing import replace

    about = f"{one.about}{_MEANS.said(language)}" if one.about else ""
    typer.echo(f"\n{about}{one.question.said(language)}  [{one.path}, {counted(one.settles, *_SETTLES, language)}]", err=True)
    if _explained(one, language):
        for word, meaning in one.meanings:
            typer.echo(f"  {word}{_MEANS.said(language)}{meaning.said(language)}", err=True)
    while True:
        said = prompted(_how(one, language), "", one.choices)
        if said.lower() == "q":
            return None
        if not said:
            return 0
        text = answered(path, knowledge, one.path, said)
        if not isinstance(text, Wrong):
            replace(path, text)
            return 1
        typer.echo(f"  {text.reason.said(language)}", err=True)
