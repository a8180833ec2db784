"""An audit against the same description at a git reference: read from git, never checked out."""

import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from hds_audit.errors import InputError, MisuseError, Problem
from hds_audit.model.report import Report
from hds_audit.model.text import Text
from hds_audit.pipeline.audit import Request, audit
from hds_audit.pipeline.baseline import all_introduced, beside
from hds_audit.pipeline.knowledge import Knowledge


def since(report: Report, path: Path, reference: str, known: Knowledge, request: Request) -> Report:
    """The report, compared with the audit on the same day of the description at a reference; raises MisuseError where git has it not.

    A description that was not there yet, or that does not hold together there, leaves everything introduced, and that is told.
    """
    from hds_audit.pipeline.check import completed
    from hds_audit.read.description import parse_description

    past = at_reference(path, reference)
    content = past.content(past.name) if past.name else None
    if content is None:
        return all_introduced(report, _said(_NOT_THERE, reference))
    try:
        description = parse_description(path.as_posix(), content, known.catalogue, past.included)
    except InputError:
        return all_introduced(report, _said(_BROKEN, reference))
    with tempfile.TemporaryDirectory(prefix="hds-audit-") as scratch:
        past.extract(description.plain, Path(scratch))
        reading = completed(description, Path(scratch), request)
        return beside(report, audit(reading.description, known, reading.request))


_NOT_THERE = Text(
    "The description is not there at {}: everything counts as introduced.",
    "La description n'existe pas à {} : tout compte comme introduit.",
)
_BROKEN = Text(
    "The description at {} does not hold together: everything counts as introduced.",
    "La description à {} ne tient pas : tout compte comme introduit.",
)


def _said(text: Text, reference: str) -> Text:
    return Text(text.en.format(reference), text.fr.format(reference))


class Past(NamedTuple):
    """The folder of a description at one commit; `name` is the description's file there, empty where there is none."""

    folder: Path
    commit: str
    prefix: str
    name: str

    def content(self, name: str) -> bytes | None:
        """The bytes of a file by its path from the folder, None where it is none."""
        done = _git(self.folder, "cat-file", "blob", f"{self.commit}:{self._whole(name)}")
        return done.stdout if done.returncode == 0 else None

    def included(self, name: str) -> bytes:
        """The same, for an include; raises InputError where it is none."""
        found = self.content(name)
        if found is None:
            raise InputError(Problem("", f"git has no {name} there", f"git n'a pas {name} à cet endroit"))
        return found

    def _whole(self, name: str) -> str:
        return os.path.normpath(os.path.join(self.prefix, name)).replace(os.sep, "/")

    def files(self) -> Iterator[str]:
        """Every file under the folder, by its path from it."""
        under = ("--", self.prefix) if self.prefix else ()
        done = _git(self.folder, "ls-tree", "-r", "-z", "--full-tree", self.commit, *under)
        for entry in done.stdout.decode("utf-8", "surrogateescape").split("\0"):
            kind, _, name = entry.partition("\t")
            if " blob " in kind:
                yield name[len(self.prefix) :]

    def extract(self, plain: Mapping[str, object], to: Path) -> None:
        """Write under another folder what a description names beside itself; what git has not is left out."""
        patterns = tuple(_named_beside(plain))
        wanted = sorted(_matching(patterns, self.files())) if patterns else []
        for name, content in zip(wanted, self._contents(wanted), strict=True):
            target = to / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)

    def _contents(self, names: Sequence[str]) -> Iterator[bytes]:
        """The bytes of many files, by one process."""
        asked = "".join(f"{self.commit}:{self._whole(name)}\n" for name in names).encode("utf-8", "surrogateescape")
        out = _git(self.folder, "cat-file", "--batch", asked=asked).stdout if names else b""
        at = 0
        for _ in names:
            end = out.index(b"\n", at)
            size = int(out[at:end].rpartition(b" ")[2])
            yield out[end + 1 : end + 1 + size]
            at = end + size + 2


