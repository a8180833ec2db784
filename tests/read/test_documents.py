"""Documents that are not there are told; nothing outside the folder is looked at."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from hds_audit.model.description import Description
from hds_audit.read.description import absent_documents, altered_documents

Read = Callable[..., Description]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "outside.pdf").write_bytes(b"outside")
    here = tmp_path / "here"
    (here / "evidence").mkdir(parents=True)
    (here / "evidence" / "a.pdf").write_bytes(b"a")
    (here / "link.pdf").symlink_to("../outside.pdf")
    return here


@pytest.mark.parametrize("document", ["evidence/a.pdf", "./evidence/../evidence/a.pdf"])
def test_a_document_in_the_folder_is_there(read: Read, folder: Path, document: str) -> None:
    assert absent_documents(read(f"certificates: {{c: {{document: {document}}}}}"), folder) == ()


@pytest.mark.parametrize(
    "document",
    ["evidence/b.pdf", "evidence", "../outside.pdf", "link.pdf", "/etc/passwd", "https://a.example/a.pdf", "'a\\0b'", "x" * 5000],
)
def test_a_document_that_is_no_file_of_the_folder_is_absent(read: Read, folder: Path, document: str) -> None:
    described = read(f"certificates:\n  c: {{document: {document}}}\n")
    ((path, place),) = absent_documents(described, folder)
    assert (path, place.line, place.column) == ("certificates.c", 5, 17)


def test_documents_are_found_wherever_they_are_named(read: Read, folder: Path) -> None:
    text = (
        "governance: {dpia: [{document: x}], risk_assessment: {document: x}}\n"
        "attestations: {a: {status: implemented, document: x}}\n"
        "components: {c: {restore_tested: {document: x}}}\n"
        "evidence: [{for: hosts.h, document: x}, {for: hosts.h, document: evidence/a.pdf}]\n"
    )
    assert {path for path, _ in absent_documents(read(text), folder)} == {
        "governance.dpia.0", "governance.risk_assessment", "attestations.a.0", "components.c.restore_tested", "evidence.0",
    }  # fmt: skip


def test_a_document_with_another_digest_is_altered(read: Read, folder: Path) -> None:
    right, wrong = hashlib.sha256(b"a").hexdigest(), hashlib.sha256(b"b").hexdigest()
    entry = "{{for: hosts.h, document: evidence/{}.pdf, sha256: {}}}"
    described = read(
        "evidence: [" + ", ".join([entry.format("a", right.upper()), entry.format("a", wrong), entry.format("b", wrong)]) + "]"
    )
    assert [path for path, _ in altered_documents(described, folder)] == ["evidence.1"]
    assert [path for path, _ in absent_documents(described, folder)] == ["evidence.2"]
