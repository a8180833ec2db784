"""Text put into Markdown so that it shows what it says and does nothing: no markup, no link, no mention, no broken table."""

from __future__ import annotations

import re

from hds_audit.model.place import Place
from hds_audit.report.views.plain import safe

_MARKUP = re.compile(r"([\\`*_{}\[\]#|~!$])")
_LINE_START = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[-+=]))(.)")  # what would begin a list or underline a title
_SPACE = re.compile(r"\s+")
_CODE = re.compile(r"(`[^`\n]+`)")
LONGEST = 600


def escaped(text: str, longest: int = LONGEST) -> str:
    """A text on one line, with every character of markup made literal; what stands between backquotes becomes code."""
    flat = _SPACE.sub(" ", safe(text, longest)).strip()
    return "".join(_piece(piece) for piece in _CODE.split(flat))


def _piece(piece: str) -> str:
    if _CODE.fullmatch(piece):
        return code(piece[1:-1])
    plain = piece.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    marked = _LINE_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", plain))
    return marked.replace("://", r":\/\/").replace("www.", r"www\.").replace("@", "@\u2060")


def code(text: str, longest: int = LONGEST) -> str:
    """A text as code; the fence is longer than any run of backquotes in it."""
    flat = _SPACE.sub(" ", safe(text, longest)).strip().replace("|", r"\|") or " "
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", flat)), default=0))
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


def link(place: Place) -> str:
    """A place as a link to its line, relative to the root of the repository, as both forges read it."""
    from urllib.parse import quote

    path = quote(safe(place.file, 400).replace("\\", "/"), safe="/._-~+")
    return f"[{escaped(f'{place.file}:{place.line}', 200)}]({path}#L{place.line})"


def row(*cells: str) -> str:
    """One line of a table."""
    return f"| {' | '.join(cells)} |\n"


def table(*titles: str) -> str:
    """The head of a table."""
    return row(*titles) + row(*("---" for _ in titles))
