# ruff: noqa: SIM905  words read as words
"""What a piece of template code names: the variables it prints, those it puts in links, the text it holds, what it includes."""

from __future__ import annotations

import re
from typing import NamedTuple

from hds_audit.model.template import Engine

NamePath = tuple[str, ...]
"""A variable as written, part by part: `patient.first_name` is ("patient", "first_name")."""

_BARE_CALLS: frozenset[Engine] = frozenset(("erb", "slim", "haml", "handlebars"))
"""Engines in which `name argument` calls `name`."""

_ARROWS = ("?->", "->", "?.", "&.", "!!.", "::")
_LONGEST = 4_000
_SIMPLE = re.compile(r"[@$!]{0,2}[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){0,8}")
_GO_TAG = re.compile(r"(?:if|range|with|else|end|template|define|block)\b(?!\s*[.=(])|range\s+\.")
_LOOPED = (
    re.compile(
        r"\bfor(?:each)?\b\s{0,4}\(?\s{0,4}(?:var |let |const )?\$?(?P<item>\w{1,60})(?:\s?,\s?\$?\w+)?"
        r"\s+(?:in|of)\s+[@$]?(?P<all>[\w.]{1,120})"
    ),
    re.compile(r"^(?P<item>\w{1,60})(?:\s?,\s?\w+)?\s?:\s?[$*]\{(?P<all>[\w.]{1,120})\}$"),
    re.compile(r"\beach\s+(?P<item>\w{1,60})(?:\s?,\s?\w+)?\s+in\s+(?P<all>[\w.]{1,120})"),
    re.compile(
        r"\b(?:foreach|list)\b\s{0,4}\(?\s{0,4}\$?(?P<all>[\w.]{1,120})(?:\(\))?\s+as\s+(?:\$\w+\s{0,4}=>\s{0,4})?\$?(?P<item>\w{1,60})"
    ),
    re.compile(r"(?<![\w.])(?P<all>[\w.]{1,120})\.(?:each|each_with_index|map)\s+(?:do|\{)\s{0,4}\|\s{0,4}(?P<item>\w{1,60})"),
    re.compile(r"(?<![\w.])(?P<all>[\w.]{1,120})\.(?:forEach|map)\(\s{0,4}(?:function\s{0,4})?\(?\s{0,4}(?P<item>\w{1,60})"),
    re.compile(r"\bfrom=\$(?P<all>[\w.]{1,120})\s.{0,40}\bitem=[\"']?(?P<item>\w{1,60})"),
    re.compile(r"\b(?P<item>\w{1,60})\s?<-\s?(?P<all>[\w.]{1,120})"),
    re.compile(r"^#each\s+(?P<all>[\w.]{1,120})(?:\s+as\s+\|(?P<item>\w{1,60}))?"),
    re.compile(r"^range\s+(?:\$\w+\s?,\s?\$(?P<item>\w{1,60})\s?:=\s?)?\.(?P<all>[\w.]{1,120})"),
)
_SPACED = re.compile(r"[A-Za-z]\w{0,60}(?: \w{1,60}){0,8}(?:\?\?.{0,2000})?", re.S)
_STRING = re.compile(r""""([^"\\]*+(?:\\.[^"\\]*+)*+)"|'([^'\\]*+(?:\\.[^'\\]*+)*+)'|`([^`\\]*+(?:\\.[^`\\]*+)*+)`""", re.S)
_INTERPOLATED = re.compile(r"[#$]\{([^{}]{1,300})\}|\{(?=\$)([^{}]{1,300})\}")
"""Code within a literal: `"Dr #{doctor.name}"`, `"Dr {$doctor->name}"`."""
_SUBSCRIPT = re.compile(r"""\[\s{0,4}[:'"]{0,2}([A-Za-z_]\w{0,80})['"]?\s{0,4}\]""")
_GETTER = re.compile(r"""\.get\(\s{0,4}['"](\w{1,80})['"]""")
_INLINE = re.compile(r"""\battachments(?:\.inline)?\[['"][^'"\]]{1,100}\.(?:png|jpe?g|gif|svg|webp)['"]\]""")
"""A picture of the application's own that goes with a message, as Rails names it."""
_FIELD = re.compile(r"""\bfieldValue\(\s{0,4}bean:\s{0,4}([\w.?]{1,120})\s{0,4},\s{0,4}field:\s{0,4}['"](\w{1,80})['"]\s{0,4}\)""")
"""A value of a bean, as Grails prints it."""
_FILTER = re.compile(r"(?<!\|)\|(?!\|)\s{0,8}[A-Za-z_]\w{0,80}(?:\.\w{1,80})?")
_LINKING = re.compile(r"\b(\w{0,60}(?:url|path|route|href|link_for|Url|Path|Route))\s?\(")
_PATH = re.compile(r"(?<![\w.\"'])(:?)([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\s{0,4}([(:=]?)(=?)")
_TRANSLATES = re.compile(
    r"(?<![\w.])(?:t|tr|trans|translate|translation|transchoice|i18n(?:\.t)?|I18n\.t|gettext|ngettext|pgettext|_|__|_n|_e|lang|l10n|"
    r"blocktrans|blocktranslate|message|msg|ts|intl|formatMessage|choice)\b(?=[\s('\".])|\|\s?(?:trans|t|translate)\b|^#\{|^l s=|"
    r"\.message\(\s?code\b"
)
_TRANSLATOR = re.compile(r"\.(?:message|getMessage|get_message|translate|trans|gettext)$")
"""The last part of a call that gives a sentence of a translation file, where it is handed something."""
_KEY = re.compile(r"[\w-]*(?:[.:][\w-]+)+\.?|\.[\w.-]+|[a-z]\w{0,40}(?:-\w{1,40}){2,12}")
_CONDITION = re.compile(
    r"^[\s{(]*(?:[#^/]?(?:if|unless|elsif|elseif|elif|else\s+if|case|when|switch|match|foreach|for|each|with)\b|[\^#]\w)"
)
_LOOP = re.compile(r"\b(?:foreach|for|each|forEach|map|each_with_index|iterate|list|range|from)\b")
_INCLUDE = re.compile(
    r"^\s*(?:=\s*)?(?:>|#>|(?:include|import|extends|embed|sub|render|partial|component|includeIf|includeWhen|layout|parse|"
    r"render_to_string|render_partial|insert|replace|includes)\b|\w{0,20}\.(?:include|render)\b)"
)
_WORDS = frozenset(
    "if else elif elsif elseif unless and or not in is for foreach each with without end endif endfor endforeach endunless endwith "
    "true false nil null none undefined True False None do then case when switch match let var val const new return function fn "
    "typeof instanceof as from by set assign capture include extends embed import block endblock render partial formats locals "
    "collection only parent self this it loop forloop component slot section yield echo print e h raw safe html_safe map filter "
    "length_is default empty eq ne gt lt ge le each_with_index forEach item_html nl2br htmlspecialchars htmlentities escape "
    "interpolate number_format sprintf format strip_tags trim upper lower ucfirst json_encode implode join config env app asset "
    "now date_format strftime l t tr trans translate lang mail_to link_to image_tag content_for provide style src href alt class "
    "Devise Rails Time Date DateTime Math String Boolean Int Integer Option List Seq Map Some I18n JSON Object Array moment "
    "temporals strings numbers dates lists maps fields utils load url csrf_token static autoescape endautoescape trans_choice "
    "get_current_language as_string php macro endmacro call endcall spaceless endspaceless endcomment verbatim raw "
    "endraw liquid cycle tablerow increment decrement layout stylesheet javascript csrf method error enderror auth guest".split()
)
"""Words of the engines' own grammars and of their libraries: never the name of a value."""


