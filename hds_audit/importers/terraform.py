"""Terraform and OpenTofu: plans and states in JSON; configuration files with the extra `terraform`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hds_audit.importers.draft import Draft
from hds_audit.importers.importer import Importer
from hds_audit.importers.tables import Tables
from hds_audit.importers.tf.hcl import TERRAGRUNT, read_folders
from hds_audit.importers.tf.plan import read_plan
from hds_audit.importers.tf.resource import Resource
from hds_audit.importers.tf.translate import translate
from hds_audit.model.imported import Imported
from hds_audit.model.text import Text

_COPIES = Text(
    "its for_each comes from values that are not in the input: none of its copies was read; give a plan in JSON, or a .tfvars file",
    "son for_each vient de valeurs absentes du fichier : aucune de ses copies n'a été lue ; donnez un plan en JSON, ou un fichier .tfvars",
)
_LOCK = Text("a lock file names providers, not resources", "un fichier de verrouillage nomme des fournisseurs, pas des ressources")


def read(paths: tuple[Path, ...], tables: Tables) -> Imported:
    """Import plans; folders and `.tf` files give the lines of their resources, or are imported where there is no plan."""
    draft = Draft("terraform", tuple(str(path) for path in paths))
    plans = [path for path in paths if path.is_file() and not path.name.endswith((".tf", ".hcl", ".tfvars", ".tfvars.json"))]
    folders = tuple(dict.fromkeys(path if path.is_dir() else path.parent for path in paths if path.is_dir() or path.suffix == ".tf"))
    for path in paths:
        if path.suffix == ".hcl":
            draft.refuse(str(path), _LOCK if path.name == ".terraform.lock.hcl" else TERRAGRUNT)
        elif not path.exists():
            draft.refuse(str(path), Text("there is no such file or folder", "ce fichier ou dossier n'existe pas"))
    variables = tuple(path for path in paths if path.name.endswith((".tfvars", ".tfvars.json")))
    translate(draft, list(_resources(draft, plans, folders, variables, tables)), tables)
    return draft.finish()


def _resources(
    draft: Draft, plans: list[Path], folders: tuple[Path, ...], variables: tuple[Path, ...], tables: Tables
) -> Iterator[Resource]:
    read_from = [read_plan(path, folders) for path in plans]
    if not plans and folders:
        read_from.append(read_folders(folders, variables))
    for part in read_from:
        for refusal in part.refusals:
            draft.refuse(refusal.where, refusal.reason)
        for type_, where in part.lost:
            cloud = tables.cloud(type_)
            if type_ == "module" or (cloud is not None and type_ in cloud.resources):
                draft.refuse(where, _COPIES)
        yield from part.resources


def _recognises(path: Path, head: str) -> bool:
    return (
        path.suffix == ".tf"
        or path.name == "terragrunt.hcl"
        or (path.suffix == ".json" and '"format_version"' in head and '"terraform_version"' in head)
    )


IMPORTER = Importer(
    Text("Terraform plans in JSON, and configuration files", "Plans Terraform en JSON, et fichiers de configuration"), read, _recognises
)
