"""Slim, Haml and Pug as tags and ERB code, line for line, so that one reader serves them all."""

from __future__ import annotations

import re

from hds_audit.model.template import Engine

_ELEMENT = re.compile(r"(%?[A-Za-z][\w:-]{0,40}|(?=[.#%]))((?:[.#][\w-]{1,60}){0,12})")
_WRAPPED = re.compile(r"[(\[{]([^()\[\]{}]{0,2000})[)\]}]")
_BARE_ATTRIBUTES = re.compile(r"((?:\s?[\w:@.-]{1,40}=(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'|[^\s\"']{1,300}))*)")
_LINK_VALUE = re.compile(r"\b(href|src|alt|title)\s{0,3}(?:=|:|=>)\s{0,3}(\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'|[^\s,\"']{1,300})")
_CONTROL = re.compile(r"(?:if|else|elsif|unless|each|for|case|when|while|include|extends|mixin|block|append|prepend|default|var)\b")
_BLOCK_TEXT = re.compile(r"(?:javascript|css|scss|sass|coffee):\s*$|(?:script|style)[.:]?\s*$|:(?:javascript|css|scss)\s*$")


def as_markup(engine: Engine, text: str) -> str:
    """The same lines as markup: what Slim, Haml or Pug write by indentation is written by tags, code as in ERB."""
    out = []
    silent_below = -1
    for line in text.split("\n"):
        content = line.strip()
        depth = len(line) - len(line.lstrip())
        if silent_below >= 0 and (not content or depth > silent_below):
            out.append("")
            continue
        silent_below = -1
        if _is_comment(engine, content) or _BLOCK_TEXT.match(content):
            silent_below = depth
            out.append("")
            continue
        out.append(_line(engine, content))
    return "\n".join(out)


def _is_comment(engine: Engine, content: str) -> bool:
    if engine == "slim":
        return content.startswith("/")
    return content.startswith(("-#", "/")) if engine == "haml" else content.startswith("//")


def _line(engine: Engine, content: str) -> str:
    if not content or content.startswith(("doctype", "!!!")):
        return ""
    if content[0] in "|'" and engine != "haml":
        return content[1:] + " "
    if content.startswith("-"):
        return f"<% {content[1:].strip()} %>"
    if content.startswith(("=", "!=", "&=")):
        return f"<%= {content.lstrip('!&=<> ')} %>"
    if content[0] in "<\\" or (engine == "haml" and content[0] not in "%.#") or content.startswith("#{"):
        return content.lstrip("\\") + " "
    if engine == "pug" and (_CONTROL.match(content) or content.startswith("+")):
        return f"<% {content} %>"
    return _element(engine, content)


def _element(engine: Engine, content: str) -> str:
    match = _ELEMENT.match(content)
    if match is None:
        return content + " "
    name = match.group(1).lstrip("%") or "div"
    rest = content[match.end() :]
    attributes = ""
    if rest[:1] in ("(", "[", "{") and (wrapped := _WRAPPED.match(rest)) and not rest.startswith("{{"):
        attributes, rest = wrapped.group(1), rest[wrapped.end() :]
    elif engine == "slim" and (bare := _BARE_ATTRIBUTES.match(rest)):
        attributes, rest = bare.group(1), rest[bare.end() :]
    opening = f"<{name}{_attributes(attributes)}>"
    rest = rest.lstrip("<>").lstrip()
    if rest.startswith(("=", "!=", "&=")):
        return f"{opening}<%= {rest.lstrip('!&=<> ')} %>"
    if rest.startswith(":"):
        return opening + _element(engine, rest[1:].lstrip())
    return f"{opening}{rest.lstrip('.') if rest == '.' else rest} "


def _attributes(text: str) -> str:
    """The attributes that a reader can see or follow; a value that is code prints."""
    kept = ""
    for name, value in _LINK_VALUE.findall(text):
        quoted = value[0] in "\"'"
        kept += f' {name}="{value[1:-1] if quoted else f"<%= {value} %>"}"'
    return kept
