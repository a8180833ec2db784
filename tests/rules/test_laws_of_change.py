"""Laws of change: what leaving a fact out, another order, other names or a component doubled may make of the verdicts on health hosting."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any

import pytest

from hds_audit.errors import InputError
from hds_audit.evaluate.facts import FactTable
from hds_audit.evaluate.panel import Panel, in_force
from hds_audit.model.format.words import ACTIVITIES, CLAUSES_2018, CLAUSES_2026
from hds_audit.pipeline.audit import Request, judge, world_of
from hds_audit.pipeline.court import panel_of
from hds_audit.pipeline.knowledge import Knowledge, Shelf, knowledge, rules_folder
from hds_audit.read.description import parse_description

Plain = dict[str, Any]
Verdicts = dict[tuple[str, str], str]
DAY = date(2026, 11, 22)
KEYED = ("organisations", "data", "hosts", "certificates", "components", "keys")
FRENCH: Plain = {"country": "FR", "parent": False, "subject_to": [], "presence": [], "role": "communication-or-computing"}
RECORD: Plain = {
    "categories": ["identity", "health"], "subjects": ["patients"], "health": "nature", "controller": ["health-professionals"],
    "collected_in": ["care"], "identifiability": "identified",
}  # fmt: skip


def contract(party: str) -> Plain:
    return {
        "party": party, "signed": "2025-01-15", "ends": False, "hds_annex": {"signed": "2025-01-15", "option": True},
        "clauses": [*CLAUSES_2018, *CLAUSES_2026], "audit_rights": True, "access_records": True, "technical_audit": "2025-03-01",
        "own_use": [], "responsibility_matrix": True, "certificate_copies": True, "extra_eu_laws": [], "mitigations": [], "residual_risks": [],
    }  # fmt: skip


def host(provider: str, service: str, certificates: list[str], **more: Any) -> Plain:
    return {
        "provider": provider, "service": service, "acts_as": "processor", "location": {"country": "FR"}, "replicated_to": [],
        "subcontractors": [], "responsibilities": dict.fromkeys(ACTIVITIES, provider), "certificates": certificates,
        "contract": contract(provider), "remote_access": [], "transfers": [], "support": {"languages": ["fr"]}, "console": False,
        "transparency": {"url": "https://example.org/transfers", "statement": "no-transfer"}, **more,
    }  # fmt: skip


def certificate(holder: str, standard: str = "hds", version: str = "2.0", **more: Any) -> Plain:
    whole = {"offers": "all", "services": "all", "regions": "all", "sites": "all"}
    listed = {"listed": {"url": "https://example.org", "read": "2026-11-02"}, "document": "certificate.pdf"}
    dated = {"status": "valid", "issued": "2025-09-12", "expires": "2028-09-11"}
    named = {"activities": list(ACTIVITIES)} if standard == "hds" else {}
    return {"holder": holder, "standard": standard, "version": version, "scope": whole, **dated, **listed, **named, **more}


def store(on: str, **more: Any) -> Plain:
    return {"kind": "database", "host": on, "stores": ["record"], "administrators": [], "readers": [], **more}


def described(**sections: Any) -> Plain:
    informed = {"patient_information": {"hosting": True, "objection": True}, "health_contact": {"name": "Dr Exemple"}}
    return {"format": "hds-audit/1", "governance": informed, "flows": [], **sections}


HOSTED = described(
    application={"name": "Records", "operator": "publisher", "operator_kind": "private", "customer_contract": {"clauses": True, "mirrors": ["cloud"]}},
    organisations={"publisher": FRENCH, "company": FRENCH},
    data={"record": RECORD},
    certificates={"hds": certificate("company"), "iso": certificate("company", "iso27001", "2022")},
    hosts={"cloud": host("company", "paas", ["hds", "iso"])},
    components={
        "db": store("cloud"),
        "web": {"kind": "application", "host": "cloud", "processes": ["record"], "authentication": {"patients": {"means": ["password", "otp"], "mfa": True}}},
        "copies": {"kind": "backup", "host": "cloud", "copy_of": ["db"], "frequency": "P1D"},
    },
)  # fmt: skip
OUTSOURCED = described(
    application={"name": "Hospital", "operator": "hospital", "operator_kind": "other-public"},
    organisations={"hospital": {**FRENCH, "role": "other"}, "outsourcer": FRENCH},
    data={"record": {**RECORD, "controller": ["hospital"]}},
    certificates={"hds": certificate("outsourcer", activities=["administration"]), "iso": certificate("outsourcer", "iso27001", "2022")},
    hosts={
        "own": {"provider": "hospital", "service": "on-premises", "location": {"country": "FR"}, "replicated_to": [],
                "responsibilities": {**dict.fromkeys(ACTIVITIES, "hospital"), "administration": "outsourcer"}},
        "night": host("outsourcer", "managed-services", ["hds", "iso"], responsibilities={"administration": "outsourcer"}),
    },
    components={"db": store("own", administrators=["outsourcer"])},
)  # fmt: skip
ABROAD = described(
    application={"name": "Homes", "operator": "publisher", "operator_kind": "private"},
    organisations={"publisher": FRENCH, "company": FRENCH, "far": {**FRENCH, "country": "US"}},
    data={"record": RECORD},
    certificates={"hds": certificate("company", activities=list(ACTIVITIES[:3]))},
    hosts={"cloud": host("company", "paas", ["hds"]), "away": host("far", "object-storage", [], location={"country": "US"}, contract=False)},
    components={"db": store("cloud"), "copies": {"kind": "backup", "host": "away", "copy_of": ["db"], "frequency": "P1D"}},
)
DESCRIPTIONS = {"hosted": HOSTED, "outsourced": OUTSOURCED, "abroad": ABROAD}
every_description = pytest.mark.parametrize("plain", DESCRIPTIONS.values(), ids=DESCRIPTIONS.keys())


@cache
def known() -> Knowledge:
    return knowledge(Shelf(rules_folder()))


@cache
def panel() -> Panel:
    """The rules of health hosting alone."""
    rules = tuple(rule for rule in known().rules if rule.id.startswith(("HDS-", "CSP-")))
    return panel_of(in_force(rules, lambda control: known().frameworks.in_force(control, DAY)), known(), DAY)


def verdicts(plain: Plain) -> Verdicts:
    """What they say, by rule and subject."""
    description = parse_description("infra.yaml", json.dumps(plain).encode(), known().catalogue)
    world = world_of(description, known(), Request(DAY))
    found = judge(panel(), world, FactTable(), ())
    return {(each.rule, each.subject.id): each.verdict for each in found}


def places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every key below the subjects of a description."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        if isinstance(value, dict) and len(path) >= (2 if path and path[0] in KEYED else 1):
            yield (*path, key)
        yield from places(inner, (*path, key))


def without(plain: Plain, path: tuple[str | int, ...]) -> Plain:
    left: Any = deepcopy(plain)
    held = left
    for key in path[:-1]:
        held = held[key]
    del held[path[-1]]
    return dict(left)


def turned(value: Any) -> Any:
    """The same with every mapping and list the other way round."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(item) for item in reversed(value)] if isinstance(value, list) else value


