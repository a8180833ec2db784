"""Scalingo manifests (scalingo.json): the application, its add-ons and the names of its variables."""

from __future__ import annotations

from pathlib import Path

from hds_audit.importers.documents import documents_of
from hds_audit.importers.draft import Draft
from hds_audit.importers.importer import Importer
from hds_audit.importers.placed import PlacedMap
from hds_audit.importers.tables import Tables
from hds_audit.importers.variables import Variable
from hds_audit.importers.wiring import wire
from hds_audit.model.imported import Imported, Source
from hds_audit.model.text import Text

_KEYS = frozenset({"name", "env", "scripts", "formation", "addons", "stack", "description", "logo", "repository", "website"})
_NOT_ONE = Text(
    "this is not a scalingo.json: none of env, addons, formation", "ce n'est pas un scalingo.json : ni env, ni addons, ni formation"
)
_REGION = Text(
    "a scalingo.json does not say in which region the application runs",
    "un scalingo.json ne dit pas dans quelle région tourne l'application",
)
_KINDS = {
    "postgresql": ("database", "postgresql"),
    "mysql": ("database", "mysql"),
    "mongodb": ("database", "mongodb"),
    "influx": ("database", "influxdb"),
    "redis": ("cache", "redis"),
    "elasticsearch": ("search", "elasticsearch"),
    "opensearch": ("search", "opensearch"),
}


def read(paths: tuple[Path, ...], tables: Tables) -> Imported:
    """Import manifests; their variables give no value that is generated or secret."""
    draft = Draft("scalingo", tuple(str(path) for path in paths))
    for path in paths:
        for document in documents_of(path, draft).found:
            if not {"env", "addons", "formation"} & document.content.keys() or not document.content.keys() <= _KEYS:
                draft.refuse(str(path), _NOT_ONE)
                continue
            _application(draft, document.content, str(path), tables)
    return draft.finish()


def _application(draft: Draft, manifest: PlacedMap, file: str, tables: Tables) -> None:
    source = Source(file, *manifest.line("name"), address="scalingo.json")
    if manifest.text("name"):
        draft.fact(("application", "name"), manifest.text("name")[:80], source)
    host = draft.host("scalingo", "paas", "", source, offer="scalingo-paas")
    draft.explain(f"hosts.{host}.region", _REGION)
    application = draft.component(manifest.text("name") or "application", "application", host, source)
    for addon, line in manifest.listed("addons").maps():
        _addon(draft, addon.text("plan"), application, Source(file, *line, address=f"addon {addon.text('plan').partition(':')[0]}"))
    wire(draft, application, list(_variables(manifest, file)), tables, lambda _: "")


def _addon(draft: Draft, plan: str, application: str, source: Source) -> None:
    name = plan.partition(":")[0].lower()
    kind, product = next((value for key, value in _KINDS.items() if name.startswith(key)), ("", ""))
    if not kind:
        draft.leave(f"addon {name}", known=False)
        return
    host = draft.host("scalingo", "managed-database", "", source, offer="scalingo-database")
    draft.explain(f"hosts.{host}.region", _REGION)
    component = draft.component(product, kind, host, source)
    draft.fact(("components", component, "product", "name"), product, source)
    draft.flow(application, component, source)


def _variables(manifest: PlacedMap, file: str) -> list[Variable]:
    env = manifest.under("env")
    found: list[Variable] = []
    for name in env:
        entry = env.under(name)
        value = entry.text("value") if "value" in entry else None if entry else env.text(name)
        found.append(Variable(name, value, Source(file, *env.line(name), address=f"environment {name}")))
    return found


def _recognises(path: Path, head: str) -> bool:
    return path.name == "scalingo.json" and "{" in head


IMPORTER = Importer(Text("Scalingo manifests (scalingo.json)", "Manifestes Scalingo (scalingo.json)"), read, _recognises)
