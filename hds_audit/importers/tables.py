"""The mapping tables: what a resource type, an image, a variable or an address of other worlds is in ours.

They are YAML files of `_catalogue/mappings`; a new resource type is one entry there, written as `README.md` beside them says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import translate
from pathlib import Path
from re import Pattern
from typing import NamedTuple

from hds_audit.errors import InputError, Problem
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
    """An encryption layer: there for certain where `always` is not blank, else as `reading` says."""

    layer: str
    reading: Reading
    always: bool
    key: tuple[str, ...]


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
    another copy in a region of its choice; `sends` addresses that it sends to.
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


class Tables(NamedTuple):
    """Every mapping table, read; `forms` finds an organisation's region in a longer name of it."""

    clouds: tuple[Cloud, ...]
    addresses: tuple[Address, ...]
    images: tuple[Image, ...]
    named: tuple[Named, ...]
    schemes: Mapping[str, Scheme]
    tls_words: Mapping[str, Mapping[str, bool]]
    forms: Mapping[str, Pattern[str]]
    custom: Mapping[str, Known]
    signs: tuple[tuple[Pattern[str], str], ...]
    aside_kinds: frozenset[str]
    technologies: Mapping[str, Known]
    organisations: tuple[tuple[Pattern[str], str], ...]
    unlisted: Mapping[str, str]

    def cloud(self, resource_type: str) -> Cloud | None:
        """The Terraform provider of a resource type, by the longest prefix."""
        found = [(len(prefix), cloud) for cloud in self.clouds for prefix in cloud.prefixes if resource_type.startswith(prefix)]
        return max(found, key=lambda pair: pair[0])[1] if found else None


def load_tables(folder: Path) -> Tables:
    """Read every mapping table of a folder.

    Raises InputError with every file that cannot be read.
    """
    problems: list[Problem] = []
    files = dict(_documents(folder, problems))
    try:
        tables = Tables(
            tuple(_cloud(raw) for name, whole in files.items() if name.startswith("terraform-") for raw in _clouds(whole)),
            tuple(_address(raw) for raw in _list(files.get("addresses", {}).get("addresses"))),
            tuple(_image(raw) for raw in _list(files.get("images", {}).get("images"))),
            tuple(_named(raw) for raw in _list(files.get("variables", {}).get("named"))),
            {key: Scheme(_text(raw.get("protocol")), _flag(raw.get("tls"))) for key, raw in _maps(files, "variables", "schemes")},
            {key: {word: bool(value) for word, value in raw.items()} for key, raw in _maps(files, "variables", "tls")},
            {key: re.compile(_text(form)) for key, form in _map(files.get("addresses", {}).get("regions")).items()},
            {key: _known(raw) for key, raw in _maps(files, "kubernetes", "kinds")},
            tuple(_sign(raw) for raw in _list(files.get("kubernetes", {}).get("providers"))),
            frozenset(_texts(files.get("kubernetes", {}).get("aside"))),
            {key: _known(raw) for key, raw in _maps(files, "models", "technologies")},
            tuple(_sign(raw) for raw in _list(files.get("models", {}).get("organisations"))),
            {key: _text(name) for key, name in _map(files.get("variables", {}).get("unlisted")).items()},
        )
    except (re.error, TypeError, ValueError, KeyError) as error:
        problems.append(Problem(str(folder), f"a mapping table does not hold together ({error})", f"une table ne tient pas ({error})"))
        raise InputError(*problems) from error
    if problems:
        raise InputError(*problems)
    return tables


def _documents(folder: Path, problems: list[Problem]) -> Iterator[tuple[str, Raw]]:
    import yaml

    for path in sorted(folder.glob("*.yaml")):
        try:
            raw = yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
        except (OSError, yaml.YAMLError) as error:
            mark = getattr(error, "problem_mark", None)
            where = f"{path}:{mark.line + 1}" if mark is not None else str(path)
            problems.append(Problem(where, "this mapping table cannot be read as YAML", "cette table ne se lit pas comme du YAML"))
            continue
        if isinstance(raw, dict):
            yield path.stem, raw


def _clouds(raw: Raw) -> list[Raw]:
    return _list(raw["clouds"]) if "clouds" in raw else [raw]


def _cloud(raw: Raw) -> Cloud:
    region = _map(raw.get("region"))
    own = region.get("own")
    resources = {name: _resource(_map(entry)) for name, entry in _map(raw.get("resources")).items()}
    return Cloud(
        _text(raw.get("organisation")),
        _texts(raw.get("prefixes")),
        tuple(reading(item) for item in _list_of(region.get("provider"))),
        tuple(reading(item) for item in _list_of(region.get("resource"))),
        re.compile(own) if isinstance(own, str) else None,
        _texts(raw.get("endpoints")),
        re.compile("|".join(translate(glob) for glob in _texts(raw.get("aside"))) or "(?!)"),
        resources,
    )


