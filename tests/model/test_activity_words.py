"""What falls short of the six activities, in words."""

import pytest

from hds_audit.model.activity_words import falls_short
from hds_audit.model.format.words import ACTIVITIES
from hds_audit.resolve.cover import FALLS_SHORT


@pytest.mark.parametrize("activity", ACTIVITIES)
@pytest.mark.parametrize("verdict", sorted(FALLS_SHORT))
def test_every_activity_and_every_verdict_has_words(activity: str, verdict: str) -> None:
    said = falls_short([activity], "OVHcloud", verdict)
    assert "(OVHcloud: " in said.en
    assert "(OVHcloud : " in said.fr
    assert verdict not in said.fr
    assert said.en != said.fr


def test_activities_that_fall_short_alike_are_said_together() -> None:
    said = falls_short(["hardware", "backup"], "OVHcloud", "not-covered")
    assert said.en == "hardware, backup (OVHcloud: no certificate names them)"
    assert said.fr == "infrastructure matérielle, sauvegarde (OVHcloud : aucun certificat ne les nomme)"
