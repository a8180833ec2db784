"""The manifest of a dossier, in the form of `sha256sum` (GNU coreutils), so that any system can check one without this tool."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from hds_audit.errors import InputError, Problem

MANIFEST, SIGNATURE, PUBLIC_KEY = "SHA256SUMS", "SHA256SUMS.sig", "public-key.pem"
_LINE = re.compile(r"(\\?)([0-9a-f]{64}) [ *](.+)")
_MOST_BYTES = 16 * 1024 * 1024


def manifest(digests: Mapping[str, str]) -> bytes:
    """The lines of a manifest, by path."""
    return "".join(_line(path, digests[path]) for path in sorted(digests)).encode("utf-8", "surrogateescape")


def _line(path: str, digest: str) -> str:
    escaped = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    mark = "\\" if escaped != path else ""
    return f"{mark}{digest}  {escaped}\n"


def digests_of(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of a folder, but for the manifest and its signature; links are left out."""
    return {name: _digest(folder / name) for name in files_of(folder) if name not in (MANIFEST, SIGNATURE)}


def files_of(folder: Path) -> Iterator[str]:
    """Every ordinary file under a folder, as a path from it with slashes."""
    for root, _, names in os.walk(folder):
        for name in names:
            path = Path(root, name)
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(folder).as_posix()


def _digest(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def parse_manifest(name: str, content: bytes) -> dict[str, str]:
    """The digests that a manifest lists; raises InputError with every line that is none, or that leads out of the folder."""
    listed: dict[str, str] = {}
    problems: list[Problem] = []
    for number, line in enumerate(content[:_MOST_BYTES].decode("utf-8", "surrogateescape").split("\n"), start=1):
        if not line:
            continue
        found = _LINE.fullmatch(line)
        path = _unescaped(found[3]) if found and found[1] else found[3] if found else ""
        if found is None or not _within(path):
            problems.append(Problem(f"{name}:{number}", "not a digest and a path inside the folder", "ni empreinte ni chemin du dossier"))
        elif path in listed:
            problems.append(Problem(f"{name}:{number}", f"{path} is listed twice", f"{path} figure deux fois"))
        else:
            listed[path] = found[2]
    if problems:
        raise InputError(*problems[:50])
    return listed


def _unescaped(path: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "r": "\r"}.get(found[1], found[1]), path)


def _within(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\0" not in path


def broken(folder: Path, listed: Mapping[str, str]) -> tuple[Problem, ...]:
    """What does not hold between a folder and its manifest: altered, missing and unlisted files, and links."""
    there = digests_of(folder)
    return (*_altered(listed, there), *_unlisted(listed, there), *_links(folder))


def _altered(listed: Mapping[str, str], there: Mapping[str, str]) -> Iterator[Problem]:
    for path, digest in listed.items():
        if path not in there:
            yield Problem(path, "is in the manifest and not in the dossier", "figure au manifeste et manque au dossier")
        elif there[path] != digest:
            yield Problem(path, "was altered: its SHA-256 is another", "a été modifié : son empreinte SHA-256 est autre")


def _unlisted(listed: Mapping[str, str], there: Mapping[str, str]) -> Iterator[Problem]:
    for path in sorted(set(there) - set(listed)):
        yield Problem(path, "is in the dossier and not in the manifest", "est au dossier et ne figure pas au manifeste")


def _links(folder: Path) -> Iterator[Problem]:
    for root, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(root, name)
            if path.is_symlink():
                where = path.relative_to(folder).as_posix()
                yield Problem(where, "is a link: a dossier holds none", "est un lien : un dossier n'en contient pas")
