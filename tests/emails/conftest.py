"""A scanner with the project's own lexicon, built once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hds_audit.emails.scan import Scanner
from hds_audit.model.lexicon import Lexicon
from hds_audit.model.template import TemplateReading
from hds_audit.read.lexicon import lexicon_folder, load_lexicon

Scan = Callable[..., TemplateReading]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon(lexicon_folder())


@pytest.fixture(scope="session")
def scanner(lexicon: Lexicon) -> Scanner:
    return Scanner(lexicon)


@pytest.fixture(scope="session")
def scan(scanner: Scanner) -> Scan:
    def scanned(text: str, path: str = "mail.html", files: dict[str, str] | None = None) -> TemplateReading:
        parts = {name: content.encode() for name, content in (files or {}).items()}
        return scanner.scan(path, text.encode(), parts.get)

    return scanned
