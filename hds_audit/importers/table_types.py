"""The entries of the mapping tables: what a resource type, an image, a variable or an address of other worlds is in ours.

They are YAML files of `_catalogue/mappings`; a new resource type is one entry there, written as `README.md` beside them says.
"""

from __future__ import annotations

from collections.abc import Mapping
from re import Pattern
from typing import NamedTuple

from hds_audit.model.imported import Plain

Raw = Mapping[str, object]


class Reading(NamedTuple):
    """How a value is read: from the first of these attributes that has one, through `words`, `cut` and `convert`.

    `absent` is what the provider documents for an attribute that is left out; None where it documents nothing.
    """

    attributes: tuple[str, ...] = ()
    words: tuple[tuple[str, Plain], ...] = ()
    convert: str = ""
    cut: Pattern[str] | None = None
    absent: Plain | None = None


class Layer(NamedTuple):
    """An encryption layer: there for certain where `always`, else as `reading` says.

    `parts` are flags of further disks, which must not be false; where one of `made_from` is set, `false` says nothing,
    since what is made from a copy takes its encryption.
    """

    layer: str
    reading: Reading
    always: bool
    key: tuple[str, ...]
    parts: tuple[str, ...]
    made_from: tuple[str, ...]


class Backup(NamedTuple):
    """Backups that come with a resource: `without` turns them off, `elsewhere` sends them to another region.

    `inherits` where the provider documents that they are encrypted as what they copy.
    """

    retention: Reading
    frequency: Reading
    without: Reading
    elsewhere: Reading
    inherits: bool


class Link(NamedTuple):
    """A flow that a resource states: its ends are words of the format or attributes that refer to a component."""

    start: str
    end: str
    protocol: Reading
    tls: Reading
    unless: str


class ResourceType(NamedTuple):
    """What a resource type is: a component (`kind`), a key (`key`), or something that speaks `about` a component.

    `within` names what its place is taken from; `copies` what it is a copy of; `replica` whether the provider keeps
    another copy in a region of its choice; `sends` addresses that it sends to; `image` what its containers run;
    `clear` whether it takes connections without TLS; `opens` the ways in which it lets everybody in, `shuts` those that it takes back.
    """

    kind: Reading
    service: Reading
    offer: Reading
    about: tuple[str, ...]
    facts: tuple[tuple[tuple[str, ...], Reading], ...]
    layers: tuple[Layer, ...]
    backup: Backup | None
    flows: tuple[Link, ...]
    environment: tuple[str, ...]
    record: Raw
    domain: tuple[str, ...]
    address: tuple[str, ...]
    key: Raw
    region: tuple[Reading, ...]
    names: tuple[str, ...]
    only: tuple[tuple[str, tuple[str, ...]], ...]
    copies: tuple[str, ...]
    within: tuple[str, ...]
    sends: tuple[str, ...]
    replica: Reading
    image: tuple[str, ...]
    clear: Reading
    opens: tuple[tuple[str, Reading], ...]
    shuts: tuple[tuple[str, Reading], ...]


class Cloud(NamedTuple):
    """The resource types of one Terraform provider, and how its region and its true operator are told."""

    organisation: str
    prefixes: tuple[str, ...]
    provider_region: tuple[Reading, ...]
    resource_region: tuple[Reading, ...]
    own_region: Pattern[str] | None
    endpoints: tuple[str, ...]
    aside: Pattern[str]
    resources: Mapping[str, ResourceType]


class Address(NamedTuple):
    """Whose network address this is; a group named `region` in the pattern gives the region."""

    pattern: Pattern[str]
    organisation: str
    service: str
    offer: str
    aside: bool


class Image(NamedTuple):
    """What a container image runs; `aside` where it is a tool of developers."""

    pattern: Pattern[str]
    kind: str
    product: str
    aside: bool


class Named(NamedTuple):
    """An outside service that the very name of a variable gives away; `organisation` is blank for software that anyone may run."""

    pattern: Pattern[str]
    organisation: str
    service: str


class Scheme(NamedTuple):
    """A scheme of connection strings: the protocol, and whether it says TLS by itself (None: it does not tell)."""

    protocol: str
    tls: bool | None


class Known(NamedTuple):
    """What a custom resource of Kubernetes, or a technology of a model, is in ours."""

    kind: str
    product: str
    service: str
