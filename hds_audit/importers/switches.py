"""TLS switched on or off by a variable of its own: `PGSSLMODE=disable`, `EMAIL_USE_TLS=True`, `MAIL_ENCRYPTION=null`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from hds_audit.importers.tables import Tables
from hds_audit.model.imported import Source

_TLS = re.compile(r"(?P<prefix>.*?)_?(?P<name>SSLMODE|SSL_MODE|USE_SSL|USE_TLS|SSL|TLS|REQUIRE_SSL|ENABLE_TLS|ENABLE_SSL|SECURE)")
_PROTOCOL = re.compile(r"(?P<prefix>.*?)_?(?P<name>(?:SECURITY_PROTOCOL|CONNECTION_SECURITY|ENCRYPTION|SECURITY))")
_MAIL = re.compile(r"(?:^|_)(?:E?MAIL|MAILER|SMTP)(?:_|$)")
_PROTOCOLS = re.compile(r"(?:^|_)(?:E?MAIL|MAILER|SMTP|KAFKA)(?:_|$)")
_PRODUCTS: Mapping[str, frozenset[str]] = {
    "PG": frozenset({"postgresql", "timescaledb"}),
    "POSTGRES": frozenset({"postgresql", "timescaledb"}),
    "POSTGRESQL": frozenset({"postgresql", "timescaledb"}),
    "MYSQL": frozenset({"mysql", "mariadb"}),
    "MARIADB": frozenset({"mysql", "mariadb"}),
    "MONGO": frozenset({"mongodb"}),
    "MONGODB": frozenset({"mongodb"}),
    "REDIS": frozenset({"redis", "valkey"}),
    "VALKEY": frozenset({"redis", "valkey"}),
    "RABBITMQ": frozenset({"rabbitmq"}),
    "KAFKA": frozenset({"kafka", "cp-kafka", "redpanda"}),
    "ELASTICSEARCH": frozenset({"elasticsearch", "opensearch"}),
    "OPENSEARCH": frozenset({"elasticsearch", "opensearch"}),
}
_ANY = frozenset({"DB", "DATABASE", "SQL", "TYPEORM", "PRISMA", "DATASOURCE"})


class Setting(NamedTuple):
    """One variable that speaks of variables: its name and value; the value is None where it is a secret."""

    name: str
    value: str | None
    source: Source


class Switch(NamedTuple):
    """Whether TLS is on for what has this prefix (`PG`, `EMAIL`), and where that is said; `mode` where a mode says so (SSLMODE)."""

    prefix: str
    on: bool
    source: Source
    mode: bool


def switches(settings: Iterable[Setting], tables: Tables) -> dict[str, Switch]:
    """The switches by prefix. Mail may be encrypted in two ways, of which one is enough; elsewhere one that is off counts."""
    found: dict[str, list[Switch]] = {}
    for switch in _switches(settings, tables):
        found.setdefault(switch.prefix, []).append(switch)
    return {
        prefix: next((each for each in listed if each.on is (_MAIL.search(prefix) is not None)), listed[0])
        for prefix, listed in found.items()
    }


def _switches(settings: Iterable[Setting], tables: Tables) -> Iterator[Switch]:
    for setting in settings:
        name = setting.name.upper()
        found = _TLS.fullmatch(name) or _PROTOCOL.fullmatch(name)
        if found is None or setting.value is None:
            continue
        words = _words(found["prefix"], found["name"])
        value = tables.tls_words.get(words, {}).get(setting.value.strip().lower())
        if value is not None and (value or not _only_one_way(found["prefix"], found["name"])):
            yield Switch(found["prefix"], value, setting.source, words == "mode")


def _words(prefix: str, name: str) -> str:
    if _PROTOCOL.fullmatch(name):
        return "protocol" if _PROTOCOLS.search(prefix) else ""
    return "mode" if "MODE" in name else "switch"


def _only_one_way(prefix: str, name: str) -> bool:
    """Whether `false` leaves another way open: mail without TLS from the start may still go over to it (STARTTLS)."""
    return _MAIL.search(prefix) is not None and name in {"SECURE", "SSL", "USE_SSL", "ENABLE_SSL", "REQUIRE_SSL"}


def speaks_of(switch: Switch, kind: str, product: str) -> bool:
    """Whether a switch without an address speaks of a component that its workload reaches, by what its prefix names."""
    words = switch.prefix.split("_")
    named = [_PRODUCTS[word] for word in words if word in _PRODUCTS]
    if named:
        return product in named[0] or (kind == "database" and not product)
    return kind == "database" and (not _ANY.isdisjoint(words) or (switch.mode and switch.prefix == ""))
