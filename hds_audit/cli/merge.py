"""`hds-audit merge`: the summaries of several runs put together."""

from pathlib import Path
from typing import Annotated

import typer

from hds_audit.cli.language import spoken
from hds_audit.cli.options import Lang


def merge(
    summaries: Annotated[list[str], typer.Argument(help="Each run's summary.json, or its folder.", metavar="SUMMARY.JSON...")],
    into: Annotated[str, typer.Option(help="The folder for the whole summary and its index.")],
    lang: Lang = None,
) -> None:
    """Put the summaries of `check --into --shard` together, and leave with the worst code; the reports stay where they are.

    Exit code 2 where a shard is missing, is there twice, or comes from another version, other rules or other descriptions.

    Example: hds-audit merge shards/* --into reports
    """
    from hds_audit.cli.checking import hand_over, left
    from hds_audit.model.summary import SUMMARY_NAME
    from hds_audit.pipeline.sharding import merged
    from hds_audit.read.summary import read_summary

    language = spoken(lang)
    paths = [Path(each) / SUMMARY_NAME if Path(each).is_dir() else Path(each) for each in summaries]
    whole = merged([(path, read_summary(path)) for path in paths], Path(into))
    raise typer.Exit(left(whole.exit_code, hand_over(whole, into, language), language))
