"""The catalogue as shipped, read once."""

from pathlib import Path

import pytest

from hds_audit.model.catalogue import Catalogue
from hds_audit.read.catalogue import load_catalogue

FOLDER = Path(__file__).parent.parent.parent / "rules" / "_catalogue"


@pytest.fixture(scope="session")
def folder() -> Path:
    return FOLDER


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(FOLDER)
