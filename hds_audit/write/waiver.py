"""A waiver put at the end of a file of waivers, every other byte as it was."""

from __future__ import annotations

from hds_audit.model.waiver import Waiver
from hds_audit.model.waiver_schema import WAIVERS_FORMAT
from hds_audit.write.scalar import text as scalar

_NEW = f"format: {WAIVERS_FORMAT}\nwaivers:\n"
_BOM = "\ufeff"


def with_waiver(before: str, waiver: Waiver) -> str:
    """The text of a file with one waiver more; an empty text makes a new file. A list in brackets gets it in braces."""
    if not before.strip(_BOM + " \t\r\n"):
        return _NEW + _block(waiver, 2, "\n")
    mark, body = (_BOM, before[1:]) if before.startswith(_BOM) else ("", before)
    return mark + _added(body, waiver, "\r\n" if "\r\n" in body else "\n")


def _added(body: str, waiver: Waiver, end: str) -> str:
    import yaml

    root = yaml.compose(body, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    at = next((index for index, (key, _) in enumerate(pairs) if key.value == "waivers"), None)
    if at is None:
        return body
    listed = pairs[at][1]
    if isinstance(listed, yaml.SequenceNode) and not listed.flow_style:
        stop = pairs[at + 1][0].start_mark.index if at + 1 < len(pairs) else _document_end(body)
        head = body[:stop]
        return head + ("" if head.endswith("\n") else end) + _block(waiver, listed.start_mark.column, end) + body[stop:]
    start, stop = listed.start_mark.index, listed.end_mark.index
    if not getattr(listed, "value", ""):
        return body[:start].rstrip(" ") + end + _block(waiver, 2, end).removesuffix(end) + body[stop:]
    inside = body[start : stop - 1]
    comma = "" if inside.rstrip().endswith(",") else ", "
    return body[:start] + inside + comma + _braces(waiver) + body[stop - 1 :]


def _document_end(body: str) -> int:
    """Where the first document ends: before a line of three dots, else at the end of the text."""
    found = body.find("\n...")
    return len(body) if found < 0 else found + 1


def _fields(waiver: Waiver) -> tuple[tuple[str, str], ...]:
    said = (
        ("rule", waiver.rule), ("subject", waiver.subject), ("reason", waiver.reason), ("owner", waiver.owner),
        ("approver", waiver.approver), ("granted", waiver.granted.isoformat()), ("expires", waiver.expires.isoformat()),
        ("ticket", waiver.ticket),
    )  # fmt: skip
    return tuple((key, value if key in ("granted", "expires") else scalar(value)) for key, value in said if value)


def _block(waiver: Waiver, indent: int, end: str) -> str:
    lines = (f"{' ' * indent}{'- ' if index == 0 else '  '}{key}: {value}" for index, (key, value) in enumerate(_fields(waiver)))
    return end.join(lines) + end


def _braces(waiver: Waiver) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in _fields(waiver)) + "}"
