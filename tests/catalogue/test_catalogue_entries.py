"""What every entry of the shipped catalogue has to hold."""

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from hds_audit.model.catalogue import Catalogue
from hds_audit.model.catalogued import STATUSES, Span, Status
from hds_audit.model.format.words import ACTIVITIES, SERVICES, STANDARDS, TRANSFER_BASES
from hds_audit.model.text import Text
from hds_audit.read.catalogue import load_catalogue

IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def statuses(catalogue: Catalogue) -> Iterator[tuple[str, Status, tuple[str, ...]]]:
    for each in catalogue.organisations.values():
        told = [each.country_status, each.presence_status, *(owned.status for owned in each.owners or ())]
        yield from ((each.id, status, each.sources) for status in told if status)
    yield from ((each.id, each.status, each.sources) for each in catalogue.offers.values())
    yield from ((f"{each.organisation} {each.code}", each.status, each.sources) for each in catalogue.regions.values())
    for country in catalogue.countries.values():
        yield country.code, country.status, country.sources
        yield from ((f"{country.code} {each.ref}", each.status, each.sources) for each in country.adequate)
    yield from ((each.id, each.status, each.sources) for each in catalogue.regimes.values())
    yield from ((each.id, each.status, each.sources) for each in catalogue.laws.values())
    yield from ((each.id, each.source_status, each.sources) for each in catalogue.certificates.values())
    yield from ((each.id, each.status, each.sources) for each in catalogue.lists.values())
    yield from ((f"{each.organisation} {each.value}", each.status, each.sources) for each in catalogue.signals)


def texts(catalogue: Catalogue) -> Iterator[Text | None]:
    yield from (each.note for each in catalogue.organisations.values())
    yield from (each.why for each in catalogue.offers.values())
    yield from (each.note for each in catalogue.regions.values())
    for country in catalogue.countries.values():
        yield from (country.name, country.debated, *(each.scope for each in country.adequate))
    for regime in catalogue.regimes.values():
        yield from (regime.name, regime.note)
    for law in catalogue.laws.values():
        yield from (law.title, law.note)
    yield from (each.note for each in catalogue.certificates.values())
    yield from (each.title for each in catalogue.lists.values())


def spans(catalogue: Catalogue) -> Iterator[Span]:
    for each in catalogue.organisations.values():
        yield from (owned.span for owned in each.owners or ())
    for country in catalogue.countries.values():
        yield from (*country.eu, *country.eea, *(decision.span for decision in country.adequate))
    yield from (each.span for each in catalogue.regimes.values())
    yield from (each.span for each in catalogue.laws.values())
    yield from (each.span for each in catalogue.certificates.values())
    yield from (item.span for each in catalogue.lists.values() for item in each.items)


def test_it_loads_without_a_problem_and_says_its_day(catalogue: Catalogue) -> None:
    assert catalogue.as_of == date(2026, 11, 22)


def test_what_is_not_recalled_names_its_sources(catalogue: Catalogue) -> None:
    told = list(statuses(catalogue))
    assert len(told) > 1500
    assert {status for _, status, _ in told} == set(STATUSES)
    assert [entry for entry, status, sources in told if status != "recalled" and not sources] == []


def test_every_source_that_is_named_exists_and_every_source_serves(catalogue: Catalogue) -> None:
    named = {name for _, _, sources in statuses(catalogue) for name in sources}
    assert named - set(catalogue.sources) == set()
    assert set(catalogue.sources) - named == set()


def test_a_weak_list_of_regions_verifies_nothing(catalogue: Catalogue) -> None:
    weak = [each for each in catalogue.regions.values() if set(each.sources) <= {"cloud-regions-info"}]
    assert {each.status for each in weak if each.sources} == {"secondary"}


def test_every_text_is_in_both_languages(catalogue: Catalogue) -> None:
    said = [text for text in texts(catalogue) if text is not None]
    assert len(said) > 500
    assert [text for text in said if not text.en.strip() or not text.fr.strip()] == []
    long = [text for text in said if len(text.en) > 60]
    assert [text for text in long if text.en == text.fr] == []


