"""The traps that the catalogue has to know, by its own look-ups."""

import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.model.catalogue import Catalogue
from hds_audit.model.catalogued import Span, weakest

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("organisation", "code", "country"),
    [
        ("aws", "eu-west-2", "GB"),
        ("aws-emea-sarl", "eu-west-2", "GB"),
        ("amazon-web-services", "eu-central-2", "CH"),
        ("outscale", "eu-west-2", "FR"),
        ("3ds-outscale", "us-east-2", "US"),
        ("numspot", "eu-west-2", "FR"),
        ("wasabi", "eu-west-2", "FR"),
        ("wasabi", "eu-central-1", "NL"),
        ("alibaba-cloud", "eu-west-1", "GB"),
        ("ionos", "eu-central-2", "DE"),
        ("oci", "eu-jovanovac-1", "RS"),
        ("oracle-oci", "eu-zurich-1", "CH"),
        ("clever-cloud", "ldn", "GB"),
        ("clever-cloud", "parhds", "FR"),
        ("scalingo", "osc-fr1", "FR"),
        ("ovh", "GRA11", "FR"),
        ("azure", "norwayeast", "NO"),
        ("azure", "France Central", "FR"),
        ("scaleway", "FR-PAR", "FR"),
        ("ovhcloud", "eu-west-par", "FR"),
        ("google-cloud-emea", "europe-west6", "CH"),
    ],
)
def test_a_region_is_of_its_organisation(catalogue: Catalogue, organisation: str, code: str, country: str) -> None:
    region = catalogue.region(organisation, code)
    assert region is not None
    assert region.country == country


def test_a_region_of_another_is_not_found(catalogue: Catalogue) -> None:
    assert catalogue.region("scaleway", "eu-west-2") is None
    assert catalogue.region("nobody-knows", "eu-west-2") is None
    assert catalogue.region("outscale", "eu-west-9") is None


def test_a_region_over_several_countries_has_none(catalogue: Catalogue) -> None:
    region = catalogue.region("gcp", "eu")
    assert region is not None
    assert region.country is None
    assert region.note is not None


def test_a_region_says_whose_machines_it_is_made_of(catalogue: Catalogue) -> None:
    told = {code: catalogue.regions["clever-cloud", code].rests_on for code in ("parhds", "grahds", "scw", "ldn")}
    assert told == {"parhds": (), "grahds": ("ovhcloud",), "scw": ("scaleway",), "ldn": ("ionos",)}
    assert catalogue.regions["scalingo", "osc-fr1"].rests_on == ("outscale",)


def test_reunion_is_in_and_new_caledonia_is_out(catalogue: Catalogue) -> None:
    eea = catalogue.list("eea", TODAY)
    assert eea is not None
    assert {"FR", "RE", "GP", "MQ", "GF", "YT", "MF", "AX", "IS", "LI", "NO"} <= eea
    assert eea.isdisjoint({"NC", "PF", "WF", "PM", "BL", "TF", "CH", "GB", "GL", "FO", "MC", "AD", "SM"})
    assert catalogue.in_eea("RE", TODAY) is True
    assert catalogue.in_eea("NC", TODAY) is False
    caledonia, norway = catalogue.country("NC"), catalogue.country("NO")
    assert caledonia is not None
    assert caledonia.part_of == "FR"
    assert caledonia.debated is not None
    assert norway is not None
    assert norway.name.fr == "Norvège"


def test_the_union_has_twenty_seven_states_and_the_area_thirty(catalogue: Catalogue) -> None:
    states = [each for each in catalogue.countries.values() if each.part_of is None]
    assert sum(any(span.holds(TODAY) for span in each.eu) for each in states) == 27
    assert sum(any(span.holds(TODAY) for span in each.eea) for each in states) == 30
    assert catalogue.in_eu("NO", TODAY) is False


def test_every_country_code_of_iso_3166_is_there(catalogue: Catalogue) -> None:
    assert len(catalogue.countries) == 249
    assert all(len(code) == 2 and code.isupper() for code in catalogue.countries)
    assert catalogue.country("UK") is None
    assert catalogue.in_eea("UK", TODAY) is None
    assert catalogue.adequate("UK", TODAY) is None


