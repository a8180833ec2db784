"""What rules read of exposures: elements, worst degrees, the laws of a host; every path described is a path derived."""

from __future__ import annotations

from typing import Any

from exposure_worlds import HEALTH, Plain, described, stored_at, world

from hds_audit.model.fact import UNKNOWN, Fact, Thing
from hds_audit.model.vocabulary.custody import PATHS as CUSTODY
from hds_audit.model.vocabulary.exposure import PATHS as EXPOSURE
from hds_audit.model.vocabulary.organisations import PATHS as ORGANISATIONS
from hds_audit.resolve.derivations import all_derivations
from hds_audit.resolve.exposure import exposures, touches
from hds_audit.resolve.exposure_elements import ExposureElement
from hds_audit.resolve.exposure_facts import DERIVATIONS as EXPOSED
from hds_audit.resolve.organisation_facts import DERIVATIONS as OWNED
from hds_audit.resolve.world import World


def fact(held: World, kind: Any, name: str, path: str) -> Fact:
    subject = held.subject(kind, name)
    assert subject is not None
    return subject.fact(path)


def elements(found: Fact) -> list[Thing]:
    assert isinstance(found.value, tuple)
    return list(found.value)


def test_every_path_is_described_and_derived() -> None:
    described = {(kind, path.name) for path in (*CUSTODY, *EXPOSURE, *ORGANISATIONS) for kind in path.subjects}
    assert described == {*EXPOSED, *OWNED}
    assert described <= set(all_derivations())


def test_every_part_of_an_element_that_is_described_is_there() -> None:
    held = world(stored_at("aws", ({"layer": "volume", "key": "k"},), {"k": {"held_by": ["aws"], "place": "device"}}))
    for path in (*EXPOSURE, *CUSTODY):
        for kind in path.subjects if path.elements else ():
            name = {"component": "db", "host": "cloud", "data": "records", "application": "application"}[kind]
            for element in elements(fact(held, kind, name, path.name)):
                for part, meaning in path.elements:
                    assert element.fact(part).value is not UNKNOWN, (path.name, part)
                    assert meaning.en
                    assert meaning.fr
                assert element.fact("nothing").value is UNKNOWN


def test_an_established_exposure() -> None:
    held = world(stored_at("aws", ()))
    found = {str(each.fact("law").value): each for each in elements(fact(held, "component", "db", "exposures"))}
    act = found["us:act"]
    told = {part: act.fact(part).value for part in ("organisation", "data", "component", "role", "degree", "certainty", "country", "adequate", "readable")}
    assert told == {
        "organisation": "aws", "data": "records", "component": "db", "role": "provider", "degree": "clear", "certainty": "established",
        "country": "US", "adequate": "partial", "readable": True,
    }  # fmt: skip
    (whole,) = act.fact("degree").because
    assert [each.path for each in whole.because][:3] == ["data.records", "components.db", "hosts.cloud"]
    assert whole.mark
    assert found["us:lapsed"].fact("certainty").value == "debated"


def test_a_law_that_is_only_recalled_says_so_and_leaves_known_what_its_country_is() -> None:
    """Whether a country is adequate does not turn on who remembers its laws: an adequate one asks nothing of the contract."""
    held = world(stored_at("aws", ()))
    act = next(each for each in elements(fact(held, "component", "db", "exposures")) if each.fact("law").value == "us:act")
    assert isinstance(act, ExposureElement)
    remembered = ExposureElement(held, act.exposure._replace(remembered=True))
    assert remembered.fact("certainty").recalled
    assert remembered.fact("certainty").doubt is not None
    assert (remembered.fact("adequate").value, remembered.fact("adequate").recalled) == ("partial", False)


def test_an_unknown_law_degree_and_certainty_say_what_to_declare() -> None:
    held = world(stored_at("orphan", None))
    (element,) = elements(fact(held, "component", "db", "exposures"))
    for part in ("law", "certainty", "degree", "country", "adequate", "readable"):
        found = element.fact(part)
        assert found.value is UNKNOWN
        assert set(found.missing) == {"organisations.orphan.parent", "components.db.encryption"}


