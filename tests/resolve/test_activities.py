"""The six activities: every verdict, every trap."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hosting_worlds import (
    ACTIVITIES,
    CERTIFICATE,
    DAY,
    PAAS,
    RECORD,
    Plain,
    catalogue,
    certified,
    fact,
    hosted,
    known_certificate,
    offer,
    rows,
    verdicts,
    world,
)  # fmt: skip
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.model.catalogued import Scope, Span
from hds_audit.model.exposure import ActivityRow
from hds_audit.model.fact import UNKNOWN, Confidence

V1 = {"version": "1.1", "activities": None, "issued": "2024-01-01", "expires": "2026-12-31"}
BEFORE = date(2026, 5, 16)


def only(plain: Plain, on: date = DAY, **more: Any) -> str:
    """The one verdict of all the activities."""
    found = {verdict for several in verdicts(plain, on, **more).values() for verdict in several}
    assert len(found) == 1, found
    return found.pop()


def of(plain: Plain, activity: str, on: date = DAY, **more: Any) -> ActivityRow:
    """The one row of an activity."""
    found = [row for (name, _), row in rows(plain, on, **more).items() if name == activity]
    assert len(found) == 1
    return found[0]


# --- who is concerned


def test_a_certificate_that_holds_and_takes_the_host_in_covers_the_six_activities() -> None:
    found = verdicts(certified())
    assert found == {activity: {"covered"} for activity in ACTIVITIES}


def test_hosts_that_keep_no_health_data_have_no_rows() -> None:
    assert rows(certified(datum={**RECORD, "health": "none"})) == {}
    assert rows(certified(datum={**RECORD, "collected_in": []})) == {}


def test_what_is_copied_or_processed_counts_like_what_is_stored() -> None:
    for component in ({"host": "h", "processes": ["records"]}, {"host": "h", "stores": ["records"]}):
        assert rows(hosted({**PAAS, "certificates": []}, component=component))
    plain = hosted({**PAAS, "certificates": []})
    plain["hosts"]["g"] = {"provider": "knowncloud", "service": "paas", "certificates": []}
    plain["components"]["copy"] = {"host": "g", "copy_of": ["db"]}
    assert {row.host for row in rows(plain).values()} == {"h", "g"}


def test_scope_unknown_turns_a_shortfall_into_unknown_and_asks_for_the_scope() -> None:
    plain = hosted({**PAAS, "certificates": []}, datum={key: value for key, value in RECORD.items() if key != "collected_in"})
    row = of(plain, "platform")
    assert row.verdict == "unknown"
    assert row.missing == ("data.records.collected_in",)


def test_scope_unknown_leaves_what_is_covered_covered() -> None:
    assert only(certified(datum={key: value for key, value in RECORD.items() if key != "collected_in"})) == "covered"


def test_relaying_alone_never_fails() -> None:
    plain = hosted({**PAAS, "certificates": []}, component={"host": "h", "relays": ["records"]})
    assert only(plain) == "unknown"


def test_a_service_that_is_sent_health_data_is_asked_what_it_keeps() -> None:
    plain = certified()
    plain["hosts"]["mailer"] = {"provider": "knowncloud", "service": "email", "certificates": []}
    plain["flows"] = [{"from": "db", "to": "mailer", "data": ["records"]}]
    mine = [row for row in rows(plain).values() if row.host == "mailer"]
    assert {row.verdict for row in mine} == {"unknown"}
    assert {path for row in mine for path in row.missing} == {"components"}
    plain["components"]["relay"] = {"kind": "mail", "host": "mailer", "stores": []}
    assert not [row for row in rows(plain).values() if row.host == "mailer"]
    plain["components"]["relay"] = {"kind": "mail", "host": "mailer", "stores": ["records"]}
    assert {row.verdict for row in rows(plain).values() if row.host == "mailer"} <= {"unknown", "not-covered"}
    assert fact(world(plain), "host", "mailer", "handles_hds_data").value is True


def test_a_service_that_is_sent_data_of_unknown_scope_has_no_rows() -> None:
    plain = certified(datum={key: value for key, value in RECORD.items() if key != "collected_in"})
    plain["hosts"]["mailer"] = {"provider": "knowncloud", "service": "email", "certificates": []}
    plain["flows"] = [{"from": "db", "to": "mailer", "data": ["records"]}]
    assert {row.host for row in rows(plain).values()} == {"h"}


# --- each verdict


def test_expired() -> None:
    assert only(certified(expires="2026-11-21")) == "expired"
    assert only(certified(expires="2026-11-22")) == "covered"


@pytest.mark.parametrize("status", ["suspended", "withdrawn"])
def test_a_suspended_or_withdrawn_certificate_is_no_cover(status: str) -> None:
    assert only(certified(status=status)) == "expired"


def test_wrong_version_after_the_last_day_of_v1() -> None:
    said = {**V1, "activities": list(ACTIVITIES)}
    assert only(certified(**said), BEFORE) == "covered"
    assert only(certified(**said), date(2026, 5, 17)) == "wrong-version"


def test_the_type_of_v1_stands_in_for_its_activities() -> None:
    found = verdicts(certified(**V1, type="infrastructure"), BEFORE)
    assert {activity for activity in ACTIVITIES if found[activity] == {"covered"}} == set(ACTIVITIES[:2])
    assert found["platform"] == {"not-covered"}
    found = verdicts(certified(**V1, type="infogereur"), BEFORE)
    assert {activity for activity in ACTIVITIES if found[activity] == {"covered"}} == set(ACTIVITIES[2:])


def test_v1_managed_hosting_has_no_site() -> None:
    said = {**V1, "type": "infogereur", "scope": {"offers": "all"}}
    assert of(certified(**said), "administration", BEFORE).verdict == "covered"


def test_activities_decide_where_type_says_otherwise() -> None:
    said = {**V1, "type": "infrastructure", "activities": ["backup"]}
    found = verdicts(certified({"subcontractors": []}, **said), BEFORE)
    assert found["backup"] == {"covered"}
    assert found["hardware"] == {"not-covered"}


def test_not_covered_where_the_certificate_does_not_name_the_activity() -> None:
    found = verdicts(certified(activities=list(ACTIVITIES[:5])))
    assert found["backup"] == {"not-covered"}
    assert found["administration"] == {"covered"}


def test_activities_left_out_are_unknown() -> None:
    row = of(certified(activities=None), "hardware")
    assert (row.verdict, row.missing) == ("unknown", ("certificates.c.activities",))


def test_a_certificate_that_does_not_cover_the_product_is_out_of_scope() -> None:
    scope: Plain = {"offers": ["instances", "object-storage"], "regions": "all"}
    assert only(certified({"offer": "managed-database"}, scope=scope)) == "out-of-scope"
    assert only(certified({"offer": "instances"}, scope=scope)) == "covered"


def test_a_certificate_by_product_asks_which_product_this_is() -> None:
    row = of(certified(scope={"offers": ["instances"], "regions": "all"}), "hardware")
    assert (row.verdict, row.missing) == ("unknown", ("hosts.h.offer",))


def test_a_certificate_by_service_is_matched_by_service() -> None:
    assert only(certified(scope={"services": ["iaas"], "regions": "all"})) == "out-of-scope"
    assert only(certified(scope={"services": ["paas"], "regions": "all"})) == "covered"


def test_a_region_outside_its_zones_is_out_of_scope() -> None:
    scope: Plain = {"offers": "all", "regions": ["par"]}
    assert only(certified({"region": "zrh"}, scope=scope)) == "out-of-scope"
    assert only(certified({"region": "par"}, scope=scope)) == "covered"
    row = of(certified(scope=scope), "platform")
    assert (row.verdict, row.missing) == ("unknown", ("hosts.h.region",))


def test_the_copies_that_a_provider_keeps_belong_to_the_regions_of_its_certificate_too() -> None:
    scope: Plain = {"offers": "all", "regions": ["par"]}
    assert only(certified({"region": "par", "replicated_to": ["zrh"]}, scope=scope)) == "out-of-scope"
    assert only(certified({"region": "par", "replicated_to": ["DE"]}, scope=scope)) == "out-of-scope"
    assert only(certified({"region": "par", "replicated_to": ["par"]}, scope=scope)) == "covered"
    assert only(certified({"region": "par", "replicated_to": ["DE"]}, scope={"offers": "all", "regions": ["FR", "DE"]})) == "covered"
    assert only(certified({"region": "par", "replicated_to": ["DE"]}, scope={"offers": "all", "regions": "all"})) == "covered"
    for unsaid in (["FR"], True):  # a country of which the certificate lists a region may be that region
        row = of(certified({"region": "par", "replicated_to": unsaid}, scope=scope), "platform")
        assert (row.verdict, row.missing) == ("unknown", ("hosts.h.replicated_to",))


def test_sites_bind_the_physical_activities() -> None:
    scope: Plain = {"offers": "all", "regions": "all", "sites": ["DC5"]}
    found = verdicts(certified({"location": {"country": "FR", "site": "DC2"}}, scope=scope))
    assert found["physical-sites"] == found["hardware"] == {"out-of-scope"}
    assert found["platform"] == {"covered"}
    assert of(certified(scope=scope), "hardware").missing == ("hosts.h.location.site",)


def test_what_a_scope_excludes_is_out_of_scope() -> None:
    scope: Plain = {**CERTIFICATE["scope"], "excluded": ["serverless"]}
    assert only(certified({"offer": "Serverless"}, scope=scope)) == "out-of-scope"


def test_a_scope_left_out_is_unknown_and_asks_for_it() -> None:
    row = of(certified(scope=None), "platform")
    assert row.verdict == "unknown"
    assert row.missing == ("certificates.c.scope.offers", "certificates.c.scope.regions")


def test_a_printed_scope_that_nobody_sorted_is_unknown_too() -> None:
    assert only(certified(scope={"text": "Hosting services"})) == "unknown"


def test_a_draft_claimed_as_a_certificate_is_unknown() -> None:
    row = of(certified(version="2.1"), "platform")
    assert (row.verdict, row.missing) == ("unknown", ("certificates.c.version",))


def test_a_certificate_of_another_standard_is_no_hds_certificate() -> None:
    assert only(certified(standard="iso27001", version="2022", activities=None)) == "not-covered"


def test_hads_covers_all_its_holder_hosted_until_its_own_end() -> None:
    said: Plain = {"standard": "hads", "version": None, "activities": None, "scope": None, "issued": "2018-03-01", "expires": "2021-02-28"}
    assert only(certified(**said), date(2020, 9, 1)) == "covered"
    assert only(certified(**said), date(2021, 3, 1)) == "expired"
    assert only(certified(**{**said, "expires": None, "issued": None}), DAY) == "expired"


def test_certificates_left_out_are_unknown_and_asked_for() -> None:
    row = of(hosted({"provider": "bigcloud", "service": "paas"}), "platform")
    assert (row.verdict, row.missing) == ("unknown", ("hosts.h.certificates",))


def test_said_to_have_none_it_is_not_covered() -> None:
    assert only(hosted({**PAAS, "certificates": []})) == "not-covered"


def test_a_certificate_issued_later_does_not_count_yet() -> None:
    assert only(certified(), date(2024, 12, 31)) == "not-covered"
    row = of(certified(), "platform", date(2024, 12, 31))
    assert row.certificate == "c"
    assert "was issued later" in row.reason.en


def test_a_certificate_of_someone_else_covers_nothing() -> None:
    assert only(certified(holder="knowncloud")) == "not-covered"


def test_the_first_in_order_speaks_where_several_fall_short() -> None:
    plain = certified(activities=["backup"])
    plain["certificates"]["old"] = {**CERTIFICATE, "expires": "2026-01-01", "issued": "2023-01-02"}
    plain["hosts"]["h"]["certificates"] = ["c", "old"]
    found = verdicts(plain)
    assert found["platform"] == {"expired"}
    assert found["backup"] == {"covered"}


def test_one_that_might_cover_keeps_a_shortfall_from_speaking() -> None:
    plain = certified(expires="2026-01-01", issued="2023-01-02")
    plain["certificates"]["vague"] = {**CERTIFICATE, "scope": {"text": "?"}}
    plain["hosts"]["h"]["certificates"] = ["c", "vague"]
    assert only(plain) == "unknown"


# --- performers


def test_an_uncertified_subcontractor_is_covered_by_its_principal() -> None:
    said: Plain = {"subcontractors": ["knowncloud"], "responsibilities": {"physical-sites": "knowncloud", "hardware": {"by": "knowncloud", "under": "bigcloud"}}}
    found = rows(certified(said))
    assert found["physical-sites", "knowncloud"].verdict == "covered"
    assert found["hardware", "knowncloud"].verdict == "covered"
    assert found["hardware", "knowncloud"].certificate == "c"


def test_a_performer_of_whom_nobody_says_whether_it_is_a_subcontractor_is_unknown() -> None:
    row = rows(certified({"responsibilities": {"hardware": "knowncloud"}}))["hardware", "knowncloud"]
    assert (row.verdict, row.missing) == ("unknown", ("hosts.h.subcontractors",))


def test_a_performer_that_is_no_subcontractor_needs_a_certificate_of_its_own() -> None:
    plain = certified({"subcontractors": [], "responsibilities": {"backup": "practice"}})
    assert rows(plain)["backup", "practice"].verdict == "unknown"
    plain["certificates"]["own"] = {**CERTIFICATE, "holder": "practice", "activities": ["backup"]}
    assert rows(plain)["backup", "practice"].verdict == "covered"
    plain["certificates"]["own"]["expires"] = "2026-01-01"
    assert rows(plain)["backup", "practice"].verdict == "expired"


def test_who_administers_for_another_is_asked_under_which_contract() -> None:
    plain = certified({"subcontractors": []})
    plain["components"]["db"] = {**plain["components"]["db"], "administrators": ["knowncloud"]}
    assert rows(plain)["administration", "knowncloud"].verdict == "unknown"
    plain["hosts"]["h"]["subcontractors"] = ["knowncloud"]
    assert ("administration", "knowncloud") not in rows(plain), "the principal answers for it"


def test_the_certificate_named_under_alone_counts() -> None:
    plain = certified({"responsibilities": {"backup": {"by": "bigcloud", "under": "practice"}}})
    row = rows(plain)["backup", "bigcloud"]
    assert (row.verdict, row.certificate, row.missing) == ("unknown", "", ("hosts.h.certificates",))
    plain["certificates"]["own"] = {**CERTIFICATE, "holder": "practice"}
    assert rows(plain)["backup", "bigcloud"].certificate == "own"


def chained(regions: Any, *listed: str, **host: Any) -> Plain:
    """A publisher's own offer on another's machines, which have a certificate for some offers and regions."""
    said = {"provider": "practice", "service": "saas", "certificates": list(listed), "subcontractors": ["bigcloud"], **host}
    theirs = {activity: {"by": "bigcloud", "under": "bigcloud"} for activity in ACTIVITIES[:2]}
    scope = {"offers": ["instances"], "regions": regions}
    return hosted({"responsibilities": theirs, **said}, certificates={"c": {**CERTIFICATE, "scope": scope}})


def test_whether_anothers_certificate_serves_a_host_is_what_the_list_of_those_that_do_says() -> None:
    row = rows(chained(["par"], location={"country": "FR"}))["hardware", "bigcloud"]
    assert (row.verdict, row.missing) == ("unknown", ("hosts.h.certificates",))
    row = rows(chained(["par"], "c", location={"country": "FR"}))["hardware", "bigcloud"]
    assert (row.verdict, row.certificate) == ("covered", "c")
    assert "offers" in row.reason.en


def test_anothers_certificate_does_not_serve_a_host_in_a_country_without_any_of_its_regions() -> None:
    for country, regions in (("DE", ["par"]), ("FR", ["zrh", "DE"])):
        assert rows(chained(regions, "c", location={"country": country}))["hardware", "bigcloud"].verdict == "out-of-scope"
    assert rows(chained(["elsewhere"], "c", location={"country": "DE"}))["hardware", "bigcloud"].verdict == "covered"


def test_a_certificate_whose_regions_are_all_elsewhere_does_not_take_in_a_host_that_states_its_country_alone() -> None:
    host: Plain = {"region": None, "location": {"country": "FR"}, "replicated_to": []}

    def scoped(*regions: str) -> str:
        plain = certified({key: value for key, value in host.items() if value is not None}, scope={"offers": "all", "regions": list(regions)})
        plain["hosts"]["h"].pop("region", None)
        return only(plain)

    assert (scoped("DE"), scoped("zrh"), scoped("DE", "FR")) == ("out-of-scope", "out-of-scope", "covered")
    assert scoped("par") == "unknown"  # which region of France is not said
    assert scoped("elsewhere") == "unknown"  # where that is, nobody knows


def test_of_two_that_the_catalogue_alone_knows_the_one_seen_last_speaks() -> None:
    old = known_certificate("old", "bigcloud", version="1", span=Span(date(2021, 3, 1)), seen=date(2021, 3, 1), activities=None)
    new = known_certificate("new", "bigcloud", span=Span(date(2026, 7, 1)), seen=date(2026, 7, 1))
    row = of(hosted({"provider": "bigcloud", "service": "paas"}), "hardware", known=catalogue(old, new))
    assert (row.verdict, row.certificate) == ("unknown", "new")


def test_one_known_since_a_later_day_may_have_held_before() -> None:
    known = known_certificate("late", "bigcloud", version="1", span=Span(date(2021, 3, 12)), seen=date(2021, 3, 12))
    row = of(hosted({"provider": "bigcloud", "service": "paas"}), "hardware", date(2021, 2, 15), known=catalogue(known))
    assert (row.verdict, row.certificate) == ("unknown", "late")
    assert "2021-03-12 only" in row.reason.en


def test_a_row_for_each_performer() -> None:
    found = rows(certified({"subcontractors": ["knowncloud"], "responsibilities": {"administration": ["bigcloud", "knowncloud"]}}))
    assert {name for activity, name in found if activity == "administration"} == {"bigcloud", "knowncloud"}


def test_an_activity_that_nobody_performs_has_no_row() -> None:
    assert ("backup", "bigcloud") not in rows(certified({"responsibilities": {"backup": False}}))


def test_an_activity_performed_by_nobody_knows_whom_is_unknown() -> None:
    row = of(certified({"responsibilities": {"backup": True}}), "backup")
    assert (row.verdict, row.performer, row.missing) == ("unknown", "", ("hosts.h.responsibilities.backup",))


def test_the_catalogue_says_who_performs_where_the_description_is_silent() -> None:
    row = of(certified(), "hardware")
    assert (row.performer, row.origin) == ("bigcloud", "catalogued")
    assert "usually" in row.reason.en
    declared = of(certified({"responsibilities": {"hardware": "bigcloud"}}), "hardware")
    assert declared.origin == "declared"


def test_the_offer_says_who_performs_before_the_convention_does() -> None:
    known = catalogue(offers=(offer("big-paas", "bigcloud", "paas", performers=(("backup", "knowncloud", "bigcloud"),)),))
    row = of(certified({"offer": "big-paas"}), "backup", known=known)
    assert (row.performer, row.verdict, row.origin) == ("knowncloud", "covered", "catalogued")


def test_a_service_of_which_nothing_is_known_asks_who_performs() -> None:
    row = of(hosted({"provider": "bigcloud", "service": "video", "certificates": ["c"]}, certificates={"c": CERTIFICATE}), "platform")
    assert (row.verdict, row.missing) == ("unknown", ("hosts.h.responsibilities.platform",))


def test_where_the_service_is_left_out_only_what_every_service_agrees_on_is_taken() -> None:
    plain = hosted({"provider": "bigcloud", "certificates": ["c"]}, certificates={"c": CERTIFICATE})
    assert of(plain, "physical-sites").verdict == "covered"
    row = of(plain, "platform")
    assert (row.verdict, row.performer, row.missing) == ("unknown", "", ("hosts.h.service",))


def test_an_approval_of_the_past_covers_nothing_today_even_where_little_is_said() -> None:
    plain = hosted({"provider": "practice", "certificates": ["c"]}, certificates={"c": {"holder": "practice", "standard": "hads"}})
    assert of(plain, "physical-sites").verdict == "expired"
    assert of(plain, "physical-sites", date(2020, 9, 1)).verdict == "unknown"


def test_who_administers_under_a_contract_of_managed_services_is_a_performer() -> None:
    plain = certified()
    plain["components"]["db"]["administrators"] = ["practice"]
    plain["hosts"]["night"] = {"provider": "practice", "service": "managed-services"}
    row = rows(plain)["administration", "practice"]
    assert (row.host, row.verdict, row.missing) == ("h", "unknown", ("hosts.night.certificates",))
    plain["hosts"]["night"]["certificates"] = []
    assert rows(plain)["administration", "practice"].verdict == "not-covered"
    plain["hosts"]["night"]["certificates"] = ["own"]
    plain["certificates"]["own"] = {**CERTIFICATE, "holder": "practice", "activities": ["administration"], "scope": {"offers": "all"}}
    assert rows(plain)["administration", "practice"].verdict == "covered"


# --- controllers and publishers


def own(**more: Any) -> Plain:
    """A hospital's own machines."""
    return hosted({"provider": "practice", "service": "on-premises", **more}, datum={**RECORD, "controller": ["practice"]})


