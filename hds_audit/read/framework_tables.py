"""One file of `rules/_frameworks/` into a text and its requirements.

A file has a head (framework, prefixes, title, version, nature, from, until, sources), `defaults` for what its controls
leave out, and `controls` in the order of the text. `from: to-come` says that no day is fixed yet.
"""

from pathlib import Path
from typing import NamedTuple

import yaml

from hds_audit.model.framework import (
    FAMILIES,
    NATURES,
    Control,
    Framework,
    SoaContradiction,
)
from hds_audit.model.text import Text
from hds_audit.read.catalogue_entry import Entry, Noted, read_table
from hds_audit.read.framework_fields import Named, Shared, chosen, dated, named_sources, one_or_more, shared


class Read(NamedTuple):
    """A text, and the node of each of its controls, to place what is found wrong later."""

    text: Framework
    nodes: dict[str, yaml.Node]


def read_framework(path: Path, noted: Noted) -> Read | None:
    """The text of one file; what is wrong is noted, and reading goes on. None where the file cannot be read at all."""
    root = read_table(path, noted)
    if root is None:
        return None
    named = named_sources(root)
    text = _head(path.stem, root, named)
    defaults = root.inner("defaults") or Entry(root.file, "defaults", yaml.MappingNode("tag:yaml.org,2002:map", []), noted)
    given = shared(defaults, _bare(text), named)
    defaults.close()
    entries = root.elements("controls")
    controls = tuple(_control(entry, text, given, named) for entry in entries)
    if not controls:
        root.problem("controls", "no control is listed; a text holds at least one", "aucun contrôle n'est énuméré")
    root.close()
    nodes = {control.id: entry.node for control, entry in zip(controls, entries, strict=True)}
    return Read(text._replace(controls=controls), nodes)


def read_contradictions(path: Path, noted: Noted) -> tuple[SoaContradiction, ...]:
    """What a statement of applicability cannot exclude, from its own file."""
    root = read_table(path, noted)
    if root is None:
        return ()
    found = tuple(_contradiction(entry) for entry in root.elements("contradictions"))
    root.close()
    return found


def _head(stem: str, root: Entry, named: Named) -> Framework:
    days = dated(root, None, None, due=True)
    text = Framework(
        id=stem,
        family=chosen(root, "framework", FAMILIES, None),
        prefixes=root.names("prefixes") or (),
        title=root.title("title"),
        version=root.due("version"),
        nature=chosen(root, "nature", NATURES, None),
        since=days.since,
        until=days.until,
        sources=tuple(named.values()),
        controls=(),
    )
    if not text.prefixes:
        root.problem("prefixes", "prefixes is missing: what the control ids begin with", "prefixes manque")
    return text


def _bare(text: Framework) -> Shared:
    """What a file gives its controls before `defaults` speaks."""
    return Shared(text.family, text.nature, "requirement", (), text.since, text.until, (), None, None, False, (), None, True)


def _control(entry: Entry, text: Framework, given: Shared, named: Named) -> Control:
    entry.name = entry.due("id") or entry.name
    own = shared(entry, given, named)
    for key, value in (("addressee", own.addressees), ("sources", own.sources), ("visibility", own.visibility), ("remains", own.remains)):
        if not value and key not in entry.nodes:
            entry.problem(key, f"{key} is missing, here and in defaults", f"{key} manque, ici et dans defaults")
    control = Control(
        id=entry.name,
        framework=text.id,
        family=own.family,
        title=entry.title("title"),
        text=entry.title("text"),
        nature=own.nature,
        kind=own.kind,
        addressees=own.addressees,
        since=own.since,
        until=own.until,
        sources=own.sources,
        visibility=own.visibility or "invisible",
        remains=own.remains or Text("", ""),
        ask_host=own.ask_host,
        basis=own.basis,
        related=entry.names("related") or (),
        warning=own.warning,
        numbering_seen=own.numbering_seen,
        predecessors=entry.names("predecessors") or (),
    )
    entry.close()
    return control


def _contradiction(entry: Entry) -> SoaContradiction:
    found = SoaContradiction(one_or_more(entry, "control"), entry.title("when"), entry.names("paths") or ())
    if not found.controls or not found.paths:
        entry.problem("control", "control and paths are both due", "control et paths sont requis")
    entry.close()
    return found