def test_a_host_that_names_nobody() -> None:
    plain = stored_at("aws", ())
    del plain["hosts"]["cloud"]["provider"]
    (element,) = elements(fact(world(plain), "component", "db", "exposures"))
    assert element.fact("organisation").value is UNKNOWN
    assert element.fact("organisation").missing == ("hosts.cloud.provider",)


def test_whoever_operates_what_processes_may_be_reached_by_a_law_until_it_is_named() -> None:
    plain = stored_at("french", ())
    plain["components"]["db"] = {"kind": "application", "host": "cloud", "processes": ["records"]}
    plain["application"].pop("operator", None)
    open_ends = [item for item in fact(world(plain), "component", "db", "exposures").value if isinstance(item, Fact)]
    assert [item.missing for item in open_ends if item.value is UNKNOWN] == [("application.operator",)]
    plain["application"]["operator"] = "french"
    assert not [item for item in fact(world(plain), "component", "db", "exposures").value if isinstance(item, Fact)]


def test_the_exposures_of_a_host_are_its_own() -> None:
    held = world(stored_at("french", (), administrators=["aws"]))
    assert len(elements(fact(held, "component", "db", "exposures"))) == 2
    assert elements(fact(held, "host", "cloud", "exposures")) == []
    assert len(elements(fact(held, "data", "records", "exposures"))) == 2
    assert len(elements(fact(held, "application", "application", "exposures"))) == 2


def test_a_component_and_a_host_of_one_name_are_kept_apart() -> None:
    plain = stored_at("aws", ())
    plain["components"]["cloud"] = plain["components"].pop("db")
    plain["hosts"]["cloud"]["transfers"] = [{"organisation": "subsidiary", "country": "US", "data": ["records"]}]
    held = world(plain)
    assert {str(each.fact("role").value) for each in elements(fact(held, "component", "cloud", "exposures"))} == {"provider"}
    assert {str(each.fact("role").value) for each in elements(fact(held, "host", "cloud", "exposures"))} == {"provider", "recipient"}


def worst(plain: Plain, kind: str = "component", name: str = "db", path: str = "worst_degree") -> Fact:
    return fact(world(plain), kind, name, path)


def test_the_worst_degree_of_established_links() -> None:
    sealed = ({"layer": "end-to-end", "key": "k"},), {"k": {"held_by": ["end-users"], "place": "device"}}
    assert worst(stored_at("aws", ())).value == "clear"
    assert worst(stored_at("aws", *sealed)).value == "ciphertext"
    assert worst(stored_at("french", ())).value == "none"
    assert worst(stored_at("french", ())).because, "the absence rests on the seat that is known"
    assert worst(stored_at("abroad", ())).value == "none", "a debated link counts at the sovereign level only"
    assert worst(stored_at("abroad", ()), path="worst_debated_degree").value == "clear"
    assert worst(stored_at("aws", ()), "host", "cloud").value == "clear"
    assert worst(stored_at("aws", ()), "data", "records").value == "clear"


def test_what_is_unsure_leaves_the_worst_degree_unknown_unless_something_is_read_anyway() -> None:
    assert worst(stored_at("orphan", ())).missing == ("organisations.orphan.parent",)
    assert worst(stored_at("aws", None)).missing == ("components.db.encryption",)
    assert worst(stored_at("aws", (), administrators=["orphan"])).value == "clear"
    assert worst(stored_at("aws", ({"layer": "volume"},))).value == "in-use"


def readers(plain: Plain, path: str, kind: str = "component", name: str = "db") -> list[object]:
    found = fact(world(plain), kind, name, path).value
    assert isinstance(found, tuple)
    return [each.value for each in found]