def test_self_hosting_by_the_controller_is_exempt() -> None:
    assert only(own()) == "exempt"
    assert only(own(certificates=[])) == "exempt"


def test_the_same_machines_for_others_are_not() -> None:
    plain = own(certificates=[])
    plain["data"]["theirs"] = RECORD
    plain["components"]["other"] = {"host": "h", "stores": ["theirs"]}
    assert only(plain) == "not-covered"


def test_a_controller_left_out_leaves_the_exemption_open_for_who_may_be_it() -> None:
    datum = {key: value for key, value in RECORD.items() if key != "controller"}
    row = of(hosted({"provider": "publisher", "service": "on-premises", "certificates": []}, datum=datum), "hardware")
    assert (row.verdict, row.missing) == ("unknown", ("data.records.controller",))


def test_a_controller_left_out_does_not_excuse_who_sells_hosting() -> None:
    datum = {key: value for key, value in RECORD.items() if key != "controller"}
    assert only(hosted({**PAAS, "certificates": []}, datum=datum)) == "not-covered"


def test_anothers_data_that_may_be_outside_the_scope_do_not_end_the_exemption_of_who_keeps_its_own() -> None:
    plain = hosted({"provider": "practice", "service": "on-premises", "certificates": []}, datum={**RECORD, "controller": ["practice"]})
    plain["components"]["db"]["stores"] = ["records", "others"]
    theirs = {**RECORD, "controller": ["publisher"]}

    def with_others(**said: Any) -> ActivityRow:
        return of({**plain, "data": {**plain["data"], "others": {**theirs, **said}}}, "platform")

    assert with_others().verdict == "not-covered"
    assert with_others(health="none").verdict == "exempt"
    research = with_others(collected_in=["research"])
    assert (research.verdict, research.missing) == ("unknown", ("attestations.csp:L.1111-8.I.scope",))
    assert with_others(identifiability="anonymous").verdict == "unknown"


