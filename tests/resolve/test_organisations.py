"""Organisations: declared and catalogued together, the chain above them, and the laws that reach them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from exposure_worlds import CATALOGUE, DAY, Plain, described, organisation, stored_at, world

from hds_audit.model.catalogued import Ownership, Span
from hds_audit.model.fact import UNKNOWN, Fact, Origin
from hds_audit.resolve.exposure import exposures
from hds_audit.resolve.exposure_links import Link, links
from hds_audit.resolve.organisations import profile
from hds_audit.resolve.things import Subject


def declared(**organisations: Plain) -> Plain:
    names = list(organisations) or ["aws"]
    return described(organisations=organisations, hosts={f"h{name}": {"provider": name, "service": "iaas"} for name in names})


def subject(plain: Plain, name: str, on: date = DAY) -> Subject:
    found = world(plain, on).subject("organisation", name)
    assert found is not None
    return found


def fact(path: str, name: str = "x", **said: Any) -> Fact:
    return subject(declared(**{name: said}), name).fact(path)


def laws(plain: Plain, name: str, on: date = DAY) -> dict[str | None, str]:
    return {link.law: link.certainty for link in links(world(plain, on), name)}


# -- merging ---------------------------------------------------------------------------------------------------------------------
def test_a_declared_key_stands_for_itself_and_the_catalogue_for_the_rest() -> None:
    found = profile(world(declared(orphan={"parent": False})), "orphan")
    assert [each.value for each in found.country] == ["FR"]
    assert found.country[0].origin is Origin.CATALOGUED
    assert found.parents == ()
    assert found.parents_open is None


def test_its_name_is_the_declared_one_then_the_catalogue_s() -> None:
    assert subject(declared(aws={"name": "Amazon Europe"}), "aws").fact("name").value == "Amazon Europe"
    catalogued = fact("name", "aws")
    assert (catalogued.value, catalogued.origin) == (CATALOGUE.organisations["aws"].name, Origin.CATALOGUED)
    assert fact("name", "nobody-knows").value is UNKNOWN
    host = world(declared()).subject("host", "haws")
    assert host is not None
    assert host.fact("provider.name").value == CATALOGUE.organisations["aws"].name


def test_an_alias_is_the_same_organisation() -> None:
    assert profile(world(declared()), "amazon-web-services").id == "aws"


def test_a_country_against_a_verified_entry_keeps_both_and_the_stricter_holds() -> None:
    found = fact("country", "aws", country="FR")
    assert found.value == "US"
    assert {each.value for each in found.because} == {"FR", "US"}
    assert found.doubt is not None
    assert laws(declared(aws={"country": "FR", "parent": False}), "aws")["us:act"] == "established"
    said = fact("contradiction", "aws", country="FR")
    assert said.value is True
    assert said.doubt is not None
    assert "FR" in said.doubt.fr
    assert "US" in said.doubt.fr


def test_the_stricter_country_is_the_declared_one_where_that_is_worse() -> None:
    assert fact("country", "french", country="US").value == "US"
    assert "us:act" in laws(declared(french={"country": "US"}), "french")


def test_what_is_only_remembered_yields_to_what_is_declared() -> None:
    plain = declared(hearsay={"country": "FR", "parent": False})
    assert subject(plain, "hearsay").fact("country").value == "FR"
    assert subject(plain, "hearsay").fact("contradiction").value is False
    assert laws(plain, "hearsay") == {}


def test_a_parent_denied_against_a_verified_entry() -> None:
    plain = declared(subsidiary={"parent": False})
    assert laws(plain, "subsidiary")["us:act"] == "established"
    assert subject(plain, "subsidiary").fact("contradiction").value is True


def test_a_parent_declared_where_the_catalogue_verified_that_there_is_none() -> None:
    plain = declared(french={"parent": ["aws"]})
    assert laws(plain, "french")["us:act"] == "established"
    assert subject(plain, "french").fact("contradiction").value is True


def test_a_longer_chain_to_the_same_owner_is_no_contradiction() -> None:
    plain = declared(subsidiary={"parent": ["between"]}, between={"country": "DE", "parent": ["amazon"]})
    assert subject(plain, "subsidiary").fact("contradiction").value is False
    assert [str(each.value) for each in subject(plain, "subsidiary").fact("parents").value if isinstance(each, Fact)][:2] == ["between", "amazon"]


def test_a_presence_denied_against_a_verified_entry() -> None:
    plain = declared(abroad={"presence": []})
    assert laws(plain, "abroad")["us:act"] == "debated"
    assert subject(plain, "abroad").fact("contradiction").value is True


# -- laws ------------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "certainty"),
    [("aws", "established"), ("subsidiary", "established"), ("venture", "established"), ("mailer", "established"), ("reunion", "established"),
     ("abroad", "debated"), ("hearsay", "unknown"), ("rumour", "unknown")],
)  # fmt: skip
def test_how_sure_a_law_reaches(name: str, certainty: str) -> None:
    assert laws(declared(), name)["us:act"] == certainty


def test_none_is_found_of_a_french_company_that_nobody_owns() -> None:
    assert laws(declared(), "french") == {}


def test_an_unknown_parent_is_a_law_that_nobody_knows() -> None:
    (found,) = links(world(declared()), "orphan")
    assert (found.law, found.certainty, found.missing) == (None, "unknown", ("organisations.orphan.parent",))


def test_an_organisation_of_which_nothing_is_said_asks_for_both() -> None:
    (found,) = links(world(declared(x={})), "x")
    assert found.missing == ("organisations.x.country", "organisations.x.parent")


def test_the_open_end_may_be_far_up() -> None:
    (found,) = links(world(declared(x={"country": "FR", "parent": ["orphan"]})), "x")
    assert found.missing == ("organisations.orphan.parent",)
    assert [step.id for step in found.steps] == ["orphan", "orphan"]


def test_a_remembered_absence_of_parents_is_asked_for_unless_a_law_is_established() -> None:
    assert laws(declared(), "reputed") == {None: "unknown"}
    assert None not in laws(declared(), "aws"), "nobody above amazon is only remembered, and American law is established anyway"


def test_a_remembered_company_that_takes_part_is_settled_by_what_the_organisation_says() -> None:
    told = organisation("relay", "FR", ((None, "verified"),), operating=(("relay-inc", "US", "recalled"),))
    catalogue = CATALOGUE._replace(organisations={**CATALOGUE.organisations, "relay": told})
    (found,) = [link for link in links(world(declared(), catalogue=catalogue), "relay") if link.law == "us:act"]
    assert (found.certainty, found.missing) == ("unknown", ("organisations.relay.subject_to",))
    assert links(world(declared(relay={"subject_to": []}), catalogue=catalogue), "relay") == ()


def test_a_joint_venture_is_reached_through_each_parent() -> None:
    plain = declared(x={"country": "FR", "parent": ["aws", "c"]}, c={"country": "CN", "parent": False})
    assert {law for law, how in laws(plain, "x").items() if how == "established"} == {"us:act", "cn:duty"}


def test_the_surest_chain_counts_before_the_shortest() -> None:
    plain = declared(x={"country": "FR", "parent": ["rumour", "between"]}, between={"country": "FR", "parent": ["further"]},
                     further={"country": "FR", "parent": ["amazon"]})  # fmt: skip
    (found,) = [link for link in links(world(plain), "x") if link.law == "us:act"]
    assert found.certainty == "established"
    assert [step.id for step in found.steps] == ["between", "further", "amazon", "US", "us:act"]


def test_a_majority_owner_controls_whatever_parent_says() -> None:
    plain = declared(x={"country": "FR", "parent": False, "owners": [{"name": "Fund", "country": "US", "share": 51}]})
    assert laws(plain, "x")["us:act"] == "established"
    plain["organisations"]["x"]["owners"][0]["share"] = 50
    assert "us:act" not in laws(plain, "x")


def test_a_territory_has_the_laws_of_its_state() -> None:
    assert laws(declared(x={"country": "PR", "parent": False}), "x")["us:act"] == "established"


def test_what_an_organisation_says_of_itself_counts_while_the_law_does() -> None:
    plain = declared(x={"country": "FR", "parent": False, "subject_to": ["us:act", "us:lapsed", "us:gone", "us:order"]})
    assert laws(plain, "x") == {"us:act": "established", "us:lapsed": "debated"}


def test_laws_of_the_day() -> None:
    assert laws(declared(), "aws", date(2026, 6, 11))["us:lapsed"] == "established"
    assert laws(declared(), "aws", date(2026, 6, 12))["us:lapsed"] == "debated"
    assert "us:lapsed" not in laws(declared(), "aws", date(2027, 3, 31))
    assert "us:gone" in laws(declared(), "aws", date(2019, 1, 1))
    assert "us:order" not in laws(declared(), "aws"), "it binds nobody: a note, no path"


def test_owners_of_the_day() -> None:
    sold = organisation("sold", "FR", None)._replace(
        owners=(Ownership(None, Span(None, date(2022, 1, 21)), "verified"), Ownership("aws", Span(date(2022, 1, 21)), "verified")))  # fmt: skip
    catalogue = CATALOGUE._replace(organisations={**CATALOGUE.organisations, "sold": sold})
    assert links(world(declared(), date(2021, 6, 1), catalogue), "sold") == ()
    assert "us:act" in {link.law for link in links(world(declared(), date(2022, 1, 21), catalogue), "sold")}


def maintained(role: str | None, law: str) -> str:
    """How sure a law is for an American administrator of a French store."""
    plain = stored_at("french", (), administrators=["maintainer"])
    plain["organisations"] = {"maintainer": {"country": {"us:act": "US", "cn:duty": "CN"}[law], "parent": False, **({"role": role} if role else {})}}
    (found,) = [each for each in exposures(world(plain)) if each.law == law]
    return found.certainty


def test_a_maintainer_is_debated_under_a_law_that_binds_providers() -> None:
    assert maintained(None, "us:act") == "debated"
    assert maintained("software", "us:act") == "debated"
    assert maintained("communication-or-computing", "us:act") == "established"
    assert maintained("other", "cn:duty") == "established", "that law binds anybody"


def test_whoever_provides_a_host_is_such_a_provider_and_a_maintenance_contract_is_none() -> None:
    plain = described(
        organisations={"x": {"country": "US", "parent": False, "role": "other"}}, hosts={"h": {"provider": "x", "service": "iaas"}}
    )
    assert laws(plain, "x")["us:act"] == "established"
    for service in ("managed-services", "on-premises"):
        plain["hosts"]["h"]["service"] = service
        assert laws(plain, "x")["us:act"] == "debated"


def test_a_law_that_is_only_recalled_is_marked_and_decides_nothing() -> None:
    recalled = {**CATALOGUE.laws, "cn:duty": CATALOGUE.laws["cn:duty"]._replace(status="recalled")}
    catalogue = CATALOGUE._replace(laws=recalled)
    plain = stored_at("x", ())
    plain["organisations"] = {"x": {"country": "CN", "parent": False}}
    held = world(plain, catalogue=catalogue)
    (found,) = exposures(held)
    assert found.remembered
    component = held.subject("component", "db")
    assert component is not None
    (element,) = component.fact("exposures").value  # type: ignore[misc]
    assert element.fact("law").recalled
    assert element.fact("certainty").recalled
    assert component.fact("worst_degree").value == "none"


# -- facts -----------------------------------------------------------------------------------------------------------------------
def values(found: Fact) -> set[object]:
    assert isinstance(found.value, tuple)
    return {each.value if isinstance(each, Fact) else each for each in found.value}


def test_the_lists_of_laws_are_open_where_a_parent_is_not_known() -> None:
    known = subject(declared(), "aws")
    assert values(known.fact("laws")) == {"us:act", "us:lapsed"}
    assert values(known.fact("established_laws")) == {"us:act"}
    assert values(known.fact("debated_laws")) == {"us:lapsed"}
    (opened,) = subject(declared(orphan={}), "orphan").fact("laws").value  # type: ignore[misc]
    assert opened.value is UNKNOWN
    assert opened.missing == ("organisations.orphan.parent",)


def test_parents_can_be_walked() -> None:
    parents = subject(declared(subsidiary={}), "subsidiary").fact("parents").value
    assert isinstance(parents, tuple)
    assert parents[0].value == "amazon"
    assert parents[0].value.fact("country").value == "US"


def test_the_seat() -> None:
    assert fact("seat_in_eu", country="FR").value is True
    assert fact("seat_in_eu", country="CH").value is False
    assert fact("seat_in_eu").missing == ("organisations.x.country",)
    assert fact("seat_in_eu", "aws", country="FR").value is False


def test_control_from_outside_the_union() -> None:
    assert fact("non_eu_control", country="FR", parent=False).value is False
    assert fact("non_eu_control", country="FR", parent=["aws"]).value is True
    assert fact("non_eu_control", country="FR").missing == ("organisations.x.parent",)
    assert fact("non_eu_control", country="FR", parent=["orphan"]).missing == ("organisations.orphan.parent",)


OWNERS = [{"name": "A", "country": "US", "share": 23, "veto": False}, {"name": "B", "country": "CN", "share": 15, "veto": False}, {"name": "C", "country": "FR", "share": 62}]


def test_shares_outside_the_union() -> None:
    assert fact("non_eu_shares", owners=OWNERS).value == 38
    assert fact("largest_non_eu_share", owners=OWNERS).value == 23
    assert fact("non_eu_shares", owners=[]).value == 0
    assert fact("largest_non_eu_share", owners=[]).value == 0
    assert fact("non_eu_shares").missing == ("organisations.x.owners",)
    assert fact("non_eu_shares", owners=[{"name": "A", "share": 3}]).missing == ("organisations.x.owners.0.country",)


def test_a_veto_from_outside_the_union() -> None:
    assert fact("veto", owners=OWNERS).value is False
    assert fact("veto", owners=[{**OWNERS[0], "veto": True}]).value is True
    assert fact("veto", owners=[{"name": "A", "country": "US"}]).missing == ("organisations.x.owners.0.veto",)
    assert fact("veto", owners=[{"name": "A", "veto": True}]).missing == ("organisations.x.owners.0.country",)
    assert fact("veto").value is UNKNOWN


def test_presence_and_role_are_merged() -> None:
    assert values(subject(declared(abroad={"presence": ["DE"]}), "abroad").fact("presence")) == {"DE", "US"}
    assert fact("presence").value is UNKNOWN
    assert subject(declared(), "aws").fact("role").value == "communication-or-computing"
    assert fact("role", role="other").value == "other"


def test_a_circle_of_owners_ends() -> None:
    """The reader refuses one; the catalogue of a day might hold one all the same."""
    ring = {name: organisation(name, "FR", ((other, "verified"),)) for name, other in (("a", "b"), ("b", "a"))}
    catalogue = CATALOGUE._replace(organisations=ring)
    assert links(world(described(hosts={"h": {"provider": "a"}}), catalogue=catalogue), "a") == ()
    assert isinstance(links(world(declared()), "aws")[0], Link)
