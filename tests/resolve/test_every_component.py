"""What is asked once of the application goes through every component and every flow."""

import pytest

from hds_audit.model.fact import UNKNOWN
from tests.resolve.exposure_worlds import world

HEAD: dict[str, object] = {"format": "hds-audit/1", "application": {"name": "x"}, "hosts": {"h": {"provider": "aws"}}}


@pytest.mark.parametrize(("name", "section"), [("all_components", "components"), ("all_flows", "flows"), ("all_data", "data")])
@pytest.mark.parametrize("written", [False, True])
def test_a_section_that_is_left_out_or_only_said_to_exist_names_none(name: str, section: str, *, written: bool) -> None:
    (application,) = world({**HEAD, section: True} if written else HEAD).subjects("application")
    found = application.fact(name)
    assert found.value is UNKNOWN
    assert found.missing == (section,)


def test_each_is_a_subject_with_facts_of_its_own() -> None:
    (application,) = world({**HEAD, "components": {"db": {"kind": "database"}, "web": {"kind": "application"}}, "flows": []}).subjects(
        "application"
    )
    components = application.fact("all_components").value
    assert isinstance(components, tuple)
    assert [each.id for each in components] == ["db", "web"]
    assert application.fact("all_flows").value == ()