def test_shared_control_is_argued() -> None:
    plain = hosted({"provider": "practice", "service": "on-premises", "certificates": []}, datum={**RECORD, "controller": ["practice", "publisher"]})
    assert only(plain) == "unknown"


IAAS: Plain = {"provider": "bigcloud", "service": "iaas", "certificates": ["c"]}


def publisher(**certificate: Any) -> Plain:
    changed = {key: value for key, value in {**CERTIFICATE, **certificate}.items() if value is not None}
    return hosted(IAAS, certificates={"c": changed})


def test_a_publisher_wholly_on_certified_hosts_is_not_hosting() -> None:
    found = rows(publisher())
    assert found["platform", "publisher"].verdict == "not-hosting"
    assert found["backup", "publisher"].verdict == "not-hosting"


def test_a_publishers_own_activity_five_is_unknown_and_never_fails() -> None:
    row = rows(publisher())["administration", "publisher"]
    assert row.verdict == "unknown"
    assert "debated" in row.reason.en
    for certificate in ({"expires": "2026-01-01"}, {"status": "withdrawn"}):
        assert rows(publisher(**certificate))["administration", "publisher"].verdict == "unknown"


def test_an_opinion_that_a_person_signs_settles_a_publishers_own_activity_five_on_certified_hosts() -> None:
    opinion: Plain = {"status": "not-applicable", "reason": "it runs its own software", "by": "Me Exemple", "date": "2026-01-01"}

    def administering(given: Plain, **certificate: Any) -> ActivityRow:
        return rows({**publisher(**certificate), "attestations": {"csp:R.1111-9.5": given}})["administration", "publisher"]

    row = administering(opinion)
    assert (row.verdict, row.missing) == ("not-hosting", ())
    assert administering({**opinion, "subject": "h"}).verdict == "not-hosting"
    for changed in ({"subject": "other"}, {"reason": ""}, {"by": ""}, {"date": "2027-01-01"}, {"expires": "2026-11-21"}, {"status": "implemented"}):
        kept = {key: value for key, value in {**opinion, **changed}.items() if value}
        assert administering(kept).verdict == "unknown", changed
    assert administering(opinion, expires="2026-01-01").verdict == "unknown"  # the host underneath is not certified


