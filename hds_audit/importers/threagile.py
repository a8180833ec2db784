"""Threagile models: assets, what they store and process, their links, and the boundaries that tell where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hds_audit.importers.documents import documents_of
from hds_audit.importers.draft import Draft
from hds_audit.importers.identifiers import slug
from hds_audit.importers.importer import Importer
from hds_audit.importers.organisations import known_organisation
from hds_audit.importers.placed import PlacedMap
from hds_audit.importers.tables import Tables
from hds_audit.model.imported import Imported, Plain, Source
from hds_audit.model.text import Text

_PLACES = {
    "network-on-prem": "on-premises",
    "network-dedicated-hoster": "bare-metal",
    "network-virtual-lan": "",
    "network-cloud-provider": "iaas",
}
_TLS = {
    "https": True, "wss": True, "reverse-proxy-web-protocol-encrypted": True, "jdbc-encrypted": True, "odbc-encrypted": True,
    "sql-access-protocol-encrypted": True, "nosql-access-protocol-encrypted": True, "binary-encrypted": True, "text-encrypted": True,
    "ssh": True, "smtp-encrypted": True, "pop3-encrypted": True, "imap-encrypted": True, "ftps": True, "sftp": True, "scp": True,
    "ldaps": True, "iiop-encrypted": True, "jrmp-encrypted": True, "mqtt": False,
    "http": False, "ws": False, "reverse-proxy-web-protocol": False, "jdbc": False, "odbc": False, "sql-access-protocol": False,
    "nosql-access-protocol": False, "binary": False, "text": False, "smtp": False, "pop3": False, "imap": False, "ftp": False,
    "ldap": False, "jms": False, "nfs": False, "smb": False, "nrpe": False, "iiop": False, "jrmp": False, "xmpp": False,
}  # fmt: skip
_SINGLE_LAYER = {"database": "database", "object-storage": "storage-service"}
_NOT_A_MODEL = Text(
    "this is not a Threagile model: no data_assets, technical_assets nor includes",
    "ce n'est pas un modèle Threagile : ni data_assets, ni technical_assets, ni includes",
)
_NO_PLACE = Text("no trust boundary says whose network this is", "aucune zone de confiance ne dit à qui est ce réseau")
_HEALTH = Text("a model does not say whether these are health data", "un modèle ne dit pas si ce sont des données de santé")
_WHOSE = Text("the model does not say who holds the key", "le modèle ne dit pas qui détient la clé")
SECTIONS = ("data_assets", "technical_assets", "trust_boundaries")


def read(paths: tuple[Path, ...], tables: Tables) -> Imported:
    """Import models, with the files of their folder that they include."""
    draft = Draft("threagile", tuple(str(path) for path in paths))
    parts: dict[str, list[tuple[str, PlacedMap]]] = {section: [] for section in SECTIONS}
    for path in paths:
        _collect(path, path.parent, draft, parts, set())
    ids = _data(draft, parts["data_assets"])
    _assets(draft, parts, ids, tables)
    return draft.finish()


def _collect(path: Path, folder: Path, draft: Draft, parts: dict[str, list[tuple[str, PlacedMap]]], seen: set[Path]) -> None:
    for document in documents_of(path, draft).found:
        content = document.content
        if path.parent == folder and not seen and not any(key in content for key in (*SECTIONS, "includes")):
            draft.refuse(str(path), _NOT_A_MODEL)
        for section in SECTIONS:
            if isinstance(content.get(section), PlacedMap):
                parts[section].append((str(path), content.under(section)))
        if content.text("title"):
            draft.fact(("application", "name"), content.text("title")[:80], Source(str(path), *content.line("title")))
        for name in content.listed("includes"):
            _include(path.parent / str(name), folder, draft, parts, seen | {path.resolve()})


def _include(path: Path, folder: Path, draft: Draft, parts: dict[str, list[tuple[str, PlacedMap]]], seen: set[Path]) -> None:
    if not path.resolve().is_relative_to(folder.resolve()) or path.resolve() in seen:
        draft.refuse(
            str(path), Text("an included file must lie in the folder of the model", "un fichier inclus doit être dans le dossier du modèle")
        )
    elif not path.is_file():
        draft.refuse(str(path), Text("the model includes this file, which is not there", "le modèle inclut ce fichier, qui est absent"))
    else:
        _collect(path, folder, draft, parts, seen)


def _data(draft: Draft, parts: list[tuple[str, PlacedMap]]) -> dict[str, str]:
    """The data assets, by their identifier in the model."""
    ids: dict[str, str] = {}
    for file, section in parts:
        for title, asset in section.items():
            if isinstance(asset, PlacedMap):
                source = Source(file, *section.line(title), address=asset.text("id") or title)
                entry = draft.entry("data", asset.text("id") or title, source)
                ids[asset.text("id") or title] = entry
                draft.fact(("data", entry, "description"), title[:200], source)
                if asset.text("confidentiality"):
                    draft.fact(("data", entry, "classification"), asset.text("confidentiality"), source)
                draft.unknown(f"data.{entry}.health", _HEALTH, source)
    return ids


def _assets(draft: Draft, parts: dict[str, list[tuple[str, PlacedMap]]], data: dict[str, str], tables: Tables) -> None:
    hosts = _Hosts(draft, parts["trust_boundaries"], tables)
    ends: dict[str, str] = {}
    for file, section in parts["technical_assets"]:
        for title, asset in section.items():
            if isinstance(asset, PlacedMap):
                source = Source(file, *section.line(title), address=asset.text("id") or title)
                ends[asset.text("id") or title] = _asset(draft, title, asset, hosts, data, tables, source)
    for file, section in parts["technical_assets"]:
        for title, asset in section.items():
            if isinstance(asset, PlacedMap):
                _links(draft, asset, ends[asset.text("id") or title], ends, data, file)


def _asset(draft: Draft, title: str, asset: PlacedMap, hosts: _Hosts, data: dict[str, str], tables: Tables, source: Source) -> str:
    technologies = [asset.text("technology"), *(str(item) for item in asset.listed("technologies"))]
    known = next((tables.technologies[name] for name in technologies if name in tables.technologies), None)
    if known is not None and known.kind == "end":
        return "internet"
    kind = known.kind if known else "database" if asset.text("type") == "datastore" else "application"
    host = hosts.of(asset.text("id") or title, asset, source)
    component = draft.component(asset.text("id") or title, kind, host, source)
    draft.fact(("components", component, "description"), title[:200], source)
    for key, ours in (("data_assets_stored", "stores"), ("data_assets_processed", "processes")):
        if key in asset:
            listed: list[Plain] = [data[str(item)] for item in asset.listed(key) if str(item) in data]
            draft.fact(("components", component, ours), listed, source._replace(line=asset.line(key)[0] or source.line))
    if isinstance(asset.get("internet"), bool):
        draft.fact(
            ("components", component, "internet_exposed"), asset["internet"] is True, source._replace(line=asset.line("internet")[0])
        )
    if asset.text("owner"):
        draft.fact(("components", component, "owner"), asset.text("owner")[:120], source)
    _encryption(draft, component, kind, asset, source)
    return component


def _encryption(draft: Draft, component: str, kind: str, asset: PlacedMap, source: Source) -> None:
    word = asset.text("encryption")
    place = source._replace(line=asset.line("encryption")[0] or source.line)
    path = ("components", component, "encryption")
    if word == "none":
        draft.fact(path, [], place)
    elif word == "transparent":
        draft.fact(path, [{"layer": _SINGLE_LAYER.get(kind, "volume")}], place)
    elif word.startswith("data-with-"):
        draft.fact(path, [{"layer": "application"}], place)
    if word not in {"", "none"}:
        draft.unknown(".".join((*path, "key")), _WHOSE, place)


def _links(draft: Draft, asset: PlacedMap, start: str, ends: dict[str, str], data: dict[str, str], file: str) -> None:
    links = asset.under("communication_links")
    for title, link in links.items():
        end = ends.get(link.text("target"), "") if isinstance(link, PlacedMap) else ""
        if not isinstance(link, PlacedMap) or not end or end == start:
            continue
        source = Source(file, *links.line(title), address=f"{asset.text('id')} > {title}")
        flow = draft.flow(start, end, source)
        protocol = link.text("protocol")
        if protocol in _TLS:
            draft.fact(("flows", flow, "transport", "protocol"), protocol.removesuffix("-encrypted"), source)
            if draft.value(("flows", flow, "transport", "tls")) is not False:
                draft.fact(("flows", flow, "transport", "tls"), _TLS[protocol], source)
        carried = [
            data[str(item)] for key in ("data_assets_sent", "data_assets_received") for item in link.listed(key) if str(item) in data
        ]
        before = draft.value(("flows", flow, "data"))
        draft.fact(("flows", flow, "data"), [*dict.fromkeys([*(before if isinstance(before, list) else []), *carried])], source)


class _Hosts:
    """The host of each asset: the nearest trust boundary that says whose network it is."""

    def __init__(self, draft: Draft, parts: list[tuple[str, PlacedMap]], tables: Tables) -> None:
        self._draft, self._tables = draft, tables
        self._boundaries = {
            boundary.text("id") or title: (title, boundary, file, section.line(title)) for title, boundary, file, section in _all(parts)
        }
        self._inside = {str(item): key for key, (_, b, _, _) in self._boundaries.items() for item in b.listed("technical_assets_inside")}
        self._nested = {str(item): key for key, (_, b, _, _) in self._boundaries.items() for item in b.listed("trust_boundaries_nested")}

    def of(self, asset: str, content: PlacedMap, source: Source) -> str:
        """The identifier of the host of an asset."""
        key, seen = self._inside.get(asset, ""), set[str]()
        while key and key in self._boundaries and key not in seen:
            seen.add(key)
            title, boundary, file, line = self._boundaries[key]
            service = _PLACES.get(boundary.text("type"), "")
            if service:
                place = Source(file, *line, address=key)
                provider = self._provider(boundary) or self._provider(content)
                host = self._draft.host(provider, service, "", place, name=slug(title))
                self._draft.explain(f"hosts.{host}.provider", _NO_PLACE)
                return host
            key = self._nested.get(key, "")
        provider = self._provider(content)
        host = self._draft.host(provider, "", "", source, name="outside" if content.get("out_of_scope") is True else "elsewhere")
        self._draft.explain(f"hosts.{host}.provider", _NO_PLACE)
        return host

    def _provider(self, content: PlacedMap) -> str:
        names = (known_organisation(str(tag), self._tables) for tag in content.listed("tags"))
        return next((name for name in names if name), "")


def _all(parts: list[tuple[str, PlacedMap]]) -> Iterator[tuple[str, PlacedMap, str, PlacedMap]]:
    for file, section in parts:
        for title, item in section.items():
            if isinstance(item, PlacedMap):
                yield title, item, file, section


def _recognises(path: Path, head: str) -> bool:
    return path.suffix in {".yml", ".yaml"} and "threagile_version:" in head


IMPORTER = Importer(Text("Threagile models", "Modèles Threagile"), read, _recognises)
