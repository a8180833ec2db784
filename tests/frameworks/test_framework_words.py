"""What the texts say, in two languages that say the same; and what must never be said."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from framework_controls import controls_of

from hds_audit.model.framework import Control, Frameworks
from hds_audit.model.text import Text

SAME_IN_BOTH = {
    "RSA",
    "SHA-2",
    "CLOUD Act (18 USC 2713)",
    "Investigatory Powers Act 2016",
    "Pseudonymisation",
    "Leadership",
    "Communication",
}


def said(control: Control) -> Iterator[Text]:
    yield from (control.title, control.text, control.remains)
    if control.warning:
        yield control.warning


def numbers(sentence: str) -> list[str]:
    joined = re.sub(r"(?<=\d)[ , ](?=\d{3}\b)", "", sentence)
    return sorted(re.findall(r"\d+", joined))


def test_every_text_is_whole_in_both_languages(texts: Frameworks) -> None:
    for control in texts:
        for text in said(control):
            assert text.en.strip(), control.id
            assert text.fr.strip(), control.id
            assert text.en != text.fr or text.en in SAME_IN_BOTH, control.id
            assert not re.search(r"\b(the|which|with)\b", text.fr), (control.id, text.fr)
            assert not re.search(r"\b(les|des|une|est|dans)\b", text.en), (control.id, text.en)


def test_both_languages_give_the_same_numbers(texts: Frameworks) -> None:
    differing = [(control.id, text) for control in texts for text in said(control) if numbers(text.en) != numbers(text.fr)]
    assert differing == []


def test_french_punctuation_has_its_space(texts: Frameworks) -> None:
    assert [control.id for control in texts for text in said(control) if re.search(r"\S[;:!?](\s|$)", text.fr)] == []


def test_every_control_has_a_source_read_on_a_day(texts: Frameworks) -> None:
    for control in texts:
        assert control.sources, control.id
        assert all(source.ref and source.read and source.read <= date(2026, 11, 24) for source in control.sources), control.id


def test_what_is_only_recalled_says_so(texts: Frameworks) -> None:
    assert [control.id for control in texts if control.status == "recalled" and control.warning is None] == []


def test_what_a_description_cannot_decide_names_what_remains(texts: Frameworks) -> None:
    assert {control.id for control in texts if len(control.remains.en) < 9 or len(control.remains.fr) < 9} == set()


def test_hds_binds_the_host_and_never_its_customer(texts: Frameworks) -> None:
    assert {control.addressees for control in controls_of(texts, "hds-v2")} == {("host",)}
    penalty = texts.control("csp:L.1115-1")
    assert penalty is not None
    assert (penalty.kind, penalty.addressees) == ("penalty", ("host",))


def test_what_only_the_host_knows_is_asked_of_it(texts: Frameworks) -> None:
    asked = {control.id.removeprefix("hds:EXI-") for control in controls_of(texts, "hds-v2") if control.ask_host}
    assert {"12", "13", "15", "31", "02", "03", "05", "06", "08", "09", "10", "14", "16", "30"} <= asked
    hidden = [control for control in controls_of(texts, "hds-v2") if control.visibility == "invisible"]
    assert all(control.ask_host for control in hidden)


@pytest.mark.parametrize(
    "words", [r"encrypt|chiffr", r"multi-?factor|several factors|multifacteur|plusieurs facteurs", r"\blogs?\b|journa"]
)
def test_no_hds_requirement_asks_for_encryption_factors_or_logs(texts: Frameworks, words: str) -> None:
    for control in (*controls_of(texts, "hds-v2"), *controls_of(texts, "hds-v1")):
        assert not re.search(words, f"{control.title} {control.text}", re.IGNORECASE), control.id


def test_security_measures_of_gdpr_32_are_not_sold_as_mandatory(texts: Frameworks) -> None:
    control = texts.control("gdpr:32.1.a")
    assert control is not None
    assert control.warning is not None
    assert "appropriate" in control.warning.en


def test_what_cannot_be_satisfied_is_no_requirement(texts: Frameworks) -> None:
    kinds = {name: control.kind for name in ("case:CE-450163", "us:eo-12333", "gdpr:83.5", "us:cloud-act", "gdpr:4.15", "hds:EXI-28")
             if (control := texts.control(name))}  # fmt: skip
    assert kinds == {
        "case:CE-450163": "context", "us:eo-12333": "context", "gdpr:83.5": "penalty", "us:cloud-act": "exposure",
        "gdpr:4.15": "definition", "hds:EXI-28": "requirement",
    }  # fmt: skip


def test_the_clauses_of_2026_say_that_their_number_was_not_seen(texts: Frameworks) -> None:
    late = [control for control in controls_of(texts, "csp") if control.since == date(2026, 9, 26) and ".I." in control.id]
    assert len(late) == 6
    assert all(not control.numbering_seen and control.status == "secondary" and control.warning for control in late)
