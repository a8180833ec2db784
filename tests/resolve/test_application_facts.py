"""The application as a whole, certificates that serve hosts, and the words that rules may use."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hosting_worlds import CERTIFICATE, DAY, PAAS, RECORD, Plain, catalogue, certified, fact, hosted, known_certificate, rows, world

from hds_audit.model.catalogue import Catalogue
from hds_audit.model.fact import UNKNOWN, Confidence, Fact
from hds_audit.model.fields import Either, Keyed, Kind, Many, Nested, RecordType
from hds_audit.model.format.whole import DESCRIPTION
from hds_audit.model.rule import SubjectKind
from hds_audit.model.vocabulary import derived_paths
from hds_audit.model.vocabulary.path import Path as DerivedPath
from hds_audit.read.catalogue import load_catalogue
from hds_audit.resolve.derivations import all_derivations
from hds_audit.resolve.world import World


def application(path: str, plain: Plain, on: date = DAY) -> Fact:
    return fact(world(plain, on), "application", "application", path)


def test_it_handles_what_one_of_its_parts_does() -> None:
    assert application("handles_hds_data", hosted(PAAS | {"certificates": []})).value is True
    assert application("handles_hds_data", hosted(PAAS | {"certificates": []}, datum={"health": "none"})).value is False
    silent = application("handles_hds_data", hosted(PAAS | {"certificates": []}, component={"host": "h"}))
    assert (silent.value, silent.missing) == (UNKNOWN, ("components.db.stores", "components.db.processes", "components.db.relays"))


def test_without_components_it_is_unknown() -> None:
    found = application("handles_health_data", {"data": {"r": RECORD}})
    assert (found.value, found.missing) == (UNKNOWN, ("components",))


@pytest.mark.parametrize("components", [{}, {"db": {"host": "h", "stores": [], "processes": [], "relays": []}}])
def test_data_that_no_component_has_are_somewhere_all_the_same(components: Plain) -> None:
    plain: Plain = {"data": {"r": RECORD}, "hosts": {"h": {"service": "paas"}}, "components": components, "flows": []}
    for name in ("handles_hds_data", "handles_health_data", "handles_personal_data"):
        found = application(name, plain)
        assert (found.value, found.missing) == (UNKNOWN, ("components",)), name
    plain["data"]["r"] = {"health": "none", "identifiability": "identified"}
    assert application("handles_hds_data", plain).value is False
    assert application("handles_personal_data", {**plain, "data": {}}).value is False


@pytest.mark.parametrize(("persons", "expected"), [(10_000, True), (9_999, False), (None, UNKNOWN)])
def test_large_scale_is_a_convention_and_says_so(persons: int | None, expected: object) -> None:
    found = application("large_scale", {"application": {"name": "x", **({"persons": persons} if persons else {})}})
    assert found.value is expected
    if expected is not UNKNOWN:
        assert found.confidence is Confidence.MEDIUM
        assert found.doubt is not None
        assert "convention" in found.doubt.en


def test_a_section_is_there_once_written_even_empty() -> None:
    here = world({"flows": [], "data": {}})
    assert fact(here, "application", "application", "has_section.flows").value is True
    assert fact(here, "application", "application", "has_section.emails").value is False


def test_impact_assessments_cover_the_data_they_name() -> None:
    def assessed(dpia: Any, on: date = DAY) -> object:
        plain = {"data": {"r": RECORD, "s": RECORD}, "governance": {"dpia": dpia} if dpia is not None else {}}
        return application("health_data_assessed", plain, on).value

    assert assessed({"date": "2026-01-15", "data": ["r", "s"]}) is True
    assert assessed({"date": "2026-01-15", "data": ["r"]}) is False
    assert assessed({"date": "2026-01-15", "data": []}) is False
    assert assessed([{"date": "2026-01-15", "data": ["r"]}, {"date": "2026-02-15", "data": ["s"]}]) is True
    assert assessed([]) is False
    assert assessed(None) is UNKNOWN
    assert assessed({"data": ["r", "s"]}) is UNKNOWN
    assert assessed({"date": "2026-01-15"}, date(2026, 1, 1)) is UNKNOWN


def test_what_an_impact_assessment_covers_that_names_no_data_is_asked() -> None:
    """That there is one does not say of what: it may be that of the payroll."""

    def covering(dpia: Any) -> Fact:
        return application("health_data_assessed", {"data": {"r": RECORD}, "governance": {"dpia": dpia}})

    assert (covering({"date": "2026-01-15"}).value, covering({"date": "2026-01-15"}).missing) == (UNKNOWN, ("governance.dpia.0.data",))
    assert covering({"date": "2026-01-15", "data": True}).missing == ("governance.dpia.0.data",)
    assert covering(True).missing == ("governance.dpia.data",)
    assert covering([{"date": "2026-01-15"}, {"date": "2026-02-15", "data": ["r"]}]).value is True


def test_trackers_of_the_day_count() -> None:
    hosts: Plain = {"ads": {"provider": "bigcloud", "service": "advertising"}}
    flow: Plain = {"from": "patients", "to": "ads", "data": []}
    assert application("uses_trackers", {"hosts": hosts, "flows": [flow]}).value is True
    assert application("uses_trackers", {"hosts": hosts, "flows": [{**flow, "ended": "2021-06-25"}]}).value is False
    assert application("uses_trackers", {"hosts": hosts, "flows": []}).value is False
    assert application("uses_trackers", {"hosts": hosts}).missing == ("flows",)


def test_the_hosts_of_health_data_are_those_that_host_it_or_may() -> None:
    plain = hosted(PAAS | {"certificates": []})
    plain["hosts"]["g"] = {"provider": "knowncloud"}
    plain["flows"] = []
    listed = application("health_hosts", plain).value
    assert isinstance(listed, tuple)
    assert [host.id for host in listed] == ["h"]


# --- certificates of a host as things


def test_the_best_certificate_of_a_host_is_the_one_that_holds() -> None:
    plain = certified()
    plain["certificates"]["old"] = {**CERTIFICATE, "issued": "2020-01-01", "expires": "2022-12-31", "version": "1.1"}
    plain["hosts"]["h"]["certificates"] = ["old", "c"]
    here = world(plain)
    assert fact(here, "host", "h", "hds_certificate.id").value == "c"
    assert fact(here, "host", "h", "hds_certificate.valid").value is True
    assert str(fact(here, "host", "h", "hds_certificate.in_force_until").value) == "2027-12-31"


def test_a_host_without_certificates_has_none_and_one_that_is_silent_is_asked() -> None:
    assert fact(world(hosted(PAAS | {"certificates": []})), "host", "h", "hds_certificate").value is False
    found = fact(world(hosted({"provider": "bigcloud"})), "host", "h", "hds_certificate")
    assert (found.value, found.missing) == (UNKNOWN, ("hosts.h.certificates",))


@pytest.mark.parametrize(
    ("said", "expected"),
    [({}, True), ({"expires": "2026-01-01"}, False), ({"version": "2013"}, False), ({"scope": {"offers": ["other"]}}, UNKNOWN), ({"scope": {"services": ["iaas"]}}, False)],
)
def test_iso_27001_counts_where_it_holds_and_takes_the_host_in(said: Plain, expected: object) -> None:
    whole: Plain = {"holder": "bigcloud", "standard": "iso27001", "version": "2022", "issued": "2025-01-01", "expires": "2027-12-31", "scope": {"offers": "all"}, **said}
    plain = hosted(PAAS | {"certificates": ["i"]}, certificates={"i": whole})
    assert fact(world(plain), "host", "h", "iso27001_valid").value is expected


@pytest.mark.parametrize("listed", [["old", "new"], ["new", "old"]])
@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ({"scope": {"offers": "all", "services": "all"}}, True),
        ({"scope": {"offers": "all", "services": ["object-storage"]}}, False),
        ({"scope": {}}, UNKNOWN),
        ({"scope": {"offers": "all"}, "expires": "2026-11-21"}, False),
        ({"scope": {"offers": "all"}, "version": "v3.2"}, True),
        ({"scope": {"offers": "all"}, "version": None}, UNKNOWN),
    ],
)
def test_only_a_qualification_of_version_3_2_that_takes_the_host_in_counts_in_any_order(listed: list[str], new: Plain, expected: object) -> None:
    said: Plain = {"holder": "bigcloud", "standard": "secnumcloud", "version": "3.2", "issued": "2025-01-01", "expires": "2027-12-31"}
    old = {**said, "version": "3.1", "scope": {"offers": "all", "services": "all"}}
    changed = {key: value for key, value in {**said, **new}.items() if value is not None}
    where = world(hosted(PAAS | {"certificates": listed}, certificates={"old": old, "new": changed}))
    assert fact(where, "host", "h", "secnumcloud_valid").value is expected
    assert fact(where, "host", "h", "secnumcloud_any_valid").value is True


@pytest.mark.parametrize("listed", [["v1", "v2"], ["v2", "v1"]])
def test_the_best_certificate_is_the_one_that_takes_the_host_in_then_the_latest(listed: list[str]) -> None:
    def best(**v2: Any) -> Fact:
        first = {**CERTIFICATE, "version": "1.1", "issued": "2024-06-01", "expires": "2027-05-31"}
        both = {"v1": first, "v2": {**CERTIFICATE, **v2}}
        return fact(world(hosted(PAAS | {"certificates": listed}, certificates=both), date(2025, 6, 1)), "host", "h", "hds_certificate.version")

    assert best().value == "2.0"
    assert best(scope={"offers": ["another"], "regions": "all"}).value == "1.1"


def test_a_qualification_known_to_the_catalogue_counts_at_its_own_confidence() -> None:
    known = known_certificate("snc", "bigcloud", standard="secnumcloud", version="3.2", activities=None, issued=date(2025, 1, 1), expires=date(2027, 12, 31))
    plain = hosted({"provider": "bigcloud", "service": "paas"})
    assert fact(world(plain, known=catalogue(known)), "host", "h", "secnumcloud_valid").value is True
    secondary = fact(world(plain, known=catalogue(known._replace(source_status="secondary"))), "host", "h", "secnumcloud_valid")
    assert (secondary.value, secondary.confidence) == (True, Confidence.MEDIUM)
    assert fact(world(plain, known=catalogue(known._replace(source_status="recalled"))), "host", "h", "secnumcloud_valid").value is UNKNOWN


def test_what_ended_by_the_word_of_the_catalogue_alone_may_have_been_renewed_unless_the_list_is_closed() -> None:
    known = known_certificate("snc", "bigcloud", standard="secnumcloud", version="3.2", activities=None, issued=date(2025, 1, 1), expires=date(2027, 12, 31))
    plain = hosted({"provider": "bigcloud", "service": "paas"})
    over = fact(world(plain, date(2028, 1, 1), catalogue(known)), "host", "h", "secnumcloud_valid")
    assert (over.value, over.missing) == (UNKNOWN, ("hosts.h.certificates",))
    assert over.doubt is not None
    assert "renewed" in over.doubt.en
    plain["hosts"]["h"]["certificates"] = []
    assert fact(world(plain, date(2028, 1, 1), catalogue(known)), "host", "h", "secnumcloud_valid").value is False


# --- the catalogue as shipped


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_catalogue(Path(__file__).parent.parent.parent / "rules" / "_catalogue")


def of(shipped: Catalogue, host: Plain, on: date = DAY) -> dict[str, str]:
    return {row.activity: row.verdict for row in rows(hosted(host), on, shipped).values()}


def test_scaleways_managed_databases_are_outside_its_certificate(shipped: Catalogue) -> None:
    found = of(shipped, {"provider": "scaleway", "service": "managed-database", "region": "fr-par"})
    assert found["platform"] == "out-of-scope"
    assert "covered" not in found.values()


def test_clever_cloud_outside_its_health_zones_is_out_of_scope(shipped: Catalogue) -> None:
    signed: Plain = {"contract": {"hds_annex": {"signed": "2025-01-01"}}}
    assert set(of(shipped, {"provider": "clever-cloud", "service": "paas", "region": "par", **signed}).values()) == {"out-of-scope"}
    assert set(of(shipped, {"provider": "clever-cloud", "service": "paas", "region": "parhds", **signed}).values()) == {"covered"}


def test_google_does_not_cover_backup(shipped: Catalogue) -> None:
    assert of(shipped, {"provider": "gcp", "service": "paas", "region": "europe-west9"})["backup"] == "not-covered"


def test_scalingo_covers_its_subcontractor_once_the_annex_is_signed(shipped: Catalogue) -> None:
    host: Plain = {"provider": "scalingo", "service": "paas", "region": "osc-fr1"}
    assert set(of(shipped, {**host, "contract": {"hds_annex": {"signed": "2025-10-01"}}}).values()) == {"covered"}
    assert set(of(shipped, host).values()) == {"unknown"}
    assert "covered" not in of(shipped, {**host, "contract": {"hds_annex": False}}).values()


def test_eu_west_2_is_london_at_aws_and_paris_at_outscale(shipped: Catalogue) -> None:
    for provider, country in (("aws", "GB"), ("outscale", "FR")):
        here = world({"hosts": {"h": {"provider": provider, "region": "eu-west-2"}}}, known=shipped)
        assert fact(here, "host", "h", "country").value == country


def test_new_caledonia_is_doubtful_and_reunion_inside(shipped: Catalogue) -> None:
    assert fact(world({"hosts": {"h": {"provider": "aws", "location": "RE"}}}, known=shipped), "host", "h", "in_eea").value is True
    assert fact(world({"hosts": {"h": {"provider": "aws", "location": "NC"}}}, known=shipped), "host", "h", "in_eea").recalled


def test_the_united_kingdom_is_decided_in_spite_of_its_history(shipped: Catalogue) -> None:
    found = fact(world({"hosts": {"h": {"provider": "aws", "location": "GB"}}}, known=shipped), "host", "h", "in_eea")
    assert (found.value, found.recalled) == (False, False)


# --- the words that rules may use


OURS = ("activities", "application", "certificates", "contents", "contracts", "flows", "measures", "places", "scope", "transfers")


def test_every_derived_fact_has_its_word_and_every_word_its_fact() -> None:
    assert set(all_derivations()) == set(derived_paths())


def test_every_word_is_explained_in_both_languages() -> None:
    for path in derived_paths().values():
        for text in (path.meaning, *(meaning for _, meaning in path.elements)):
            assert text.en.strip(), path.name
            assert text.fr.strip(), path.name


def test_what_to_declare_exists_in_the_format() -> None:
    for (kind, name), path in derived_paths().items():
        for declared in path.declare:
            assert _leads_somewhere(DESCRIPTION, declared.split(".")), (kind, name, declared)


def _leads_somewhere(record: RecordType, steps: list[str]) -> bool:
    field = record.field(steps[0])
    if field is None:
        return False
    rest = steps[2:] if steps[1:2] == ["*"] else steps[1:]
    inside = _inside(field.kind)
    return not rest or (inside is not None and _leads_somewhere(inside, rest))


def _inside(kind: Kind) -> RecordType | None:
    match kind:
        case Nested(record):
            return record
        case Many(of) | Keyed(of):
            return _inside(of)
        case Either(kinds):
            return next((found for each in kinds if (found := _inside(each))), None)
        case _:
            return None


def test_what_is_worked_out_has_the_shape_that_its_word_announces() -> None:
    here = world(_whole())
    for (kind, name), path in derived_paths().items():
        for subject in here.subjects(kind):
            assert _fits(path, subject.fact(name)), (kind, subject.id, name, subject.fact(name).value)


def _fits(path: DerivedPath, found: Fact) -> bool:
    value = found.value
    if value is UNKNOWN or value is False:
        return True
    if path.shape in ("words", "elements"):
        return isinstance(value, tuple)
    kinds: dict[str, Any] = {"flag": bool, "text": str, "number": int, "thing": object, "day": tuple, "span": tuple}
    return isinstance(value, kinds[path.shape])


def test_every_unknown_says_what_to_declare() -> None:
    for here in (world(_whole()), world({"components": {"c": {}}, "data": {"d": {}}, "keys": {"k": {}}, "certificates": {"c": {}}, "flows": [{"from": "c", "to": "internet"}]})):
        for kind, name in _ours():
            for subject in here.subjects(kind):
                found = subject.fact(name)
                for each in (found, *(item for item in (found.value if isinstance(found.value, tuple) else ()) if isinstance(item, Fact))):
                    if each.value is UNKNOWN:
                        assert each.missing, (kind, subject.id, name)
                        assert not [path for path in each.missing if _derived_only(here, path)], (kind, subject.id, name, each.missing)


def _ours() -> list[tuple[SubjectKind, str]]:
    paths = [path for module in OURS for path in import_module(f"hds_audit.model.vocabulary.{module}").PATHS]
    return [(kind, path.name) for path in paths for kind in path.subjects]


def _derived_only(here: World, path: str) -> bool:
    """Whether a path is one that nobody can declare."""
    steps = path.split(".")
    kinds = {"components": "component", "hosts": "host", "data": "data", "keys": "key", "certificates": "certificate", "flows": "flow"}
    kind = kinds.get(steps[0], "application" if steps[0] == "application" else "")
    return len(steps) > 2 and (kind, steps[2]) in here.derivations and kind != "application" and steps[2] not in _ALSO_DECLARED


_ALSO_DECLARED = frozenset({"activities"})  # certificates name theirs


def _whole() -> Plain:
    plain = certified({"location": "FR", "region": "par", "contract": {"signed": "2024-01-01", "clauses": ["destruction"]}})
    plain["components"]["copy"] = {"host": "h", "copy_of": ["db"], "frequency": "PT1H", "restore_tested": {"date": "2026-01-01", "succeeded": True}}
    plain["components"]["db"] |= {"encryption": [{"layer": "volume", "algorithm": "AES-256", "key": "k"}], "administrators": ["publisher"], "zone": "z"}
    plain["keys"] = {"k": {"held_by": ["bigcloud"], "algorithm": "AES-256", "rotation": "P1Y", "rotated": "2026-01-01"}}
    plain["flows"] = [{"from": "patients", "to": "db", "data": ["records"], "transport": {"tls": ["1.2"]}}]
    plain["emails"] = {"templates": [{"data": ["records"]}]}
    return plain


def test_who_is_to_be_appointed_later_and_what_will_change_later_do_not_count_yet() -> None:
    plain: Plain = {"application": {"name": "x", "last_major_change": "2026-12-01"}, "governance": {"dpo": {"name": "D", "appointed": "2026-12-01"}}}
    assert application("governance.dpo", plain, date(2026, 11, 30)).value is UNKNOWN
    assert application("governance.dpo", plain, date(2026, 12, 1)).value is not UNKNOWN
    assert application("last_major_change", plain, date(2026, 11, 30)).value is UNKNOWN
    assert application("last_major_change", plain, date(2026, 12, 1)).known


def test_a_part_of_what_is_not_known_asks_for_what_the_whole_waits_for() -> None:
    """`hds_certificate.valid` is no key of the format: what is to be declared is the list of certificates."""
    found = fact(world(hosted({"provider": "bigcloud", "service": "paas"})), "host", "h", "hds_certificate.valid")
    assert (found.value, found.missing) == (UNKNOWN, ("hosts.h.certificates",))
    assert application("governance.dpo.contact", {}).missing == ("governance.dpo.contact",)


def test_what_is_asked_of_a_host_that_nobody_named_is_the_host() -> None:
    here = world({"data": {"r": RECORD}, "hosts": {"h": {"service": "paas"}}, "components": {"db": {"kind": "database", "stores": ["r"]}}})
    for path in ("host.service", "host.is_hosting", "host.run_by_operator"):
        assert fact(here, "component", "db", path).missing == ("components.db.host",), path
