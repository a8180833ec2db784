"""What each value allows and the whole forbids."""

from collections.abc import Callable

import pytest

Problems = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("organisations: {a: {parent: a}}", "4:29: these organisations own one another in a circle: `a` → `a`"),
        (
            "organisations: {a: {parent: b}, b: {parent: [c]}, c: {parent: [hoster, a]}}",
            "4:29: these organisations own one another in a circle: `a` → `b` → `c` → `a`",
        ),
        (
            "organisations: {holding: {parent: brand}}",
            "4:35: these organisations own one another in a circle: `holding` → `brand` → `holding`",
        ),
        ("components: {a: {copy_of: a}}", "4:27: these components are copies of one another in a circle: `a` → `a`"),
        (
            "components: {a: {copy_of: [b]}, b: {copy_of: [a]}}",
            "4:27: these components are copies of one another in a circle: `a` → `b` → `a`",
        ),
        (
            "certificates: {c: {issued: 2026-02-01, expires: 2026-01}}",
            "4:49: `expires` (2026-01) comes before `issued` (2026-02-01); mend one of them",
        ),
        ("flows: [{from: patients, to: h, started: 2026-02-01, ended: 2026-01-31}]", "4:61: `ended` (2026-01-31) comes before `started`"),
        ("attestations: {x: {status: implemented, date: 2026-02-01, expires: 2025}}", "4:68: `2025`: a day"),
        ("attestations: {x: {status: implemented, date: 2026-02-01, expires: 2025-12}}", "4:68: `expires` (2025-12) comes before `date`"),
        (
            "governance: {security_policy: {approved: 2026-01-02, next_review: 2026-01-01}}",
            "4:67: `next_review` (2026-01-01) comes before `approved`",
        ),
        ("environments: {t: {approved: 2026-01-02, until: 2026-01-01}}", "4:49: `until` (2026-01-01) comes before `approved`"),
        ("components: {patients: {}}", "4:14: `patients` is a word of the format, so nothing could refer to this entry"),
        ("organisations: {end-users: {}}", "4:17: `end-users` is a word of the format"),
        ("flows: [{id: a, from: patients, to: h}, {id: a, from: h, to: patients}]", "4:46: `a` already names an entry of this list"),
        ("endpoints: [https://a.example, https://a.example]", "4:32: `https://a.example` already names an entry"),
        ("organisations: {a: {owners: [{share: 101}]}}", "4:38: a percentage is due here; write at most 100"),
        ("governance: {training: {share: 100.5}}", "4:32: a percentage is due here"),
        (
            "evidence: [{for: hosts.h.contract.hds_annex}]",
            "4:18: `hosts.h.contract.hds_annex` is not declared: nothing is written under `contract`",
        ),
        (
            "evidence: [{for: hosts.h.provide}]",
            "4:18: `hosts.h.provide` is not declared: nothing is written under `provide`; did you mean `provider`?",
        ),
        ("evidence: [{for: hosts.h.provider.name}]", "4:18: `hosts.h.provider.name` is not declared: nothing is written under `name`"),
        ("evidence: [{for: hosts.h, sha256: abc}]", "4:35: this is no SHA-256"),
        (
            "attestations: {x: [{status: implemented}, {status: implemented, subject: a}]}",
            "4:21: `x` has several answers; give each a `subject` of its own",
        ),
        ("attestations: {x: [{status: implemented, subject: a}, {status: implemented, subject: a}]}", "4:56: `x` has several answers"),
    ],
)
def test_what_does_not_hold_together_is_refused(problems: Problems, text: str, problem: str) -> None:
    (line,) = problems(text)
    assert line.startswith(f"infra.yaml:{problem}")


def test_a_circle_is_found_wherever_the_way_to_it_begins(problems: Problems) -> None:
    chain = "".join(f"  o{n}: {{parent: o{n + 1}}}\n" for n in range(9)) + "  o9: {parent: o2}\n"
    (line,) = problems(f"organisations:\n{chain}")
    assert line == (
        "infra.yaml:7:16: these organisations own one another in a circle: `o2` → `o3` → `o4` → `o5` → `o6` → … → `o2`; mend a `parent`"
    )


def test_two_circles_are_two_problems(problems: Problems) -> None:
    assert len(problems("components: {a: {copy_of: b}, b: {copy_of: a}, c: {copy_of: d}, d: {copy_of: [c, a]}}")) == 2


def test_a_long_ladder_of_owners_is_climbed_once(problems: Problems) -> None:
    ladder = "".join(f"  o{n}: {{parent: [o{n + 1}, o{n + 2}]}}\n" for n in range(4000)) + "  o4000: {}\n  o4001: {}\n"
    assert problems(f"organisations:\n{ladder}") == []


@pytest.mark.parametrize(
    "text",
    [
        "organisations: {a: {parent: [b, c]}, b: {parent: d}, c: {parent: d}, d: {parent: false}}",  # a joint venture of one group
        "organisations: {a: {parent: brand}}",
        "organisations: {holding: {parent: false}, brand: {parent: holding}}",
        "components: {a: {}, b: {copy_of: a}, c: {copy_of: [a, b]}}",
        "certificates: {c: {issued: 2026-01-31, expires: 2026-01}}",  # a month is a range
        "certificates: {c: {issued: 2026-01, expires: 2026-01-01}}",
        "flows: [{from: patients, to: h}, {from: patients, to: h}, {id: a, from: patients, to: h}]",
        "evidence: [{for: hosts.h.provider}, {for: hosts.h}, {for: application.name}]",
        "components: {a.b: {zones: 2}}\nevidence: [{for: components.a.b.zones}]",
        "components: {a: {zones: 1}, a.b: {zones: 2}}\nevidence: [{for: components.a.b}]",
        "components: {a: {encryption: [volume]}}\nevidence: [{for: components.a.encryption.0}, {for: components.a.encryption.0.layer}]",
        "attestations: {x: [{status: implemented}]}",
        "attestations: {x: [{status: implemented, subject: a}, {status: implemented, subject: b}]}",
    ],
)
def test_what_holds_together_is_read(problems: Problems, text: str) -> None:
    assert problems(text) == []


def place(text: str) -> str:
    return f"format: hds-audit/1\napplication: {{}}\nhosts: {{h: {{provider: hoster, {text}}}}}\n"


@pytest.mark.parametrize(
    "text",
    [
        "region: west-1",
        "region: west-1, location: FR",
        "region: elsewhere, location: DE",
        "region: west-1, location: false",
        "location: DE",
        "region: dim-1, location: FR",
    ],
)
def test_a_region_may_be_a_mere_name_and_a_recalled_one_does_not_decide(problems: Problems, text: str) -> None:
    assert problems(place(text), base=False) == []


def test_a_region_that_contradicts_the_location_is_refused(problems: Problems) -> None:
    (line,) = problems(place("region: west-1, location: {country: DE}"), base=False)
    assert line == "infra.yaml:3:67: region `west-1` of `hoster` is in FR, and DE is written here; mend the region or the location"
    (line,) = problems(place("region: west-1, location: DE").replace("hoster", "ho"), base=False)
    assert "is in FR, and DE is written here" in line


@pytest.mark.parametrize(("code", "fits"), [("west-1", True), ("DE", True), ("anything", True), ("XX", False)])
def test_copies_are_in_regions_or_countries_that_exist(problems: Problems, code: str, fits: bool) -> None:
    lines = problems(place(f"replicated_to: [FR, {code}]"), base=False)
    assert (lines == []) is fits
    assert fits or "`XX` is neither a region of the provider nor a country" in lines[0]