def _named_beside(plain: object) -> Iterator[str]:
    """The paths of documents, and the patterns of templates, that a description names."""
    waiting = [plain]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            yield from (found for key in ("document", "path") if isinstance(found := each.get(key), str))
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)


def _matching(patterns: Sequence[str], files: Iterable[str]) -> Iterator[str]:
    """The files that are named, and all of a template's kind where any is, since templates include one another."""
    import fnmatch

    from hds_audit.emails.engine import TEMPLATE_SUFFIXES

    said = [os.path.normpath(pattern).replace(os.sep, "/") for pattern in patterns]
    exact = set(said)
    globs = [re.compile(fnmatch.translate(each)) for each in exact if any(mark in each for mark in "*?[")]
    for name in files:
        if "\n" not in name and (name in exact or name.lower().endswith(TEMPLATE_SUFFIXES) or any(glob.match(name) for glob in globs)):
            yield name


def at_reference(path: Path, reference: str) -> Past:
    """Where the description was at a reference, renames followed; raises MisuseError where git cannot say."""
    real = path.resolve()
    folder = real.parent
    if not reference or reference.startswith("-"):
        raise _refused(reference, "a reference does not begin with -", "une référence ne commence pas par -")
    done = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}")
    commit = done.stdout.decode("ascii", "replace").strip()
    if done.returncode or not commit:
        raise _unknown(folder, reference)
    prefix = _git(folder, "rev-parse", "--show-prefix").stdout.decode("utf-8", "surrogateescape").rstrip("\n")
    past = Past(folder, commit, prefix, real.name)
    if past.content(real.name) is not None:
        return past
    former = _renamed_from(past, prefix + real.name)
    if not former:
        return past._replace(name="")
    return Past(folder, commit, former.rpartition("/")[0] + "/" * ("/" in former), former.rpartition("/")[2])


def _renamed_from(past: Past, path: str) -> str:
    """The path that a file had at the commit, where git sees that it was renamed since."""
    root = _git(past.folder, "rev-parse", "--show-cdup").stdout.decode().strip() or "."
    done = _git(past.folder / root, "diff", "--no-ext-diff", "--find-renames", "--diff-filter=R", "--name-status", "-z", past.commit)
    words = done.stdout.decode("utf-8", "surrogateescape").split("\0")
    triples = zip(words[::3], words[1::3], words[2::3], strict=False)
    return next((old for _, old, new in triples if new == path), "")


def _unknown(folder: Path, reference: str) -> MisuseError:
    inside = _git(folder, "rev-parse", "--git-dir")
    if inside.returncode:
        why = inside.stderr.decode("utf-8", "replace").strip().splitlines()
        said = why[0] if why else "git failed"
        return _refused(reference, f"git cannot read a repository at {folder}: {said}", f"git ne lit pas de dépôt dans {folder} : {said}")
    return _refused(
        reference, "git has no such commit here; fetch it first (fetch-depth: 0 in GitHub, GIT_DEPTH: 0 in GitLab)",
        "git n'a pas ce commit ici ; le récupérer d'abord (fetch-depth: 0 dans GitHub, GIT_DEPTH: 0 dans GitLab)",
    )  # fmt: skip


def _refused(reference: str, en: str, fr: str) -> MisuseError:
    return MisuseError(Problem(f"--since {reference}", en, fr))


def _git(folder: Path, *arguments: str, asked: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """One call of git, without a shell, a pager, a prompt or a monitor that the repository names."""
    quiet = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    command = ["git", "-C", str(folder), "-c", "core.fsmonitor=false", *arguments]
    try:
        return subprocess.run(command, capture_output=True, check=False, env=quiet, input=asked)  # noqa: S603  # no shell
    except FileNotFoundError:
        fr = "git n'est pas installé ; utiliser --baseline"
        raise MisuseError(Problem("--since", "git is not installed; use --baseline", fr)) from None