def test_a_publisher_on_hosts_that_are_not_certified_is_not_waved_through() -> None:
    found = rows(publisher(expires="2026-01-01"))
    assert found["hardware", "bigcloud"].verdict == "expired"
    assert found["platform", "publisher"].verdict == "unknown"
    assert found["platform", "publisher"].missing == ("hosts.h.certificates",)
    assert "not certified" in found["platform", "publisher"].reason.en


def test_a_publisher_with_a_certificate_of_its_own_is_covered() -> None:
    plain = publisher()
    plain["certificates"]["own"] = {**CERTIFICATE, "holder": "publisher", "activities": ["platform", "administration", "backup"]}
    assert rows(plain)["administration", "publisher"].verdict == "covered"


def test_a_publisher_with_hardware_of_its_own_in_a_rented_room_is_asked_and_told_by_the_closed_list() -> None:
    plain = certified({"responsibilities": {"hardware": "publisher"}, "subcontractors": []})
    row = rows(plain)["hardware", "publisher"]
    assert (row.verdict, row.missing) == ("not-covered", ())
    del plain["hosts"]["h"]["certificates"]
    row = rows(plain)["hardware", "publisher"]
    assert (row.verdict, row.missing) == ("unknown", ("hosts.h.certificates",))
    plain["hosts"]["h"]["certificates"] = ["c"]
    plain["certificates"]["own"] = {**CERTIFICATE, "holder": "publisher", "activities": ["hardware"]}
    assert rows(plain)["hardware", "publisher"].verdict == "covered"


