"""The description that the answers of `init` make, alone or on top of what was imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hds_audit.importers.identifiers import slug
from hds_audit.model.catalogue import Catalogue
from hds_audit.model.imported import Imported, Plain
from hds_audit.model.text import Language
from hds_audit.pipeline.importing import Combined
from hds_audit.pipeline.interview import Answers, hosts_of, unprovided
from hds_audit.write.entry import Mark, Note
from hds_audit.write.render import marks_of, render, sheetful

DATUM, APPLICATION, DATABASE, MAILER, KEY = "health-data", "application", "database", "mailer", "data-key"
_PREFERRED = ("paas", "iaas", "managed-kubernetes", "bare-metal", "managed-database", "object-storage", "managed-services", "saas")
_THEIRS = Note("")
_STORING = frozenset({"database", "object-storage", "file-storage", "search"})
_RUNNING = frozenset({"application", "function"})


def described(answers: Answers, catalogue: Catalogue, started: Combined | None, language: Language) -> str:
    """The text of infra.yaml for these answers, on top of what was found."""
    making = _Making(answers, catalogue, language)
    if started is None:
        making.anew()
        return render(sheetful(_nothing(making.data), "init")._replace(owners=(), marks={}, notes=making.notes), language)
    making.upon(started.imported)
    whole = Imported("init", making.data, started.imported.origins, started.imported.unknowns)
    return render(
        sheetful(whole, "init", making.data, started.owners)._replace(marks=making.kept(whole, started), notes=making.notes), language
    )


def _nothing(data: Mapping[str, Plain]) -> Imported:
    return Imported("init", data, {})


class _Making:
    """A description while the answers fill it."""

    def __init__(self, answers: Answers, catalogue: Catalogue, language: Language) -> None:
        self.answers, self.catalogue = answers, catalogue
        self.data: dict[str, Plain] = {}
        self.notes: dict[tuple[str, str], dict[str, Note]] = {}
        self._check = Note({"en": "by default: check", "fr": "par défaut : à vérifier"}[language])
        self._operator = ""

    def put(self, section: str, entry: str, name: str, value: Plain, question: str) -> None:
        """A fact that answers a question, with a note where the answer is a default; what a person answered is no import's."""
        there = self.data.setdefault(section, {})
        if isinstance(there, dict):
            inner = there.setdefault(entry, {}) if entry else there
            if inner is True:
                inner = there[entry] = {}
            if isinstance(inner, dict):
                inner[name] = value
        if question in self.answers.default:
            self.notes.setdefault((section, entry), {})[name] = self._check
        elif question:
            self.notes.setdefault((section, entry), {})[name] = _THEIRS

    def anew(self) -> None:
        """A description from the answers alone: an application, its database, and what stands around them."""
        self._common()
        hosts = [self._host(str(part)) for part in self.answers.several("hosts")]
        home = hosts[0] if hosts else self._host("")
        store = next((host for host in hosts if self._service(host) == "managed-database"), home)
        for component, kind, host in ((APPLICATION, "application", home), (DATABASE, "database", store)):
            self.put("components", component, "kind", kind, "")
            self.put("components", component, "host", host, "hosts")
        self.put("components", APPLICATION, "processes", [DATUM], "")
        self.put("components", DATABASE, "stores", [DATUM], "")
        self._key([DATABASE], store)
        self._mail()
        self._flow("patients" if "patients" in self.answers.several("subjects") else "internet", APPLICATION, carries=True)
        self._flow(APPLICATION, DATABASE, carries=True)

    def upon(self, imported: Imported) -> None:
        """The answers on top of what was imported."""
        self.data = {section: _copied(value) for section, value in imported.data.items() if section != "application"}
        self._common()
        self._homes([str(part) for part in self.answers.several("hosts")])
        self._regions()
        kinds = self._kinds()
        for component, kind in kinds.items() if DATUM in _named(self.data.get("data")) else ():
            if kind in _STORING and not self._says(component, "stores") and not self._says(component, "copy_of"):
                self._by_default("components", component, "stores", [DATUM])
            elif kind in _RUNNING and not self._says(component, "processes"):
                self._by_default("components", component, "processes", [DATUM])
        bare = [component for component, kind in kinds.items() if kind in _STORING and not self._says(component, "encryption")]
        self._key(bare, "")
        self._mail()

    def kept(self, whole: Imported, started: Combined) -> Mapping[tuple[str, str], Mark]:
        """The marks of the entries that come from files, and of those alone."""
        return {about: mark for about, mark in marks_of(whole, "init", started.owners).items() if about in started.owners}

    def _common(self) -> None:
        self.put("application", "", "name", self.answers["name"] or APPLICATION, "name")
        self._organisation()
        if self.data.get("data"):
            return  # a model has data of its own, of which only people can say whether they are health data
        self.put("data", DATUM, "subjects", self.answers.several("subjects"), "subjects")
        if self.answers["health"]:
            self.put("data", DATUM, "health", self.answers["health"], "health")
        settings = [word for word in self.answers.several("collected-in") if word != "none"]
        if settings or self.answers["collected-in"] == "none":
            self.put("data", DATUM, "collected_in", settings, "collected-in")
        self._by_default("data", DATUM, "identifiability", "identified")

    def _organisation(self) -> None:
        said = self.answers["operator"]
        if not said:
            return
        known = self.catalogue.organisation(said.lower())
        self._operator = known.id if known else slug(said)
        self.put("application", "", "operator", self._operator, "operator")
        if known is None:
            self.put("organisations", self._operator, "name", said, "operator")
            if self.answers["country"]:
                self.put("organisations", self._operator, "country", self.answers["country"], "country")

    def _host(self, said: str) -> str:
        """A host for `provider/service`, in the region that was answered for it."""
        provider, _, service = said.partition("/")
        kind = service or self._usual_service(provider)
        entry = f"{provider}-{kind}".strip("-") or "host"
        if not provider:
            self.data.setdefault("hosts", {entry: True})
            return entry
        self.put("hosts", entry, "provider", provider, "hosts")
        if kind:
            self.put("hosts", entry, "service", kind, "hosts")
        region = self._region_of(provider)
        if region:
            self.put("hosts", entry, "region", region, "regions")
        return entry

    def _homes(self, said: Sequence[str]) -> None:
        """The hosts that were answered: the first provides what the files leave without a provider, the others stand beside."""
        homes = unprovided(self.data)
        for entry in homes if said else ():
            provider, _, service = said[0].partition("/")
            self.put("hosts", entry, "provider", provider, "hosts")
            kind = service or self._service_for(entry, provider)
            if kind and not self._service(entry):
                self.put("hosts", entry, "service", kind, "hosts")
        there = {host.get("provider") for host in hosts_of(self.data).values()}
        for part in said[1:] if homes else said:
            if part.partition("/")[0] not in there:
                self._host(part)

    def _service_for(self, entry: str, provider: str) -> str:
        """What a provider sells for a machine or a cluster, else what people mean by its name."""
        wanted = {"machine": ("iaas", "bare-metal"), "cluster": ("managed-kubernetes",)}.get(entry, ())
        sold = {offer.service for offer in self.catalogue.offers_of(provider)}
        return next((word for word in wanted if word in sold), self._usual_service(provider))

    def _usual_service(self, provider: str) -> str:
        """The service people mean by a provider's name: one that a certificate covers, else the first that hosts applications."""
        offers = self.catalogue.offers_of(provider) if provider else ()
        covered = [offer.service for offer in offers if offer.hds == "covered"]
        every = [offer.service for offer in offers]
        ordered = [word for listed in (covered, every) for word in _PREFERRED if word in listed]
        return (ordered or every or [""])[0]

    def _region_of(self, provider: str) -> str:
        """`gra` for one host, `scalingo=osc-fr1 ovhcloud=gra` for several; the only region a provider has, where it has one."""
        said = [str(part) for part in self.answers.several("regions")]
        own = next((part.partition("=")[2] for part in said if part.partition("=")[0] == provider), "")
        if own:
            return own
        plain = [part for part in said if "=" not in part]
        fitting = [part for part in plain if self.catalogue.region(provider, part) is not None]
        alone = [code for organisation, code in self.catalogue.regions if organisation == provider]
        return fitting[0] if fitting else alone[0] if len(alone) == 1 else ""

    def _regions(self) -> None:
        """The regions that were answered, for the hosts of the files that have none."""
        hosts = self.data.get("hosts")
        for entry, host in list(hosts.items()) if isinstance(hosts, dict) else []:
            if isinstance(host, dict) and isinstance(host.get("provider"), str) and "region" not in host:
                region = self._region_of(str(host["provider"]))
                if region:
                    self.put("hosts", entry, "region", region, "regions")

    def _key(self, components: Sequence[str], host: str) -> None:
        """Who can open what is stored: one layer and one key, as the answer says."""
        said = self.answers["keys"]
        if said in {"", "unknown"} or not components:
            return
        if said == "none":
            for component in components:
                self.put("components", component, "encryption", [], "keys")
            return
        layer = {"provider": "volume", "customer": "application", "end-users": "end-to-end"}[said]
        self.put("keys", KEY, "managed_by", said, "keys")
        if said == "end-users":
            self.put("keys", KEY, "held_by", ["end-users"], "keys")
            self.put("keys", KEY, "place", "device", "keys")
        elif said == "customer" and self._operator:
            self.put("keys", KEY, "held_by", [self._operator], "keys")
        elif said == "provider" and host:
            self.put("keys", KEY, "host", host, "keys")
            self.put("keys", KEY, "place", "host-kms", "keys")
        for component in components:
            self.put("components", component, "encryption", [{"layer": layer, "key": KEY}], "keys")

    def _mail(self) -> None:
        provider = self.answers["mail"]
        if provider == "none":
            self.data["emails"] = False
        if provider in {"", "none"}:
            return
        known = next((key for key, host in hosts_of(self.data).items() if host.get("service") == "email" and "provider" not in host), "")
        self.put("hosts", known or MAILER, "provider", provider.partition("/")[0], "mail")
        if known:
            return
        self.put("hosts", MAILER, "service", "email", "mail")
        sender = next((key for key, kind in self._kinds().items() if kind == "application"), "")
        if sender:
            self._flow(sender, MAILER)

    def _kinds(self) -> dict[str, str]:
        components = self.data.get("components")
        entries = components.items() if isinstance(components, dict) else ()
        return {key: str(entry.get("kind")) for key, entry in entries if isinstance(entry, dict)}

    def _flow(self, start: str, end: str, *, carries: bool = False) -> None:
        """A flow; one that cannot but carry the data says so, with a note, since nobody was asked."""
        flows = self.data.setdefault("flows", [])
        if isinstance(flows, list):
            flows.append({"from": start, "to": end, "data": [DATUM]} if carries else {"from": start, "to": end})
        if carries:
            self.notes[("flows", f"{start}->{end}")] = {"data": self._check}

    def _service(self, host: str) -> str:
        return str(hosts_of(self.data).get(host, {}).get("service") or "")

    def _says(self, component: str, name: str) -> bool:
        components = self.data.get("components")
        entry = components.get(component) if isinstance(components, dict) else None
        return isinstance(entry, dict) and name in entry

    def _by_default(self, section: str, entry: str, name: str, value: Plain) -> None:
        """A fact that nobody was asked for, on the prudent side, whose line bears its note whatever was answered."""
        self.put(section, entry, name, value, "")
        self.notes.setdefault((section, entry), {})[name] = self._check


def _named(section: Plain | None) -> list[str]:
    return list(section) if isinstance(section, dict) else []


def _copied(value: Plain) -> Plain:
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value
