"""Where each datum lies, goes and how long it stays; and every component and flow in words, for those who do not see the drawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hds_audit.model.report import Report
from hds_audit.model.text import Language, Text
from hds_audit.report.views.cells import Cell, Table, code, listed
from hds_audit.report.views.declared import FlowEnds, Node, flows, node, section, text, words
from hds_audit.report.views.names import countries, who
from hds_audit.report.views.terms import THINGS, said

_DATA = Text("Data: where they lie, where they go, how long they stay", "Données : où elles se trouvent, où elles vont, combien de temps")
_DATA_HEADS = (
    Text("Data", "Donnée"), Text("Nature", "Nature"), Text("Controller", "Responsable"), Text("Stored in", "Stockée dans"),
    Text("Processed in", "Traitée dans"), Text("Sent to", "Envoyée à"), Text("Kept for", "Conservée"),
)  # fmt: skip
_NO_DATA = Text("No data are declared.", "Aucune donnée n'est déclarée.")
_HEALTH = {
    "none": Text("no health data", "hors santé"),
    "nature": Text("health data by nature", "santé par nature"),
    "combination": Text("health data by combination", "santé par croisement"),
    "destination": Text("health data by destination", "santé par destination"),
    "": Text("health: not declared", "santé : non déclaré"),
}
_IDENTIFIED = {
    "identified": Text("identified", "identifiante"),
    "pseudonymised": Text("pseudonymised", "pseudonymisée"),
    "anonymous": Text("anonymous", "anonyme"),
}
_NOT_SAID = Text("not declared", "non déclaré")
_NO_LAYER = Text("none", "aucun")
_LAYERS = {
    "volume": Text("volume", "volume"),
    "storage-service": Text("storage service", "service de stockage"),
    "database": Text("database", "base de données"),
    "application": Text("in the application", "dans l'application"),
    "end-to-end": Text("end to end", "de bout en bout"),
}
_BARE = Text("{}, no TLS", "{}, sans TLS")
_COMPONENTS = Text("Components", "Composants")
_COMPONENT_HEADS = (
    Text("Component", "Composant"), Text("Kind", "Nature"), Text("Host", "Hébergeur"), Text("Country", "Pays"), Text("Stores", "Stocke"),
    Text("Processes or relays", "Traite ou relaie"), Text("Encryption", "Chiffrement"),
)  # fmt: skip
_FLOWS = Text("Flows", "Flux")
_FLOW_HEADS = (
    Text("Flow", "Flux"), Text("From", "De"), Text("To", "Vers"), Text("Data", "Données"), Text("Transport", "Transport"),
    Text("Purpose", "Finalité"),
)  # fmt: skip
_NONE = Text("None is declared.", "Aucun n'est déclaré.")
_YEARS = {"Y": Text("years", "ans"), "M": Text("months", "mois"), "W": Text("weeks", "semaines"), "D": Text("days", "jours")}
_ONE = {"Y": Text("year", "an"), "M": Text("month", "mois"), "W": Text("week", "semaine"), "D": Text("day", "jour")}
_ACTIVE, _ARCHIVE = Text("active: {}", "base active : {}"), Text("archive: {}", "archive : {}")


def data_table(report: Report, language: Language) -> Table:
    """A row for each datum."""
    components = section(report, "components")
    ways, named = flows(report), who(report)
    rows = [_datum(key, item, components, ways, named, language) for key, item in section(report, "data").items()]
    return Table(_DATA.said(language), tuple(head.said(language) for head in _DATA_HEADS), rows, _NO_DATA.said(language))


def _datum(
    key: str, item: Node, components: Mapping[str, Node], ways: Sequence[FlowEnds], named: Callable[[str], str], language: Language
) -> tuple[Cell, ...]:  # fmt: skip
    stored = [name for name, each in components.items() if key in words(each.get("stores"))]
    copies = [name for name, each in components.items() if set(words(each.get("copy_of"))) & set(stored)]
    processed = [name for name, each in components.items() if key in words(each.get("processes")) or key in words(each.get("relays"))]
    sent = list(dict.fromkeys(way.target for way in ways if key in way.data))
    health = said(_HEALTH, text(item.get("health")), language)
    return (
        code(key, text(item.get("description"))),
        Cell(health, "", said(_IDENTIFIED, text(item.get("identifiability")), language)),
        Cell(listed([_controller(each, named, language) for each in words(item.get("controller"))]) or _NOT_SAID.said(language)),
        code(_placed(stored + copies, components) or "–"),
        code(_placed(processed, components) or "–"),
        code(listed(sent) or "–"),
        _kept(item.get("retention"), language),
    )


def _controller(name: str, named: Callable[[str], str], language: Language) -> str:
    return THINGS[name].said(language) if name in THINGS else named(name)


def _placed(names: Sequence[str], components: Mapping[str, Node]) -> str:
    return listed([f"{name} ({host})" if (host := text(components[name].get("host"))) else name for name in names], 8)


def _kept(value: object, language: Language) -> Cell:
    if isinstance(value, str):
        return Cell(duration(value, language))
    parts = [
        form.said(language).format(duration(text(node(value).get(name)), language))
        for name, form in (("active", _ACTIVE), ("archive", _ARCHIVE))
        if text(node(value).get(name))
    ]
    return Cell("\n".join(parts) or _NOT_SAID.said(language), "" if parts else "unknown", text(node(value).get("basis")))


def duration(said_so: str, language: Language) -> str:
    """P5Y as 5 years; what is no such duration as it stands."""
    number, unit = said_so[1:-1], said_so[-1:]
    if said_so[:1] != "P" or unit not in _YEARS or not (number.isascii() and number.isdigit()):
        return said_so
    return f"{number} {(_ONE if int(number) == 1 else _YEARS)[unit].said(language)}"


def component_table(report: Report, language: Language, most: int = 2_000) -> Table:
    """A row for each component, with the country of its host."""
    lies = countries(report)
    rows = [_component(key, item, lies, language) for key, item in list(section(report, "components").items())[:most]]
    return Table(_COMPONENTS.said(language), tuple(head.said(language) for head in _COMPONENT_HEADS), rows, _NONE.said(language))


def _component(key: str, item: Node, lies: Mapping[str, tuple[str, ...]], language: Language) -> tuple[Cell, ...]:
    host = text(item.get("host"))
    copy_of = words(item.get("copy_of"))
    return (
        code(key),
        Cell(said(THINGS, text(item.get("kind")), language)),
        code(host or "?"),
        Cell(" + ".join(lies.get(host, ())) or "?"),
        code(listed(words(item.get("stores")) or tuple(f"= {name}" for name in copy_of)) or "–"),
        code(listed((*words(item.get("processes")), *words(item.get("relays")))) or "–"),
        _encrypted(item, language),
    )


def _encrypted(item: Node, language: Language) -> Cell:
    """The layers of encryption; that there is none, and that nobody says, where something is stored."""
    value = item.get("encryption")
    found = value if isinstance(value, Sequence) and not isinstance(value, str) else (value,) if isinstance(value, str | Mapping) else ()
    layers = listed([_layer(each, language) for each in found])
    if layers:
        return Cell(layers)
    if value is False or isinstance(value, Sequence):
        return Cell(_NO_LAYER.said(language), "fail" if item.get("stores") or item.get("copy_of") else "")
    return Cell(_NOT_SAID.said(language), "unknown") if item.get("stores") or item.get("copy_of") else Cell("–")


def _layer(value: object, language: Language) -> str:
    layer = node(value) if isinstance(value, Mapping) else {"layer": value}
    name, key = text(layer.get("layer")), text(layer.get("key"))
    called = said(_LAYERS, name, language)
    return f"{called} ({key})" if key else called


def flow_table(report: Report, language: Language, most: int = 2_000) -> Table:
    """A row for each flow."""
    rows = [
        (code(way.id), code(way.source), code(way.target), code(listed(way.data) or "–"), _carried(way, language), Cell(way.purpose or "–"))
        for way in flows(report)[:most]
    ]
    return Table(_FLOWS.said(language), tuple(head.said(language) for head in _FLOW_HEADS), rows, _NONE.said(language))


def _carried(way: FlowEnds, language: Language) -> Cell:
    return Cell(_BARE.said(language).format(way.how).removeprefix(", "), "fail") if way.bare else Cell(way.how or "–")
