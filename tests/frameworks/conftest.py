"""The texts as shipped, read once for every test."""

from pathlib import Path

import pytest

from hds_audit.model.framework import Frameworks
from hds_audit.read.frameworks import load_frameworks

FOLDER = Path(__file__).parent.parent.parent / "rules" / "_frameworks"


@pytest.fixture(scope="session")
def texts() -> Frameworks:
    return load_frameworks(FOLDER)
