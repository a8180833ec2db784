"""Readings of templates for machines: paths as given, labels never translated, `why` in the language asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence

from hds_audit.model.template import Evidence, Observation, TemplateReading
from hds_audit.model.text import Language


def templates_json(readings: Sequence[TemplateReading], language: Language) -> str:
    """`{"templates": [{"path", "label", "confidence", "evidence": [{"line", "text", "why"}], ...}]}`.

    The label of a template that could not be read is `unknown`, with the `reason`. One line a template.
    """
    lines = (json.dumps(_template(reading, language), ensure_ascii=False) for reading in readings)
    return '{"templates": [\n' + ",\n".join(lines) + "\n]}\n"


def _template(reading: TemplateReading, language: Language) -> dict[str, object]:
    said: dict[str, object] = {
        "path": reading.path,
        "label": reading.label if reading.unreadable is None else "unknown",
        "confidence": reading.confidence,
        "evidence": [_evidence(each, language) for each in reading.evidence],
        "observations": [_observation(each, language) for each in reading.observations],
        "shows": list(reading.shows),
        "engine": reading.engine,
        "languages": list(reading.languages),
        "included": list(reading.included),
    }
    if reading.unreadable is not None:
        said["reason"] = reading.unreadable.said(language)
    return said


def _evidence(each: Evidence, language: Language) -> dict[str, object]:
    said: dict[str, object] = {
        "line": each.line, "text": each.text, "why": each.why.said(language),
        "label": each.label, "kind": each.kind, "confidence": each.confidence,
    }  # fmt: skip
    return said | ({"file": each.file} if each.file else {})


def _observation(each: Observation, language: Language) -> dict[str, object]:
    said: dict[str, object] = {"kind": each.kind, "line": each.line, "text": each.text, "why": each.why.said(language)}
    return said | ({"file": each.file} if each.file else {})