class Expression(NamedTuple):
    """What a piece of code names."""

    shown: tuple[NamePath, ...] = ()
    linked: tuple[NamePath, ...] = ()
    said: str = ""
    """Text of the code that ends up on the page, without markup."""
    keys: tuple[str, ...] = ()
    """Keys of translations: the text itself is in another file."""
    includes: tuple[str, ...] = ()
    """Names of the files it includes; "" for a name that only the data know."""
    conditional: bool = False
    loop: tuple[str, NamePath] | None = None
    """The name that each element has in a loop, and the collection."""


_NOTHING = Expression()


class Expressions:
    """Pieces of code read so far: the same ones come back in every template of an application."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, Engine, bool], Expression] = {}

    def read(self, code: str, engine: Engine, *, tag: bool) -> Expression:
        """What one piece of code names."""
        key = (code, engine, tag)
        known = self._known.get(key)
        if known is None:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            known = self._known[key] = read_expression(code, engine, tag=tag)
        return known


_MOST_KNOWN = 20_000


def read_expression(code: str, engine: Engine, *, tag: bool) -> Expression:
    """What one piece of code names; a `tag` prints nothing by itself."""
    code = code.strip(" \t\r\n-~_=").removeprefix("&")
    if code[:1] == "." and code[1:2].isalpha():  # Go: {{.Patient.Name}}
        code = code[1:]
    tag = tag or _GO_TAG.match(code) is not None
    if len(code) > _LONGEST:
        code = code[:_LONGEST]
    if engine in _BARE_CALLS and code.startswith("yield"):
        return _NOTHING
    if not tag and _SPACED.fullmatch(code) and engine in ("notify", "placeholders", "plain"):
        return Expression(shown=((code.split("??")[0].replace(" ", "_"),),), said=_plain(code.partition("??")[2]))
    if not tag and _SIMPLE.fullmatch(code):
        path = _path_of(code)
        return Expression(shown=(path,)) if path else _NOTHING
    return _read(code, engine, tag)


def _read(code: str, engine: Engine, tag: bool) -> Expression:
    including = _INCLUDE.match(code) is not None and not code.startswith(("extends", "import"))
    conditional = tag and not including and _CONDITION.match(code) is not None
    translating = _TRANSLATES.search(code) is not None
    strings = [next(group for group in match.groups() if group is not None) for match in _STRING.finditer(code)]
    interpolated = " ; ".join(match.group(1) or match.group(2) for text in strings if "{" in text for match in _INTERPOLATED.finditer(text))
    bare, linked_code = _apart_from_links(_without_strings(f"{code} ; {interpolated}" if interpolated else code))
    loop = looped(code) if tag and _LOOP.search(code) else None
    shown = _paths(bare, engine, translating) if not tag or including or translating or conditional else ()
    if loop:
        shown = ()
    keys = tuple(text for text in strings if translating and _KEY.fullmatch(text))
    if engine == "thymeleaf" and code.startswith("#{"):
        keys, shown = (code[2:].split("(", 1)[0],), ()
    said = _said(strings, engine, tag, including, conditional, translating)
    includes = _included(code, strings) if including else ()
    return Expression(shown, _paths(linked_code, engine, False), said, keys, includes, conditional, loop)


def looped(code: str) -> tuple[str, NamePath] | None:
    """The element's name and the collection of a loop; handlebars calls the element `this`."""
    plain = _SUBSCRIPT.sub(r".\1", code)
    for arrow in _ARROWS:
        plain = plain.replace(arrow, ".")
    for pattern in _LOOPED:
        if match := pattern.search(plain):
            return match.group("item") or "this", tuple(part for part in match.group("all").split(".") if part)
    return None


