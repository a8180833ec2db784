"""The mapping tables: YAML files of `_catalogue/mappings`, each read when something first asks for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from fnmatch import translate
from functools import cached_property
from pathlib import Path
from re import Pattern
from typing import TypeVar

from hds_audit.errors import InputError, Problem
from hds_audit.importers.table_types import (
    Address,
    Backup,
    Cloud,
    Image,
    Known,
    Layer,
    Link,
    Named,
    Raw,
    Reading,
    ResourceType,
    Scheme,
)
from hds_audit.model.imported import Plain

_KEYS = frozenset(
    {
        "kind", "service", "offer", "about", "facts", "encryption", "backup", "flows", "environment", "record", "domain", "address",
        "key", "region", "names", "only", "copies", "within", "sends", "replica", "image", "clear",
        "opens", "shuts",
    }
)  # fmt: skip


_PREFIXES = re.compile(r"^\s*(?:- )?prefixes: \[([^\]]+)\]", re.MULTILINE)

Made = TypeVar("Made")


class Tables:
    """Every mapping table of a folder.

    Raises InputError, when a table is first asked for, where its file cannot be read or does not hold together.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Raw] = {}
        self._clouds: dict[str, tuple[Cloud, ...]] = {}
        self._by_type: dict[str, Cloud | None] = {}

    def cloud(self, resource_type: str) -> Cloud | None:
        """The Terraform provider of a resource type, by the longest prefix."""
        if resource_type not in self._by_type:
            self._by_type[resource_type] = self._cloud(resource_type)
        return self._by_type[resource_type]

    def _cloud(self, resource_type: str) -> Cloud | None:
        found = [(len(prefix), name) for prefix, name in self._prefixes.items() if resource_type.startswith(prefix)]
        clouds = self._clouds_of(max(found)[1]) if found else ()
        fitting = [(len(prefix), cloud) for cloud in clouds for prefix in cloud.prefixes if resource_type.startswith(prefix)]
        return max(fitting, key=lambda pair: pair[0])[1] if fitting else None

    @property
    def clouds(self) -> tuple[Cloud, ...]:
        """Every Terraform provider."""
        return tuple(cloud for name in self._terraform_files for cloud in self._clouds_of(name))

    @cached_property
    def addresses(self) -> tuple[Address, ...]:
        """Whose network addresses are, the most telling first."""
        return self._made("addresses", lambda raw: tuple(_address(each) for each in _list(raw.get("addresses"))))

    @cached_property
    def forms(self) -> Mapping[str, Pattern[str]]:
        """What finds an organisation's region in a longer name of it."""
        return self._made("addresses", lambda raw: {key: re.compile(_text(form)) for key, form in _map(raw.get("regions")).items()})

    @cached_property
    def images(self) -> tuple[Image, ...]:
        """What container images run."""
        return self._made("images", lambda raw: tuple(_image(each) for each in _list(raw.get("images"))))

    @cached_property
    def volumes(self) -> tuple[Image, ...]:
        """What keeps its data at a path, where the image does not tell."""
        return self._made("images", lambda raw: tuple(_image(each) for each in _list(raw.get("volumes"))))

    @cached_property
    def publishers(self) -> frozenset[str]:
        """Publishers of images whose tags are versions of the product."""
        return self._made("images", lambda raw: frozenset(_texts(raw.get("publishers"))))

    @cached_property
    def named(self) -> tuple[Named, ...]:
        """Services that the name of a variable gives away."""
        return self._made("variables", lambda raw: tuple(_named(each) for each in _list(raw.get("named"))))

    @cached_property
    def schemes(self) -> Mapping[str, Scheme]:
        """Schemes of connection strings."""
        return self._made("variables", lambda raw: {key: _scheme(each) for key, each in _maps(raw, "schemes")})

    @cached_property
    def tls_words(self) -> Mapping[str, Mapping[str, bool]]:
        """What the values of parameters and settings say of TLS."""
        return self._made("variables", lambda raw: {key: {word: bool(on) for word, on in each.items()} for key, each in _maps(raw, "tls")})

    @cached_property
    def unlisted(self) -> Mapping[str, str]:
        """The names of organisations that the catalogue lacks."""
        return self._made("variables", lambda raw: {key: _text(name) for key, name in _map(raw.get("unlisted")).items()})

    @cached_property
    def custom(self) -> Mapping[str, Known]:
        """What custom resources of Kubernetes run, by `group/Kind`."""
        return self._made("kubernetes", lambda raw: {key: _known(each) for key, each in _maps(raw, "kinds")})

    @cached_property
    def charts(self) -> Mapping[str, Known]:
        """What charts of Helm run that others depend on, by their names."""
        return self._made("kubernetes", lambda raw: {key: _known(each) for key, each in _maps(raw, "charts")})

    @cached_property
    def signs(self) -> tuple[tuple[Pattern[str], str], ...]:
        """What gives the provider of a cluster away."""
        return self._made("kubernetes", lambda raw: tuple(_sign(each) for each in _list(raw.get("providers"))))

    @cached_property
    def aside_kinds(self) -> frozenset[str]:
        """Kinds of Kubernetes that say nothing of data."""
        return self._made("kubernetes", lambda raw: frozenset(_texts(raw.get("aside"))))

    @cached_property
    def technologies(self) -> Mapping[str, Known]:
        """The technologies of Threagile."""
        return self._made("models", lambda raw: {key: _known(each) for key, each in _maps(raw, "technologies")})

    @cached_property
    def organisations(self) -> tuple[tuple[Pattern[str], str], ...]:
        """The names that models give to organisations of the catalogue."""
        return self._made("models", lambda raw: tuple(_sign(each) for each in _list(raw.get("organisations"))))

    @cached_property
    def _terraform_files(self) -> tuple[str, ...]:
        return tuple(sorted(path.stem for path in self._folder.glob("terraform-*.yaml")))

    @cached_property
    def _prefixes(self) -> Mapping[str, str]:
        """The file of each prefix, seen without reading the whole."""
        texts = ((name, (self._folder / f"{name}.yaml").read_text("utf-8")) for name in self._terraform_files)
        return {prefix.strip(): name for name, text in texts for listed in _PREFIXES.findall(text) for prefix in listed.split(",")}

    def _clouds_of(self, name: str) -> tuple[Cloud, ...]:
        if name not in self._clouds:
            self._clouds[name] = self._made(name, lambda raw: tuple(_cloud(each) for each in _clouds(raw)))
        return self._clouds[name]

    def _made(self, name: str, make: Callable[[Raw], Made]) -> Made:
        path = self._folder / f"{name}.yaml"
        try:
            if name not in self._read:
                self._read[name] = _whole(path)
            return make(self._read[name])
        except (re.error, TypeError, ValueError, KeyError) as error:
            en, fr = f"a mapping table does not hold together: {error}", f"une table ne tient pas : {error}"
            raise InputError(Problem(str(path), en, fr)) from error


