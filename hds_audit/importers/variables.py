"""What environment variables say of databases, queues, mail and outside services; no value of theirs ever leaves.

Only the host of an address, its protocol and whether it says TLS are read out of a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hds_audit.importers.addresses import host_of, is_inner, is_public_name
from hds_audit.importers.switches import Setting, Switch, switches
from hds_audit.importers.tables import Tables
from hds_audit.model.imported import Source

_SECRET = re.compile(r"(?:^|_)(?:KEY|TOKEN|SECRET|PASS|PASSWORD|PASSWD|PWD|CREDENTIALS?|SALT|SEED|COOKIE|JWT|SIGNATURE)S?(?:_|$)")
_PLACE = re.compile(
    r"(?P<prefix>.*?)_?(?:HOST|HOSTNAME|HOSTS|SERVER|SERVERS|ENDPOINT|ENDPOINT_URL|URL|URI|DSN|ADDR|ADDRESS|BROKER|BROKERS|NODES)"
)
_UNSET = re.compile(r"\$\{|\$\(|\$[A-Za-z_]|\{\{|<[A-Z_ ]+>")
_PARAMETER = re.compile(r"[?&;]([A-Za-z_-]{2,30})=([A-Za-z0-9_-]{1,30})")
_JDBC = re.compile(r"jdbc:(?:[a-z]+:)??(?=[a-z0-9+]+://)")


class Variable(NamedTuple):
    """A variable of a workload; its value is None where it is a secret or comes from elsewhere; `passed` where it may not even be set."""

    name: str
    value: str | None
    source: Source
    passed: bool = False


class Mention(NamedTuple):
    """An outside or inner service that a variable names: a host ('' where only the variable's name tells), with what is known of TLS."""

    variable: str
    host: str
    protocol: str
    tls: bool | None
    service: str
    organisation: str
    source: Source
    passed: bool = False

    @property
    def prefix(self) -> str:
        """What the variable's name has before `_HOST` or `_URL`."""
        found = _PLACE.fullmatch(self.variable.upper())
        return found["prefix"] if found else self.variable.upper()


def mentions(variables: Iterable[Variable], tables: Tables) -> list[Mention]:
    """The services that variables name, those of one prefix joined to its TLS setting."""
    listed = list(variables)
    said = tls_switches(listed, tables)
    found = [mention for variable in listed for mention in _mentions(variable, tables)]
    return [
        mention._replace(tls=said[mention.prefix].on) if mention.tls is None and mention.prefix in said else mention for mention in found
    ]


def tls_switches(variables: Iterable[Variable], tables: Tables) -> dict[str, Switch]:
    """TLS switched on or off by a variable of its own, by prefix."""
    return switches((Setting(variable.name, variable.value, variable.source) for variable in variables), tables)


def _mentions(variable: Variable, tables: Tables) -> Iterator[Mention]:
    name = variable.name.upper()
    named = next((known for known in tables.named if known.pattern.fullmatch(name)), None)
    service, organisation = (named.service, named.organisation) if named else ("", "")
    addresses = list(_addresses(variable, tables))
    for host, protocol, tls in addresses:
        yield Mention(variable.name, host, protocol, tls, service, organisation, variable.source)
    if named is not None and not addresses and variable.value != "":
        yield Mention(variable.name, "", "", None, service, organisation, variable.source, variable.passed)


def _addresses(variable: Variable, tables: Tables) -> Iterator[tuple[str, str, bool | None]]:
    if not variable.value or len(variable.value) > 4096:
        return
    value = _JDBC.sub("", variable.value.strip())
    if "://" in value:
        for url in re.split(r"[\s,](?=[a-z][a-z0-9+.-]*://)", value)[:8]:
            yield from _from_url(url, tables)
        return
    name = variable.name.upper()
    if _PLACE.fullmatch(name) is None or _SECRET.search(name) is not None or _UNSET.search(value):
        return
    for part in value.split(",")[:8]:
        host = host_of(part.strip().strip("[]"))
        if host and (is_inner(host) or (is_public_name(host) and host == part.strip().strip("[]").rsplit(":", 1)[0].rstrip("."))):
            yield host, "", None


def _from_url(url: str, tables: Tables) -> Iterator[tuple[str, str, bool | None]]:
    scheme = url.split("://", 1)[0].lower().split("+")[0]
    known = tables.schemes.get(scheme)
    host = host_of(url)
    if known is None or not host or _UNSET.search(host):
        return
    yield host, known.protocol, _tls_of(url, known.tls, tables)


def _tls_of(url: str, by_scheme: bool | None, tables: Tables) -> bool | None:
    for key, value in _PARAMETER.findall(url):
        says = tables.tls_words.get(key.lower().replace("-", "").replace("_", ""))
        if says is not None and value.lower() in says:
            return says[value.lower()]
    return by_scheme
