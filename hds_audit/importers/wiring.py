"""From the variables of a workload to the flows that leave it and the hosts they reach."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hds_audit.importers.addresses import Owner, is_inner, is_public_name, owner_of
from hds_audit.importers.draft import Draft
from hds_audit.importers.identifiers import slug
from hds_audit.importers.switches import Switch, speaks_of
from hds_audit.importers.tables import Tables
from hds_audit.importers.variables import Mention, Variable, mentions, tls_switches
from hds_audit.model.imported import Source
from hds_audit.model.text import Text

Inner = Callable[[str], str]
"""From an inner name (a service of the same file) to the component that answers there; '' where none does."""

_BY_PROTOCOL = {"smtp": "email", "postgresql": "managed-database", "mysql": "managed-database", "mongodb": "managed-database"}
_KEPT = {"managed-database": "database", "object-storage": "object-storage"}


def wire(draft: Draft, workload: str, variables: Sequence[Variable], tables: Tables, inner: Inner) -> None:
    """Add what the variables of a workload say: flows to inner components and outside services, TLS where it is told."""
    found = mentions(variables, tables)
    for mention in found:
        end = end_of(draft, workload, mention, tables, inner)
        if end and end != workload:
            _flow(draft, workload, end, mention)
    prefixes = {mention.prefix for mention in found if mention.host}
    for prefix, switch in tls_switches(variables, tables).items():
        if prefix not in prefixes:
            _apply(draft, workload, switch)


def end_of(draft: Draft, workload: str, mention: Mention, tables: Tables, inner: Inner) -> str:
    """The component or host that a variable names, made where it is new; '' where it names none that counts."""
    known = inner(mention.host) if mention.host else ""
    if known or (mention.host and is_inner(mention.host)):
        return known
    owner = owner_of(mention.host, tables) if mention.host else None
    if owner is None:
        return _unowned(draft, workload, mention, tables)
    return "" if owner.aside else _owned(draft, mention, owner)


def _owned(draft: Draft, mention: Mention, owner: Owner) -> str:
    service = owner.service or mention.service or _BY_PROTOCOL.get(mention.protocol, "")
    host = draft.host(owner.organisation, service, owner.region, mention.source, offer=owner.offer)
    return _kept(draft, service, host, mention.source)


def _named(draft: Draft, mention: Mention, tables: Tables) -> str:
    if not mention.service:
        return ""
    name = tables.unlisted.get(mention.organisation)
    if name and not draft.has("organisations", mention.organisation):
        draft.entry("organisations", mention.organisation, mention.source)
        draft.fact(("organisations", mention.organisation, "name"), name, mention.source)
    return draft.host(mention.organisation, mention.service, "", mention.source)


def _unowned(draft: Draft, workload: str, mention: Mention, tables: Tables) -> str:
    if not mention.host and mention.passed:
        name = slug(mention.organisation or mention.service)
        draft.unknown(f"flows.{f'{workload}--' if workload else ''}{name}", _passed(mention.variable, name), mention.source)
        return ""
    if not mention.host:
        return _named(draft, mention, tables)
    if not is_public_name(mention.host):
        return ""
    service = mention.service or _BY_PROTOCOL.get(mention.protocol, "")
    if service:
        host = draft.host("", service, "", mention.source, name=slug(mention.host))
        return _kept(draft, service, host, mention.source)
    draft.unknown(
        f"flows.{f'{workload}--' if workload else ''}{slug(mention.host)}",
        Text(
            f"{mention.variable} names {mention.host}; declare a host and a flow if data go there",
            f"{mention.variable} nomme {mention.host} ; déclarez un hébergeur et un flux si des données y vont",
        ),
        mention.source,
    )
    return ""


def _passed(variable: str, name: str) -> Text:
    return Text(
        f"{variable} is passed on where the machine sets it, which would name {name}: declare a host and a flow if it does",
        f"{variable} est transmise si la machine la définit, ce qui désignerait {name} : déclarez un hébergeur et un flux si c'est le cas",
    )


def _kept(draft: Draft, service: str, host: str, source: Source) -> str:
    """The component that keeps data on an outside host; the host itself where the service keeps none of its own."""
    kind = _KEPT.get(service)
    if kind is None:
        return host
    name = f"{host}-store"
    return name if draft.has("components", name) else draft.component(name, kind, host, source)


def _flow(draft: Draft, workload: str, end: str, mention: Mention) -> None:
    flow = draft.flow(workload, end, mention.source)
    if mention.protocol:
        draft.fact(("flows", flow, "transport", "protocol"), mention.protocol, mention.source)
    if mention.tls is not None and draft.value(("flows", flow, "transport", "tls")) is not False:
        draft.fact(("flows", flow, "transport", "tls"), mention.tls, mention.source)


def _apply(draft: Draft, workload: str, switch: Switch) -> None:
    """A switch without an address of its own, on the flows to what its prefix names."""
    for flow, end in draft.flows_from(workload):
        kind, product = (draft.value(("components", end, *path)) for path in (("kind",), ("product", "name")))
        if speaks_of(switch, str(kind or ""), str(product or "")) and draft.value(("flows", flow, "transport", "tls")) is None:
            draft.fact(("flows", flow, "transport", "tls"), switch.on, switch.source)
