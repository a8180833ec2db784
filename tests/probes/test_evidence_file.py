"""Evidence written and read back: nothing lost, nothing forged taken for true."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lab.network import Lab

from hds_audit.errors import InputError
from hds_audit.model.evidence import FAULTS, STATUSES, SUBJECT_KINDS, Domain, Endpoint, Evidence, Observation, Raw, Subject, Targets
from hds_audit.model.observable import OBSERVABLES, observable
from hds_audit.model.text import Text
from hds_audit.read.evidence import parse_evidence, read_evidence
from hds_audit.read.trackers import load_trackers
from hds_audit.write.evidence import evidence_json

DAY = datetime(2026, 11, 24, 8, tzinfo=UTC)
TEXTS = st.text(max_size=30)
VALUES = {
    "yes-no": st.none(),
    "number": st.integers(-5, 10**6) | st.floats(0, 100).map(lambda number: round(number, 1)),
    "text": TEXTS,
    "list": st.lists(TEXTS, min_size=1, max_size=4).map(tuple),
}


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    each = draw(st.sampled_from(OBSERVABLES))
    status = draw(st.sampled_from(STATUSES))
    value = draw(VALUES[each.form]) if status == "seen" else () if each.form == "list" and status == "not-seen" else None
    fault = draw(st.sampled_from(FAULTS)) if status == "failed" else None
    why = draw(st.none() | st.builds(Text, TEXTS, TEXTS))
    raw = draw(st.lists(st.builds(Raw, TEXTS, TEXTS), max_size=2).map(tuple))
    subject = Subject(draw(st.sampled_from(SUBJECT_KINDS)), draw(TEXTS))
    at = DAY + timedelta(seconds=draw(st.integers(0, 10**6)))
    return Observation(each.name, subject, status, at, value, draw(st.sampled_from(["", "192.0.2.1"])), raw, fault, why)


ENDPOINTS = st.builds(Endpoint, TEXTS, TEXTS, st.lists(TEXTS, max_size=2).map(tuple), st.sampled_from([None, True, False]))
DOMAINS = st.builds(Domain, TEXTS, st.lists(TEXTS, max_size=2).map(tuple))
TARGETS = st.builds(Targets, st.lists(ENDPOINTS, max_size=2).map(tuple), st.lists(DOMAINS, max_size=2).map(tuple))
EVIDENCE = st.builds(
    Evidence,
    st.just(DAY),
    st.just(DAY),
    TARGETS,
    st.lists(observations(), max_size=4).map(tuple),
    st.booleans(),
    TEXTS,
    st.just((Raw("a", "b"),)),
)


@given(EVIDENCE)
def test_evidence_written_is_read_back_the_same(evidence: Evidence) -> None:
    assert parse_evidence("e.json", evidence_json(evidence).encode("utf-8", "surrogatepass")) == evidence


def test_a_whole_run_is_read_back_the_same(lab: Lab, evidence: Evidence, tmp_path: Path) -> None:
    path = tmp_path / "evidence.json"
    path.write_text(evidence_json(evidence), "utf-8")
    assert read_evidence(path) == evidence


def tree(**changes: object) -> dict[str, object]:
    observation = {
        "name": "tls.rc4",
        "subject": {"kind": "endpoint", "id": "https://a.test"},
        "status": "not-seen",
        "at": "2026-11-24T08:00:00Z",
    }
    whole = {
        "format": "hds-audit-evidence/1",
        "tool": "t",
        "started": "2026-11-24T08:00:00Z",
        "ended": "2026-11-24T08:00:00+00:00",
        "complete": True,
        "targets": {"endpoints": [], "domains": []},
    }
    return {**whole, "observations": [{**observation, **changes}]}


def problems(content: object) -> list[str]:
    with pytest.raises(InputError) as refused:
        parse_evidence("e.json", json.dumps(content).encode())
    return [problem.said("en") for problem in refused.value.problems]


def test_the_least_that_is_needed_is_read() -> None:
    read = parse_evidence("e.json", json.dumps(tree()).encode())
    assert read.observations[0].known


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"status": "pass"}, "observations[0].status: one of seen, not-seen, not-testable, failed is due"),
        ({"at": "2026-11-24"}, "observations[0].at: a moment"),
        ({"at": "yesterday"}, "observations[0].at: a moment"),
        ({"value": True}, "observations[0].value: no value of tls.rc4 when not-seen"),
        ({"name": "tls.suites", "status": "not-seen", "value": ["TLS_X"]}, "no value of tls.suites when not-seen"),
        ({"name": "tls.suites", "status": "seen", "value": []}, "no value of tls.suites when seen"),
        ({"name": "tls.dh_bits", "status": "seen", "value": "4096"}, "no value of tls.dh_bits when seen"),
        ({"name": "tls.dh_bits", "status": "seen", "value": True}, "no value of tls.dh_bits when seen"),
        ({"name": "mail.dmarc_policy", "status": "seen"}, "no value of mail.dmarc_policy when seen"),
        ({"subject": {"kind": "host", "id": "a"}}, "observations[0].subject.kind"),
        ({"subject": []}, "observations[0].subject: a mapping is due"),
        ({"fault": "mine"}, "observations[0].fault"),
        ({"why": "no"}, "observations[0].why"),
        ({"raw": [["a"]]}, "observations[0].raw[0]: a label and what was said are due"),
        ({"value": {"a": 1}}, "observations[0].value"),
        ({"value": [1]}, "observations[0].value[0]: a text is due"),
    ],
)
def test_what_is_wrong_is_told_with_its_path(change: dict[str, object], said: str) -> None:
    assert any(said in problem for problem in problems(tree(**change)))


def test_every_problem_is_told_at_once() -> None:
    told = problems({**tree(status="x", at="y"), "complete": "yes", "started": 3})
    assert len(told) == 4


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'{"format": "other/1"}', b"\xff", b"[" * 100_000, b'{"format": NaN}'])
def test_what_is_no_evidence_is_refused(content: bytes) -> None:
    with pytest.raises(InputError) as refused:
        parse_evidence("e.json", content)
    assert refused.value.exit_code == 2
    assert refused.value.problems[0].where.startswith("e.json")


def test_a_name_of_a_later_version_is_kept() -> None:
    read = parse_evidence("e.json", json.dumps(tree(name="tls.something_new", status="seen", value=3)).encode())
    assert read.observations[0].value == 3


def test_a_file_that_is_not_there_is_said_to_be_absent(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_evidence(tmp_path / "none.json")


def test_every_observable_has_two_languages_and_one_name() -> None:
    assert len({each.name for each in OBSERVABLES}) == len(OBSERVABLES)
    assert all(each.title.en and each.title.fr and each.on for each in OBSERVABLES)
    assert observable("tls.rc4") is not None
    assert observable("tls.rc5") is None


CATALOGUE = Path(__file__).parents[2] / "rules" / "_catalogue"
BEYOND = {
    "adform",
    "adjust",
    "adobe",
    "appsflyer",
    "branch",
    "comscore",
    "crazy-egg",
    "dailymotion",
    "disqus",
    "equativ",
    "fullstory",
    "id5",
    "index-exchange",
    "klaviyo",
    "liveramp",
    "logrocket",
    "lucky-orange",
    "magnite",
    "marketo",
    "mediametrie",
    "mouseflow",
    "mparticle",
    "nielsen",
    "openx",
    "optimizely",
    "oracle-advertising",
    "pardot",
    "pinterest",
    "piwik-pro",
    "plezi",
    "pubmatic",
    "quantcast",
    "reddit",
    "rtb-house",
    "sharethis",
    "smartlook",
    "snap",
    "statcounter",
    "tealium",
    "the-trade-desk",
    "twitch",
    "vimeo",
    "vwo",
    "weborama",
    "x-corp",
    "yandex",
}


def test_trackers_belong_to_organisations_of_the_catalogue() -> None:
    from hds_audit.read.catalogue import load_catalogue

    catalogue = load_catalogue(CATALOGUE)
    trackers = load_trackers(CATALOGUE / "trackers.yaml")
    assert len(trackers) > 100
    assert {each.organisation for each in trackers if catalogue.organisation(each.organisation) is None} == BEYOND


@pytest.mark.parametrize(
    "text",
    [
        "",
        "trackers: {a: {advertising: [not a domain]}}",
        "trackers: {a: {spying: [a.test]}}",
        "trackers: {a: {video: [a.test, a.test]}}",
        "others: {}",
    ],
)
def test_a_broken_list_of_trackers_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "trackers.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError):
        load_trackers(path)


def test_the_guides_hold_what_their_datasets_say() -> None:
    import os

    data = os.environ.get("HDS_AUDIT_DATA")
    if not data:
        pytest.skip("HDS_AUDIT_DATA is not set")
    import yaml

    lists = {
        name: entry
        for file in (CATALOGUE / "tls_guides").glob("*.yaml")
        for name, entry in yaml.safe_load(file.read_text("utf-8"))["lists"].items()
    }
    anssi = json.loads((Path(data) / "probe/anssi-tls-v1.2.json").read_text("utf-8"))["cipher_suites"]
    mozilla = json.loads((Path(data) / "probe/mozilla-tls-6.0.json").read_text("utf-8"))["configurations"]["intermediate"]
    assert set(lists["anssi_tls_suites"]["items"]) == set(anssi["recommended"])
    assert set(lists["anssi_tls_suites_tolerated"]["items"]) == {name for name in anssi["not recommended"] if "PSK" not in name}
    assert set(lists["mozilla_intermediate_suites"]["items"]) == {*mozilla["ciphersuites"], *mozilla["ciphers"]["iana"]}
    assert lists["mozilla_hsts_seconds"]["items"] == [str(mozilla["hsts_min_age"])]


def test_the_guides_speak_of_suites_and_groups_that_probes_can_see() -> None:
    import yaml

    from hds_audit.probes.hello import GROUPS
    from hds_audit.probes.suites import CLASSIC_SUITES, TLS13_SUITES

    known = {suite.name for suite in (*CLASSIC_SUITES, *TLS13_SUITES)}
    for file in sorted((CATALOGUE / "tls_guides").glob("*.yaml")):
        for name, entry in yaml.safe_load(file.read_text("utf-8"))["lists"].items():
            if "suites" in name:
                assert set(entry["items"]) <= known
            if "groups" in name:
                assert set(entry["items"]) <= set(GROUPS.values())
