"""A whole description as a new, commented infra.yaml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hds_audit.model.imported import Imported, Plain
from hds_audit.model.text import Language, Text
from hds_audit.write.entry import NONE, Mark, Note, entry_lines, fact_lines, item_lines
from hds_audit.write.scalar import flow, text

FORMAT = "hds-audit/1"
SCHEMA = "infra.schema.json"

_ORDER = ("application", "organisations", "data", "hosts", "certificates", "components", "keys", "flows", "emails", "endpoints", "domains")
_TITLES: Mapping[str, Text] = {
    "application": Text("What is audited, and who operates it", "Ce qui est audité, et qui l'exploite"),
    "organisations": Text("Organisations that the catalogue lacks, or adds to it", "Organisations absentes du catalogue, ou précisées"),
    "data": Text("The data: of whom, and in which setting collected", "Les données : de qui, et dans quel cadre recueillies"),
    "hosts": Text("One entry for each offer under contract", "Une entrée par offre sous contrat"),
    "components": Text("What stores, processes or relays data", "Ce qui stocke, traite ou relaie des données"),
    "keys": Text("Encryption keys: who can use them, where they are", "Clés de chiffrement : qui peut s'en servir, où elles sont"),
    "flows": Text("What goes where, and how it is protected on the way", "Ce qui circule, et comment c'est protégé en chemin"),
    "emails": Text("Messages sent to people", "Messages envoyés aux personnes"),
    "endpoints": Text("Public addresses, for live evidence", "Adresses publiques, pour les constats en direct"),
    "domains": Text("Domain names", "Noms de domaine"),
}  # fmt: skip
_LEGEND = Text(
    "Left out: unknown, never assumed. `false` or `[]`: there is none. `true`: there is, details unknown.",
    "Non dit : inconnu, jamais présumé. `false` ou `[]` : il n'y en a pas. `true` : il y en a, sans détail.",
)
_MARKED = Text(
    "Lines that end in `# {owner}` belong to the import, which updates them; take the mark off and the line is yours.",
    "Les lignes terminées par `# {owner}` appartiennent à l'import, qui les met à jour ; ôtez la marque et la ligne est à vous.",
)

ADDRESSED = frozenset({"components", "keys"})
SHARED = "-provider-key"
"""Keys that several resources share have no address of their own."""


class Sheetful(NamedTuple):
    """What to write: the data, the marks of entries by (section, identifier), and what is left to declare of each.

    `head` are comments for the head of the file; `notes` comments on single facts of an entry, which take the place of its mark.
    """

    data: Mapping[str, Plain]
    marks: Mapping[tuple[str, str], Mark]
    todo: Mapping[tuple[str, str], tuple[str, ...]]
    owners: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    notes: Mapping[tuple[str, str], Mapping[str, Note]] = {}


def sheetful(
    imported: Imported, owner: str, data: Mapping[str, Plain] | None = None, owners: Mapping[tuple[str, str], str] | None = None
) -> Sheetful:
    """What an import has to write: its data (or these instead), with the marks of its owner and what it leaves to declare."""
    todo: dict[tuple[str, str], list[str]] = {}
    for unknown in imported.unknowns:
        section, _, rest = unknown.path.partition(".")
        entry, _, missing = rest.partition(".")
        if missing and f"{section}.{entry}" in imported.origins:
            todo.setdefault((section, entry), []).append(missing)
    named = {key: tuple(names) for key, names in todo.items()}
    whose = tuple(dict.fromkeys((owners or {}).values())) or (owner,)
    return Sheetful(imported.data if data is None else data, marks_of(imported, owner, owners), named, whose)


def marks_of(imported: Imported, owner: str, owners: Mapping[tuple[str, str], str] | None = None) -> dict[tuple[str, str], Mark]:
    """The mark of every entry; components and keys are known again by the address of their resource, the rest by what they say.

    `owners` names the owner of entries that have another one.
    """
    marks: dict[tuple[str, str], Mark] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for section, value in imported.data.items():
        for name in value if isinstance(value, dict) else [identity(section, item) for item in value] if isinstance(value, list) else ():
            source = imported.origins.get(f"{section}.{name}")
            address = source.address if source is not None and section in ADDRESSED and not name.endswith(SHARED) else ""
            seen[section, address] += 1
            again = f" #{seen[section, address]}" if address and seen[section, address] > 1 else ""
            whose = (owners or {}).get((section, name), owner)
            marks[section, name] = Mark(whose, " ".join(address.split()) + again)
    return marks


def render(what: Sheetful, language: Language) -> str:
    """The text of a new infra.yaml, with the schema line for editors."""
    lines = [f"# yaml-language-server: $schema={SCHEMA}", f"# {_LEGEND.said(language)}"]
    lines += [f"# {_MARKED.said(language).format(owner=owner)}" for owner in what.owners]
    lines += [f"# {note}" for note in what.head]
    lines.append(f"format: {FORMAT}")
    names = [*_ORDER, *(name for name in what.data if name not in _ORDER and name not in {"format", "described"})]
    if "described" in what.data:
        lines.append(f"described: {flow(what.data['described'])}")
    for name in names:
        if name in what.data:
            title = _TITLES.get(name)
            lines += ["", *([f"# {title.said(language)}"] if title else []), *section_lines(name, what, language)]
    return "\n".join(lines) + "\n"


def section_lines(name: str, what: Sheetful, language: Language) -> Iterator[str]:
    """The lines of one section."""
    value = what.data[name]
    if isinstance(value, dict) and value and all(isinstance(entry, dict) for entry in value.values()):
        yield f"{text(name)}:"
        for key, entry in value.items():
            if isinstance(entry, dict):
                about = (name, key)
                todo = tuple(missing for missing in what.todo.get(about, ()) if missing not in entry)
                lines = entry_lines(key, entry, what.marks.get(about), todo, language, what.notes.get(about, NONE))
                yield from (f"  {line}" for line in lines)
    elif isinstance(value, dict) and value:
        yield f"{text(name)}:"
        yield from (f"  {line}" for line in fact_lines(value, None, what.notes.get((name, ""), NONE)))
    elif isinstance(value, list) and value:
        yield f"{text(name)}:"
        for item in value:
            yield from dashed(name, item, what)
    else:
        yield f"{text(name)}: {flow(value)}"


def dashed(section: str, item: Plain, what: Sheetful) -> list[str]:
    """The lines of an element of a list, with its dash."""
    about = (section, identity(section, item))
    mark = what.marks.get(about)
    lines = item_lines(item, mark, what.notes.get(about, NONE)) if isinstance(item, dict) else [f"{flow(item)}{mark or ''}"]
    return [f"  {'- ' if not index else '  '}{line}" for index, line in enumerate(lines)]


def identity(section: str, item: Plain) -> str:
    """What an element of a list goes by: the id of a flow, the url of an endpoint, the name of a domain."""
    if not isinstance(item, dict):
        return str(item)
    if section == "flows":
        return str(item.get("id") or f"{item.get('from')}->{item.get('to')}")
    return str(item.get("url") or item.get("name") or "")
