"""Places of the description as a page says them: the file as seen from the folder of the first one, and the line."""

from __future__ import annotations

from collections.abc import Callable

from hds_audit.model.place import Place
from hds_audit.model.report import Report

Where = Callable[[Place | None], str]


def short(report: Report) -> Where:
    """What names a place shortly; nothing for none."""
    root = folder(report)

    def where(place: Place | None) -> str:
        return f"{place.file.removeprefix(root)}:{place.line}" if place is not None else ""

    return where


def folder(report: Report) -> str:
    """The folder of the first file audited, with its last slash."""
    first = report.inputs[0].path if report.inputs else ""
    return first[: first.rfind("/") + 1]
