"""A dossier sealed: the input, what it names, the report, and a manifest; and the redacted copy of a report for third parties."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.errors import InputError, MisuseError, Problem
from hds_audit.model.report import Report
from hds_audit.pipeline.verification import EVIDENCE, FORMAT, INPUT, PACKS, REPORT, REQUEST, WAIVERS, Sealed, relative, replayed
from hds_audit.read.files import inside
from hds_audit.seal.manifest import MANIFEST, PUBLIC_KEY, SIGNATURE, digests_of, manifest
from hds_audit.seal.notes import REDACTED, SEALED

if TYPE_CHECKING:
    from hds_audit.model.evidence import Evidence

_MOST_FILES = 5_000


class Sealing(NamedTuple):
    """What is sealed with a report: where the description lies and what was read with it; `observed` is evidence that is in no file."""

    path: str
    waivers: Path | None = None
    evidence: Path | None = None
    observed: Evidence | None = None
    max_age: str = ""
    packs: tuple[Path, ...] = ()
    onto: Path | None = None


def seal(report: Report, sealing: Sealing, folder: Path, key: Path | None = None) -> None:
    """Write a dossier to a folder that is not there yet, signed where a key is given.

    The dossier is replayed before it is put in its place. Raises MisuseError where it would not find the same, or where the
    audit was not of one file; InputError where an input changed since.
    """
    if sealing.path == "-" or sealing.onto is not None:
        raise MisuseError(
            Problem("--seal", "only the audit of a file by itself can be sealed", "seul l'audit d'un fichier seul peut être scellé")
        )
    _written(folder, key, lambda made: _filled(made, report, sealing))


def _filled(made: Path, report: Report, sealing: Sealing) -> None:
    base = Path(sealing.path).parent
    for name, source in {**_inputs(report, sealing.path), **_named(report, base)}.items():
        _copied(source, made / INPUT / name)
    for beside, name in ((sealing.waivers, WAIVERS), (sealing.evidence, EVIDENCE)):
        if beside is not None:
            _copied(beside, made / name)
    if sealing.observed is not None and sealing.evidence is None:
        from hds_audit.write.evidence import evidence_json

        (made / EVIDENCE).write_text(evidence_json(sealing.observed), "utf-8")
    for number, pack in enumerate(sealing.packs):
        for rule in sorted(pack.rglob("*.yaml")):
            _copied(rule, made / PACKS / str(number) / rule.relative_to(pack))
    from hds_audit.pipeline.check import known

    named = Path(sealing.path).as_posix()
    sealed = Sealed(Path(sealing.path).name, named, sealing.max_age, len(sealing.packs), known().rules_digest)
    _told(made, report, sealed, SEALED)
    if problems := replayed(made, sealed, report):
        raise MisuseError(*problems)


def _inputs(report: Report, main: str) -> dict[str, Path]:
    """The files that were read, which must still be what they were."""
    base, named, found = Path(main).parent, Path(main).as_posix(), {}
    for item in report.inputs:
        name = relative(item.path, named)
        path = base / name
        if hashlib.sha256(path.read_bytes()).hexdigest() != item.sha256:
            raise InputError(
                Problem(item.path, "changed since it was audited; audit it again", "modifié depuis l'audit ; recommencer l'audit")
            )
        found[name] = path
    return found


def _named(report: Report, base: Path) -> dict[str, Path]:
    """The documents and templates that the description names and that lie in its folder, by their path there."""
    found: dict[str, Path] = {}
    for name in _documents(report.description):
        path = inside(base, name)
        if path is not None and path.is_file():
            found[os.path.normpath(name)] = path
    for path in _templates(report, base):
        found[path.relative_to(base).as_posix()] = path
    return found


def _documents(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "document" and isinstance(value, str):
                yield value
            else:
                yield from _documents(value)
    elif isinstance(node, list):
        for item in node:
            yield from _documents(item)


def _templates(report: Report, base: Path) -> Iterator[Path]:
    """The templates, and the other files beside them, which they may include."""
    emails = report.description.get("emails")
    listed = emails.get("templates") if isinstance(emails, dict) else None
    folders: dict[Path, None] = {}
    for item in listed if isinstance(listed, list) else ():
        pattern = item.get("path") if isinstance(item, dict) else item
        if isinstance(pattern, str) and not os.path.isabs(pattern) and ".." not in Path(pattern).parts:
            folders |= {path.parent: None for path in base.glob(pattern)}
    yield from _files_in(folders, base.resolve())


def _files_in(folders: dict[Path, None], base: Path) -> Iterator[Path]:
    count = 0
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.resolve().is_relative_to(base):
                count += 1
                if count > _MOST_FILES:
                    raise MisuseError(Problem("--seal", f"more than {_MOST_FILES} files beside the templates",
                                              f"plus de {_MOST_FILES} fichiers auprès des gabarits"))  # fmt: skip
                yield path


def _copied(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _told(made: Path, report: Report, sealed: Sealed, readme: str) -> None:
    from hds_audit.report.format import Style
    from hds_audit.report.json import render

    with (made / REPORT).open("wb") as file:
        file.writelines(render(report, Style()))
    request = {"format": FORMAT, **sealed._asdict()}
    (made / REQUEST).write_text(json.dumps(request, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (made / "README.txt").write_text(readme, "utf-8")


def _written(folder: Path, key: Path | None, fill: Callable[[Path], None]) -> None:
    """A folder that is there whole or not at all, with its manifest and its signature."""
    from hds_audit.seal.signature import private_key, public_pem, signed

    signer = private_key(str(key), key.read_bytes()) if key is not None else None
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise MisuseError(Problem(str(folder), "is there already; name a folder that is not", "existe déjà ; nommer un dossier nouveau"))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as beside:
        made = Path(beside, "dossier")
        made.mkdir()
        fill(made)
        if signer is not None:
            (made / PUBLIC_KEY).write_bytes(public_pem(signer))
        content = manifest(digests_of(made))
        (made / MANIFEST).write_bytes(content)
        if signer is not None:
            (made / SIGNATURE).write_bytes(signed(signer, content))
        if folder.exists():
            folder.rmdir()
        made.rename(folder)


def redact(report: Report, folder: Path, secret: Path | None = None, key: Path | None = None) -> None:
    """Write the redacted copy of a report to a folder that is not there yet.

    `secret` is the file of the key of the pseudonyms, made where it is not there; without one the key is thrown away.
    """
    from hds_audit.seal.redaction import redacted

    hidden = redacted(report, _secret(secret))
    sealed = Sealed("", "", "", 0, report.tool.rules_digest, redacted=True)
    _written(folder, key, lambda made: _told(made, hidden, sealed, REDACTED))


def _secret(file: Path | None) -> bytes:
    import secrets

    if file is None:
        return secrets.token_bytes(32)
    if not file.exists():
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as made:
            made.write(secrets.token_hex(32) + "\n")
    content = file.read_bytes().strip()
    if len(content) < 32:
        raise InputError(Problem(str(file), "the key is too short: 32 bytes at least", "clé trop courte : 32 octets au moins"))
    return content