def test_a_publisher_on_its_own_machines_is_a_host() -> None:
    plain = hosted({"provider": "publisher", "service": "on-premises", "certificates": []})
    assert only(plain) == "not-covered"


def test_a_platform_on_a_certified_cloud_is_not_itself_certified() -> None:
    plain = hosted({"provider": "practice", "service": "paas", "subcontractors": ["bigcloud"], "certificates": ["c"]}, certificates={"c": CERTIFICATE})
    assert only(plain) == "not-covered"
    said = dict.fromkeys(ACTIVITIES[:3], "bigcloud")
    found = rows({**plain, "hosts": {"h": {**plain["hosts"]["h"], "responsibilities": said}}})
    assert found["hardware", "bigcloud"].verdict == "covered"
    assert found["platform", "practice"].verdict == "not-covered"


def test_without_an_operator_its_share_is_asked_for() -> None:
    plain = publisher()
    plain["application"] = {"name": "x"}
    row = of(plain, "platform")
    assert (row.verdict, row.missing) == ("unknown", ("application.operator",))


# --- the catalogue's knowledge


KNOWN = known_certificate("k", "bigcloud", issued=date(2025, 1, 1), expires=date(2027, 12, 31))


def test_none_declared_against_a_valid_one_in_the_catalogue_is_a_conflict() -> None:
    assert only(hosted({**PAAS, "certificates": []}), known=catalogue(KNOWN)) == "conflict"
    asks = KNOWN._replace(requires=("hds-annex",))
    assert only(hosted({**PAAS, "certificates": []}), known=catalogue(asks)) == "conflict"


def test_none_declared_against_an_expired_or_recalled_one_is_none() -> None:
    for other in (KNOWN._replace(expires=date(2026, 1, 1)), KNOWN._replace(source_status="recalled"), KNOWN._replace(excluded=Scope(services=("paas",)))):
        assert only(hosted({**PAAS, "certificates": []}), known=catalogue(other)) == "not-covered"


def test_a_list_of_certificates_to_other_standards_is_not_the_word_that_there_is_none_to_health_hosting() -> None:
    seen = KNOWN._replace(issued=None, expires=None, seen=date(2026, 6, 29))
    listing = certified(standard="secnumcloud", version="3.2", activities=None)
    assert only(listing, known=catalogue(seen)) == "conflict"
    assert only(hosted({**PAAS, "certificates": []}), known=catalogue(seen)) == "not-covered"
    for other in (KNOWN._replace(expires=date(2026, 1, 1)), KNOWN._replace(source_status="recalled")):
        assert only(listing, known=catalogue(other)) == "not-covered"
    assert only(listing) == "not-covered"


def test_a_certificate_that_the_catalogue_alone_knows_covers_at_its_own_confidence() -> None:
    plain = hosted({"provider": "bigcloud", "service": "paas"})
    assert only(plain, known=catalogue(KNOWN)) == "covered"
    element = fact(world(plain, known=catalogue(KNOWN._replace(source_status="secondary"))), "host", "h", "activities").value
    assert isinstance(element, tuple)
    verdict = element[0].fact("verdict")
    assert (verdict.value, verdict.confidence) == ("covered", Confidence.MEDIUM)


def test_a_certificate_known_from_memory_decides_nothing() -> None:
    plain = hosted({"provider": "bigcloud", "service": "paas"})
    for certificate in (KNOWN._replace(source_status="recalled"), KNOWN._replace(source_status="recalled", activities=())):
        assert only(plain, known=catalogue(certificate)) == "unknown"


def test_an_end_that_the_catalogue_knew_may_have_been_renewed() -> None:
    plain = hosted({"provider": "bigcloud", "service": "paas"})
    assert only(plain, known=catalogue(KNOWN._replace(expires=date(2026, 1, 1)))) == "unknown"


def test_an_end_that_the_description_tells_as_well_was_not_renewed() -> None:
    ended = KNOWN._replace(expires=date(2026, 1, 1))
    plain = hosted(PAAS, certificates={"c": {**CERTIFICATE, "issued": "2023-01-02", "expires": "2026-01-01", "version": "2.0"}})
    assert only(plain, known=catalogue(ended)) == "expired"
    assert only(plain, known=catalogue(KNOWN)) == "covered"



def test_a_lapsed_declaration_does_not_hide_a_renewal_that_the_catalogue_knows() -> None:
    plain = certified(issued="2022-01-01", expires="2024-12-31", version="1.1")
    assert only(plain, known=catalogue(KNOWN)) == "covered"
    seen = KNOWN._replace(issued=None, expires=None, seen=date(2026, 12, 1), span=KNOWN.span._replace(since=date(2025, 1, 1)))
    assert only(plain, known=catalogue(seen)) == "covered"


def test_one_that_is_followed_by_another_leaves_the_stage() -> None:
    old = known_certificate("old", "bigcloud", issued=date(2022, 1, 1), expires=date(2025, 1, 1), version="1.1")
    plain = hosted({"provider": "bigcloud", "service": "paas"})
    assert only(plain, known=catalogue(old, KNOWN._replace(excluded=Scope(services=("paas",))))) == "out-of-scope"
    assert only(plain, known=catalogue(old)) == "unknown"


@pytest.mark.parametrize("version", [None, "2.0"])
def test_one_told_without_a_date_is_not_the_one_that_the_catalogue_knows_to_have_ended(version: str | None) -> None:
    ended = known_certificate("ended", "bigcloud", issued=date(2023, 1, 1), expires=date(2025, 12, 31), version="2.0")
    plain = certified(issued=None, expires=None, version=version)
    assert only(plain, known=catalogue(ended)) == "unknown"
    assert only(plain, known=catalogue(ended, KNOWN)) == "covered"
    assert only(certified(issued="2023-01-01", expires=None, version=version), known=catalogue(ended)) == "expired"


def test_one_told_without_a_date_is_not_of_a_version_that_has_come_to_its_end() -> None:
    old = known_certificate("old", "bigcloud", issued=None, expires=None, version="1", seen=date(2021, 3, 12))
    assert only(certified(issued=None, expires=None, version=None), known=catalogue(old)) == "unknown"
    assert only(certified(issued=None, expires=None, version="1"), known=catalogue(old)) == "wrong-version"