def test_every_span_has_its_days_in_order(catalogue: Catalogue) -> None:
    assert [span for span in spans(catalogue) if span.since and span.until and span.since >= span.until] == []


def test_nothing_was_read_after_it_was_written(catalogue: Catalogue) -> None:
    days = {each.read for each in catalogue.sources.values()} | {each.read for each in catalogue.laws.values()}
    assert max(days) <= date(2026, 11, 24)
    seen = [each.seen for each in catalogue.certificates.values() if each.seen]
    assert max(seen) <= catalogue.as_of


def test_identifiers_are_short_lower_case_words(catalogue: Catalogue) -> None:
    names = [*catalogue.organisations, *catalogue.aliases, *catalogue.offers, *catalogue.certificates]
    assert [name for name in names if not IDENTIFIER.fullmatch(name) or len(name) > 40] == []


def test_an_alias_is_no_organisation(catalogue: Catalogue) -> None:
    assert set(catalogue.aliases) & set(catalogue.organisations) == set()


def test_a_parent_that_is_known_leads_to_a_known_end_or_says_where_it_stops(catalogue: Catalogue) -> None:
    on = catalogue.as_of
    for name in catalogue.organisations:
        kin = catalogue.ancestry(name, on)
        stops = {each.organisation.id for each in kin if each.organisation.owners_on(on) is None}
        tops = [each.organisation.id for each in kin if not each.organisation.owners_on(on)]
        assert tops, name
        assert stops <= set(tops), name


def test_the_words_are_those_of_the_format(catalogue: Catalogue) -> None:
    assert set(catalogue.conventions) == set(SERVICES)
    assert {item.value for item in catalogue.lists["hds_activities"].items} == set(ACTIVITIES)
    assert {each.standard for each in catalogue.certificates.values()} <= set(STANDARDS)
    named = {item.value for name in ("storing_services", "receiving_services", "tracking_services") for item in catalogue.lists[name].items}
    assert named <= set(SERVICES)
    assert {item.value for item in catalogue.lists["transfer_bases"].items} == set(TRANSFER_BASES) - {"none"}


def test_every_provider_of_the_survey_is_there(catalogue: Catalogue) -> None:
    data = os.environ.get("HDS_AUDIT_DATA")
    if not data:
        pytest.skip("HDS_AUDIT_DATA is not set: the survey of providers is not at hand")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    survey = yaml.load((Path(data) / "catalogue" / "providers.yaml").read_text("utf-8"), Loader=loader)["providers"]
    assert len(survey) == 149
    assert [each["id"] for each in survey if catalogue.organisation(each["id"]) is None] == []
    sold = {each["id"] for each in survey if not catalogue.offers_of(each["id"])}
    assert sold <= {"coreye", "sinch", "tanker", "seald"} or not sold


def test_no_known_parent_of_the_survey_was_lost(catalogue: Catalogue) -> None:
    data = os.environ.get("HDS_AUDIT_DATA")
    if not data:
        pytest.skip("HDS_AUDIT_DATA is not set: the survey of providers is not at hand")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    survey = yaml.load((Path(data) / "catalogue" / "providers.yaml").read_text("utf-8"), Loader=loader)["providers"]
    lost = {}
    for each in survey:
        parent = each["parent"]
        if parent.get("status") == "VERIFIED" and parent.get("country"):
            kin = catalogue.ancestry(each["id"], catalogue.as_of)
            if parent["country"] not in {one.organisation.country for one in kin}:
                lost[each["id"]] = parent["country"]
    assert lost == {}


@pytest.mark.parametrize("file", ["organisations", "services", "signals", "countries"])
def test_a_file_that_is_missing_is_told(folder: Path, tmp_path: Path, file: str) -> None:
    from hds_audit.errors import InputError

    for path in folder.glob("*.yaml"):
        if path.stem != file:
            (tmp_path / path.name).write_bytes(path.read_bytes())
    with pytest.raises(InputError) as caught:
        load_catalogue(tmp_path)
    assert any(problem.where == f"{file}.yaml" for problem in caught.value.problems)