def _resource(raw: Raw) -> ResourceType:
    layers = raw.get("encryption")
    return ResourceType(
        _constant(raw.get("kind")),
        _constant(raw.get("service")),
        _constant(raw.get("offer")),
        _texts(raw.get("about")),
        tuple((tuple(path.split(".")), reading(item)) for path, item in _map(raw.get("facts")).items()),
        tuple(_layer(item) for item in _list(layers if isinstance(layers, list) else [layers] if layers else [])),
        _backup(_map(raw["backup"])) if "backup" in raw else None,
        tuple(_link(item) for item in _list(raw.get("flows"))),
        _texts(raw.get("environment")),
        _map(raw.get("record")),
        _texts(raw.get("domain")),
        _texts(raw.get("address")),
        _map(raw.get("key")),
        tuple(reading(item) for item in _list_of(raw.get("region"))),
        _texts(raw.get("names")),
        tuple((path, _texts(values)) for path, values in _map(raw.get("only")).items()),
        _texts(raw.get("copies")),
        _texts(raw.get("within")),
        _texts(raw.get("sends")),
        reading(raw.get("replica") or {}),
    )


def reading(raw: object) -> Reading:
    """How to read a value: the name of an attribute, or a mapping with from, words, as, cut and absent."""
    if isinstance(raw, str):
        return Reading((raw,))
    entry = _map(raw)
    cut = entry.get("cut")
    words = tuple((word.lower(), _plain(value)) for word, value in _map(entry.get("words")).items())
    absent = _plain(entry["absent"]) if "absent" in entry else None
    return Reading(_texts(entry.get("from")), words, _text(entry.get("as")), re.compile(cut) if isinstance(cut, str) else None, absent)


def _constant(raw: object) -> Reading:
    return Reading(absent=raw) if isinstance(raw, str) else reading(raw)


def _layer(raw: Raw) -> Layer:
    return Layer(_text(raw.get("layer")), reading(raw), "from" not in raw, _texts(raw.get("key")))


def _backup(raw: Raw) -> Backup:
    retention, frequency, without, elsewhere = (reading(raw.get(part) or {}) for part in ("retention", "frequency", "without", "elsewhere"))
    return Backup(retention, frequency, without, elsewhere, raw.get("inherits") is True)


def _link(raw: Raw) -> Link:
    return Link(
        _text(raw.get("start")),
        _text(raw.get("end")),
        _constant(raw.get("protocol")),
        reading(raw.get("tls") or {}),
        _text(raw.get("unless")),
    )


def _address(raw: Raw) -> Address:
    pattern = re.compile(_text(raw.get("match")), re.IGNORECASE)
    return Address(pattern, _text(raw.get("organisation")), _text(raw.get("service")), _text(raw.get("offer")), raw.get("aside") is True)


def _image(raw: Raw) -> Image:
    return Image(re.compile(_text(raw.get("match"))), _text(raw.get("kind")), _text(raw.get("product")), raw.get("aside") is True)


def _named(raw: Raw) -> Named:
    return Named(re.compile(_text(raw.get("match"))), _text(raw.get("organisation")), _text(raw.get("service")))


def _known(raw: Raw) -> Known:
    return Known(_text(raw.get("component")), _text(raw.get("product")), _text(raw.get("service")))


def _sign(raw: Raw) -> tuple[Pattern[str], str]:
    return re.compile(_text(raw.get("match")), re.IGNORECASE), _text(raw.get("organisation"))


def _maps(files: Mapping[str, Raw], name: str, section: str) -> Iterator[tuple[str, Raw]]:
    for key, value in _map(files.get(name, {}).get(section)).items():
        yield key, _map(value)


def _map(raw: object) -> Raw:
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise TypeError(f"a mapping is due, not {str(raw)[:40]!r}")
    return {_key(key): value for key, value in raw.items()}


def _key(key: object) -> str:
    return str(key).lower() if isinstance(key, bool) else str(key)


def _list(raw: object) -> list[Raw]:
    return [_map(item) for item in _list_of(raw)]


def _list_of(raw: object) -> list[object]:
    return [] if raw is None else raw if isinstance(raw, list) else [raw]


def _texts(raw: object) -> tuple[str, ...]:
    return tuple(_key(item) for item in _list_of(raw))


def _text(raw: object) -> str:
    return "" if raw is None else _key(raw)


def _flag(raw: object) -> bool | None:
    return raw if isinstance(raw, bool) else None


def _plain(raw: object) -> Plain:
    match raw:
        case str() | bool() | int() | float():
            return raw
        case list():
            return [_plain(item) for item in raw]
        case dict():
            return {_key(key): _plain(value) for key, value in raw.items()}
        case _:
            raise TypeError(f"{raw!r} is no value of a table")