def test_what_ended_by_the_word_of_the_catalogue_alone_decides_nothing() -> None:
    ended = known_certificate("ended", "bigcloud", issued=date(2023, 1, 1), expires=date(2025, 12, 31))
    plain = hosted({"provider": "bigcloud", "service": "paas"})
    host = {"certified": UNKNOWN, "hds_certificate.valid": UNKNOWN}
    assert {name: fact(world(plain, known=catalogue(ended)), "host", "h", name).value for name in host} == host
    plain["hosts"]["h"]["certificates"] = []
    assert fact(world(plain, known=catalogue(ended)), "host", "h", "hds_certificate").value is False
    assert fact(world(plain, known=catalogue(ended)), "host", "h", "certified").value is False


def test_a_list_that_names_no_iso_certificate_is_not_held_against_one_that_the_catalogue_knew() -> None:
    ended = known_certificate("iso", "bigcloud", standard="iso27001", version="2013", issued=date(2021, 1, 1), expires=date(2023, 12, 31))
    plain = certified(issued=None, expires=None)
    assert fact(world(plain, known=catalogue(ended)), "host", "h", "iso27001_certificate").value is False


def test_what_is_told_speaks_before_what_the_catalogue_knows_to_have_ended() -> None:
    ended = known_certificate("ended", "bigcloud", issued=date(2023, 1, 1), expires=date(2025, 12, 31), seen=date(2024, 1, 1))
    found = rows(certified(issued=None, expires=None, version=None), known=catalogue(ended))
    assert {(row.certificate, row.verdict) for row in found.values()} == {("c", "unknown")}


def test_what_the_catalogue_has_known_since_a_later_day_leaves_nothing_out_before() -> None:
    later = KNOWN._replace(
        issued=None, expires=None, activities=ACTIVITIES[:4], seen=date(2027, 2, 1), span=KNOWN.span._replace(since=date(2027, 1, 1))
    )
    for plain in (hosted({"provider": "bigcloud", "service": "paas"}), certified(issued=None, expires=None, activities=None, version=None)):
        assert set().union(*verdicts(plain, known=catalogue(later)).values()) == {"unknown"}
        assert "not-covered" in set().union(*verdicts(plain, date(2027, 1, 15), known=catalogue(later)).values())


def test_one_whose_end_nobody_knows_falls_short_all_the_same_of_what_it_leaves_out() -> None:
    vague = KNOWN._replace(issued=None, expires=None, seen=date(2026, 7, 24), activities=ACTIVITIES[:5])
    found = rows(hosted({"provider": "bigcloud", "service": "paas"}), known=catalogue(vague))
    assert found["backup", "bigcloud"].verdict == "not-covered"
    row = found["platform", "bigcloud"]
    assert (row.verdict, row.missing) == ("unknown", ("hosts.h.certificates",))
    assert "2026-07-24" in row.reason.en


def test_the_only_offer_of_its_kind_is_taken_for_the_one() -> None:
    known = KNOWN._replace(scope=Scope(("big-paas",), None, "all", None, None))
    plain = hosted({"provider": "bigcloud", "service": "paas"})
    assert only(plain, known=catalogue(known, offers=(offer("big-paas", "bigcloud", "paas"),))) == "covered"
    two = (offer("big-paas", "bigcloud", "paas"), offer("other-paas", "bigcloud", "paas"))
    assert of(plain, "platform", known=catalogue(known, offers=two)).missing == ("hosts.h.offer",)


def test_google_without_backup_is_not_covered_for_backup() -> None:
    plain = hosted({"provider": "bigcloud", "service": "paas"})
    found = verdicts(plain, known=catalogue(KNOWN._replace(activities=ACTIVITIES[:5])))
    assert found["backup"] == {"not-covered"}
    assert found["administration"] == {"covered"}


def test_backing_up_is_not_failed_by_convention_where_copies_are_kept_elsewhere() -> None:
    known = catalogue(KNOWN._replace(activities=ACTIVITIES[:5]))
    plain = hosted({"provider": "bigcloud", "service": "paas"})
    plain["hosts"]["away"] = {"provider": "practice", "service": "iaas"}

    def found(copy: Plain, **more: Plain) -> ActivityRow:
        components = {**plain["components"], "copy": {"kind": "backup", "copy_of": ["db"], **copy}, **more}
        return rows({**plain, "components": components}, known=known)["backup", "bigcloud"]

    row = found({"host": "away"})
    assert (row.verdict, row.missing) == ("unknown", ("hosts.h.responsibilities.backup",))
    assert found({"host": "h"}).verdict == "not-covered"  # it backs up here
    assert found({"host": "away", "kind": "database"}).verdict == "not-covered"  # a replica is no backup
    assert found({"host": "away"}, other={"kind": "database", "host": "h", "stores": ["records"]}).verdict == "not-covered"
    plain["hosts"]["h"]["responsibilities"] = {"backup": "bigcloud"}
    assert found({"host": "away"}).verdict == "not-covered"


def test_an_offer_that_the_catalogue_knows_outside_is_out_of_scope_whatever_is_claimed_of_all() -> None:
    outside = catalogue(offers=(offer("big-sql", "bigcloud", "managed-database", hds="not-covered"),))
    host: Plain = {"service": "managed-database", "offer": "big-sql"}
    assert only(certified(host), known=outside) == "out-of-scope"
    assert only(certified({"service": "managed-database"}), known=outside) == "out-of-scope"
    naming: Plain = {"offers": ["big-sql"], "regions": "all"}
    assert only(certified(host, scope=naming), known=outside) == "conflict"


def test_an_offer_known_outside_from_memory_decides_nothing() -> None:
    outside = catalogue(offers=(offer("big-sql", "bigcloud", "managed-database", hds="not-covered", status="recalled"),))
    assert only(certified({"service": "managed-database", "offer": "big-sql"}), known=outside) == "unknown"


def test_an_offer_known_outside_without_any_certificate_is_not_covered() -> None:
    outside = catalogue(offers=(offer("big-sql", "bigcloud", "managed-database", hds="not-covered"),))
    assert only(hosted({"provider": "bigcloud", "service": "managed-database"}), known=outside) == "not-covered"


