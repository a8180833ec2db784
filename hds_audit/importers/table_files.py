"""The mapping tables read from their YAML files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fnmatch import translate
from pathlib import Path
from re import Pattern

from hds_audit.errors import InputError, Problem
from hds_audit.importers.tables import (
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
    Tables,
)
from hds_audit.model.imported import Plain

_KEYS = frozenset(
    {
        "kind", "service", "offer", "about", "facts", "encryption", "backup", "flows", "environment", "record", "domain", "address",
        "key", "region", "names", "only", "copies", "within", "sends", "replica",
    }
)  # fmt: skip


def load_tables(folder: Path) -> Tables:
    """Read every mapping table of a folder.

    Raises InputError with every file that cannot be read, and what does not hold together in it.
    """
    problems: list[Problem] = []
    files = dict(_documents(folder, problems))
    clouds: list[Cloud] = []
    for name, whole in files.items():
        if name.startswith("terraform-"):
            with _told(folder / f"{name}.yaml", problems):
                clouds += [_cloud(raw) for raw in _clouds(whole)]
    tables: list[Tables] = []
    with _told(folder, problems):
        tables.append(_tables(files, tuple(clouds)))
    if problems:
        raise InputError(*problems)
    return tables[0]


@contextmanager
def _told(path: Path, problems: list[Problem]) -> Iterator[None]:
    try:
        yield
    except (re.error, TypeError, ValueError, KeyError) as error:
        problems.append(Problem(str(path), f"a mapping table does not hold together: {error}", f"une table ne tient pas : {error}"))


def _tables(files: Mapping[str, Raw], clouds: tuple[Cloud, ...]) -> Tables:
    addresses, variables = files.get("addresses", {}), files.get("variables", {})
    kubernetes, models = files.get("kubernetes", {}), files.get("models", {})
    return Tables(
        clouds,
        tuple(_address(raw) for raw in _list(addresses.get("addresses"))),
        tuple(_image(raw) for raw in _list(files.get("images", {}).get("images"))),
        tuple(_named(raw) for raw in _list(variables.get("named"))),
        {key: Scheme(_text(raw.get("protocol")), _flag(raw.get("tls"))) for key, raw in _maps(variables, "schemes")},
        {key: {word: bool(value) for word, value in raw.items()} for key, raw in _maps(variables, "tls")},
        {key: re.compile(_text(form)) for key, form in _map(addresses.get("regions")).items()},
        {key: _known(raw) for key, raw in _maps(kubernetes, "kinds")},
        tuple(_sign(raw) for raw in _list(kubernetes.get("providers"))),
        frozenset(_texts(kubernetes.get("aside"))),
        {key: _known(raw) for key, raw in _maps(models, "technologies")},
        tuple(_sign(raw) for raw in _list(models.get("organisations"))),
        {key: _text(name) for key, name in _map(variables.get("unlisted")).items()},
    )


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
