"""The marks of each engine: what opens code in a text, what closes it, and whether it prints."""

from __future__ import annotations

from typing import Literal, NamedTuple

from hds_audit.model.template import Engine

MarkKind = Literal["output", "tag", "comment"]


class Delimiter(NamedTuple):
    """An opening (a regular expression) and a closing (plain text).

    An empty closing: the opening is the whole mark, and its group the code. `balanced`: a parenthesis that follows is taken in.
    """

    opening: str
    closing: str
    kind: MarkKind
    balanced: bool = False


_BRACES = (
    Delimiter(r"\{#", "#}", "comment"),
    Delimiter(r"\{%", "%}", "tag"),
    Delimiter(r"\{\{", "}}", "output"),
)
_ERB = (
    Delimiter(r"<%#", "%>", "comment"),
    Delimiter(r"<%={1,2}", "%>", "output"),
    Delimiter(r"<%", "%>", "tag"),
)
_PHP = (
    Delimiter(r"<\?=", "?>", "output"),
    Delimiter(r"<\?(?:php\b)?(?!xml)", "?>", "tag"),
)
_AT_EXPRESSION = r"(?<![\w.@/])@!?([A-Za-z_]\w{0,80}(?:\.[A-Za-z_]\w{0,80}){0,8})"

DELIMITERS: dict[Engine, tuple[Delimiter, ...]] = {
    "jinja": _BRACES,
    "django": _BRACES,
    "nunjucks": _BRACES,
    "twig": _BRACES,
    "liquid": _BRACES,
    "handlebars": (
        Delimiter(r"\{\{~?!--", "--}}", "comment"),
        Delimiter(r"\{\{~?!", "}}", "comment"),
        Delimiter(r"\{\{\{", "}}}", "output"),
        Delimiter(r"\{\{~?(?=[#/^>]|else\b)", "}}", "tag"),
        Delimiter(r"\{\{~?", "}}", "output"),
        Delimiter(r"\{%", "%}", "tag"),
    ),
    "erb": _ERB,
    "slim": _ERB,
    "haml": _ERB,
    "pug": _ERB,
    "ejs": (
        Delimiter(r"<%#", "%>", "comment"),
        Delimiter(r"<%[=-]", "%>", "output"),
        Delimiter(r"<%_?", "%>", "tag"),
    ),
    "blade": (
        Delimiter(r"\{\{--", "--}}", "comment"),
        Delimiter(r"\{!!", "!!}", "output"),
        Delimiter(r"\{\{", "}}", "output"),
        Delimiter(r"(?<![\w.@])@((?:lang|choice)\b)", "", "output", balanced=True),
        Delimiter(r"(?<![\w.@])@php\b(?!\s?\()", "@endphp", "tag"),
        *_PHP,
        Delimiter(r"(?<![\w.@])@([a-zA-Z]{2,30}\b(?=\s?\()|(?:end|else|php|csrf|parent)\w{0,20})", "", "tag", balanced=True),
    ),
    "php": _PHP,
    "freemarker": (
        Delimiter(r"<#--", "-->", "comment"),
        Delimiter(r"</?[#@](?=\w)", ">", "tag"),
        Delimiter(r"\$\{", "}", "output"),
    ),
    "thymeleaf": (
        Delimiter(r"\[\[", "]]", "output"),
        Delimiter(r"\[\(", ")]", "output"),
        Delimiter(r"[$*]\{", "}", "output"),
        Delimiter(r"(#\{[^{}\n]{1,300})\}", "", "output"),
    ),
    "smarty": (
        Delimiter(r"\{\*", "*}", "comment"),
        Delimiter(r"\{(?=\$|\"|'|l s=|l\b[^}\n]{0,40}s=)", "}", "output"),
        Delimiter(
            r"\{(?=/|(?:if|else|elseif|foreach|foreachelse|section|include|assign|literal|capture|block|extends|strip|t|ts|"
            r"function|call|while|for)\b)",
            "}",
            "tag",
        ),
    ),
    "velocity": (
        Delimiter(r"#\*", "*#", "comment"),
        Delimiter(r"##[^\n]{0,2000}", "", "comment"),
        Delimiter(r"(?<![\w&])#\{?((?:if|elseif|else|end|foreach|set|parse|include|macro|stop)\b)\}?", "", "tag", balanced=True),
        Delimiter(r"\$!?\{", "}", "output"),
        Delimiter(r"\$!?([A-Za-z_]\w{0,80}(?:\.[A-Za-z_]\w{0,80}){0,8})", "", "output", balanced=True),
    ),
    "twirl": (
        Delimiter(r"@\*", "*@", "comment"),
        Delimiter(r"(?m)^@((?:import|this|package)\b[^\n]{0,500})", "", "tag"),
        Delimiter(r"@(?=\()", "", "tag", balanced=True),
        Delimiter(r"(?<![\w.@/])@((?:if|for|match|defining|main|layout)\b)", "", "tag", balanced=True),
        Delimiter(_AT_EXPRESSION, "", "output", balanced=True),
    ),
    "razor": (
        Delimiter(r"@\*", "*@", "comment"),
        Delimiter(r"(?m)^@((?:model|using|inherits|inject|namespace|page|layout)\b[^\n]{0,500})", "", "tag"),
        Delimiter(r"(?<![\w.@/])@((?:if|for|foreach|switch|while|else|section)\b)", "", "tag", balanced=True),
        Delimiter(r"@\{", "}", "tag"),
        Delimiter(r"@(?=\()", "", "output", balanced=True),
        Delimiter(_AT_EXPRESSION, "", "output", balanced=True),
    ),
    "jsx": (
        Delimiter(r"\{/\*", "*/}", "comment"),
        Delimiter(r"\$?\{([^{}<>\n]{1,400})\}", "", "output"),
    ),
    "notify": (),
    "placeholders": (),
    "plain": (),
}

