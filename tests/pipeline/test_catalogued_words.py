"""What the catalogue knows, in the words of who reads it."""

from __future__ import annotations

import re
from datetime import date

from hds_audit.model.text import Language
from hds_audit.pipeline.catalogued import shown
from hds_audit.pipeline.check import known

RAW = re.compile(r"\b(verified|secondary|recalled|covered|not-covered|unknown|physical-sites|virtual-infrastructure)\b")


def lines(name: str, language: Language) -> str:
    return "\n".join(shown(known().catalogue, name, date(2026, 11, 22), language))


def test_in_french_no_machine_word_is_left() -> None:
    for name in known().catalogue.organisations:
        assert RAW.findall(lines(name, "fr")) == [], name


def test_the_service_stays_as_it_is_declared() -> None:
    assert "[object-storage] : HDS couverte" in lines("scaleway", "fr")
    assert "[object-storage]: HDS covered" in lines("scaleway", "en")
    assert "HDS non établie (de mémoire)" in lines("scaleway", "fr")
