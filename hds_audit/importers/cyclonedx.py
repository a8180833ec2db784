"""CycloneDX bills in JSON: services, the data they handle, their providers and what depends on what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from hds_audit.importers.addresses import host_of, is_public_name, owner_of
from hds_audit.importers.documents import documents_of
from hds_audit.importers.draft import Draft
from hds_audit.importers.identifiers import slug, version
from hds_audit.importers.images import image_of
from hds_audit.importers.importer import Importer
from hds_audit.importers.organisations import known_organisation, organisation_of
from hds_audit.importers.placed import PlacedMap
from hds_audit.importers.tables import Tables
from hds_audit.model.imported import Imported, Plain, Source
from hds_audit.model.text import Text

_NOT_A_BILL = Text(
    "this is not a CycloneDX bill in JSON (no `bomFormat`); convert it: cyclonedx convert --output-format json",
    "ce n'est pas un inventaire CycloneDX en JSON (pas de `bomFormat`) ; convertissez-le : cyclonedx convert --output-format json",
)
_HEALTH = Text(
    "a classification does not say whether these are health data", "une classification ne dit pas si ce sont des données de santé"
)
_ROLE = Text("a bill does not say whether the service stores these data", "un inventaire ne dit pas si le service stocke ces données")
_SENT_TO = frozenset({
    "email", "health-messaging", "sms", "push", "video", "analytics", "advertising", "error-monitoring", "logging", "support-desk",
    "payments", "source-code", "ai-inference", "saas",
})  # fmt: skip
_NO_PROVIDER = Text("the bill names no provider", "l'inventaire ne nomme aucun fournisseur")
_KINDS = (
    (re.compile(r".*\b(?:postgres\w*|mysql|mariadb|mongo\w*|database|sql|oracle db|dynamodb|cosmos ?db)\b.*"), "database"),
    (re.compile(r".*\b(?:s3|bucket|blob|object[ -]?storage|minio)\b.*"), "object-storage"),
    (re.compile(r".*\b(?:redis|cache|memcached)\b.*"), "cache"),
    (re.compile(r".*\b(?:kafka|rabbitmq|queue|sqs|broker)\b.*"), "queue"),
    (re.compile(r".*\b(?:elasticsearch|opensearch|search)\b.*"), "search"),
    (re.compile(r".*\b(?:gateway|proxy)\b.*"), "gateway"),
    (re.compile(r".*\b(?:load[ -]?balancer)\b.*"), "load-balancer"),
    (re.compile(r".*\b(?:cdn)\b.*"), "cdn"),
    (re.compile(r".*\b(?:smtp|e-?mail|mailer)\b.*"), "mail"),
)


def read(paths: tuple[Path, ...], tables: Tables) -> Imported:
    """Import bills; one without services is an inventory of software, which says nothing of data, and is refused."""
    draft = Draft("cyclonedx", tuple(str(path) for path in paths))
    for path in paths:
        documents = documents_of(path, draft)
        for document in documents.found:
            _bill(draft, document.content, str(path), tables)
        if not documents.found and documents.whole:
            draft.refuse(str(path), _NOT_A_BILL)
    return draft.finish()


def _bill(draft: Draft, bill: PlacedMap, file: str, tables: Tables) -> None:
    if bill.text("bomFormat") != "CycloneDX":
        draft.refuse(file, _NOT_A_BILL)
        return
    services = list(_services(bill))
    if not services:
        draft.refuse(file, _inventory(bill))
        return
    application = bill.under("metadata").under("component")
    if application.text("name"):
        draft.fact(("application", "name"), application.text("name")[:80], Source(file, *application.line("name")))
    ends: dict[str, str] = {}
    for service, line in services:
        reference = service.text("bom-ref") or service.text("name")
        ends[reference] = _service(draft, service, Source(file, *line, address=reference), tables)
    _flows(draft, bill, ends, file)
    for service, line in services:
        _data_flows(draft, service, ends, Source(file, *line, address=service.text("bom-ref")))


def _services(holder: PlacedMap, depth: int = 0) -> Iterator[tuple[PlacedMap, tuple[int, int]]]:
    for service, line in holder.listed("services").maps():
        yield service, line
        if depth < 16:
            yield from _services(service, depth + 1)


def _inventory(bill: PlacedMap) -> Text:
    components = [component for component, _ in bill.listed("components").maps()]
    keys = sum(component.text("type") == "cryptographic-asset" for component in components)
    return Text(
        f"no service in this bill, so nothing that stores or sends data; components: {len(components)}, of which cryptographic: {keys}",
        f"aucun service dans cet inventaire, donc rien qui stocke ou envoie des données ; composants : {len(components)}, "
        f"dont actifs cryptographiques : {keys}",
    )


def _service(draft: Draft, service: PlacedMap, source: Source, tables: Tables) -> str:
    host = _host(draft, service, source, tables)
    component = draft.component(service.text("bom-ref") or service.text("name"), _kind(service, tables), host, source)
    if service.text("name"):
        draft.fact(("components", component, "description"), _described(service), source)
    tag = version(service.text("version"))
    product = image_of(service.text("name").lower(), tables).product
    if product:
        draft.fact(("components", component, "product", "name"), product, source)
        if tag:
            draft.fact(("components", component, "product", "version"), tag, source)
    data = [_datum(draft, entry, source) for entry, _ in service.listed("data").maps()]
    if data:
        listed: list[Plain] = [*dict.fromkeys(data)]
        draft.fact(("components", component, "processes"), listed, source)
        draft.fact(("components", component, "stores"), True, source)  # left out, it would be closed by what it processes
        draft.unknown(f"components.{component}.stores", _ROLE, source)
    for url in (str(item) for item in service.listed("endpoints")):
        owner = owner_of(host_of(url), tables)
        if owner is not None and owner.service in _SENT_TO:
            continue  # the address of somebody else's service: nothing of ours is to be seen there
        if urlsplit(url).scheme in {"http", "https"} and is_public_name(host_of(url)) and service.get("x-trust-boundary") is True:
            draft.endpoint(f"{urlsplit(url).scheme}://{host_of(url)}{urlsplit(url).path.rstrip('/')}", component, source)
    return component


def _described(service: PlacedMap) -> str:
    return (service.text("description") or service.text("name"))[:200]


def _kind(service: PlacedMap, tables: Tables) -> str:
    run = image_of(service.text("name").lower(), tables)
    if run.kind:
        return run.kind
    words = " ".join(service.text(key) for key in ("name", "description", "group")).lower()
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(words)), "application")


def _host(draft: Draft, service: PlacedMap, source: Source, tables: Tables) -> str:
    for url in (str(item) for item in service.listed("endpoints")):
        owner = owner_of(host_of(url), tables)
        if owner is not None and owner.organisation:
            return draft.host(owner.organisation, owner.service, owner.region, source, offer=owner.offer)
    name = service.under("provider").text("name")
    provider = organisation_of(draft, name, tables, source) if name else known_organisation(service.text("group"), tables)
    host = draft.host(provider, "", "", source, name=slug(provider or "provider"))
    draft.explain(f"hosts.{host}.provider", _NO_PROVIDER)
    return host


def _datum(draft: Draft, entry: PlacedMap, source: Source) -> str:
    name = entry.text("name") or entry.text("classification") or "data"
    identifier = slug(name)
    if not draft.has("data", identifier):
        draft.entry("data", name, source)
        if entry.text("description"):
            draft.fact(("data", identifier, "description"), entry.text("description")[:200], source)
        draft.fact(("data", identifier, "classification"), (entry.text("classification") or name)[:80], source)
        draft.unknown(f"data.{identifier}.health", _HEALTH, source)
    return identifier


def _flows(draft: Draft, bill: PlacedMap, ends: dict[str, str], file: str) -> None:
    """A flow from each service to what it depends on; the data of both ends are what may travel, so they stay unknown."""
    for dependency, line in bill.listed("dependencies").maps():
        start = ends.get(dependency.text("ref"))
        for other in (str(item) for item in dependency.listed("dependsOn")):
            end = ends.get(other)
            if start and end and start != end:
                draft.flow(start, end, Source(file, *line, address=dependency.text("ref")))


def _data_flows(draft: Draft, service: PlacedMap, ends: dict[str, str], source: Source) -> None:
    """Flows that the data of a service name by their source and destination (since version 1.5)."""
    here = ends.get(service.text("bom-ref") or service.text("name"), "")
    for entry, _ in service.listed("data").maps():
        identifier = slug(entry.text("name") or entry.text("classification") or "data")
        pairs = [(ends.get(str(item), ""), here) for item in entry.listed("source")]
        pairs += [(here, ends.get(str(item), "")) for item in entry.listed("destination")]
        for start, end in pairs:
            if start and end and start != end:
                flow = draft.flow(start, end, source)
                before = draft.value(("flows", flow, "data"))
                draft.fact(("flows", flow, "data"), [*(before if isinstance(before, list) else []), identifier], source)


def _recognises(path: Path, head: str) -> bool:
    return path.suffix == ".json" and '"bomFormat"' in head and "CycloneDX" in head


IMPORTER = Importer(Text("CycloneDX bills in JSON, with services", "Inventaires CycloneDX en JSON, avec services"), read, _recognises)