@pytest.mark.parametrize(
    ("on", "answer", "name"),
    [
        (date(2015, 10, 5), "partial", "Safe Harbour"),
        (date(2015, 10, 6), "no", None),
        (date(2020, 7, 15), "partial", "Privacy Shield"),
        (date(2020, 7, 16), "no", None),
        (date(2023, 7, 9), "no", None),
        (date(2023, 7, 10), "partial", "Data Privacy Framework"),
        (TODAY, "partial", "Data Privacy Framework"),
    ],
)
def test_the_united_states_are_adequate_by_turns(catalogue: Catalogue, on: date, answer: str, name: str | None) -> None:
    found = catalogue.adequate("US", on)
    assert found is not None
    assert found.answer == answer
    assert (found.decision is not None) == (name is not None)
    assert name is None or (found.decision is not None and name in found.decision.ref)


@pytest.mark.parametrize(
    ("on", "eea", "answer"),
    [
        (date(2020, 1, 31), True, "no"),
        (date(2020, 2, 1), False, "yes"),
        (date(2021, 6, 27), False, "yes"),
        (date(2021, 6, 28), False, "yes"),
        (date(2031, 12, 27), False, "yes"),
        (date(2031, 12, 28), False, "no"),
    ],
)
def test_the_united_kingdom_leaves_is_bridged_and_is_adequate(catalogue: Catalogue, on: date, eea: bool, answer: str) -> None:
    assert catalogue.in_eea("GB", on) is eea
    found = catalogue.adequate("GB", on)
    assert found is not None
    assert found.answer == answer


def test_adequate_is_not_the_area(catalogue: Catalogue) -> None:
    wholly, partly, eea = (catalogue.list(name, TODAY) for name in ("adequate", "adequate_or_partial", "eea"))
    assert wholly is not None
    assert partly is not None
    assert eea is not None
    assert wholly == {"AD", "AR", "BR", "CH", "FO", "GB", "GG", "IL", "IM", "JE", "KR", "NZ", "UY"}
    assert partly - wholly == {"CA", "JP", "US"}
    assert partly.isdisjoint(eea)


def test_brazil_became_adequate_in_2026(catalogue: Catalogue) -> None:
    before, after = catalogue.adequate("BR", date(2026, 1, 25)), catalogue.adequate("BR", date(2026, 1, 26))
    assert before is not None
    assert after is not None
    assert (before.answer, after.answer) == ("no", "yes")


@pytest.mark.parametrize(
    ("law", "on", "reach"),
    [
        ("us:cloud-act", date(2018, 3, 22), "not-in-force"),
        ("us:cloud-act", TODAY, "in-force"),
        ("us:fisa-702", date(2026, 6, 11), "in-force"),
        ("us:fisa-702", date(2026, 6, 12), "certifications"),
        ("us:fisa-702", date(2027, 3, 30), "certifications"),
        ("us:fisa-702", date(2027, 3, 31), "not-in-force"),
        ("us:fisa-702", date(2008, 7, 9), "not-in-force"),
        ("us:patriot-215", date(2020, 3, 14), "in-force"),
        ("us:patriot-215", date(2020, 3, 15), "not-in-force"),
    ],
)
def test_a_law_reaches_by_its_days(catalogue: Catalogue, law: str, on: date, reach: str) -> None:
    found = catalogue.law(law)
    assert found is not None
    assert found.reach(on) == reach


def test_what_binds_nobody_is_not_among_the_laws_of_a_country(catalogue: Catalogue) -> None:
    assert {each.id for each in catalogue.laws_of("US", TODAY)} == {"us:cloud-act", "us:fisa-702"}
    assert {each.id for each in catalogue.laws_of("US", date(2020, 1, 1))} == {"us:cloud-act", "us:fisa-702", "us:patriot-215"}
    order = catalogue.law("us:eo-12333")
    assert order is not None
    assert order.binds == ()
    assert catalogue.laws_of("FR", TODAY) == ()


