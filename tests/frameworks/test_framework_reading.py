"""A folder of texts that does not hold together is refused, every problem told with its place."""

from pathlib import Path

import pytest

from hds_audit.errors import InputError
from hds_audit.read.frameworks import load_frameworks

HEAD = """\
framework: hds
prefixes: [hds]
title: {en: A text, fr: Un texte}
version: "1"
nature: law
from: 2020-01-01
sources:
  read: {ref: The text, status: verified, read: 2026-11-24}
defaults: {addressee: host, visibility: part, remains: {en: The rest, fr: Le reste}, sources: [read]}
controls:
"""
ONE = "  - {id: 'hds:1', title: {en: One, fr: Un}, text: {en: Do it, fr: Le faire}}\n"


def problems(folder: Path, **files: str) -> list[str]:
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(content, "utf-8")
    with pytest.raises(InputError) as refused:
        load_frameworks(folder)
    assert all(problem.en and problem.fr for problem in refused.value.problems)
    return [problem.said("en") for problem in refused.value.problems]


def test_a_small_text_reads_with_its_defaults(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(HEAD + ONE, "utf-8")
    control = load_frameworks(tmp_path).control("hds:1")
    assert control is not None
    assert (control.framework, control.family, control.kind, control.addressees) == ("small", "hds", "requirement", ("host",))
    assert (control.visibility, control.remains.fr, control.status, control.ask_host) == ("part", "Le reste", "verified", False)
    assert control.numbering_seen


def test_a_control_overrides_what_its_file_says(tmp_path: Path) -> None:
    more = (
        "  - {id: 'hds:2', title: {en: Two, fr: Deux}, text: {en: x, fr: y}, addressee: [publisher, host], from: 2021-01-01,\n"
        "     until: 2022-01-01, framework: gdpr, nature: guidance, kind: context, visibility: judged, ask_host: true,\n"
        "     numbering: ours, basis: [declared, observed], related: ['hds:1'], warning: {en: w, fr: a},\n"
        "     sources: [{ref: Other, status: recalled, read: 2026-11-22, url: 'https://example.org'}, read]}\n"
    )
    (tmp_path / "small.yaml").write_text(HEAD + ONE + more, "utf-8")
    control = load_frameworks(tmp_path).control("hds:2")
    assert control is not None
    assert control.addressees == ("publisher", "host")
    assert (control.family, control.nature, control.kind, control.visibility) == ("gdpr", "guidance", "context", "judged")
    assert (control.ask_host, control.numbering_seen, control.basis) == (True, False, ("declared", "observed"))
    assert (control.status, control.sources[0].url, control.sources[1].ref) == ("recalled", "https://example.org", "The text")


def test_norway_stays_a_word(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(HEAD + ONE.replace("en: One", "en: NO"), "utf-8")
    control = load_frameworks(tmp_path).control("hds:1")
    assert control is not None
    assert control.title.en == "NO"


def test_a_text_to_come_is_in_force_on_no_day(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(HEAD.replace("from: 2020-01-01", "from: to-come") + ONE, "utf-8")
    control = load_frameworks(tmp_path).control("hds:1")
    assert control is not None
    assert control.since is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("framework: hds", "framework: hipaa", "hipaa is not one of: hds, gdpr, cloud_act, iso27001"),
        ("framework: hds\n", "", "framework is missing"),
        ("nature: law", "nature: gossip", "gossip is not one of"),
        ("from: 2020-01-01", "from: 2020-02-31", "2020-02-31 is no day"),
        ("from: 2020-01-01\n", "", "from is missing"),
        ("from: 2020-01-01", "from: 2020-01-01\nuntil: 2019-01-01", "is not later than"),
        ("fr: Un texte", "it: Un testo", "unknown key"),
        ("prefixes: [hds]", "prefixes: [csp]", "the id begins with one of: csp"),
        ("prefixes: [hds]\n", "", "prefixes is missing"),
        ("status: verified", "status: certain", "certain is not one of: verified, secondary, recalled"),
        (", read: 2026-11-24", "", "read is missing"),
        ("sources: [read]", "sources: [unread]", "no source unread; known are: read"),
        ("addressee: host", "addressee: hostess", "hostess is not one of"),
        ("addressee: host, ", "", "addressee is missing"),
        ("visibility: part, ", "", "visibility is missing"),
        ("remains: {en: The rest, fr: Le reste}, ", "", "remains is missing"),
        (", sources: [read]", "", "sources is missing"),
        ("text: {en: Do it, fr: Le faire}", "text: {en: Do it}", "fr is missing"),
        ("text: {en: Do it, fr: Le faire}", "text: {en: Do it, fr: }", "a text is due"),
        ("id: 'hds:1', ", "", "id is missing"),
        ("id: 'hds:1'", "id: hds", "the id begins with one of: hds"),
        ("id: 'hds:1'", "id: 'hds:1', related: ['hds:9']", "related names hds:9"),
        ("id: 'hds:1'", "id: 'hds:1', related: ['hds:1']", "related names hds:1"),
        ("id: 'hds:1'", "id: 'hds:1', severity: high", "unknown key"),
        ("id: 'hds:1'", "id: 'hds:1', ask_host: yes", "yes is not one of: true, false"),
        ("id: 'hds:1'", "id: 'hds:1', id: 'hds:2'", "cannot stand here"),
        ("id: 'hds:1'", "id: &x 'hds:1', version: *x", "aliases"),
        ("id: 'hds:1'", "id: !!python/object/apply:os.system ['true']", "tags"),
        ("  - {", "  - [", "cannot be read"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    content = HEAD + ONE
    assert old in content
    lines = problems(tmp_path, small=content.replace(old, new))
    assert any(told in line for line in lines), lines
    assert all(line.startswith("small.yaml") for line in lines)


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    lines = problems(
        tmp_path,
        one=HEAD.replace("nature: law", "nature: lore") + ONE,
        two=HEAD.replace("host", "guest") + ONE,
        soa="contradictions: [{}]\n",
    )
    assert any(line.startswith("one.yaml:5:") for line in lines)
    assert any("guest" in line for line in lines)
    assert any(line.startswith("soa.yaml:1:") for line in lines)
    assert any("hds:1: stands in one.yaml already" in line for line in lines)


def test_a_control_does_not_outlive_its_text(tmp_path: Path) -> None:
    head = HEAD.replace("from: 2020-01-01", "from: 2020-01-01\nuntil: 2021-01-01")
    assert any("outlives" in line for line in problems(tmp_path, small=head + ONE.replace("id:", "until: 2022-01-01, id:")))


def test_a_contradiction_names_a_control_that_exists(tmp_path: Path) -> None:
    soa = "contradictions: [{control: 'iso27001:A.9.9', when: {en: a, fr: b}, paths: [hosts]}]\n"
    assert any("iso27001:A.9.9: no text holds this control" in line for line in problems(tmp_path, small=HEAD + ONE, soa=soa))


def test_an_empty_folder_is_no_law(tmp_path: Path) -> None:
    assert any("holds no text" in line for line in problems(tmp_path))


def test_a_text_without_controls_is_refused(tmp_path: Path) -> None:
    assert any("no control is listed" in line for line in problems(tmp_path, small=HEAD.removesuffix("controls:\n")))


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_bytes(b"\xff\xfe\x00")
    assert any("cannot be read" in line for line in problems(tmp_path))
