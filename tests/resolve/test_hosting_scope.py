"""Which data are in scope, and which components hold them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hosting_worlds import RECORD, Plain, fact, hosted, world
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.model.fact import UNKNOWN, Confidence
from hds_audit.model.format import words
from hds_audit.resolve.holdings import holding
from hds_audit.resolve.scope import health_data, stored, unknown_health


def scope(datum: Plain, name: str = "hds_scope", **more: Any) -> Any:
    return fact(world({"data": {"d": datum}, **more}), "data", "d", name)


def without(*names: str) -> Plain:
    return {key: value for key, value in RECORD.items() if key not in names}


def test_health_data_of_identified_persons_collected_in_care_are_in_scope() -> None:
    assert scope(RECORD).value is True


@pytest.mark.parametrize("setting", ["prevention", "diagnosis", "care", "social-care"])
def test_each_of_the_four_settings_of_the_code_counts(setting: str) -> None:
    assert scope({**RECORD, "collected_in": [setting]}).value is True


@pytest.mark.parametrize(("field", "value"), [("health", "none"), ("collected_in", [])])
def test_what_is_no_health_data_or_collected_in_no_setting_is_outside(field: str, value: Any) -> None:
    assert scope({**RECORD, field: value}).value is False


@pytest.mark.parametrize("field", ["health", "identifiability", "collected_in"])
def test_scope_is_unknown_where_a_fact_is_left_out_and_asks_for_it(field: str) -> None:
    found = scope(without(field))
    assert found.value is UNKNOWN
    assert found.missing == (f"data.d.{field}",)


def test_one_fact_that_takes_it_out_decides_whatever_is_left_out() -> None:
    assert scope({"health": "none"}).value is False
    assert scope({"collected_in": []}).value is False


def test_research_is_unknown_with_low_confidence_and_never_a_no() -> None:
    for settings in (["research"], ["other"], ["research", "other"]):
        found = scope({**RECORD, "collected_in": settings})
        assert found.value is UNKNOWN
        assert found.confidence is Confidence.LOW
        assert found.doubt is not None
        assert found.missing == ("attestations.csp:L.1111-8.I.scope",)  # the setting itself was said


def test_a_person_decides_the_scope_of_what_was_collected_outside_care() -> None:
    def decided(settings: list[str], **said: Any) -> object:
        answer = {"by": "Me Exemple", "date": "2026-01-01", "subject": "d", **said}
        return scope({**RECORD, "collected_in": settings}, attestations={"csp:L.1111-8.I.scope": answer}).value

    outside = {"status": "not-applicable", "reason": "claims of an insurer"}
    assert decided(["other"], **outside) is False
    assert decided(["research"], status="implemented") is True
    assert decided(["care", "research"], **outside) is True  # what was collected in care is in, whoever says otherwise
    for said in ({"subject": "other"}, {"date": "2027-01-01"}, {"expires": "2026-11-21"}, {"status": "not-implemented"}):
        assert decided(["other"], **{**outside, **said}) is UNKNOWN, said


def test_care_beside_research_is_in_scope() -> None:
    assert scope({**RECORD, "collected_in": ["research", "care"]}).value is True


def test_pseudonymised_data_stay_in_scope() -> None:
    assert scope({**RECORD, "identifiability": "pseudonymised"}).value is True


def test_anonymous_without_its_study_is_unknown_and_asks_for_the_study() -> None:
    later = {"date": "2027-01-01", "document": "etude.pdf"}
    for said in ({}, {"anonymity_study": False}, {"anonymity_study": later}):
        found = scope({**RECORD, "identifiability": "anonymous", **said})
        assert found.value is UNKNOWN, said
        assert "data.d.anonymity_study" in found.missing


def test_a_study_without_a_document_that_is_there_shows_nothing() -> None:
    for study in (True, {"date": "2025-01-01"}, {"date": "2025-01-01", "owner": "DPO"}):
        for name in ("hds_scope", "is_health_data", "is_personal"):
            found = scope({**RECORD, "identifiability": "anonymous", "anonymity_study": study}, name)
            assert (found.value, found.missing) == (UNKNOWN, ("data.d.anonymity_study.document",)), (study, name)
    lost = world({"data": {"d": {**RECORD, "identifiability": "anonymous", "anonymity_study": {"document": "etude.pdf"}}}})
    lost.absent_documents = frozenset({"data.d.anonymity_study"})
    assert fact(lost, "data", "d", "hds_scope").value is UNKNOWN


def test_anonymous_with_the_document_of_its_study_is_outside() -> None:
    study = {"date": "2026-01-01", "document": "etude.pdf"}
    assert scope({**RECORD, "identifiability": "anonymous", "anonymity_study": study}).value is False
    for path in ("data.d.identifiability", "data.d.anonymity_study"):
        evidence = [{"for": path, "document": "etude.pdf"}]
        assert scope({**RECORD, "identifiability": "anonymous", "anonymity_study": {"date": "2026-01-01"}}, evidence=evidence).value is False
        assert scope({**RECORD, "identifiability": "anonymous", "anonymity_study": False}, evidence=evidence).value is UNKNOWN


def test_anonymity_that_a_person_attests_counts_while_the_answer_does() -> None:
    def attested(**said: Any) -> object:
        answer = {"status": "implemented", "by": "DPO", "date": "2026-01-01", **said}
        return scope({**RECORD, "identifiability": "anonymous"}, attestations={"wp29:05-2014": answer}).value

    assert attested() is False
    assert attested(subject="d", expires="2026-11-22") is False
    for said in ({"subject": "other"}, {"status": "not-implemented"}, {"date": "2027-01-01"}, {"expires": "2026-11-21"}):
        assert attested(**said) is UNKNOWN, said


def test_the_deceased_leave_the_gdpr_and_stay_under_health_hosting() -> None:
    datum = {**RECORD, "subjects": ["deceased"]}
    assert scope(datum, "is_personal").value is False
    assert scope(datum).value is True
    assert scope({**RECORD, "subjects": ["deceased", "patients"]}, "is_personal").value is True


@pytest.mark.parametrize("category", ["health", "health-identifier", "genetic"])
def test_categories_that_tell_of_health_contradict_health_none(category: str) -> None:
    found = scope({**RECORD, "health": "none", "categories": ["identity", category]}, "is_health")
    assert found.value is UNKNOWN
    assert found.missing == ("data.d.health",)


@pytest.mark.parametrize("category", ["identity", "contact", "national-identifier", "health-identifier", "biometric"])
def test_what_singles_a_person_out_is_identifiable_whatever_is_left_out(category: str) -> None:
    assert scope({**without("identifiability"), "categories": ["health", category]}, "is_identifiable").value is True
    assert scope({**without("identifiability"), "categories": ["health", "technical"]}, "is_identifiable").value is UNKNOWN


def test_categories_that_single_people_out_contradict_anonymous_study_or_not() -> None:
    anonymous = {**RECORD, "identifiability": "anonymous", "anonymity_study": {"document": "study.pdf", "date": "2026-01-10"}}
    assert scope({**anonymous, "categories": ["health"]}).value is False
    found = scope({**anonymous, "categories": ["health", "identity"]})
    assert (found.value, found.confidence, found.missing) == (UNKNOWN, Confidence.LOW, ("data.d.identifiability",))
    assert found.doubt is not None


@pytest.mark.parametrize("category", ["health", "health-identifier"])
def test_categories_that_tell_of_health_tell_it_where_health_is_left_out(category: str) -> None:
    assert scope({**without("health"), "categories": [category]}, "is_health").value is True
    assert scope({**without("health"), "categories": ["identity"]}, "is_health").value is UNKNOWN


def test_health_data_are_listed_with_those_not_known_apart() -> None:
    here = world({"data": {"a": RECORD, "b": {"health": "none"}, "c": {}, "d": {**RECORD, "collected_in": []}}})
    assert health_data(here) == ("a", "d")
    assert unknown_health(here) == ("c",)


FIELDS = {
    "health": st.sampled_from(words.HEALTH),
    "identifiability": st.sampled_from(words.IDENTIFIABILITY),
    "collected_in": st.lists(st.sampled_from(words.SETTINGS), max_size=3, unique=True),
    "anonymity_study": st.sampled_from([False, {"date": "2026-01-01"}, {"document": "etude.pdf"}]),
    "subjects": st.lists(st.sampled_from(words.SUBJECTS), max_size=2, unique=True),
}


@given(st.fixed_dictionaries(FIELDS), st.sets(st.sampled_from(sorted(FIELDS))))
def test_saying_more_never_changes_what_was_known(whole: Plain, left_out: set[str]) -> None:
    part = {key: value for key, value in whole.items() if key not in left_out}
    for name in ("hds_scope", "is_health_data", "is_identifiable"):
        before, after = scope(part, name), scope(whole, name)
        assert before.value is UNKNOWN or before.value is after.value, (name, part, whole)


# --- what components hold


def here(components: Plain, data: Plain | None = None, **more: Any) -> Any:
    return world({"data": data or {"r": RECORD, "n": {**RECORD, "health": "none"}}, "components": components, **more})


def test_one_of_stores_processes_relays_stated_closes_the_other_two() -> None:
    described = here({"c": {"processes": ["r"]}})
    assert [holding(described, "c", role).known for role in ("stores", "processes", "relays")] == [(), ("r",), ()]


def test_nothing_stated_is_unknown_in_all_three() -> None:
    described = here({"c": {"kind": "database"}})
    assert [holding(described, "c", role).known for role in ("stores", "processes", "relays")] == [None, None, None]
    found = fact(described, "component", "c", "holds_hds_data")
    assert (found.value, found.missing) == (UNKNOWN, ("components.c.stores",))


def test_a_store_of_something_unsaid_is_unknown() -> None:
    found = fact(here({"c": {"stores": True}}), "component", "c", "holds_hds_data")
    assert (found.value, found.missing) == (UNKNOWN, ("components.c.stores",))


def test_a_copy_has_the_data_of_what_it_copies_unless_it_says_otherwise() -> None:
    described = here({"db": {"stores": ["r"]}, "copy": {"copy_of": ["db"]}, "of_copy": {"copy_of": ["copy"]}, "part": {"copy_of": ["db"], "stores": ["n"]}})
    assert (stored(described, "copy"), stored(described, "of_copy"), stored(described, "part")) == (("r",), ("r",), ("n",))
    assert fact(described, "component", "of_copy", "holds_hds_data").value is True


def test_a_copy_of_what_is_silent_is_unknown_and_asks_the_source() -> None:
    found = fact(here({"db": {"kind": "database"}, "copy": {"copy_of": ["db"]}}), "component", "copy", "holds_hds_data")
    assert (found.value, found.missing) == (UNKNOWN, ("components.db.stores",))


def test_copies_in_a_circle_hold_nobody_knows_what() -> None:
    described = here({"a": {"copy_of": ["b"]}, "b": {"kind": "backup"}})
    values = described.description.section("components")["b"].values
    assert isinstance(values, dict)
    values["copy_of"] = ("a",)  # the reader refuses circles; the facts must not turn one into a closed list all the same
    for name in ("a", "b"):
        assert fact(described, "component", name, "holds_hds_data").value is UNKNOWN


def test_a_chain_of_three_thousand_copies_is_followed_to_its_end() -> None:
    chain = {f"c{index}": {"copy_of": [f"c{index + 1}"]} for index in range(3000)}
    described = here({**chain, "c3000": {"stores": ["r"]}})
    assert fact(described, "component", "c0", "holds_hds_data").value is True


def test_one_datum_in_scope_decides_whatever_the_others_are() -> None:
    found = fact(here({"c": {"stores": ["n", "r", "u"]}}, {"r": RECORD, "n": {"health": "none"}, "u": {}}), "component", "c", "holds_hds_data")
    assert found.value is True
    assert {ground.path for ground in found.because} >= {"components.c.stores"}


def test_relaying_alone_is_unknown_for_hosting_and_counts_for_the_gdpr() -> None:
    described = here({"c": {"relays": ["r"]}})
    found = fact(described, "component", "c", "handles_hds_data")
    assert (found.value, found.confidence) == (UNKNOWN, Confidence.LOW)
    assert fact(described, "component", "c", "handles_personal_data").value is True


def test_transient_inference_is_unknown_and_kept_prompts_are_hosting() -> None:
    assert fact(here({"c": {"kind": "ai", "processes": ["r"]}}), "component", "c", "handles_hds_data").value is UNKNOWN
    assert fact(here({"c": {"kind": "ai", "processes": ["r"], "stores": ["r"]}}), "component", "c", "handles_hds_data").value is True
    assert fact(here({"c": {"kind": "application", "processes": ["r"]}}), "component", "c", "handles_hds_data").value is True


def test_encryption_never_lifts_health_hosting() -> None:
    layer = {"layer": "end-to-end", "algorithm": "AES-256-GCM", "key": "k"}
    described = here({"c": {"stores": ["r"], "encryption": [layer]}}, keys={"k": {"held_by": ["end-users"], "place": "device"}})
    assert fact(described, "component", "c", "holds_hds_data").value is True


def test_synthetic_data_are_nobodys() -> None:
    described = here({"c": {"stores": ["r"], "environment": "staging"}}, environments={"staging": {"data": "synthetic"}})
    assert stored(described, "c") == ()
    assert fact(described, "component", "c", "holds_personal_data").value is False


def test_an_environment_said_to_be_anonymous_counts_once_a_document_shows_it() -> None:
    staging = {"components": {"c": {"stores": ["r"], "environment": "staging"}}, "environments": {"staging": {"data": "anonymous"}}}
    claimed = fact(here(**staging), "component", "c", "holds_personal_data")
    assert (claimed.value, claimed.missing) == (UNKNOWN, ("environments.staging.data",))
    shown = here(**staging, evidence=[{"for": "environments.staging.data", "document": "etude.pdf"}])
    assert fact(shown, "component", "c", "holds_personal_data").value is False


def test_pseudonymised_copies_stay_personal() -> None:
    described = here({"c": {"stores": ["r"], "environment": "staging"}}, environments={"staging": {"data": "pseudonymised"}})
    assert fact(described, "component", "c", "holds_hds_data").value is True


def test_what_is_sent_to_a_host_is_handled_by_it_and_a_flow_that_is_over_is_not() -> None:
    flow = {"from": "c", "to": "mailer", "data": ["r"]}
    more: Plain = {"hosts": {"mailer": {"provider": "bigcloud", "service": "email"}}, "flows": [flow]}
    described = here({"c": {"processes": ["r"]}}, **more)
    assert fact(described, "host", "mailer", "handles_health_data").value is True
    assert fact(described, "host", "mailer", "handles_hds_data").value is UNKNOWN
    over = here({"c": {"processes": ["r"]}}, **{**more, "flows": [{**flow, "ended": "2021-06-25"}]})
    assert fact(over, "host", "mailer", "handles_health_data").value is False


def test_who_comes_in_to_administer_handles_what_it_has_access_to() -> None:
    organisations = {"runner": {"country": "FR"}}
    described = here(
        {"c": {"host": "h", "stores": ["r"], "administrators": ["runner"]}}, organisations=organisations,
        hosts={"h": {"provider": "bigcloud"}, "night": {"provider": "runner", "service": "managed-services"}},
    )  # fmt: skip
    assert fact(described, "host", "night", "handles_personal_data").value is True
    assert fact(described, "host", "night", "hosts_hds_data").value is False


HELD = st.dictionaries(st.sampled_from(["stores", "processes", "relays"]), st.lists(st.sampled_from(["r", "n", "u"]), unique=True, max_size=3), max_size=3)


@given(HELD)
def test_holding_is_what_a_reader_would_say_by_hand(component: Plain) -> None:
    described = here({"c": component}, {"r": RECORD, "n": {"health": "none"}, "u": {}})
    values = {"r": True, "n": False, "u": None}
    for role, name in (("stores", "holds_hds_data"), ("processes", "processes_hds_data")):
        held = [values[datum] for datum in component.get(role, [])]
        expected = True if True in held else UNKNOWN if None in held or not component else False
        assert fact(described, "component", "c", name).value is expected


def test_the_day_makes_no_difference_to_what_data_are() -> None:
    for day in (date(2019, 1, 1), date(2026, 11, 22)):
        assert fact(world({"data": {"d": RECORD}}, day), "data", "d", "hds_scope").value is True


def test_data_processed_under_the_care_exception_are_not_believed_to_come_from_no_care_at_all() -> None:
    claimed = {**RECORD, "collected_in": [], "legal_basis": {"article_9": "care"}}
    found = scope(claimed)
    assert (found.value, found.missing) == (UNKNOWN, ("data.d.collected_in",))
    assert scope({**claimed, "legal_basis": {"article_9": "consent"}}).value is False
    assert scope({**claimed, "collected_in": ["care"]}).value is True


@pytest.mark.parametrize("named", ["edge", "bigcloud"])
def test_who_ends_the_encryption_on_the_way_reads_what_passes(named: str) -> None:
    plain = hosted({"provider": "practice", "service": "on-premises"})
    plain["hosts"]["edge"] = {"provider": "bigcloud", "service": "cdn"}
    plain["flows"] = [{"from": "patients", "to": "db", "data": ["records"], "terminated_by": [named]}]
    here = world(plain)
    assert fact(here, "host", "edge", "receives_personal_data").value is True
    assert fact(here, "host", "edge", "handles_health_data").value is True
    assert fact(here, "host", "edge", "handles_hds_data").value is UNKNOWN  # whether that is hosting is debated
    plain["flows"][0]["terminated_by"] = []
    assert fact(world(plain), "host", "edge", "receives_personal_data").value is False
    plain["flows"][0] |= {"terminated_by": [named], "ended": "2026-11-01"}
    assert fact(world(plain), "host", "edge", "receives_personal_data").value is False


def _beside(start: str = "db", **component: Any) -> Any:
    described = {
        "data": {"d": RECORD},
        "environments": {"bench": {"data": "synthetic"}, "live": {"data": "real"}},
        "hosts": {"h": {"provider": "knowncloud", "service": "iaas"}},
        "components": {"db": {"kind": "database", "host": "h", "environment": "live", "stores": ["d"]}, "other": {"host": "h", **component}},
        "flows": [{"from": start, "to": "other", "data": ["d"]}],
    }
    return fact(world(described), "component", "other", "handles_hds_data")


def test_data_that_a_flow_brings_to_a_component_said_to_hold_none_are_asked() -> None:
    found = _beside(kind="application", processes=[])
    assert found.value is UNKNOWN
    assert found.missing == ("components.other.processes",)


def test_a_flow_brings_nothing_new_to_a_component_that_names_the_data() -> None:
    assert _beside(kind="application", processes=["d"]).value is True


def test_what_a_synthetic_environment_receives_is_nobodys() -> None:
    assert _beside("patients", kind="application", processes=["d"], environment="bench").value is False
    assert _beside(kind="application", processes=["d"], environment="bench", masking={"method": "synthesis"}).value is False


def test_real_data_sent_to_a_synthetic_environment_are_asked() -> None:
    found = _beside(kind="application", processes=["d"], environment="bench")
    assert found.value is UNKNOWN
    assert found.missing == ("components.other.environment",)


def test_a_copy_of_real_data_is_not_synthetic_for_its_environment() -> None:
    found = _beside("patients", kind="backup", copy_of=["db"], environment="bench")
    assert found.value is UNKNOWN
    assert found.missing == ("components.other.stores",)


def test_a_copy_that_lists_what_it_stores_follows_its_environment() -> None:
    assert _beside("patients", kind="backup", copy_of=["db"], stores=["d"], environment="bench").value is False


@pytest.mark.parametrize(("service", "value"), [("iaas", UNKNOWN), (None, UNKNOWN), ("saas", UNKNOWN), ("email", False)])
def test_a_component_of_which_nobody_says_where_it_runs_may_run_on_any_host_that_things_run_on(service: str | None, value: object) -> None:
    host = {"provider": "bigcloud", **({"service": service} if service else {})}
    components = {"db": {"kind": "database", "stores": ["d"]}, "none": {"kind": "cache", "stores": []}}
    here = world({"data": {"d": RECORD}, "hosts": {"h": host}, "components": components, "flows": []})
    found = fact(here, "host", "h", "handles_hds_data")
    assert found.value is value
    assert found.missing == (() if value is False else ("components.db.host",))
    bare: Plain = {"data": {"d": RECORD}, "hosts": {"h": host}, "components": {"none": {"stores": []}}, "flows": []}
    assert fact(world(bare), "host", "h", "handles_hds_data").value is False


@pytest.mark.parametrize("kind", ["database", "object-storage", "file-storage", "search", "backup", "log"])
def test_what_a_flow_brings_to_a_kind_that_keeps_it_is_not_kept_by_nobody(kind: str) -> None:
    into = {"components": {"s": {"kind": kind, "stores": []}}, "flows": [{"from": "internet", "to": "s", "data": ["record"]}]}
    whole = world({"data": {"record": RECORD, "other": {"health": "none", "identifiability": "identified"}}, **into})
    for name in ("holds_health_data", "holds_hds_data", "holds_personal_data"):
        found = fact(whole, "component", "s", name)
        assert (found.value, found.missing) == (UNKNOWN, ("components.s.stores",)), name
    into["components"]["s"]["stores"] = ["other"]
    listed = world({"data": {"record": RECORD, "other": {"health": "none", "identifiability": "identified"}}, **into})
    assert fact(listed, "component", "s", "holds_health_data").value is UNKNOWN
    assert fact(listed, "component", "s", "holds_personal_data").value is True


def test_what_is_passed_through_is_not_asked_of_what_keeps_nothing_by_its_kind() -> None:
    into = {"components": {"s": {"kind": "application", "stores": [], "processes": ["record"]}}}
    whole = world({"data": {"record": RECORD}, **into, "flows": [{"from": "internet", "to": "s", "data": ["record"]}]})
    assert fact(whole, "component", "s", "holds_health_data").value is False


def test_data_of_which_nobody_says_whose_they_are_leave_open_what_their_flow_reaches() -> None:
    into = {"components": {"s": {"kind": "object-storage", "stores": []}}, "flows": [{"from": "internet", "to": "s", "data": ["files"]}]}
    whole = world({"data": {"files": {}}, **into})
    assert fact(whole, "component", "s", "handles_personal_data").value is UNKNOWN


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ({}, ("components",)),
        ({"components": True}, ("components",)),
        ({"components": {}}, ("flows",)),
        ({"components": {}, "flows": True}, ("flows",)),
        ({"components": {}, "flows": []}, ()),
        ({"components": {"db": {"kind": "database", "host": "h", "stores": []}}, "flows": []}, ()),
    ],
)
def test_a_section_that_nobody_wrote_leaves_open_what_a_host_gets(said: Plain, asked: tuple[str, ...]) -> None:
    for name in ("handles_hds_data", "handles_health_data", "receives_personal_data"):
        found = fact(world({"data": {"d": RECORD}, "hosts": {"h": {"provider": "bigcloud", "service": "email"}}, **said}), "host", "h", name)
        assert (found.value, found.missing) == (UNKNOWN if asked else False, asked), name


def test_what_is_not_to_be_sent_data_and_data_that_are_none_leave_nothing_open() -> None:
    plain: Plain = {"data": {"d": RECORD}, "hosts": {"h": {"provider": "bigcloud", "service": "source-code"}}, "components": {}}
    assert fact(world(plain), "host", "h", "handles_hds_data").value is False
    plain["hosts"]["h"]["service"], plain["data"] = "email", {"d": {"health": "none", "identifiability": "identified"}}
    assert fact(world(plain), "host", "h", "handles_hds_data").value is False
    assert fact(world(plain), "host", "h", "receives_personal_data").value is UNKNOWN


def test_who_sends_a_message_gets_what_it_carries() -> None:
    template = {"path": "a.html", "data": ["d"], "channel": "email", "sender": "m"}
    plain: Plain = {
        "data": {"d": RECORD}, "hosts": {"m": {"provider": "bigcloud", "service": "email"}}, "components": {}, "flows": [],
        "emails": {"templates": [template]},
    }  # fmt: skip
    for name in ("handles_health_data", "receives_personal_data"):
        assert fact(world(plain), "host", "m", name).value is True
    assert fact(world(plain), "host", "m", "handles_hds_data").value is UNKNOWN  # what it keeps of it is not said
    template["data"] = []
    assert fact(world(plain), "host", "m", "receives_personal_data").value is False
    del template["data"]
    assert fact(world(plain), "host", "m", "receives_personal_data").missing == ("emails.templates.0.data",)


@pytest.mark.parametrize("lacking", ["provider", "service"])
def test_who_comes_in_to_administer_is_not_out_of_matter_for_a_word_left_out(lacking: str) -> None:
    host = {"provider": "knowncloud", "service": "managed-services"}
    plain: Plain = {
        "data": {"d": RECORD},
        "hosts": {"h": {"provider": "bigcloud", "service": "iaas"}, "night": host},
        "components": {"db": {"kind": "database", "host": "h", "stores": ["d"], "administrators": ["knowncloud"]}},
        "flows": [],
    }
    assert fact(world(plain), "host", "night", "receives_personal_data").value is True
    del host[lacking]
    found = fact(world(plain), "host", "night", "receives_personal_data")
    assert (found.value, found.missing) == (UNKNOWN, (f"hosts.night.{lacking}",))
