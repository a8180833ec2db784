"""A file of settings: hds-audit.toml, or the table [tool.hds-audit] of a pyproject.toml."""

from __future__ import annotations

import re
from pathlib import Path

from hds_audit.errors import InputError, Problem
from hds_audit.model.configuration import BY_NAME, FILE_NAME, SETTINGS, TABLE, Chosen, Setting, value_of
from hds_audit.model.text import Text
from hds_audit.read.files import read_bytes
from hds_audit.read.nearest import Nearest

_PYPROJECT = "pyproject.toml"
_HEAD = rb"""(?m)^(?:\xef\xbb\xbf)?[ \t]*(?:\[[ \t]*){0,2}["']?tool["']?[ \t]*(?:\.[ \t]*["']?hds-audit|[=\]])"""
"""A line that begins with `[tool.hds-audit`, `tool.hds-audit`, `[tool]` or `tool =`, as TOML lets one space and quote them."""
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")


def configuration_file(folder: Path) -> Path | None:
    """The file that holds the settings for a folder: there, else in the nearest folder above up to the root of its repository.

    Raises InputError where one folder holds two.
    """
    for place in _upward(folder):
        own, project = place / FILE_NAME, place / _PYPROJECT
        here = [path for path in (own, project) if path.is_file() and (path is own or _has_table(path))]
        if len(here) > 1:
            raise InputError(Problem(
                str(project), f"[{TABLE}] and {FILE_NAME} stand side by side; keep one of them",
                f"[{TABLE}] et {FILE_NAME} sont côte à côte ; n'en garder qu'un",
            ))  # fmt: skip
        if here:
            return here[0]
    return None


def _upward(folder: Path) -> list[Path]:
    """The folder, and those above it up to the one that holds `.git`; the folder alone where there is no repository."""
    whole = folder.resolve()
    above = [whole, *whole.parents]
    root = next((index for index, place in enumerate(above) if (place / ".git").exists()), 0)
    return [folder, *above[1 : root + 1]]


def _has_table(path: Path) -> bool:
    return _may_hold_table(content := read_bytes(path, str(path))) and _table(str(path), content) is not None


def _may_hold_table(content: bytes) -> bool:
    """False where no key of the file can be our table: a project that only names us is not read as TOML at every start."""
    if b"hds-audit" not in content:
        return False
    return re.search(_HEAD, content) is not None or rb"\u" in content or rb"\U" in content  # a quoted key may spell letters by number


def read_configuration(path: Path) -> tuple[Chosen, ...]:
    """The settings of a file; raises InputError with every problem. Paths in it start from its folder."""
    name = path.as_posix()
    content = read_bytes(path, name)
    table = _table(name, content) or {}
    text = content.decode("utf-8", "replace")
    problems: list[Problem] = []
    nearest = Nearest()
    found: list[Chosen] = []
    for key, raw in table.items():
        where = _where(name, text, key)
        setting = BY_NAME.get(key)
        if setting is None or setting.bound == "caller":
            said = _unknown(key, nearest) if setting is None else _caller(setting)
            problems.append(Problem(where, said.en, said.fr))
            continue
        value = value_of(setting, raw)
        if isinstance(value, Text):
            problems.append(Problem(where, f"{key}: {value.en}", f"{key} : {value.fr}"))
        else:
            found.append(_from_folder(Chosen(setting, value, "file", where), path.parent))
    if problems:
        raise InputError(*problems)
    return tuple(found)


def _table(name: str, content: bytes) -> dict[str, object] | None:
    import tomllib

    try:
        whole = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        fr = "le fichier n'est pas en UTF-8 ; l'enregistrer ainsi"
        raise InputError(Problem(name, "the file is not UTF-8; save it as UTF-8", fr)) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = _AT.search(str(error))
        where = f"{name}:{at[1]}:{at[2]}" if at else name
        raise InputError(Problem(where, f"no TOML: {error}", f"pas du TOML : {error}")) from None
    if Path(name).name != _PYPROJECT:
        return whole
    tool = whole.get("tool")
    table = tool.get("hds-audit") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def _where(name: str, text: str, key: str) -> str:
    """The line of a key: the first after the head of our table that begins with it."""
    start = 0
    if Path(name).name == _PYPROJECT and (head := re.search(r"(?m)^[ \t]*\[tool\.[\"']?hds-audit[\"']?\]", text)):
        start = head.end()
    found = re.compile(rf"(?m)^[ \t]*([\"']?){re.escape(key)}\1[ \t]*[.=]|^[ \t]*\[{re.escape(key)}\]").search(text, start)
    if found is None:
        return f"{name}:1:1"
    indent = len(found[0]) - len(found[0].lstrip())
    return f"{name}:{text.count(chr(10), 0, found.start()) + 1}:{indent + 1}"


def _unknown(key: str, nearest: Nearest) -> Text:
    near = nearest.to(key, (setting.name for setting in SETTINGS if setting.bound != "caller"))
    en, fr = (f"; did you mean {near}?", f" ; vouliez-vous {near} ?") if near else ("; see hds-audit config", " ; voir hds-audit config")
    return Text(f"there is no setting {key}{en}", f"il n'y a pas de réglage {key}{fr}")


def _caller(setting: Setting) -> Text:
    flag = f"--{setting.name}"
    return Text(f"{setting.name} is for who runs the audit: give {flag} or {setting.variable}",
                f"{setting.name} appartient à qui lance l'audit : donner {flag} ou {setting.variable}")  # fmt: skip


def _from_folder(chosen: Chosen, folder: Path) -> Chosen:
    if chosen.setting.form == "path" and isinstance(chosen.value, str) and chosen.value:
        return chosen._replace(value=(folder / chosen.value).as_posix())
    if chosen.setting.form == "paths" and isinstance(chosen.value, tuple):
        return chosen._replace(value=tuple((folder / item).as_posix() for item in chosen.value))
    return chosen


def leaves_folder(chosen: Chosen, folder: Path) -> bool:
    """Whether a setting names a file outside a folder."""
    if chosen.setting.form != "path" or not isinstance(chosen.value, str) or not chosen.value:
        return False
    try:
        return not Path(chosen.value).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return True
