"""What falls short of the six activities, in words."""

import pytest

from hds_audit.model.format.words import ACTIVITIES
from hds_audit.resolve.activity_words import falls_short
from hds_audit.resolve.cover import FALLS_SHORT


@pytest.mark.parametrize("activity", ACTIVITIES)
@pytest.mark.parametrize("verdict", sorted(FALLS_SHORT))
def test_every_activity_and_every_verdict_has_words(activity: str, verdict: str) -> None:
    said = falls_short(activity, "OVHcloud", verdict)
    assert "(OVHcloud: " in said.en
    assert "(OVHcloud : " in said.fr
    assert verdict not in said.fr
    assert said.en != said.fr
