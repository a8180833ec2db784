"""One waiver more in a file of waivers: read back before it is written, and written whole."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from hds_audit.errors import InputError, MisuseError, Problem
from hds_audit.model.waiver import Waiver
from hds_audit.pipeline.writing import replace
from hds_audit.read.waivers import parse_waivers
from hds_audit.write.waiver import with_waiver


def waive(path: Path, waiver: Waiver, rules: Collection[str]) -> None:
    """Adds a waiver to a file, which is created where there is none.

    Raises MisuseError where the waiver does not hold or stands there already, InputError where the file cannot be read or added to.
    """
    before = _text(path)
    standing = parse_waivers(path.as_posix(), before.encode(), rules) if before.strip() else ()
    for other in standing:
        if (other.rule, other.subject) == (waiver.rule, waiver.subject):
            raise MisuseError(Problem(str(other.place), f"{waiver.rule} on {waiver.subject} is waived here already; mend this one",
                                      f"{waiver.rule} sur {waiver.subject} a déjà une dérogation ici ; modifier celle-ci"))  # fmt: skip
    _alone(waiver, rules)
    after = with_waiver(before, waiver)
    found = parse_waivers(path.as_posix(), after.encode(), rules)
    if [_bare(item) for item in found] != [_bare(item) for item in (*standing, waiver)]:
        raise InputError(Problem(path.as_posix(), "nothing can be added to a file of this form; write `waivers` as a list of dashes",
                                 "rien ne peut être ajouté à un fichier de cette forme ; écrire `waivers` en liste à tirets"))  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, after)


def _alone(waiver: Waiver, rules: Collection[str]) -> None:
    """The waiver in a file of its own, so that what is wrong with it is told of the flags and not of lines nobody wrote."""
    try:
        found = parse_waivers("waive", with_waiver("", waiver).encode(), rules)
    except InputError as error:
        raise MisuseError(*(problem._replace(where="waive") for problem in error.problems)) from None
    if [_bare(item) for item in found] != [_bare(waiver)]:
        raise MisuseError(Problem("waive", "a text holds characters that cannot stand here; write it on one line",
                                  "un texte contient des caractères non admis ; l'écrire sur une ligne"))  # fmt: skip


def _bare(waiver: Waiver) -> Waiver:
    return waiver._replace(place=None)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise InputError(Problem(path.as_posix(), "the file is not UTF-8; save it again as UTF-8",
                                 "le fichier n'est pas en UTF-8 ; l'enregistrer en UTF-8")) from None  # fmt: skip