@every_description
def test_the_descriptions_say_enough_to_be_judged(plain: Plain) -> None:
    said = verdicts(plain)
    assert said["CSP-L1111-8-CERTIFICATE", "own" if "own" in plain["hosts"] else "cloud"] == ("fail" if plain is ABROAD else "pass")
    open_ends = {rule for (rule, _), verdict in said.items() if verdict == "unknown"}
    from_memory, without_contract = {"CSP-R1111-11-II-UPSTREAM"}, {"HDS-15-TECHNICAL-AUDIT", "CSP-L1111-8-OWN-USE"}
    assert open_ends <= from_memory | (without_contract if plain is ABROAD else set())


@every_description
def test_a_fact_left_out_neither_passes_nor_fails_what_it_was_about(plain: Plain) -> None:
    whole = verdicts(plain)
    for path in places(plain):
        try:
            left = verdicts(without(plain, path))
        except InputError:
            continue
        worse = {key: (before, left[key]) for key, before in whole.items() if key in left and before != left[key]}
        assert not [(path, key, change) for key, change in worse.items() if change in (("fail", "pass"), ("unknown", "pass"), ("pass", "fail"))]


@every_description
def test_the_order_of_what_is_written_changes_nothing(plain: Plain) -> None:
    assert verdicts(turned(plain)) == verdicts(plain)


@every_description
def test_other_names_change_nothing(plain: Plain) -> None:
    names = {name: f"zz-{number}" for number, name in enumerate(name for section in KEYED for name in plain.get(section, ()))}
    text = json.dumps(plain)
    for name, other in names.items():
        text = text.replace(f'"{name}"', f'"{other}"')
    for word in ("operator", "record", "hds", "iso"):  # words of the format that are names here as well
        text = text.replace(f'"standard": "{names.get(word, "")}"', f'"standard": "{word}"')
    renamed = json.loads(text)
    assert verdicts(renamed) == {(rule, names.get(subject, subject)): verdict for (rule, subject), verdict in verdicts(plain).items()}


@every_description
def test_a_component_doubled_doubles_its_findings_and_no_more(plain: Plain) -> None:
    whole = verdicts(plain)
    for name, component in plain["components"].items():
        twin, copies = f"{name}-again", deepcopy(plain["components"])
        for each in copies.values():
            if name in each.get("copy_of", ()):
                each["copy_of"].append(twin)
        said = verdicts({**plain, "components": {**copies, twin: component}})
        assert said == {**whole, **{(rule, twin): verdict for (rule, subject), verdict in whole.items() if subject == name}}
