"""Which template engine a file is written for: by its name where that tells, else by its marks."""

from __future__ import annotations

import re

from hds_audit.model.template import Engine

SUFFIXES: tuple[tuple[str, Engine], ...] = (
    (".blade.php", "blade"), (".scala.html", "twirl"), (".scala.txt", "twirl"), (".scala.xml", "twirl"),
    (".erb", "erb"), (".rhtml", "erb"), (".eex", "erb"), (".heex", "erb"), (".leex", "erb"), (".gsp", "erb"), (".ejs", "ejs"),
    (".slim", "slim"), (".haml", "haml"), (".pug", "pug"), (".jade", "pug"), (".twig", "twig"), (".liquid", "liquid"),
    (".hbs", "handlebars"), (".handlebars", "handlebars"), (".mustache", "handlebars"), (".njk", "nunjucks"),
    (".nunjucks", "nunjucks"), (".j2", "jinja"), (".jinja", "jinja"), (".jinja2", "jinja"), (".ftl", "freemarker"),
    (".ftlh", "freemarker"), (".vm", "velocity"), (".cshtml", "razor"), (".tsx", "jsx"), (".jsx", "jsx"), (".php", "php"),
    (".phtml", "php"),
)  # fmt: skip
"""Suffixes that name an engine; longest first where one ends another."""

TEMPLATE_SUFFIXES: tuple[str, ...] = (
    *(suffix for suffix, _ in SUFFIXES), ".html", ".htm", ".txt", ".text", ".mjml", ".tpl", ".tmpl", ".template", ".md", ".xhtml", ".eml",
)  # fmt: skip
"""What a walk through a folder takes for a template."""

_MARKS: tuple[tuple[Engine, str], ...] = (
    ("php", r"<\?(?:php\b|=)"),
    (
        "erb",
        r"<%[^%]{0,200}(?:\bdo\s*(?:\|[^|%]{0,60}\|)?\s*-?%>|"
        r"[^\w.]@[a-z]|\bend\s*-?%>|:\w+ ?=>|\brender\b)|<%-?\s*(?:if|unless)\s[^({%]",
    ),
    ("ejs", r"<%-?\s*include\s*\(|<%-\s*\w|<%[^%]{0,200}(?:[{};]|=>)\s*-?%>"),
    ("erb", r"<%"),
    ("thymeleaf", r"\b(?:data-)?th:[a-z]+=|\[[\[(][$*#~]\{"),
    ("freemarker", r"</?[#@][a-z]+|<#--"),
    ("django", r"\{%-?\s*(?:load|trans|translate|blocktrans|blocktranslate|url|autoescape|comment|with \w+=)\b"),
    ("liquid", r"\{%-?\s*(?:assign|capture|unless|render|case)\b|\|\s*date:|\{\{\s*[\w.]+\s*\|\s*\w+:"),
    ("twig", r"\{%-?\s*(?:extends\s*'[^']{1,200}\.twig|trans_default_domain|embed)|\|\s*trans\b|\{\{\s*(?:path|url)\("),
    ("jinja", r"\{%"),
    ("handlebars", r"\{\{\{|\{\{[~]?[#/>^!]"),
    ("blade", r"(?m)^[ \t]*@(?:extends|section|component|if|foreach|include|lang)\b.{0,200}\(|\{!!|\{\{\s*\$"),
    ("jinja", r"\{\{"),
    ("smarty", r"\{\$\w|\{(?:if|foreach|include|literal)\b|\{/(?:if|foreach)\}|\{\*"),
    ("velocity", r"(?m)^[ \t]*#(?:if|foreach|set|end|parse|else)\b|\$!?\{?[a-z]\w*\."),
    ("twirl", r"\A\s*@\([^)]{0,2000}\)"),
    ("razor", r"(?m)^@(?:model|using|inherits)\b|@Model\.|@Html\."),
    ("notify", r"\(\([^()\n]{1,120}\)\)"),
    ("placeholders", r"\$\{|%\(\w+\)|%\{\w|%s\b|%\d\$s|\*\|[A-Z]|\{[A-Za-z_]\w*\}|\[\[?[A-Za-z_][\w.]*\]\]?|\{\d\}"),
)
"""The first of these marks that is found names the engine; each is bounded, so that no text makes it slow."""

_PATTERNS: tuple[tuple[Engine, re.Pattern[str]], ...] = tuple((engine, re.compile(mark)) for engine, mark in _MARKS)
_NEEDED: dict[Engine, tuple[str, ...]] = {
    "php": ("<?",), "erb": ("<%",), "ejs": ("<%",), "thymeleaf": ("th:", "[[", "[("), "freemarker": ("<#", "</#", "<@", "</@"),
    "django": ("{%",), "liquid": ("{%", "{{"), "twig": ("{%", "{{"), "jinja": ("{%", "{{"), "handlebars": ("{{",), "notify": ("((",),
    "blade": ("@", "{!!", "{{"), "smarty": ("{$", "{if", "{foreach", "{include", "{literal", "{/", "{*"), "velocity": ("#", "$"),
    "twirl": ("@(",), "razor": ("@",), "placeholders": ("${", "%", "*|", "{", "["),
}  # fmt: skip
"""Without one of these the engine's marks cannot be there: much quicker to see than the marks themselves."""
_LOOKED_AT = 200_000


def recognised(path: str, text: str) -> Engine:
    """The engine of a template, from its path and its text."""
    name = path.lower()
    for suffix, engine in SUFFIXES:
        if name.endswith(suffix):
            return engine
    head = text[:_LOOKED_AT]
    there = (each for each in _PATTERNS if any(needle in head for needle in _NEEDED[each[0]]))
    return next((engine for engine, pattern in there if pattern.search(head)), "plain")
