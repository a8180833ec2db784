"""Every rule proves itself by its own examples, speaks both languages, and cites what is there."""

import re
from functools import cache
from pathlib import Path

import pytest

from hds_audit.model.paths import Space
from hds_audit.model.rule import Rule
from hds_audit.pipeline.examples import run_examples
from hds_audit.pipeline.knowledge import Knowledge, Shelf, knowledge, known_words, rules_folder

RULES = Path(__file__).parent.parent.parent / "rules"
FILES = sorted(str(path.relative_to(RULES)) for path in RULES.rglob("*.yaml") if not any(part.startswith("_") for part in path.relative_to(RULES).parts))
HOLE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_.\-]*)\}")
FRENCH_ONLY = re.compile(r"[éèêàùçœ]|\b(le|la|les|des|une|est)\b", re.IGNORECASE)


@cache
def known() -> Knowledge:
    return knowledge(Shelf(rules_folder()))


@cache
def rule_of(file: str) -> Rule:
    return next(rule for rule in known().rules if rule.file.endswith(file))


ASKING = {"gdpr/28-3-administrators.yaml"}  # they ask for a contract and, as their limits say, never find its lack


@pytest.mark.parametrize("file", FILES)
def test_its_examples_hold(file: str) -> None:
    rule = rule_of(file)
    ran = run_examples(rule, known())
    assert [f"#{item.number}: expected {item.example.expect}, found {item.found}" for item in ran if not item.holds] == []


@pytest.mark.parametrize("file", FILES)
def test_its_examples_show_each_verdict_that_it_can_give(file: str) -> None:
    rule = rule_of(file)
    shown = {example.expect for example in rule.examples}
    if rule.attest:
        assert "manual" in shown
        return
    assert "unknown" in shown or rule.subject == "organisation"
    if rule.decides:
        assert ({"pass"} if file in ASKING else {"pass", "fail"}) <= shown
    if rule.when is not None:
        assert "not-applicable" in shown


@pytest.mark.parametrize("file", FILES)
def test_it_speaks_both_languages(file: str) -> None:
    rule = rule_of(file)
    texts = (rule.title, rule.remedy, rule.limits, *([rule.message] if not rule.attest else []))
    assert all(said.en and said.fr for said in texts)
    assert [said.en for said in texts] != [said.fr for said in texts]
    assert FRENCH_ONLY.search(" ".join(said.fr for said in texts))


@pytest.mark.parametrize("file", FILES)
def test_the_holes_of_its_message_are_paths(file: str) -> None:
    rule, paths = rule_of(file), known_words(known().catalogue).paths
    assert set(HOLE.findall(rule.message.en)) == set(HOLE.findall(rule.message.fr))
    for hole in HOLE.findall(rule.message.en):
        assert hole == "short" or paths.find(Space(kind=rule.subject), hole) is not None, hole


def test_a_mandatory_rule_cites_a_text() -> None:
    assert [rule.id for rule in known().rules if rule.level == "mandatory" and not (rule.controls or rule.attest)] == []


def test_no_hds_rule_speaks_of_encryption_at_rest_of_several_factors_or_of_the_length_of_logs() -> None:
    """HDS v2.0 asks for none of the three: such a rule may cite other texts, never `hds:`."""
    for rule in known().rules:
        text = f"{rule.title.en} {rule.require}".lower()
        if any(word in text for word in ("encrypt", "mfa", "factor", "retention", "layers")):
            assert not [control for control in rule.controls if control.startswith("hds:")], rule.id


def test_every_rule_has_an_id_of_its_own_and_a_file_in_the_folder_of_its_framework() -> None:
    assert len({rule.id for rule in known().rules}) == len(known().rules) == len(FILES)
    assert [rule.id for rule in known().rules if Path(rule.file).parent.name != rule.framework] == []
