"""What a path may hold, and how a person's answer is read for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.model.text import Text
from hds_audit.pipeline.kinds import Wrong, choices, hint, kind_at, read_answer, sections


@pytest.mark.parametrize(
    ("path", "answer", "value"),
    [
        ("components.db.internet_exposed", "no", False),
        ("components.db.internet_exposed", "oui", True),
        ("components.db.kind", "database", "database"),
        ("components.db.stores", "a, b", ["a", "b"]),
        ("components.db.stores", "none", []),
        ("components.db.stores", "aucune", []),
        ("components.db.encryption", "[]", []),
        ("components.db.encryption", "[{layer: volume, key: k}]", [{"layer": "volume", "key": "k"}]),
        ("components.db.encryption", "none", []),
        ("components.db.zones", "3", 3),
        ("components.db.retention", "P6M", "P6M"),
        ("hosts.h.provider", "aws", "aws"),
        ("hosts.h.location", "FR", "FR"),
        ("hosts.h.contract.signed", "2025-01-01", "2025-01-01"),
        ("hosts.h.contract.ends", "no", False),
        ("hosts.h.contract", "no", False),
        ("hosts.h.contract", "{signed: 2025-01-01}", {"signed": "2025-01-01"}),
        ("hosts.h.contract.availability", "99,9", 99.9),
        ("data.d.health", "nature", "nature"),
        ("flows.0.transport.tls", "1.2, 1.3", ["1.2", "1.3"]),
        ("flows.0.transport.tls", "yes", True),
        ("flows.0.transport.tls", "no", False),
        ("application.persons", "120 000", 120000),
        ("governance.dpia", "2026-01-15", "2026-01-15"),
    ],
)
def test_answers(path: str, answer: str, value: object) -> None:
    read = read_answer(kind_at(path.split(".")), answer)
    if path in {"flows.0.transport.tls"} and isinstance(read, list):
        assert [str(item) for item in read] == value
    elif path == "governance.dpia":
        assert read in (value, [value])
    else:
        assert read == value


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("components.db.internet_exposed", "maybe"),
        ("components.db.kind", "databse"),
        ("components.db.zones", "many"),
        ("components.db.retention", "6 months"),
        ("hosts.h.contract.signed", "yesterday"),
        ("data.d.health", "oui"),
        ("components.db.encryption", "[{layer: volume"),
        ("hosts.h.contract", "some day"),
    ],
)
def test_answers_that_do_not_do(path: str, answer: str) -> None:
    read = read_answer(kind_at(path.split(".")), answer)
    assert isinstance(read, Wrong)
    assert read.reason.en
    assert read.reason.fr


@pytest.mark.parametrize("path", ["strange", "hosts.h.strange", "hosts.h.provider.x", "components.db.stores.0.x.y"])
def test_paths_that_the_format_does_not_have(path: str) -> None:
    assert kind_at(path.split(".")) is None


def test_hints_words_and_sections() -> None:
    assert choices(kind_at(["data", "d", "health"])) == ("none", "nature", "combination", "destination")
    assert sections(kind_at(["components", "db", "stores"])) == ("data",)
    assert hint(kind_at(["components", "db", "stores"])) == Text("several with commas; none", "plusieurs : virgules ; aucun")
    clauses = kind_at(["hosts", "h", "contract", "clauses"])
    assert "access-control" in choices(clauses)
    assert "access-control | " in hint(clauses).fr
    assert read_answer(clauses, "access-control, destruction") == ["access-control", "destruction"]
    assert hint(kind_at(["hosts", "h", "contract", "signed"])).fr == "AAAA-MM-JJ ou AAAA-MM ; non (non signé)"
    assert "yes" in hint(kind_at(["components", "db", "internet_exposed"])).en
    assert "signed" in hint(kind_at(["hosts", "h", "contract"])).en


@given(
    st.sampled_from(
        [
            "components.db.stores",
            "hosts.h.contract",
            "data.d.health",
            "flows.0.transport.tls",
            "hosts.h.location",
            "components.db.zones",
            "hosts.h.contract.ends",
        ]
    ),
    st.text(max_size=40),
)
def test_any_answer_is_a_value_or_told_wrong(path: str, answer: str) -> None:
    read = read_answer(kind_at(path.split(".")), answer)
    assert read is not None
