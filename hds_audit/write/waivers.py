"""A waiver put at the end of a file of waivers; every other byte stays as it was."""

from __future__ import annotations

from hds_audit.errors import InputError, Problem
from hds_audit.model.waiver import Waiver
from hds_audit.model.waiver_schema import WAIVERS_FORMAT
from hds_audit.write.scalar import text
from hds_audit.write.sheet import Sheet


def with_waiver(name: str, content: str, waiver: Waiver) -> str:
    """The text of the file with one more waiver; an empty text becomes a whole file. Raises InputError where it cannot be added to."""
    lines = [f"{key}: {value}" for key, value in _facts(waiver)]
    if not content.strip():
        return "\n".join((f"format: {WAIVERS_FORMAT}", "waivers:", *_item(lines))) + "\n"
    sheet = Sheet(name, content)
    pair = sheet.pair(sheet.root, "waivers")
    if pair is None:
        sheet.add_after(None, ["waivers:", *_item(lines)])
    elif sheet.items(pair.value) and not sheet.is_flow(pair.value):
        sheet.append(pair.value, lines)
    elif not pair.value.value:
        sheet.open_block(pair, _item(lines, 0), 2)
    else:
        where = f"{name}:{pair.key.start_mark.line + 1}:{pair.key.start_mark.column + 1}"
        raise InputError(Problem(where, "write `waivers` as a list with a dash a line; then add to it",
                                 "écrire `waivers` en liste, un tiret par ligne ; puis y ajouter"))  # fmt: skip
    return sheet.written()[0]


def _facts(waiver: Waiver) -> list[tuple[str, str]]:
    said = {
        "rule": waiver.rule, "subject": waiver.subject, "reason": waiver.reason, "owner": waiver.owner, "approver": waiver.approver,
    }  # fmt: skip
    dates = [("granted", waiver.granted.isoformat()), ("expires", waiver.expires.isoformat())]
    ticket = [("ticket", text(waiver.ticket))] if waiver.ticket else []
    return [*((key, text(value)) for key, value in said.items()), *dates, *ticket]


def _item(lines: list[str], indent: int = 2) -> list[str]:
    return [f"{' ' * indent}{'- ' if not index else '  '}{line}" for index, line in enumerate(lines)]