def _said(strings: list[str], engine: Engine, tag: bool, including: bool, conditional: bool, translating: bool) -> str:
    """The literals that a reader sees: sentences, and whatever is handed to a translation."""
    if including or conditional or (tag and not translating and engine != "jsx"):
        return ""
    seen = (text for text in strings if _is_prose(text) or (translating and not _KEY.fullmatch(text)))
    return " ".join(_plain(text) for text in seen)


def _is_prose(text: str) -> bool:
    return " " in text.strip() and "%" not in text[:1] and "://" not in text and sum(map(str.isalpha, text)) > len(text) // 2


def _plain(text: str) -> str:
    if "{" in text:
        text = _INTERPOLATED.sub(" ", text)
    return text.replace("<", " ").replace(">", " ").replace('"', " ").replace("\\n", " ")[:1000]


def _without_strings(code: str) -> str:
    """The code with its subscripts as paths and its literals emptied."""
    code = _INLINE.sub(" ", code)
    code = _GETTER.sub(r".\1(", code)
    code = _FIELD.sub(r"\1.\2", code)
    code = _SUBSCRIPT.sub(r".\1", code)
    code = _STRING.sub('""', code)
    code = _FILTER.sub(" | ", code)
    for arrow in _ARROWS:
        code = code.replace(arrow, ".")
    return code


