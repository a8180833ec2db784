"""The mapping tables: YAML files of `_catalogue/mappings`, each read when something first asks for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
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
from hds_audit.importers.table_values import flag, mapping, mappings, plain, sections, several, text, texts

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
        return self._made("addresses", lambda raw: tuple(_address(each) for each in mappings(raw.get("addresses"))))

    @cached_property
    def forms(self) -> Mapping[str, Pattern[str]]:
        """What finds an organisation's region in a longer name of it."""
        return self._made("addresses", lambda raw: {key: re.compile(text(form)) for key, form in mapping(raw.get("regions")).items()})

    @cached_property
    def images(self) -> tuple[Image, ...]:
        """What container images run."""
        return self._made("images", lambda raw: tuple(_image(each) for each in mappings(raw.get("images"))))

    @cached_property
    def volumes(self) -> tuple[Image, ...]:
        """What keeps its data at a path, where the image does not tell."""
        return self._made("images", lambda raw: tuple(_image(each) for each in mappings(raw.get("volumes"))))

    @cached_property
    def publishers(self) -> frozenset[str]:
        """Publishers of images whose tags are versions of the product."""
        return self._made("images", lambda raw: frozenset(texts(raw.get("publishers"))))

    @cached_property
    def named(self) -> tuple[Named, ...]:
        """Services that the name of a variable gives away."""
        return self._made("variables", lambda raw: tuple(_named(each) for each in mappings(raw.get("named"))))

    @cached_property
    def schemes(self) -> Mapping[str, Scheme]:
        """Schemes of connection strings."""
        return self._made("variables", lambda raw: {key: _scheme(each) for key, each in sections(raw, "schemes")})

    @cached_property
    def tls_words(self) -> Mapping[str, Mapping[str, bool]]:
        """What the values of parameters and settings say of TLS."""
        return self._made(
            "variables", lambda raw: {key: {word: bool(on) for word, on in each.items()} for key, each in sections(raw, "tls")}
        )

    @cached_property
    def unlisted(self) -> Mapping[str, str]:
        """The names of organisations that the catalogue lacks."""
        return self._made("variables", lambda raw: {key: text(name) for key, name in mapping(raw.get("unlisted")).items()})

    @cached_property
    def custom(self) -> Mapping[str, Known]:
        """What custom resources of Kubernetes run, by `group/Kind`."""
        return self._made("kubernetes", lambda raw: {key: _known(each) for key, each in sections(raw, "kinds")})

    @cached_property
    def charts(self) -> Mapping[str, Known]:
        """What charts of Helm run that others depend on, by their names."""
        return self._made("kubernetes", lambda raw: {key: _known(each) for key, each in sections(raw, "charts")})

    @cached_property
    def signs(self) -> tuple[tuple[Pattern[str], str], ...]:
        """What gives the provider of a cluster away."""
        return self._made("kubernetes", lambda raw: tuple(_sign(each) for each in mappings(raw.get("providers"))))

    @cached_property
    def aside_kinds(self) -> frozenset[str]:
        """Kinds of Kubernetes that say nothing of data."""
        return self._made("kubernetes", lambda raw: frozenset(texts(raw.get("aside"))))

    @cached_property
    def technologies(self) -> Mapping[str, Known]:
        """The technologies of Threagile."""
        return self._made("models", lambda raw: {key: _known(each) for key, each in sections(raw, "technologies")})

    @cached_property
    def organisations(self) -> tuple[tuple[Pattern[str], str], ...]:
        """The names that models give to organisations of the catalogue."""
        return self._made("models", lambda raw: tuple(_sign(each) for each in mappings(raw.get("organisations"))))

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
    return mapping(raw)


def _scheme(raw: Raw) -> Scheme:
    return Scheme(text(raw.get("protocol")), flag(raw.get("tls")))


def _clouds(raw: Raw) -> list[Raw]:
    return mappings(raw["clouds"]) if "clouds" in raw else [raw]


