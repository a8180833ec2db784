"""Who really runs a resource, and where: by the endpoint first, since the prefix of a type only says whose API is spoken."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import NamedTuple

from hds_audit.importers.addresses import host_of, owner_of
from hds_audit.importers.draft import Draft
from hds_audit.importers.table_types import Cloud, ResourceType
from hds_audit.importers.tables import Tables
from hds_audit.importers.tf.resource import Provider, Resource, leaves
from hds_audit.importers.tf.values import read_value
from hds_audit.model.imported import Source
from hds_audit.model.text import Text

_FOREIGN = Text(
    "the provider block sends this API to an address that the tables do not know",
    "le bloc provider envoie cette API à une adresse que les tables ne connaissent pas",
)
_NOT_ITS_OWN = Text(
    "the region is none of this provider's: an endpoint set elsewhere must be sending its API to another",
    "la région n'est pas de ce fournisseur : un point d'accès défini ailleurs doit envoyer son API chez un autre",
)


class Operator(NamedTuple):
    """The organisation that runs a resource, and the region; blank is unknown, and `why` says more where something does."""

    organisation: str
    region: str
    why: Text | None = None
    foreign: bool = False

    def host(self, draft: Draft, service: str, offer: str, source: Source) -> str:
        """The host of such a service at this operator; offers are those of the provider whose API it is, and of no other."""
        host = draft.host(self.organisation, service, self.region, source, offer="" if self.foreign else offer)
        if self.why is not None:
            draft.explain(f"hosts.{host}.provider", self.why)
        return host


class Operators:
    """The operators of resources, each provider block looked at once."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._elsewhere: dict[tuple[int, str], Operator | None] = {}

    def of(self, resource: Resource, cloud: Cloud, type_: ResourceType) -> Operator:
        """Who runs a resource and where."""
        operator = self._of(resource, cloud, self._region(resource, cloud, type_))
        form = self._tables.forms.get(operator.organisation)
        found = form.fullmatch(operator.region) if form is not None else None
        return operator._replace(region=found[1]) if found is not None else operator

    def _of(self, resource: Resource, cloud: Cloud, region: str) -> Operator:
        provider = resource.provider
        if provider is None:
            return Operator(cloud.organisation, region)
        service = resource.type.split("_")[1] if "_" in resource.type else ""
        if (id(provider), service) not in self._elsewhere:
            self._elsewhere[id(provider), service] = self._other(provider, cloud, service)
        other = self._elsewhere[id(provider), service]
        if other is not None:
            return other._replace(region=other.region or (region if other.organisation else ""))
        if region and cloud.own_region is not None and cloud.own_region.fullmatch(region) is None:
            return Operator("", "", _NOT_ITS_OWN, foreign=True)
        return Operator(cloud.organisation, region)

    def _region(self, resource: Resource, cloud: Cloud, type_: ResourceType) -> str:
        for reading in (*type_.region, *cloud.resource_region):
            value = read_value(reading, resource).value
            if isinstance(value, str):
                return value
        provider = resource.provider
        if provider is None:
            return ""
        settings = Resource("", "", provider.settings, frozenset(), frozenset(), {}, None, provider.source)
        values = (read_value(reading, settings).value for reading in cloud.provider_region)
        return next((value for value in values if isinstance(value, str)), "")

    def _other(self, provider: Provider, cloud: Cloud, service: str) -> Operator | None:
        hosts = self._endpoints(provider, cloud, service)
        for host in hosts:
            owner = owner_of(host, self._tables)
            if owner is not None and not owner.aside:
                return Operator(owner.organisation, owner.region, foreign=owner.organisation != cloud.organisation)
        return Operator("", "", _FOREIGN, foreign=True) if any(hosts) or self._sent_somewhere(provider, cloud) else None

    @staticmethod
    def _sent_somewhere(provider: Provider, cloud: Cloud) -> bool:
        """Whether an endpoint is set to something whose value the input does not hold."""
        patterns = [pattern for pattern in cloud.endpoints if pattern != "environment"]
        return any(fnmatchcase(name, pattern) for name in provider.unresolved for pattern in patterns)

    @staticmethod
    def _endpoints(provider: Provider, cloud: Cloud, service: str) -> list[str]:
        every: list[str] = []
        for pattern in cloud.endpoints:
            stem = pattern.removesuffix("*")
            own = [value for value in leaves(provider.settings, f"{stem}{service}") if isinstance(value, str)] if stem != pattern else []
            found = own or [value for value in leaves(provider.settings, pattern) if isinstance(value, str)]
            every += [host_of(value) or value.strip().lower() for value in found]
        return every