@pytest.mark.parametrize(
    ("regime", "first", "last"),
    [
        ("hads-agrement-2006", date(2006, 1, 5), date(2018, 3, 31)),
        ("hds-ref-v1", date(2018, 6, 29), date(2026, 5, 16)),
        ("privacy-shield", date(2016, 7, 12), date(2020, 7, 15)),
        ("iso27001-2013", date(2013, 10, 1), date(2025, 10, 31)),
        ("anssi-sym-112", date(2014, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_regime_holds_from_its_first_to_its_last_day(catalogue: Catalogue, regime: str, first: date, last: date) -> None:
    on = (first.replace(year=first.year - 1), first, last, last.replace(year=last.year + 1))
    assert [catalogue.in_force(regime, day) for day in on] == [False, True, True, False]


def test_the_storage_rule_of_the_code_begins_on_26_september_2026(catalogue: Catalogue) -> None:
    assert catalogue.in_force("r1111-9-1", date(2026, 9, 25)) is False
    assert catalogue.in_force("r1111-9-1", date(2026, 9, 26)) is True


def test_a_draft_is_never_in_force(catalogue: Catalogue) -> None:
    drafts = [each.id for each in catalogue.regimes.values() if each.draft]
    assert "hds-ref-v2.1-draft" in drafts
    assert [catalogue.in_force(name, TODAY) for name in drafts] == [False] * len(drafts)
    assert catalogue.in_force("no-such-regime", TODAY) is None


def test_lists_are_read_on_a_day(catalogue: Catalogue) -> None:
    assert catalogue.list("anssi_symmetric_bits", date(2025, 12, 31)) == frozenset({"112"})
    assert catalogue.list("anssi_symmetric_bits", date(2026, 1, 1)) == frozenset({"128"})
    assert "3des" not in (catalogue.list("weak_ciphers", date(2025, 12, 31)) or ())
    assert "3des" in (catalogue.list("weak_ciphers", date(2026, 1, 1)) or ())
    assert len(catalogue.list("contract_clauses", TODAY) or ()) == 14
    assert catalogue.list("contract_clauses_2026", date(2026, 9, 25)) == frozenset()
    assert len(catalogue.list("contract_clauses_2026", TODAY) or ()) == 6
    assert len(catalogue.list("hds_activities", TODAY) or ()) == 6
    assert "privacy-shield" in (catalogue.list("transfer_bases", date(2020, 7, 15)) or ())
    assert "privacy-shield" not in (catalogue.list("transfer_bases", date(2020, 7, 16)) or ())
    assert catalogue.list("no-such-list", TODAY) is None


def test_an_alias_leads_to_its_organisation(catalogue: Catalogue) -> None:
    told = {"ovh": "ovhcloud", "meta": "meta-platforms", "meta-pixel": "facebook", "google-cloud": "gcp", "sendinblue": "brevo"}
    assert {alias: getattr(catalogue.organisation(alias), "id", None) for alias in told} == told
    assert catalogue.organisation("nobody-knows") is None
    assert catalogue.ancestry("nobody-knows", TODAY) == ()


def test_owners_are_those_of_the_day(catalogue: Catalogue) -> None:
    def above(name: str, on: date) -> list[str]:
        return [each.organisation.id for each in catalogue.ancestry(name, on)][1:]

    def unknown(name: str, on: date) -> list[str]:
        return [each.organisation.id for each in catalogue.ancestry(name, on) if each.organisation.owners_on(on) is None]

    assert above("tanker", date(2020, 6, 15)) == []
    assert unknown("tanker", date(2020, 6, 15)) == []
    assert above("tanker", date(2022, 1, 21)) == ["doctolib"]
    assert above("vade", TODAY) == ["hornetsecurity", "proofpoint"]
    assert above("vade", date(2025, 11, 30)) == ["hornetsecurity"]
    assert unknown("vade", date(2025, 11, 30)) == ["hornetsecurity"]
    assert above("mailgun", TODAY) == ["pathwire", "sinch"]
    assert above("bleu", TODAY) == ["orange", "capgemini"]
    assert above("aws", TODAY) == ["amazon"]


def test_the_weakest_link_of_a_chain_is_its_status(catalogue: Catalogue) -> None:
    kin = {each.organisation.id: each for each in catalogue.ancestry("exoscale", TODAY)}
    assert kin["exoscale"].status == "verified"
    assert kin["america-movil"].path == ("exoscale", "a1-telekom-austria", "america-movil")
    assert kin["america-movil"].status == "recalled"
    assert weakest() == "verified"
    assert weakest("verified", "secondary") == "secondary"


def test_a_french_group_with_an_american_company_is_a_presence_not_a_parent(catalogue: Catalogue) -> None:
    for name in ("ovhcloud", "outscale"):
        found = catalogue.organisation(name)
        assert found is not None
        assert "US" in (found.presence or ())
        assert {each.organisation.country for each in catalogue.ancestry(name, TODAY)} == {"FR"}
        assert found.operating == ()


def test_landlords_and_software_are_no_computing_service(catalogue: Catalogue) -> None:
    roles = {name: getattr(catalogue.organisation(name), "role", None) for name in ("equinix", "tanker", "aws", "facebook", "atos")}
    assert roles == {
        "equinix": "other",
        "tanker": "software",
        "aws": "communication-or-computing",
        "facebook": "communication-or-computing",
        "atos": "communication-or-computing",
    }


def test_the_certificate_of_a_company_is_not_cover_of_every_product(catalogue: Catalogue) -> None:
    told = {
        "scaleway-object-storage": "covered",
        "scaleway-managed-database": "not-covered",
        "supabase-baas": "not-covered",
        "vercel-platform": "not-covered",
        "firebase-baas": "not-covered",
        "clever-cloud-fs-bucket": "not-covered",
        "scalingo-paas": "covered",
    }
    assert {name: catalogue.offers[name].hds for name in told} == told
    certificate = catalogue.certificates["scaleway-hds"]
    assert "scaleway-managed-database" not in (certificate.scope.offers or ())
    assert "scaleway-managed-database" in (certificate.excluded.offers or ())


def test_a_product_called_uncovered_is_in_the_scope_of_no_certificate(catalogue: Catalogue) -> None:
    named = {
        name
        for each in catalogue.certificates.values()
        if each.standard == "hds" and each.scope.offers not in (None, "all")
        for name in each.scope.offers or ()
    }
    assert {each.id for each in catalogue.offers.values() if each.hds == "not-covered"} & named == set()
    assert named <= {each.id for each in catalogue.offers.values() if each.hds == "covered"}


def test_google_lacks_backup_and_scaleway_stops_at_the_platform(catalogue: Catalogue) -> None:
    assert "backup" not in (catalogue.certificates["google-hds"].activities or ())
    assert set(catalogue.certificates["scaleway-hds"].activities or ()) == {
        "physical-sites",
        "hardware",
        "virtual-infrastructure",
        "platform",
    }
    assert catalogue.certificates["outscale-hds"].activities is None


def test_what_scalingo_does_its_subcontractor_does_under_its_certificate(catalogue: Catalogue) -> None:
    performers = {each.activity: (each.by, each.under) for each in catalogue.offers["scalingo-paas"].performers}
    assert performers["physical-sites"] == ("outscale", "scalingo")
    assert performers["administration"] == ("scalingo", None)
    assert frozenset(performers) == catalogue.list("hds_activities", TODAY)


@pytest.mark.parametrize(
    ("certificate", "on", "holds"),
    [
        ("scalingo-hds", date(2025, 9, 11), False),
        ("scalingo-hds", date(2025, 9, 12), True),
        ("scalingo-hds", date(2028, 9, 11), True),
        ("scalingo-hds", date(2028, 9, 12), False),
        ("outscale-secnumcloud", date(2026, 11, 30), True),
        ("outscale-secnumcloud", date(2026, 12, 1), False),
        ("ovhcloud-hds", date(2026, 7, 23), None),
        ("ovhcloud-hds", date(2026, 7, 24), True),
        ("ovhcloud-hds", TODAY, None),
        ("cloud-temple-hds", TODAY, None),
        ("numspot-secnumcloud", date(2026, 9, 15), True),
        ("numspot-secnumcloud", TODAY, None),
        ("doctolib-hds-2021", date(2021, 11, 17), True),
        ("doctolib-hds-2021", date(2024, 11, 17), False),
    ],
)
def test_a_certificate_holds_as_far_as_the_sources_show(catalogue: Catalogue, certificate: str, on: date, holds: bool | None) -> None:
    assert catalogue.certificates[certificate].holds(on) is holds


def test_certificates_known_not_to_hold_are_left_out(catalogue: Catalogue) -> None:
    assert "scalingo-hds-2022" not in {each.id for each in catalogue.certificates_of("scalingo", TODAY)}
    assert "scalingo-hds-2022" in {each.id for each in catalogue.certificates_of("scalingo", date(2023, 1, 1))}
    assert "scalingo-hds-2022" in {each.id for each in catalogue.certificates_of("scalingo")}
    assert catalogue.certificates_of("nobody-knows") == ()


def test_a_withdrawn_certificate_holds_no_day_unless_its_end_is_known(catalogue: Catalogue) -> None:
    withdrawn = catalogue.certificates["scalingo-hds"]._replace(status="withdrawn")
    assert withdrawn.holds(TODAY) is False
    dated = withdrawn._replace(span=Span(None, date(2026, 11, 1)))
    assert dated.holds(date(2026, 10, 31)) is True
    assert dated.holds(date(2026, 11, 1)) is False


def test_no_company_beyond_the_catalogue_is_qualified(catalogue: Catalogue) -> None:
    qualified = {each.holder for each in catalogue.certificates.values() if each.standard == "secnumcloud"}
    assert qualified.isdisjoint({"scaleway", "bleu", "aws", "azure", "gcp", "scalingo"})
    assert all(each.scope.offers for each in catalogue.certificates.values() if each.standard == "secnumcloud")


def test_conventions_cover_activities_and_mail_has_none(catalogue: Catalogue) -> None:
    assert {each.by for each in catalogue.convention("paas")} == {"provider"}
    assert {each.activity: each.by for each in catalogue.convention("iaas")}["administration"] == "operator"
    assert catalogue.convention("email") == ()
    assert catalogue.convention("analytics") == ()
    assert catalogue.convention("no-such-service") == ()


def test_it_pickles_whole(catalogue: Catalogue) -> None:
    assert pickle.loads(pickle.dumps(catalogue, protocol=5)) == catalogue


def test_looking_up_what_was_seen(catalogue: Catalogue) -> None:
    assert {each.organisation for each in catalogue.seen("dns_suffix", "d111.cloudfront.net")} == {"aws"}
    assert {each.organisation for each in catalogue.seen("asn", "AS13335")} == {"cloudflare"}
    assert {each.organisation for each in catalogue.seen("header", "Server: cloudflare")} == {"cloudflare"}
    assert {each.organisation for each in catalogue.seen("tracker_domain", "connect.facebook.net")} == {"facebook"}
    assert {each.organisation for each in catalogue.seen("terraform_prefix", "scaleway_instance_server")} == {"scaleway"}
    assert catalogue.seen("dns_suffix", "notcloudfront.net") == ()


def test_an_autonomous_system_has_one_holder_save_where_a_brand_shares_it(catalogue: Catalogue) -> None:
    holders: dict[str, set[str]] = {}
    for each in catalogue.signals:
        if each.kind == "asn":
            holders.setdefault(each.value, set()).add(each.organisation)
    assert {value: names for value, names in holders.items() if len(names) > 1} == {}


@given(on=st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 1, 1)))
def test_whoever_is_wholly_adequate_is_not_in_the_area_that_day(catalogue: Catalogue, on: date) -> None:
    adequate, eea = catalogue.list("adequate", on), catalogue.list("eea", on)
    assert adequate is not None
    assert eea is not None
    assert adequate.isdisjoint(eea)


@given(st.dates(), st.dates(), st.dates())
def test_a_span_holds_its_first_day_and_not_its_end(first: date, end: date, on: date) -> None:
    span = Span(first, end)
    assert span.holds(on) == (first <= on < end)
    assert Span(first).holds(on) == (first <= on)
    assert Span(None, end).holds(on) == (on < end)
    assert Span().holds(on)
