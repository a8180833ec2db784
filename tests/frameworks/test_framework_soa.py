"""What a statement of applicability cannot exclude."""

from hds_audit.model.framework import Frameworks


def test_the_seventeen_contradictions_name_controls_of_annex_a(texts: Frameworks) -> None:
    assert len(texts.soa) == 17
    for contradiction in texts.soa:
        assert all(control.startswith("iso27001:A.") and control in texts for control in contradiction.controls)
        assert contradiction.when.en != contradiction.when.fr
        assert contradiction.paths


def test_physical_controls_stand_together_and_media_alone(texts: Frameworks) -> None:
    sizes = sorted(len(contradiction.controls) for contradiction in texts.soa)
    assert sizes == [1] * 15 + [6, 14]


def test_paths_begin_with_a_section_of_the_description(texts: Frameworks) -> None:
    sections = {"application", "data", "hosts", "components", "environments", "keys"}
    named = {path.split(".")[0].removesuffix("[]") for contradiction in texts.soa for path in contradiction.paths}
    assert named == sections
