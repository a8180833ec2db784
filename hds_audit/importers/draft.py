"""A description while an importer fills it: every fact goes in with its source."""

from __future__ import annotations

from collections import Counter

from hds_audit.importers.identifiers import legible, slug
from hds_audit.model.imported import Aside, Imported, Plain, Refusal, Source, Unknown
from hds_audit.model.text import Text

Path = tuple[str, ...]

_SECTIONS = ("organisations", "data", "hosts", "components", "keys", "flows", "endpoints", "domains")
_PROVIDER = Text("nothing says who the provider is", "rien ne dit qui est le fournisseur")
_SERVICE = Text("nothing says what kind of service this is", "rien ne dit de quel service il s'agit")
_REGION = Text(
    "the region is not in the input (it often comes from the environment)",
    "la région n'est pas dans le fichier (elle vient souvent de l'environnement)",
)
_STORES = Text("no infrastructure file says which data are there", "aucun fichier d'infrastructure ne dit quelles données s'y trouvent")
_KIND = Text("nothing says what it runs", "rien ne dit ce qu'il exécute")
_CARRIED = Text("no infrastructure file says which data travel", "aucun fichier d'infrastructure ne dit quelles données circulent")
_TLS = Text("nothing says whether TLS protects it", "rien ne dit si TLS le protège")


