"""What a container runs: by the name of its image, else by where its volumes are mounted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from hds_audit.importers.identifiers import version
from hds_audit.importers.tables import Tables


class Run(NamedTuple):
    """The kind of component, the product and its version of a container; blank is unknown; `aside` for a tool of developers."""

    kind: str
    product: str
    version: str
    aside: bool


def image_of(reference: str, tables: Tables) -> Run:
    """What the image runs: `registry/name/postgres:16` is read without registry and digest."""
    name = reference.partition("@")[0]
    head, _, last = name.rpartition("/")
    tag = last.partition(":")[2]
    bare = f"{head}/{last.partition(':')[0]}" if head else last.partition(":")[0]
    parts = bare.split("/")
    local = len(parts) > 1 and ("." in parts[0] or ":" in parts[0] or parts[0] == "localhost")
    short = "/".join(parts[1:]) if local else bare
    for image in tables.images:
        if image.pattern.fullmatch(short.removeprefix("library/")):
            published = len(parts) == 1 or not tables.publishers.isdisjoint(parts[:-1])
            product = short.rpartition("/")[2] if image.product == "*" else image.product
            return Run(image.kind, product, (version(tag) or "") if published else "", image.aside)
    return Run("", "", "", False)


def run_of(reference: str, mounts: Iterable[str], tables: Tables) -> Run:
    """What a container runs: as its image says, else as the paths say at which it keeps data."""
    told = image_of(reference, tables)
    if told.kind or told.aside:
        return told
    found = (volume for path in mounts for volume in tables.volumes if volume.pattern.fullmatch(path))
    return next((Run(volume.kind, volume.product, "", volume.aside) for volume in found), told)
