"""The requirements of one text, or of one of `--frameworks`, for the tests of texts."""

from hds_audit.model.framework import Control, Family, Frameworks


def controls_of(texts: Frameworks, framework: str) -> tuple[Control, ...]:
    """The requirements of one text, in its own order; none where there is no such text."""
    text = texts.text(framework)
    return text.controls if text else ()


def family_of(texts: Frameworks, family: Family) -> tuple[Control, ...]:
    """The requirements counted in one of `--frameworks`."""
    return tuple(control for control in texts if control.family == family)
