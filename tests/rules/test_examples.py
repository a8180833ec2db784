"""Examples of rules may set observations and templates beside their description."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from hds_audit.model.rule import Example, Rule
from hds_audit.pipeline.examples import run_examples
from hds_audit.pipeline.knowledge import Knowledge, Shelf, knowledge, rules_folder

URL = "https://www.example.org"
GIVEN: dict[str, object] = {"endpoints": [{"url": URL}], "hosts": {"h": {"service": "paas"}}}


@cache
def known() -> Knowledge:
    return knowledge(Shelf(rules_folder()))


def rule(name: str) -> Rule:
    return next(item for item in known().rules if item.id == name)


def verdict(
    name: str,
    subject: str,
    given: dict[str, object],
    seen: dict[str, dict[str, object]] | None = None,
    shown: dict[str, str] | None = None,
) -> str:
    example = Example("pass", subject, date(2026, 11, 22), given, seen or {}, shown or {})
    return run_examples(rule(name)._replace(examples=(example,)), known())[0].found


@pytest.mark.parametrize(("seen", "expected"), [(True, "pass"), (False, "fail"), ("failed", "unknown")])
def test_what_was_seen_decides(seen: object, expected: str) -> None:
    assert verdict("ANSSI-TLS-R3", URL, GIVEN, seen={URL: {"tls.accepts_tls13": seen}}) == expected


@pytest.mark.parametrize(("days", "expected"), [("825", "pass"), ("826", "fail"), (826, "fail")])
def test_a_number_is_one_however_it_was_read(days: object, expected: str) -> None:
    assert verdict("ANSSI-TLS-R25", URL, GIVEN, seen={URL: {"certificate.lifetime": days}}) == expected


def test_a_template_is_scanned() -> None:
    given: dict[str, object] = {
        "hosts": {"relay": {"service": "email"}},
        "emails": {"templates": [{"path": "a.html", "channel": "email", "sender": "relay"}]},
    }
    text = "<p>Bonjour, un nouveau message vous attend dans votre espace sécurisé.</p>"
    assert verdict("GDPR-25-MAIL-SHOWS", "a.html", given, shown={"a.html": text}) == "pass"
    assert verdict("GDPR-25-MAIL-SHOWS", "a.html", given) == "unknown"


def test_nothing_seen_is_nothing_observed() -> None:
    assert verdict("GDPR-5-2-SEEN-TLS", URL, GIVEN) == "not-applicable"
    assert verdict("ANSSI-TLS-R4", URL, GIVEN) == "unknown"


def test_a_statement_is_read_where_the_description_names_it() -> None:
    given: dict[str, object] = {"governance": {"statement_of_applicability": {"document": "soa.csv"}}}
    sheet = "control,applicable,justification,status\nA.5.1,yes,,\n"
    assert verdict("ISO-C6-1-3-COMPLETE", "application", given, shown={"soa.csv": sheet}) == "fail"
    assert verdict("ISO-C6-1-3-COMPLETE", "application", given) == "unknown"
    assert verdict("ISO-C6-1-3-COMPLETE", "application", given, shown={"soa.csv": "neither, nor"}).startswith("refused: ")
