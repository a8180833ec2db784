"""A small catalogue, and a reader that gives either the description or its problems."""

from collections.abc import Callable
from datetime import date

import pytest

from hds_audit.errors import InputError
from hds_audit.model.catalogue import Catalogue
from hds_audit.model.catalogued import Country, Law, Organisation, Ownership, Region, Span
from hds_audit.model.description import Description
from hds_audit.model.text import Text
from hds_audit.read.description import parse_description

TODAY = date(2026, 11, 22)
MINIMAL = "format: hds-audit/1\napplication: {name: A}\nhosts: {h: {provider: hoster}}\n"
PARENTS = {"hoster": None, "holding": None, "brand": "holding", "holding-owner": None}


def _organisation(name: str, parent: str | None) -> Organisation:
    owners = (Ownership(parent, Span(), "verified"),) if parent else None
    return Organisation(name, name, None, "FR", "verified", owners, (), (), (), None, None, "other", (), None, (), TODAY)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    nowhere = Text("nowhere", "nulle part")
    return Catalogue(
        TODAY,
        organisations={name: _organisation(name, parent) for name, parent in PARENTS.items()},
        aliases={"ho": "hoster"},
        regions={
            ("hoster", "west-1"): Region("hoster", "west-1", "FR", "Paris", (), None, "verified", (), TODAY),
            ("hoster", "dim-1"): Region("hoster", "dim-1", "DE", "Berlin", (), None, "recalled", (), TODAY),
        },
        countries={code: Country(code, nowhere, (), (), None, (), "verified", (), None) for code in ("FR", "DE", "NO", "TN", "LU", "BE")},
        laws={"us:cloud-act": Law("us:cloud-act", "US", nowhere, "", (), Span(), None, None, "verified", (), TODAY)},
    )


Read = Callable[..., Description]
Problems = Callable[..., list[str]]


@pytest.fixture(scope="session")
def read(catalogue: Catalogue) -> Read:
    """The description of a text; `base` adds the three required keys before it."""

    def reading(text: str | bytes, base: bool = True, **more: object) -> Description:
        content = text if isinstance(text, bytes) else text.encode()
        return parse_description("infra.yaml", MINIMAL.encode() + content if base else content, catalogue, **more)  # type: ignore[arg-type]

    return reading


@pytest.fixture(scope="session")
def problems(read: Read) -> Problems:
    """The problems of a text, in one language; lines count from the end of the three required keys."""

    def of(text: str | bytes, base: bool = True, language: str = "en", **more: object) -> list[str]:
        try:
            read(text, base, **more)
        except InputError as error:
            return [problem.said(language) for problem in error.problems]
        return []

    return of