PLACEHOLDERS: tuple[tuple[str, Delimiter], ...] = (
    ("${", Delimiter(r"\$\{([^{}\n]{1,300})\}", "", "output")),
    ("#{", Delimiter(r"#\{([^{}\n]{1,300})\}", "", "output")),
    ("%{", Delimiter(r"%\{(\w{1,80})\}", "", "output")),
    ("%<", Delimiter(r"%<(\w{1,80})>", "", "output")),
    ("%(", Delimiter(r"%\(([\w.]{1,80})\)[sdf]", "", "output")),
    ("((", Delimiter(r"\(\(([^()\n]{1,200})\)\)", "", "output")),
    ("*|", Delimiter(r"\*\|([\w:]{1,80})\|\*", "", "output")),
    ("[[", Delimiter(r"\[\[([\w .:-]{1,80})\]\]", "", "output")),
    ("{", Delimiter(r"\{([A-Za-z_][\w.]{0,80})\}", "", "output")),
    ("{", Delimiter(r"\{(\d)\}", "", "output")),
    ("%", Delimiter(r"%((?:\d\$)?[sd])(?![\w%])", "", "output")),
    ("%", Delimiter(r"(?<![\w%])%([A-Za-z_][\w.]{1,60})%", "", "output")),
    (":", Delimiter(r"\[([a-z_-]{2,30}(?::[a-z_-]{2,40}){1,4})\]", "", "output")),
    ("{!", Delimiter(r"\{!([A-Za-z_][\w.]{1,80})\}", "", "output")),
    ("***", Delimiter(r"\*\*\*([A-Za-z_]\w{1,60})\*\*\*", "", "output")),
    ("<<", Delimiter(r"<<\s?([A-Za-z_][\w. ]{1,60}?)\s?>>", "", "output")),
    ("&lt;", Delimiter(r"&lt;([A-Za-z_][\w ]{1,60}?)&gt;", "", "output")),
    ("##", Delimiter(r"##([A-Za-z_]\w{1,60})##", "", "output")),
    ("%%", Delimiter(r"%%([A-Za-z_][\w.]{1,60})%%", "", "output")),
    ("@@", Delimiter(r"@@([A-Za-z_]\w{1,60})@@", "", "output")),
    ("__", Delimiter(r"(?<!\w)__([A-Z][A-Z0-9_]{1,60}|[a-z]{1,30}_[a-z_]{1,60}?)__(?!\w)", "", "output")),
    ("[", Delimiter(r"(?<![\w\]\[])\[[#@%]?([a-z]{1,30}_[a-z_]{1,60}|[A-Z]{1,30}_[A-Z_]{1,60})[#%]?\](?![(\[])", "", "output")),
    ("[", Delimiter(r"(?<![\w\]\[])\[([A-Z][a-z']{1,30}(?: [A-Z][a-z']{1,30}){0,4})\](?![(\[:])", "", "output")),
    ("[", Delimiter(r"(?<![\w\]\[])\[((?:[A-Z][a-z]{1,20}){2,6})\](?![(\[:])", "", "output")),
    ("{{", Delimiter(r"\{\{", "}}", "output")),
)
"""Placeholders found in files of any engine, each with the text without which it cannot be there."""