def _cloud(raw: Raw) -> Cloud:
    region = mapping(raw.get("region"))
    own = region.get("own")
    resources = {name: _resource(name, mapping(entry)) for name, entry in mapping(raw.get("resources")).items()}
    return Cloud(
        text(raw.get("organisation")),
        texts(raw.get("prefixes")),
        tuple(reading(item) for item in several(region.get("provider"))),
        tuple(reading(item) for item in several(region.get("resource"))),
        re.compile(own) if isinstance(own, str) else None,
        texts(raw.get("endpoints")),
        re.compile("|".join(translate(glob) for glob in texts(raw.get("aside"))) or "(?!)"),
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
        texts(raw.get("about")),
        tuple((tuple(path.split(".")), reading(item)) for path, item in mapping(raw.get("facts")).items()),
        tuple(_layer(item) for item in mappings(layers if isinstance(layers, list) else [layers] if layers else [])),
        _backup(mapping(raw["backup"])) if "backup" in raw else None,
        tuple(_link(item) for item in mappings(raw.get("flows"))),
        texts(raw.get("environment")),
        mapping(raw.get("record")),
        texts(raw.get("domain")),
        texts(raw.get("address")),
        mapping(raw.get("key")),
        tuple(reading(item) for item in several(raw.get("region"))),
        texts(raw.get("names")),
        tuple((path, texts(values)) for path, values in mapping(raw.get("only")).items()),
        texts(raw.get("copies")),
        texts(raw.get("within")),
        texts(raw.get("sends")),
        reading(raw.get("replica") or {}),
        texts(raw.get("image")),
        reading(raw.get("clear") or {}),
        _ways(raw.get("opens")),
        _ways(raw.get("shuts")),
    )


def _ways(raw: object) -> tuple[tuple[str, Reading], ...]:
    return tuple((way, reading(item)) for way, item in mapping(raw).items())


def reading(raw: object) -> Reading:
    """How to read a value: the name of an attribute, or a mapping with from, words, as, cut and absent."""
    if isinstance(raw, str):
        return Reading((raw,))
    entry = mapping(raw)
    cut = entry.get("cut")
    words = tuple((word.lower(), plain(value)) for word, value in mapping(entry.get("words")).items())
    absent = plain(entry["absent"]) if "absent" in entry else None
    return Reading(texts(entry.get("from")), words, text(entry.get("as")), re.compile(cut) if isinstance(cut, str) else None, absent)


def _constant(raw: object) -> Reading:
    return Reading(absent=raw) if isinstance(raw, str) else reading(raw)


def _layer(raw: Raw) -> Layer:
    return Layer(
        text(raw.get("layer")),
        reading(raw),
        "from" not in raw,
        texts(raw.get("key")),
        texts(raw.get("parts")),
        texts(raw.get("made_from")),
    )


def _backup(raw: Raw) -> Backup:
    retention, frequency, without, elsewhere = (reading(raw.get(part) or {}) for part in ("retention", "frequency", "without", "elsewhere"))
    return Backup(retention, frequency, without, elsewhere, raw.get("inherits") is True)


def _link(raw: Raw) -> Link:
    return Link(
        text(raw.get("start")),
        text(raw.get("end")),
        _constant(raw.get("protocol")),
        reading(raw.get("tls") or {}),
        text(raw.get("unless")),
    )


def _address(raw: Raw) -> Address:
    pattern = re.compile(text(raw.get("match")), re.IGNORECASE)
    return Address(pattern, text(raw.get("organisation")), text(raw.get("service")), text(raw.get("offer")), raw.get("aside") is True)


def _image(raw: Raw) -> Image:
    return Image(re.compile(text(raw.get("match"))), text(raw.get("kind")), text(raw.get("product")), raw.get("aside") is True)


def _named(raw: Raw) -> Named:
    return Named(re.compile(text(raw.get("match"))), text(raw.get("organisation")), text(raw.get("service")))


def _known(raw: Raw) -> Known:
    return Known(text(raw.get("component")), text(raw.get("product")), text(raw.get("service")))


def _sign(raw: Raw) -> tuple[Pattern[str], str]:
    return re.compile(text(raw.get("match")), re.IGNORECASE), text(raw.get("organisation"))
