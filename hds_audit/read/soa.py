"""A statement of applicability from CSV or YAML: control, applicable, justification, status, in English or in French."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from hds_audit.errors import InputError, Problem
from hds_audit.model.soa import SoaEntry, Statement, control_name
from hds_audit.read.locate import locate
from hds_audit.read.rule_tree import rule_tree

MOST_ROWS = 5_000  # fifty times the controls that there are
_COLUMNS = {
    "control": ("control", "controls", "id", "mesure", "contrôle", "controle", "réf", "ref"),
    "applicable": ("applicable", "applies", "applicability", "applicabilité", "applicabilite"),
    "justification": ("justification", "reason", "motif"),
    "status": ("status", "statut", "état", "etat", "implementation"),
}
_NAMES = {written: name for name, all_written in _COLUMNS.items() for written in all_written}
_YES = frozenset({"yes", "y", "true", "1", "oui", "o", "vrai", "applicable", "x"})
_NO = frozenset({"no", "n", "false", "0", "non", "faux", "not applicable", "non applicable", "n/a", "na", "excluded", "exclue"})
Row = tuple[int, Mapping[str, str]]


def parse_soa(name: str, content: bytes) -> Statement:
    """The statement in some bytes, as the suffix of the name says; raises InputError with every problem."""
    problems: list[Problem] = []
    rows = _yaml(name, content, problems) if PurePath(name).suffix.lower() in (".yaml", ".yml") else _csv(name, content, problems)
    entries = tuple(_entry(name, line, row, problems) for line, row in rows)
    if not entries and not problems:
        problems.append(
            Problem(f"{name}:1:1", "no line of control in it; write one a control", "aucune ligne de mesure ; en écrire une par mesure")
        )
    if problems:
        raise InputError(*problems)
    return Statement(name, entries)


def _csv(name: str, content: bytes, problems: list[Problem]) -> Iterator[Row]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problems.append(
            Problem(f"{name}:{line}:1", "this is not UTF-8; save it as UTF-8", "ce n'est pas de l'UTF-8 ; l'enregistrer en UTF-8")
        )
        return
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=head.count), strict=True)
    try:
        columns = [_NAMES.get(cell.strip().lower(), "") for cell in next(reader, [])]
        if _lacking(name, columns, problems):
            return
        for number, cells in enumerate(reader, start=1):
            if number > MOST_ROWS:
                problems.append(_too_long(name, reader.line_num))
                return
            if any(cell.strip() for cell in cells):
                yield reader.line_num, {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column}
    except csv.Error as error:
        where = f"{name}:{reader.line_num}:1"
        problems.append(
            Problem(
                where,
                f"this line is no CSV ({error}); mend its quotes",
                f"cette ligne n'est pas du CSV ({error}) ; corriger ses guillemets",
            )
        )


def _too_long(name: str, line: int) -> Problem:
    return Problem(
        f"{name}:{line}:1", f"more than {MOST_ROWS} lines; a statement has 93", f"plus de {MOST_ROWS} lignes ; une déclaration en a 93"
    )


def _lacking(name: str, columns: list[str], problems: list[Problem]) -> bool:
    lacking = [column for column in ("control", "applicable") if column not in columns]
    problems.extend(
        Problem(
            f"{name}:1:1",
            f"there is no column `{column}`; the first line names control, applicable, justification, status",
            f"il n'y a pas de colonne `{column}` ; la première ligne nomme control, applicable, justification, status",
        )
        for column in lacking
    )
    return bool(lacking)


def _yaml(name: str, content: bytes, problems: list[Problem]) -> Iterator[Row]:
    """Either `controls: [{control, ...}, ...]` or a mapping by control."""
    try:
        tree = rule_tree(name, content)
    except InputError as error:
        problems.extend(error.problems)
        return
    text, listed = content.decode("utf-8", "replace"), tree.get("controls")
    pairs: list[tuple[tuple[str, ...], str, object]]
    if isinstance(listed, list):
        pairs = [(("controls", str(index)), "", item) for index, item in enumerate(listed)]
    else:
        pairs = [((key,), key, item) for key, item in tree.items()]
    if len(pairs) > MOST_ROWS:
        problems.append(_too_long(name, 1))
        return
    for keys, control, item in pairs:
        place = locate(name, text, keys)
        if isinstance(item, dict):
            said = {_NAMES.get(str(key).lower(), ""): _said(value) for key, value in item.items()}
            yield place.line, {"control": control, **said}
        else:
            problems.append(
                Problem(
                    str(place),
                    "a line is a mapping: applicable, justification, status",
                    "une ligne est un dictionnaire : applicable, justification, status",
                )
            )


def _said(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value or "").strip()


def _entry(name: str, line: int, row: Mapping[str, str], problems: list[Problem]) -> SoaEntry:
    control, said = control_name(row.get("control", "")), row.get("applicable", "").lower()
    if not control:
        problems.append(
            Problem(
                f"{name}:{line}:1", "the line names no control; write its number", "la ligne ne nomme pas de mesure ; écrire son numéro"
            )
        )
    if said and said not in _YES and said not in _NO:
        problems.append(
            Problem(
                f"{name}:{line}:1", f"`{said}` is neither yes nor no; write one", f"`{said}` n'est ni oui ni non ; écrire l'un des deux"
            )
        )
    applicable = True if said in _YES else False if said in _NO else None
    return SoaEntry(control, applicable, row.get("justification", ""), row.get("status", ""), line)
