"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

Lang = Annotated[str | None, typer.Option("--lang", help="fr or en; the locale decides where it is left out.", metavar="fr|en")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="The day to audit at, YYYY-MM-DD; today in Paris where it is left out.")]