def test_an_option_that_is_refused_takes_the_host_out() -> None:
    asking = catalogue(KNOWN._replace(requires=("hds-option", "hds-annex")))
    plain = hosted({"provider": "bigcloud", "service": "paas"})
    assert only(plain, known=asking) == "unknown"
    for said in ({"hds_annex": {"signed": "2026-01-01", "option": False}}, {"hds_annex": {"signed": False, "option": True}}, {"hds_annex": False}):
        plain["hosts"]["h"]["contract"] = said
        assert only(plain, known=asking) == "out-of-scope", said
    plain["hosts"]["h"]["contract"] = {"hds_annex": {"signed": "2026-01-01", "option": True}}
    assert only(plain, known=asking) == "covered"


def test_a_certificate_that_was_shown_stands_by_itself_the_annex_is_for_the_contract() -> None:
    asking = catalogue(KNOWN._replace(requires=("hds-annex",)))
    plain = certified({"contract": {"hds_annex": False}})
    assert only(plain, known=asking) == "covered"
    assert fact(world(plain, known=asking), "host", "h", "hds_annex_required").value is True
    assert fact(world(plain, known=asking), "host", "h", "hds_annex_signed").value is False


# --- conflicts


def test_one_performer_under_two_certificates_is_a_conflict() -> None:
    said = {"backup": [{"by": "bigcloud", "under": "bigcloud"}, {"by": "bigcloud", "under": "knowncloud"}]}
    found = verdicts(certified({"responsibilities": said}))
    assert found["backup"] == {"conflict"}


def test_one_number_claimed_twice_is_a_conflict() -> None:
    plain = certified(number="38436")
    plain["certificates"]["twin"] = {**CERTIFICATE, "holder": "knowncloud", "number": "38436"}
    assert only(plain) == "conflict"


# --- what rules read of them


def test_unknown_and_conflict_are_unknown_to_conditions_and_say_what_to_declare() -> None:
    elements = fact(world(certified(scope=None)), "host", "h", "activities").value
    assert isinstance(elements, tuple)
    for element in elements:
        verdict = element.fact("verdict")
        assert verdict.value is UNKNOWN
        assert verdict.missing
        assert element.fact("state").value == "unknown"


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        (certified(), True), (certified(expires="2026-01-01"), False), (certified(scope=None), UNKNOWN), (own(), True), (publisher(), True),
        (hosted(PAAS | {"certificates": []}), False),
    ],
)  # fmt: skip
def test_certified_leaves_the_publishers_own_share_aside(plain: Plain, expected: object) -> None:
    assert fact(world(plain), "host", "h", "certified").value is expected


def test_every_row_that_is_not_settled_says_what_to_declare() -> None:
    for plain in (certified(scope=None), certified(version="2.1"), hosted({"provider": "bigcloud", "service": "paas"}), publisher(), publisher(expires="2026-01-01")):
        for row in rows(plain).values():
            assert row.missing or row.verdict not in ("unknown", "conflict"), row


# --- against a plain reading of the rules


SCOPES = st.one_of(st.none(), st.sampled_from(["all", "one", "other"]))


@given(
    st.lists(st.sampled_from(ACTIVITIES), unique=True) | st.none(), SCOPES, SCOPES, st.sampled_from(["valid", "suspended"]),
    st.sampled_from(["2024-01-01", "2027-12-31"]), st.sampled_from(["1.1", "2.0", "2.1"]), st.sampled_from(ACTIVITIES),
)  # fmt: skip
def test_one_certificate_is_judged_as_by_hand(
    activities: list[str] | None, offers: str | None, regions: str | None, status: str, expires: str, version: str, activity: str
) -> None:
    scope = {name: value if value == "all" else [value] for name, value in (("offers", offers), ("regions", regions)) if value}
    plain = certified(
        {"offer": "one", "region": "one", "location": "FR", "subcontractors": []}, activities=activities, scope=scope or None, status=status, expires=expires,
        version=version, issued="2023-01-01" if expires == "2024-01-01" else "2025-01-01",
    )  # fmt: skip
    if status == "suspended" or expires == "2024-01-01":
        expected = "expired"
    elif version == "1.1":
        expected = "wrong-version"
    elif activities is not None and activity not in activities:
        expected = "not-covered"
    elif activities is not None and "other" in (offers, regions):
        expected = "out-of-scope"
    else:
        expected = "unknown" if None in (activities, offers, regions) or version == "2.1" else "covered"
    assert of(plain, activity).verdict == expected


def test_who_administers_the_controllers_own_machines_under_contract_is_asked_its_certificate() -> None:
    plain = hosted(
        {"provider": "practice", "service": "on-premises"},
        datum={**RECORD, "controller": ["practice"]},
        component={"kind": "database", "host": "h", "stores": ["records"], "administrators": ["knowncloud"]},
    )
    plain["hosts"]["night"] = {"provider": "knowncloud", "service": "managed-services", "certificates": []}
    own = world(plain)
    assert fact(own, "host", "h", "is_hosting").value is False
    assert fact(own, "host", "h", "administered_for_controller").value is True
    assert fact(own, "host", "h", "certified").value is False
    plain["hosts"]["night"]["service"], plain["flows"] = "support-desk", []
    assert fact(world(plain), "host", "h", "administered_for_controller").value is False
    plain["hosts"]["night"] = {"provider": "practice", "service": "managed-services"}
    plain["components"]["db"]["administrators"] = ["practice"]
    assert fact(world(plain), "host", "h", "administered_for_controller").value is False


@pytest.mark.parametrize(
    ("component", "verdict"),
    [
        ({"kind": "mail", "host": "h", "stores": ["records"]}, {"not-covered"}),  # it keeps them: its provider hosts
        ({"kind": "mail", "host": "h", "relays": ["records"]}, {"unknown"}),
    ],
)
def test_a_service_that_usually_relays_hosts_what_it_is_said_to_keep(component: Plain, verdict: set[str]) -> None:
    found = rows(hosted({"provider": "bigcloud", "service": "email", "certificates": []}, component=component))
    assert {row.verdict for row in found.values()} == verdict


@pytest.mark.parametrize(("listed", "verdict"), [([], "not-covered"), (["own"], "covered"), (None, "unknown")])
def test_who_is_said_to_administer_is_judged_by_its_own_contract_of_managed_services(listed: list[str] | None, verdict: str) -> None:
    plain = certified({"responsibilities": {"administration": "knowncloud"}})
    plain["certificates"]["own"] = {**CERTIFICATE, "holder": "knowncloud", "scope": {"offers": "all", "services": "all", "regions": "all", "sites": "all"}}
    plain["hosts"]["night"] = {"provider": "knowncloud", "service": "managed-services"} | ({"certificates": listed} if listed is not None else {})
    if listed is None:
        del plain["certificates"]["own"]
    for said in ("knowncloud", {"by": "knowncloud", "under": "knowncloud"}):
        plain["hosts"]["h"]["responsibilities"] = {"administration": said}
        row = of(plain, "administration")
        assert (row.performer, row.verdict) == ("knowncloud", verdict)
        assert row.missing == (("hosts.night.certificates",) if listed is None else ())


