"""Descriptions to files: whole or not at all, with the schema that editors look for beside them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from hds_audit.errors import InputError, Problem
from hds_audit.model.text import Language
from hds_audit.pipeline.output import write_whole
from hds_audit.write.render import SCHEMA


def read_whole(path: Path) -> str:
    """The text of an infra.yaml with its line ends as they are. Raises InputError where it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        why = error.strerror or "unreadable"
        raise InputError(Problem(str(path), f"the file cannot be read ({why})", f"fichier illisible ({why})")) from error
    except UnicodeDecodeError as error:
        raise InputError(Problem(str(path), "the file is not UTF-8; save it again as UTF-8", "le fichier n'est pas en UTF-8")) from error


def write_file(name: str, text: str, language: Language) -> None:
    """Write a new description to a file (`-` is standard output), and its schema beside it where there is none."""
    if name == "-":
        sys.stdout.write(text)
        return
    path = Path(name)
    replace(path, text)
    schema = path.parent / SCHEMA
    if not schema.exists():
        from hds_audit.model.format.schema import json_schema

        replace(schema, json.dumps(json_schema(language), ensure_ascii=False, indent=1) + "\n")


def replace(path: Path, text: str) -> None:
    """Put a text in a file in one step, so that an interruption leaves the old one; its rights stay as they were."""
    write_whole(path, (text.encode("utf-8"),))