def test_who_can_read_under_an_established_law_is_named() -> None:
    bare = stored_at("aws")
    assert readers(bare, "exposed_to") == ["aws"]
    assert readers(bare, "exposed_to", "data", "records") == readers(bare, "exposed_to", "host", "cloud") == ["aws"]
    assert readers(stored_at("aws", ({"layer": "application", "key": "k"},), {"k": {"held_by": ["french"], "place": "device"}}), "exposed_to") == []


def test_a_debated_link_names_only_where_debated_ones_count() -> None:
    plain = stored_at("french", ())
    plain["organisations"] = {"french": {"country": "FR", "parent": False, "presence": ["US"]}}
    assert readers(plain, "exposed_to") == []
    assert readers(plain, "exposed_to_debated") == ["french"]


def test_whom_nobody_names_is_an_unknown_reader() -> None:
    plain = stored_at("nobody-knows", ())
    plain["organisations"] = {"nobody-knows": {"name": "X"}}
    assert readers(plain, "exposed_to") == [UNKNOWN]


def test_the_laws_of_a_host_whatever_it_reads() -> None:
    plain = stored_at("french", ())
    plain["hosts"]["cloud"]["subcontractors"] = ["aws", "swiss"]
    plain["organisations"] = {"swiss": {"country": "CH", "parent": False}}
    assert [each.value for each in fact(world(plain), "host", "cloud", "laws").value] == ["us:act"]  # type: ignore[attr-defined]
    assert [each.value for each in fact(world(plain), "host", "cloud", "non_adequate_laws").value] == ["us:act"]  # type: ignore[attr-defined]
    assert fact(world(stored_at("french", ())), "host", "cloud", "laws").value == ()
    (opened,) = fact(world(stored_at("orphan", ())), "host", "cloud", "non_adequate_laws").value  # type: ignore[misc]
    assert (opened.value, opened.missing) == (UNKNOWN, ("organisations.orphan.parent",))


def test_touches_by_component_host_datum_and_application() -> None:
    plain = stored_at("french", (), administrators=["aws"])
    held = world(plain)
    for kind, name in (("component", "db"), ("host", "cloud"), ("data", "records"), ("application", "application")):
        found = elements(fact(held, kind, name, "touched_by"))
        assert {str(each.fact("organisation").value): each.fact("in_eea").value for each in found} == {"french": True, "aws": False}
    assert len(touches(held)) == 2


def test_a_touch_by_nobody_knows_whom() -> None:
    plain = stored_at("aws", ())
    del plain["hosts"]["cloud"]["provider"]
    (element,) = elements(fact(world(plain), "component", "db", "touched_by"))
    for part in ("organisation", "degree", "country", "in_eea"):
        assert element.fact(part).missing == ("hosts.cloud.provider",)
    plain = stored_at("x", ())
    plain["organisations"] = {"x": {}}
    (element,) = elements(fact(world(plain), "component", "db", "touched_by"))
    assert element.fact("in_eea").missing == ("organisations.x.country",)


def test_the_same_description_gives_the_same_list() -> None:
    plain = stored_at("aws", (), administrators=["subsidiary", "orphan"])
    plain["data"]["letters"] = HEALTH
    first, second = exposures(world(plain)), exposures(world(plain))
    assert first == second
    assert [each.law for each in first] == sorted((each.law for each in first if each.law), key=str) + [None] * sum(each.law is None for each in first)


def test_who_operates_the_application_and_hosts_it_is_a_host_all_the_same() -> None:
    plain = stored_at("aws", ())
    plain["application"] = {**plain["application"], "operator": "aws"}
    found = elements(fact(world(plain), "host", "cloud", "exposures"))
    assert ("us:act", "aws") in {(each.fact("law").value, each.fact("organisation").value) for each in found}
    other = stored_at("own", ())
    other["organisations"] = {"own": {"country": "FR", "parent": False}}
    other["application"] = {**other["application"], "operator": "aws"}
    assert "aws" not in {each.fact("organisation").value for each in elements(fact(world(other), "host", "cloud", "exposures"))}