def _apart_from_links(code: str) -> tuple[str, str]:
    """The code without its calls that make addresses, and what those calls are given."""
    kept, linked, position = [], [], 0
    for match in _LINKING.finditer(code):
        if match.start() < position:
            continue
        depth, end = 1, match.end()
        while end < len(code) and depth:
            depth += (code[end] == "(") - (code[end] == ")")
            end += 1
        kept.append(code[position : match.start()])
        linked.append(code[match.end() : end])
        position = end
    kept.append(code[position:])
    return " ".join(kept), " ".join(linked)


def _paths(code: str, engine: Engine, translating: bool) -> tuple[NamePath, ...]:
    """The variables of a piece of code, in order; names of functions and of arguments are none (of arguments, in a translation)."""
    found: list[NamePath] = []
    matches = list(_PATH.finditer(code))
    for number, match in enumerate(matches):
        symbol, name, after, twice = match.groups()
        called = after == "(" and "." not in name
        argument = (after == ":" or (after == "=" and not twice)) and "." not in name
        called = called or (after == "(" and _TRANSLATOR.search(name) is not None and code[match.end() : match.end() + 1] != ")")
        if symbol or called or (argument and not translating) or _is_bare_call(code, match, number, len(matches), engine):
            continue
        if (path := _path_of(name)) and path not in found:
            found.append(path)
    return tuple(found)


def _is_bare_call(code: str, match: re.Match[str], number: int, many: int, engine: Engine) -> bool:
    """Whether the first name of the code is a function called without parentheses."""
    if number or many < 2 or engine not in _BARE_CALLS or "." in match.group(2) or match.group(3):
        return False
    return code[: match.start()].strip("#^ ") == "" and re.match(r"\s+[@:A-Za-z_\"]", code[match.end(2) :]) is not None


def _path_of(name: str) -> NamePath | None:
    parts = tuple(part for part in name.lstrip("@$!").split(".") if part)
    if not parts or (len(parts) == 1 and (parts[0] in _WORDS or (len(parts[0]) == 1 and parts[0] not in ("s", "d")))):
        return None
    return tuple(part for part in parts if part not in ("self", "locals")) or None


def _included(code: str, strings: list[str]) -> tuple[str, ...]:
    """The names that an inclusion gives; "" where it gives none."""
    if code.startswith((">", "#>")):
        name = code.lstrip("#> ").split(" ", 1)[0].strip("\"'")
        return (name,) if re.fullmatch(r"[\w./-]+", name) else ("",)
    names = [text for text in strings if re.fullmatch(r"[\w./:@-]{1,200}", text)]
    if names:
        return (names[0],)
    unquoted = re.match(r"^\s*(?:include|render|partial)\s+(?:file=)?([\w./-]+)\s*$", code)
    if unquoted and "/" in unquoted.group(1):
        return (unquoted.group(1),)
    return ("",)