def test_a_certificate_that_the_public_list_does_not_have_is_not_taken_to_cover() -> None:
    row = of(certified(listed=False), "backup")
    assert (row.verdict, row.missing) == ("unknown", ("certificates.c.listed",))
    assert of(certified(listed=False, expires="2026-01-01"), "backup").verdict == "expired"


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ({}, "unknown"),  # machines of another, perhaps
        ({"subcontractors": []}, "not-covered"),
        ({"responsibilities": {"physical-sites": "bigcloud"}}, "not-covered"),
    ],
)
def test_whose_machines_they_are_is_asked_before_who_is_certified_for_the_rest_is_failed(said: Plain, verdict: str) -> None:
    row = of(certified(said, activities=list(ACTIVITIES[1:])), "physical-sites")
    assert (row.verdict, row.missing) == (verdict, ("hosts.h.responsibilities.physical-sites",) if verdict == "unknown" else ())
    assert of(certified(said, activities=list(ACTIVITIES[:5])), "backup").verdict == "not-covered"


def test_a_hosting_contract_is_due_with_who_administers_for_others_under_a_contract_of_its_own() -> None:
    plain = hosted(
        {"provider": "bigcloud", "service": "iaas"},
        component={"kind": "database", "host": "h", "stores": ["records"], "administrators": ["knowncloud"]},
    )
    plain["hosts"]["night"] = {"provider": "knowncloud", "service": "managed-services", "contract": False}
    assert fact(world(plain), "host", "night", "needs_hds_contract").value is True
    plain["data"]["records"] = {**RECORD, "collected_in": []}
    assert fact(world(plain), "host", "night", "needs_hds_contract").value is False
    plain["data"]["records"] = {**RECORD, "controller": ["knowncloud"]}  # its own records
    assert fact(world(plain), "host", "night", "needs_hds_contract").value is False
    plain["data"]["records"] = RECORD
    plain["components"]["db"]["administrators"] = []
    assert fact(world(plain), "host", "night", "needs_hds_contract").value is False
    plain["components"]["db"]["administrators"] = ["knowncloud"]
    plain["hosts"]["h"]["responsibilities"] = {"administration": "knowncloud"}
    assert fact(world(plain), "host", "night", "needs_hds_contract").value is True
    plain["hosts"]["night"]["service"], plain["flows"] = "support-desk", []
    assert fact(world(plain), "host", "night", "needs_hds_contract").value is False


@pytest.mark.parametrize(("operator", "expected"), [("publisher", True), ("practice", False), (None, False)])
def test_whether_the_operator_provides_a_host_itself(operator: str | None, expected: object) -> None:
    plain = hosted({"provider": "publisher", "service": "paas"})
    plain["application"] = {"name": "x", **({"operator": operator} if operator else {})}
    assert fact(world(plain), "host", "h", "run_by_operator").value is expected


@pytest.mark.parametrize("lacking", ["holder", "standard"])
def test_a_certificate_listed_without_holder_or_standard_is_asked_for_it(lacking: str) -> None:
    plain = certified()
    del plain["certificates"]["c"][lacking]
    row = of(plain, "platform")
    assert (row.verdict, row.missing) == ("unknown", (f"certificates.c.{lacking}",))
    held = fact(world(plain), "host", "h", "hds_certificate")
    assert held.missing == (f"certificates.c.{lacking}",)


def test_a_certificate_without_holder_may_follow_one_that_ended() -> None:
    plain = certified()
    plain["certificates"]["old"] = {**plain["certificates"]["c"], "issued": "2022-01-01", "expires": "2024-12-31"}
    plain["hosts"]["h"]["certificates"] = ["old", "c"]
    del plain["certificates"]["c"]["holder"]
    assert (of(plain, "platform").verdict, of(plain, "platform").missing) == ("unknown", ("certificates.c.holder",))
    plain["hosts"]["h"]["certificates"] = ["old"]
    assert of(plain, "platform").verdict == "expired"
    del plain["hosts"]["h"]["certificates"]
    assert of(plain, "platform").verdict == "unknown"


def test_that_nobody_performs_any_activity_where_health_data_lie_is_asked() -> None:
    here = world(certified({"responsibilities": False}))
    listed = fact(here, "host", "h", "activities").value
    assert isinstance(listed, tuple)
    assert [item.missing for item in listed] == [("hosts.h.responsibilities",)]
    assert fact(world(certified({"responsibilities": False}, datum={**RECORD, "health": "none"})), "host", "h", "activities").value == ()


def test_a_certificate_of_another_standard_without_holder_says_nothing_of_health_hosting() -> None:
    plain = certified(standard="iso27001", version="2022", activities=None)
    del plain["certificates"]["c"]["holder"]
    assert of(plain, "platform").verdict == "not-covered"
    assert fact(world(plain), "host", "h", "iso27001_valid").missing == ("certificates.c.holder",)


def test_a_host_whose_provider_nobody_names_is_asked_for_it_before_its_list_of_certificates_denies_it() -> None:
    plain = certified()
    del plain["hosts"]["h"]["provider"]
    for name in ("hds_certificate", "iso27001_valid"):
        assert fact(world(plain), "host", "h", name).missing == ("hosts.h.provider",)
    assert fact(world(plain), "certificate", "c", "held_by_the_host").missing == ("hosts.h.provider",)


def test_a_contract_whose_service_nobody_says_may_be_one_of_managed_services() -> None:
    plain = hosted({"provider": "practice", "service": "on-premises", "responsibilities": {"administration": "knowncloud"}}, datum={**RECORD, "controller": ["practice"]})
    plain["hosts"]["night"], plain["flows"] = {"provider": "knowncloud"}, []
    found = fact(world(plain), "host", "night", "needs_hds_contract")
    assert (found.value, found.missing) == (UNKNOWN, ("hosts.night.service",))
    plain["hosts"]["night"]["service"] = "managed-services"
    assert fact(world(plain), "host", "night", "needs_hds_contract").value is True


@pytest.mark.parametrize(("listed", "expected"), [(["c"], True), ([], False), (None, UNKNOWN)])
def test_of_a_host_that_hosts_nothing_in_scope_its_providers_certificate_is_asked(listed: list[str] | None, expected: object) -> None:
    plain = certified({"certificates": listed} if listed is not None else {}, datum={**RECORD, "collected_in": []})
    if listed is None:
        del plain["hosts"]["h"]["certificates"]
        del plain["certificates"]
    assert rows(plain) == {}
    assert fact(world(plain), "host", "h", "certified").value is expected
