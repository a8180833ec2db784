"""What a container image runs, by its name."""

from __future__ import annotations

from typing import NamedTuple

from hds_audit.importers.tables import Tables


class Run(NamedTuple):
    """The kind of component and the product of an image; blank is unknown; `aside` for a tool of developers."""

    kind: str
    product: str
    aside: bool


def image_of(reference: str, tables: Tables) -> Run:
    """What the image runs: `registry/name/postgres:16` is read without registry, tag or digest."""
    name = reference.partition("@")[0]
    head, _, last = name.rpartition("/")
    bare = f"{head}/{last.partition(':')[0]}" if head else last.partition(":")[0]
    parts = bare.split("/")
    short = "/".join(parts[1:]) if len(parts) > 1 and ("." in parts[0] or ":" in parts[0] or parts[0] == "localhost") else bare
    for image in tables.images:
        if image.pattern.fullmatch(short.removeprefix("library/")):
            return Run(image.kind, image.product, image.aside)
    return Run("", "", False)
