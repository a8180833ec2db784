"""What DNS records say: who relays mail, what a name points to. A record shows an intent, and may be a left-over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from hds_audit.importers.addresses import is_public_name, owner_of
from hds_audit.importers.draft import Draft
from hds_audit.importers.tables import Tables
from hds_audit.model.imported import Source
from hds_audit.model.text import Text

_INCLUDE = re.compile(r"\binclude:([a-z0-9._-]+)", re.IGNORECASE)
_SELECTOR = re.compile(r"(?P<selector>[a-z0-9_-]+)\._domainkey(?:\..*)?")
_LABEL = re.compile(r"(?:[a-z0-9-]+\.)*[a-z0-9-]+")
_SERVED = frozenset({"paas", "cdn", "managed-kubernetes"})
_RESERVED = re.compile(r"(?:^|\.)(?:_|mail|imap|smtp|pop|webmail|autodiscover|autoconfig|mta-sts|em\d|url\d|s\d)")


class Record(NamedTuple):
    """One DNS record; `zone` is '' where the input does not hold it; `whole` where the name is written with its zone."""

    name: str
    type: str
    values: Sequence[str]
    zone: str
    source: Source
    whole: bool = False


def add_record(draft: Draft, record: Record, tables: Tables) -> None:
    """Add the hosts that a record names, the domain it belongs to, and the public address it gives."""
    if record.zone and is_public_name(record.zone.lower().rstrip(".")):
        draft.domain(record.zone.lower().rstrip("."), record.source)
    for value in record.values:
        match record.type.upper():
            case "MX":
                _mail(draft, value.split()[-1] if value.split() else "", record.source, tables)
            case "TXT" | "SPF" if "v=spf1" in value.lower():
                for included in _INCLUDE.findall(value):
                    _mail(draft, included, record.source, tables)
            case "CNAME" | "ALIAS" | "ANAME":
                _alias(draft, record, value.strip().rstrip(".").lower(), tables)
            case _:
                pass
    _selector(draft, record)


def _mail(draft: Draft, name: str, source: Source, tables: Tables) -> None:
    owner = owner_of(name.strip().rstrip(".").lower(), tables)
    if owner is None or owner.aside or not owner.organisation:
        return
    service = owner.service if owner.service in {"email", "support-desk"} else "email"
    host = draft.host(owner.organisation, service, "", source, offer=owner.offer)
    draft.unknown(f"flows.{host}", _RELAY, source)


def _alias(draft: Draft, record: Record, target: str, tables: Tables) -> None:
    owner = owner_of(target, tables)
    if owner is None or owner.aside or not owner.organisation:
        return
    if "_domainkey" in record.name:
        _mail(draft, target, record.source, tables)
        return
    host = draft.host(owner.organisation, owner.service or "saas", owner.region, record.source, offer=owner.offer)
    full = full_name(record.name, record.zone, whole=record.whole)
    if owner.service not in _SERVED or _RESERVED.search(record.name.lower()):
        return
    if owner.service == "cdn":
        draft.unknown(f"flows.{host}", _RELAY, record.source)
    if is_public_name(full):
        draft.endpoint(f"https://{full}", "", record.source)


def _selector(draft: Draft, record: Record) -> None:
    found = _SELECTOR.fullmatch(record.name.lower())
    zone = record.zone.lower().rstrip(".")
    if found is None or not is_public_name(zone) or not draft.has("domains", zone):
        return
    known = draft.value(("domains", zone, "dkim"))
    selectors = [item for item in known if isinstance(item, str)] if isinstance(known, list) else []
    if found["selector"] not in selectors:
        draft.fact(("domains", zone, "dkim"), [*selectors, found["selector"]], record.source)


def full_name(name: str, zone: str, *, whole: bool = False) -> str:
    """The whole name of a record; '' where its zone is not known and the name is not written with it."""
    label, domain = name.lower().rstrip("."), zone.lower().rstrip(".")
    if label in {"", "@"}:
        return domain
    if _LABEL.fullmatch(label) is None or not (whole or domain):
        return ""
    written = whole or label == domain or label.endswith(f".{domain}")
    return label if written else f"{label}.{domain}"


_RELAY = Text(
    "a DNS record names this service: declare the flow that reaches it, or that none does",
    "un enregistrement DNS nomme ce service : déclarez le flux qui l'atteint, ou qu'il n'y en a pas",
)