def outsourced(parent: str, service: str = "managed-services") -> World:
    """A hospital's own machines, administered by an outsourcer whose parent is of another country."""
    organisations = {
        "hospital": {"country": "FR", "parent": False},
        "outsourcer": {"country": "FR", "parent": "above", "subject_to": [], "presence": []},
        "above": {"country": parent, "parent": False, "subject_to": [], "presence": []},
    }
    own = {"provider": "hospital", "service": "on-premises", "subcontractors": []}
    contract = {"provider": "outsourcer", "service": service, "subcontractors": []}
    components = {"db": {"kind": "database", "host": "own", "stores": ["records"], "administrators": ["outsourcer"]}}
    hosts = {"own": own, "night": contract}
    held: World = world(described(organisations=organisations, data={"records": HEALTH}, hosts=hosts, components=components))
    return held


def test_what_a_contract_of_managed_services_administers_is_exposed_by_it() -> None:
    held = outsourced("US")
    assert {item.fact("component").value for item in elements(fact(held, "host", "night", "exposures"))} == {"db"}
    assert not elements(fact(held, "host", "own", "exposures"))
    assert not elements(fact(outsourced("US", "paas"), "host", "night", "exposures"))


def test_a_seat_whose_law_is_debated_for_who_administers_is_left_open() -> None:
    for parent, partial, none in (("US", UNKNOWN, False), ("FR", False, False), ("CH", False, False)):
        held = outsourced(parent)
        assert fact(held, "host", "night", "under_argued_law_partial").value is partial
        assert fact(held, "host", "night", "under_argued_law").value is none
    established = outsourced("US", "paas")  # who serves is bound for sure
    assert fact(established, "host", "night", "under_argued_law_partial").value is False
    assert fact(outsourced("US"), "host", "night", "under_argued_law_partial").missing[0] == "hosts.night.contract.extra_eu_laws"


def test_a_component_of_which_nobody_says_where_it_runs_leaves_the_exposures_of_a_host_open() -> None:
    plain = stored_at("french")
    del plain["components"]["db"]["host"]
    found = fact(world(plain), "host", "cloud", "exposures").value
    assert isinstance(found, tuple)
    assert [item.missing for item in found if isinstance(item, Fact)] == [("components.db.host",)]
    plain["components"]["db"]["stores"] = []
    assert fact(world(plain), "host", "cloud", "exposures").value == ()


def test_who_ends_the_encryption_of_what_reaches_a_component_is_no_exposure_of_its_host() -> None:
    plain = stored_at("french")
    plain["hosts"]["edge"] = {"provider": "aws", "service": "cdn", "subcontractors": []}
    plain["flows"] = [{"from": "patients", "to": "db", "data": ["records"], "terminated_by": ["aws"]}]

    def exposed_by(host: str, law: str = "us:act") -> list[object]:
        found = elements(fact(world(plain), "host", host, "exposures"))
        return [item.fact("organisation").value for item in found if item.fact("law").value == law]

    assert exposed_by("cloud") == []
    assert [str(name) for name in exposed_by("edge")] == ["aws"]
    plain["flows"][0]["terminated_by"] = ["edge"]
    assert [str(name) for name in exposed_by("edge")] == ["aws"]


def test_what_runs_the_machines_is_no_exposure_of_who_only_administers_them() -> None:
    plain = stored_at("aws", administrators=["outsourcer"])
    plain["organisations"] = {"outsourcer": {"country": "FR", "parent": False, "subject_to": [], "presence": []}}
    plain["hosts"]["night"] = {"provider": "outsourcer", "service": "managed-services", "subcontractors": []}
    assert elements(fact(world(plain), "host", "night", "exposures")) == []
    assert elements(fact(world(plain), "host", "cloud", "exposures")) != []