def _whole(path: Path) -> Raw:
    import yaml

    try:
        raw = yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    except FileNotFoundError:
        return {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark is not None else str(path)
        raise InputError(Problem(where, "this mapping table cannot be read as YAML", "cette table ne se lit pas comme du YAML")) from error
    return _map(raw)


def _scheme(raw: Raw) -> Scheme:
    return Scheme(_text(raw.get("protocol")), _flag(raw.get("tls")))


def _clouds(raw: Raw) -> list[Raw]:
    return _list(raw["clouds"]) if "clouds" in raw else [raw]


def _cloud(raw: Raw) -> Cloud:
    region = _map(raw.get("region"))
    own = region.get("own")
    resources = {name: _resource(name, _map(entry)) for name, entry in _map(raw.get("resources")).items()}
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


def _resource(name: str, raw: Raw) -> ResourceType:
    strange = raw.keys() - _KEYS
    if strange:
        raise ValueError(f"{name}: {', '.join(sorted(strange))} is no key of a resource type")
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
        _texts(raw.get("image")),
        reading(raw.get("clear") or {}),
        _ways(raw.get("opens")),
        _ways(raw.get("shuts")),
    )


def _ways(raw: object) -> tuple[tuple[str, Reading], ...]:
    return tuple((way, reading(item)) for way, item in _map(raw).items())


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
    return Layer(
        _text(raw.get("layer")),
        reading(raw),
        "from" not in raw,
        _texts(raw.get("key")),
        _texts(raw.get("parts")),
        _texts(raw.get("made_from")),
    )


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


def _maps(whole: Raw, section: str) -> Iterator[tuple[str, Raw]]:
    for key, value in _map(whole.get(section)).items():
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