class Draft:
    """Hosts, components, keys and flows gathered so far; `finish` gives what was imported.

    Entries get the identifier of their own name, and a number behind it where another entry has it already.
    """

    def __init__(self, importer: str, files: tuple[str, ...]) -> None:
        self._importer = importer
        self._files = files
        self._entries: dict[str, dict[str, dict[str, Plain]]] = {section: {} for section in _SECTIONS}
        self._origins: dict[Path, Source] = {}
        self._unknowns: dict[str, Unknown] = {}
        self._refusals: dict[Refusal, None] = {}
        self._aside: Counter[tuple[str, bool]] = Counter()
        self._hosts: dict[tuple[str, str, str, str], str] = {}
        self._others: dict[str, Plain] = {}

    def host(self, provider: str, service: str, region: str, source: Source, *, offer: str = "", name: str = "") -> str:
        """The identifier of the host of that provider, service, offer and region ('' is unknown), made where it is new."""
        known = self._hosts.get((provider, service, offer or name, region))
        if known is not None:
            return known
        words = (provider, name or service or "host", region) if provider else (name or service or "host", region)
        entry = self._new("hosts", "-".join(word for word in words if word), source)
        self._hosts[provider, service, offer or name, region] = entry
        for key, value, reason in (("provider", provider, _PROVIDER), ("service", service, _SERVICE), ("region", region, _REGION)):
            if value:
                self.fact(("hosts", entry, key), value, source)
            else:
                self.unknown(f"hosts.{entry}.{key}", reason, source)
        if offer:
            self.fact(("hosts", entry, "offer"), offer, source)
        return entry

    def component(self, name: str, kind: str, host: str, source: Source) -> str:
        """A new component, whose data nobody has declared yet; its kind stays unknown where it is empty."""
        entry = self._new("components", name, source)
        if kind:
            self.fact(("components", entry, "kind"), kind, source)
        else:
            self.unknown(f"components.{entry}.kind", _KIND, source)
        self.fact(("components", entry, "host"), host, source)
        if kind in _KEEPING or not kind:
            self.unknown(f"components.{entry}.stores", _STORES, source)
        return entry

    def entry(self, section: str, name: str, source: Source) -> str:
        """A new entry of any other section: its identifier."""
        return self._new(section, name, source)

    def has(self, section: str, entry: str) -> bool:
        """Whether the section has an entry of that identifier."""
        return entry in self._entries[section]

    def value(self, path: Path) -> Plain | None:
        """The value at a path, or None where there is none."""
        here: Plain | None = self._entries[path[0]].get(path[1]) if path[0] in self._entries else self._others.get(path[0])
        for key in path[2:] if path[0] in self._entries else path[1:]:
            here = here.get(key) if isinstance(here, dict) else None
        return here

    def fact(self, path: Path, value: Plain, source: Source) -> None:
        """Set a fact; the last word on a path counts, and it is unknown no longer."""
        section = self._entries.get(path[0])
        here: dict[str, Plain] = section.setdefault(path[1], {}) if section is not None else self._others
        keys = path[2:] if section is not None else path
        for key in keys[:-1]:
            inner = here.setdefault(key, {})
            here = inner if isinstance(inner, dict) else here
        here[keys[-1]] = legible(value) if isinstance(value, str) else value
        self._origins[path] = source
        self._unknowns.pop(".".join(path), None)
        if path[-1] == "copy_of":
            self._unknowns.pop(".".join((*path[:-1], "stores")), None)

    def flow(self, start: str, end: str, source: Source) -> str:
        """The identifier of the flow between two ends, made where it is new."""
        name = f"{slug(start)}--{slug(end)}"
        if name not in self._entries["flows"]:
            self._new("flows", name, source, exact=True)
            self.fact(("flows", name, "from"), start, source)
            self.fact(("flows", name, "to"), end, source)
            self.unknown(f"flows.{name}.data", _CARRIED, source)
            self.unknown(f"flows.{name}.transport.tls", _TLS, source)
        return name

    def components(self) -> list[tuple[str, str, Source]]:
        """Every component so far: its identifier, its kind, where it was read."""
        return [(key, str(entry.get("kind")), self._origins["components", key]) for key, entry in self._entries["components"].items()]

    def flows_from(self, start: str) -> list[tuple[str, str]]:
        """The flows that leave an end so far, with where they go."""
        return [(key, str(flow["to"])) for key, flow in self._entries["flows"].items() if flow.get("from") == start and "to" in flow]

    def flows_to(self, end: str) -> list[str]:
        """The flows that reach an end so far."""
        return [key for key, flow in self._entries["flows"].items() if flow.get("to") == end]

    def endpoint(self, url: str, component: str, source: Source) -> None:
        """A public address, once."""
        if url not in self._entries["endpoints"]:
            self._entries["endpoints"][url] = {"url": url}
            self._origins["endpoints", url] = source
        if component:
            self.fact(("endpoints", url, "component"), component, source)

    def domain(self, name: str, source: Source) -> None:
        """A domain of the application, once."""
        if name and name not in self._entries["domains"]:
            self._entries["domains"][name] = {"name": name}
            self._origins["domains", name] = source

    def unknown(self, path: str, reason: Text, source: Source | None = None) -> None:
        """Say that a fact is not in the input; the first reason given stands."""
        self._unknowns.setdefault(path, Unknown(path, reason, source))

    def explain(self, path: str, reason: Text) -> None:
        """Give a better reason to a fact that is unknown already."""
        if path in self._unknowns:
            self._unknowns[path] = self._unknowns[path]._replace(reason=reason)

    def withdraw(self, path: Path, reason: Text) -> None:
        """Take back a fact that something else in the input may belie: it is unknown, for that reason."""
        here = self.value(path[:-1])
        if isinstance(here, dict):
            here.pop(path[-1], None)
        self._origins.pop(path, None)
        self._unknowns[".".join(path)] = Unknown(".".join(path), reason, None)

    def refuse(self, where: str, reason: Text) -> None:
        """Say that a part of the input was not read, once."""
        self._refusals[Refusal(where, reason)] = None

    def refuse_once(self, where: str, reason: Text) -> None:
        """Say that a part was not read, unless that was said at another place."""
        if all(refusal.reason != reason for refusal in self._refusals):
            self.refuse(where, reason)

    def leave(self, type_: str, *, known: bool) -> None:
        """Count a thing that was left aside."""
        self._aside[type_, known] += 1

    def finish(self) -> Imported:
        """What was imported, in the order of the format."""
        data: dict[str, Plain] = dict(self._others)
        for section in _SECTIONS[:5]:
            if self._entries[section]:
                data[section] = {key: dict(entry) for key, entry in self._entries[section].items()}
        for section in _SECTIONS[5:]:
            if self._entries[section]:
                data[section] = [self._item(section, key, entry) for key, entry in self._entries[section].items()]
        aside = tuple(Aside(type_, number, known) for (type_, known), number in sorted(self._aside.items()))
        origins = {".".join(path): source for path, source in self._origins.items()}
        return Imported(self._importer, data, origins, tuple(self._unknowns.values()), tuple(self._refusals), aside, self._files)

    @staticmethod
    def _item(section: str, key: str, entry: dict[str, Plain]) -> Plain:
        if section == "domains":
            return key if entry.keys() == {"name"} else dict(entry)
        return {"id": key, **entry} if section == "flows" else dict(entry)

    def _new(self, section: str, name: str, source: Source, *, exact: bool = False) -> str:
        entry, taken = name if exact else slug(name), self._entries[section]
        entry = f"{entry}-{section.rstrip('s')}" if entry in _RESERVED else entry
        number = 2
        while entry in taken:
            entry, number = f"{slug(name)}-{number}", number + 1
        taken[entry] = {}
        self._origins[section, entry] = source
        return entry


_RESERVED = frozenset(
    {"internet", "patients", "health-professionals", "devices", "customers", "end-users", "application", "true", "false", "null"}
)
_KEEPING = frozenset({"database", "object-storage", "file-storage", "cache", "queue", "search", "backup", "log", "application", "function"})
