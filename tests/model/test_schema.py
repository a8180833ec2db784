"""The JSON Schema that is generated from the format says the same as the reader."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml

from hds_audit.model.format.schema import DAY_PATTERN, SPAN_PATTERN, Schema, json_schema
from hds_audit.model.text import Language

ROOT = Path(__file__).parent.parent.parent
LANGUAGES: tuple[Language, ...] = ("en", "fr")
HEAD = {"format": "hds-audit/1", "application": {"name": "A"}, "hosts": {"h": {"provider": "scaleway"}}}
Valid = Callable[[object], bool]


@pytest.fixture(scope="module")
def valid() -> Valid:
    validator = jsonschema.Draft202012Validator(json_schema("en"))
    return lambda data: bool(validator.is_valid(data))


def properties(schema: object) -> Iterator[tuple[str, Schema]]:
    if isinstance(schema, dict):
        if isinstance(found := schema.get("properties"), dict):
            yield from found.items()
        for value in schema.values():
            yield from properties(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from properties(value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_a_schema_of_draft_2020_12(language: Language) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_is_described(language: Language) -> None:
    found = list(properties(json_schema(language)))
    assert len(found) > 400
    assert all(isinstance(each["description"], str) and each["description"] for _, each in found)


def test_the_two_languages_differ_in_descriptions_alone() -> None:
    def bare(schema: object) -> object:
        if isinstance(schema, dict):
            return {key: bare(value) for key, value in schema.items() if key != "description" or not isinstance(value, str)}
        return [bare(each) for each in schema] if isinstance(schema, list) else schema

    assert bare(json_schema("en")) == bare(json_schema("fr"))
    assert json_schema("en") != json_schema("fr")


def test_no_definition_is_unused_and_none_is_missing() -> None:
    schema = json_schema("en")
    text = str(schema)
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    assert all(f"'#/$defs/{name}'" in text for name in definitions)
    assert text.count("'$ref'") >= len(definitions)


def as_an_editor_reads(node: object) -> object:
    """YAML as an editor has it: numbers are numbers, days are text."""
    if isinstance(node, dict):
        return {str(key): as_an_editor_reads(value) for key, value in node.items()}
    if isinstance(node, list):
        return [as_an_editor_reads(each) for each in node]
    return node.isoformat() if isinstance(node, date) else node


@pytest.mark.parametrize("path", sorted((ROOT / "fixtures").glob("*/*.yaml")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_fixtures_are_valid_as_an_editor_reads_them(valid: Valid, path: Path) -> None:
    data = as_an_editor_reads(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert isinstance(data, dict)
    if path.name != "infra.yaml":
        data = HEAD | data
    assert valid(data)


@pytest.mark.parametrize(
    "more",
    [
        {"hosts": {}}, {"hosts": True}, {"application": False}, {"format": "hds-audit/2"}, {"foo": 1}, {"described": None}, {"described": "2026-13"},
        {"hosts": {"h": None}}, {"hosts": {"h": {"location": "fr"}}}, {"hosts": {"h": {"service": "pas"}}}, {"hosts": {"a b": {}}},
        {"keys": {"k": {"recovery": "yes"}}}, {"keys": {"k": {"rotation": "1 year"}}}, {"keys": {"k": False}}, {"flows": False}, {"flows": [{"from": "patients"}]},
        {"components": {"c": {"zones": 2.5}}}, {"endpoints": [{"component": "c"}]}, {"attestations": {"a": {"by": "x"}}},
    ],
    ids=str,
)  # fmt: skip
def test_what_the_reader_refuses_is_not_valid(valid: Valid, more: dict[str, object]) -> None:
    assert valid(HEAD)
    assert not valid(HEAD | more)


@pytest.mark.parametrize(
    "more",
    [
        {"hosts": {"h": True}}, {"hosts": {"h": {"location": "FR"}}}, {"hosts": {"h": {"location": False}}}, {"application": True}, {"described": "2026-11"},
        {"keys": True}, {"keys": {"k": {"rotation": False, "held_by": "end-users"}}}, {"flows": []}, {"flows": True}, {"emails": False},
        {"endpoints": "https://a.example"}, {"domains": ["a.example", {"name": "b.example"}]}, {"environments": {"production": "real"}},
        {"flows": [{"from": "patients", "to": "h", "transport": {"tls": 1.2}}]}, {"flows": [{"from": "patients", "to": "h", "transport": {"tls": ["1.2"]}}]},
        {"components": {"c": {"encryption": "volume"}}}, {"components": {"c": {"zones": "2"}}}, {"organisations": {"o": {"siren": 123456789, "parent": False}}},
        {"attestations": {"a": {"status": "implemented"}, "b": [{"status": "implemented"}]}}, {"hosts": {"h": {"support": ["fr"]}}},
    ],
    ids=str,
)  # fmt: skip
def test_what_the_reader_takes_is_valid(valid: Valid, more: dict[str, object]) -> None:
    assert valid(HEAD | more)


def test_the_patterns_of_days_and_durations() -> None:
    def matches(pattern: str, text: str) -> bool:
        return jsonschema.Draft202012Validator({"pattern": pattern}).is_valid(text)

    assert all(matches(DAY_PATTERN, day) for day in ("2026-11-22", "2026-11"))
    assert not any(matches(DAY_PATTERN, day) for day in ("2026", "2026-00", "2026-11-32", "22-11-2026", "2026-11-22T00:00"))
    assert all(matches(SPAN_PATTERN, span) for span in ("P3Y", "P1Y6M", "P2W", "PT4H", "P1DT12H", "PT30M", "PT1S"))
    assert not any(matches(SPAN_PATTERN, span) for span in ("P", "PT", "P1", "1Y", "P1H", "PT1Y", "P1DT"))
