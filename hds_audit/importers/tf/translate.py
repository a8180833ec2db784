"""Resources to a description, by the mapping tables."""

from __future__ import annotations

from collections.abc import Sequence

from hds_audit.importers.draft import Draft
from hds_audit.importers.images import Run, image_of
from hds_audit.importers.table_types import Backup, Cloud, Layer, Reading, ResourceType
from hds_audit.importers.tables import Tables
from hds_audit.importers.tf.encryption import Encryption
from hds_audit.importers.tf.links import add_links
from hds_audit.importers.tf.openings import Openings
from hds_audit.importers.tf.operator import Operators
from hds_audit.importers.tf.resource import Resource, leaves
from hds_audit.importers.tf.targets import Targets
from hds_audit.importers.tf.values import read_value
from hds_audit.model.text import Text

_UTILITIES = ("null_", "random_", "time_", "tls_", "local_", "template_", "archive_", "external", "http", "terraform_", "test_", "acme_")
_KEEPS = frozenset({"database", "object-storage", "file-storage", "cache", "queue", "search", "backup", "log"})
_WORST = {"internet_exposed": True, "immutable": False}
_NO_LAYER = Text("the resource does not say whether it is encrypted", "la ressource ne dit pas si elle est chiffrée")
_NO_BACKUP = Text(
    "its automatic backups are switched off: declare another backup, or that there is none",
    "ses sauvegardes automatiques sont désactivées : déclarez une autre sauvegarde, ou qu'il n'y en a pas",
)
_CHOSEN = Text(
    "the provider keeps this copy in another region, which the input does not name",
    "le fournisseur garde cette copie dans une autre région, que le fichier ne nomme pas",
)

Typed = tuple[Resource, Cloud, ResourceType]


def translate(draft: Draft, resources: Sequence[Resource], tables: Tables) -> None:
    """Add every resource that the tables know: components first, then what speaks of them."""
    operators, targets = Operators(tables), Targets()
    typed = [found for resource in resources if (found := _typed(draft, resource, tables, operators)) is not None]
    for resource, cloud, type_ in sorted(typed, key=lambda one: bool(one[2].within)):
        _entry(draft, resource, cloud, type_, operators, targets, _run(resource, type_, tables))
    encryption, openings = Encryption(draft, targets), Openings(draft)
    for resource, _, type_ in typed:
        for component in _subjects(resource, type_, targets):
            _facts(draft, resource, type_, component)
            _clear(draft, resource, type_, component)
            encryption.add(resource, type_, component)
            openings.add(resource, type_, component)
            _copies(draft, resource, type_, component, targets)
    encryption.close(_NO_LAYER, _KEEPS)
    openings.close()
    for resource, _, type_ in typed:
        for component in _subjects(resource, type_, targets):
            if type_.backup is not None:
                _backup(draft, resource, type_.backup, component)
            _replica(draft, resource, type_, component)
    for resource, cloud, type_ in typed:
        add_links(draft, resource, type_, tables, targets, operators.of(resource, cloud, type_))


def _typed(draft: Draft, resource: Resource, tables: Tables, operators: Operators) -> Typed | None:
    cloud = tables.cloud(resource.type)
    type_ = cloud.resources.get(resource.type) if cloud else None
    if cloud is None or type_ is None:
        known = resource.type.startswith(_UTILITIES) or (cloud is not None and cloud.aside.fullmatch(resource.type) is not None)
        draft.leave(resource.type, known=known)
        return None
    for attribute, allowed in type_.only:
        value = read_value(Reading((attribute,)), resource).value
        if value is not None and str(value).lower() not in allowed:
            draft.leave(resource.type, known=True)
            return None
    if _run(resource, type_, tables).aside:
        draft.leave(resource.type, known=True)
        return None
    return resource, cloud, _as_stated(type_) if operators.of(resource, cloud, type_).foreign else type_


def _as_stated(type_: ResourceType) -> ResourceType:
    """A type without what its own provider does by default: another that answers the same API need not."""
    stated = tuple(
        layer._replace(reading=Reading(layer.key, convert="present"), always=False) if layer.always else _without_default(layer)
        for layer in type_.layers
    )
    facts = tuple((path, reading if path[0] == "product" else reading._replace(absent=None)) for path, reading in type_.facts)
    return type_._replace(layers=stated, facts=facts, clear=type_.clear._replace(absent=None))


def _without_default(layer: Layer) -> Layer:
    return layer._replace(reading=layer.reading._replace(absent=None))


def _run(resource: Resource, type_: ResourceType, tables: Tables) -> Run:
    """What the containers of a resource run: the one that keeps data, else the first."""
    images = (str(image) for attribute in type_.image for image in leaves(resource.values, attribute))
    runs = [image_of(image, tables) for image in images]
    return next((run for run in runs if run.kind in _KEEPS), runs[0] if runs else Run("", "", "", False))


def _entry(draft: Draft, resource: Resource, cloud: Cloud, type_: ResourceType, operators: Operators, targets: Targets, run: Run) -> None:
    kind = run.kind or read_value(type_.kind, resource).value
    if not (kind or type_.key):
        if kind is False:
            draft.leave(resource.type, known=True)
        return
    around = targets.named(resource, type_.within)
    service = _text(type_.service, resource)
    if around:
        host = str(draft.value(("components", around[0], "host")))
    else:
        host = operators.of(resource, cloud, type_).host(draft, service, _text(type_.offer, resource), resource.source)
    if isinstance(kind, str) and kind:
        component = draft.component(resource.name, kind, host, resource.source)
        draft.fact(("components", component, "configuration_as_code"), True, resource.source)
        for key, value in (("name", run.product), ("version", run.version)):
            if value:
                draft.fact(("components", component, "product", key), value, resource.source)
        targets.add(resource, type_, component)
    else:
        _key(draft, resource, type_, host, targets)


def _key(draft: Draft, resource: Resource, type_: ResourceType, host: str, targets: Targets) -> None:
    key = draft.entry("keys", resource.name, resource.source)
    draft.fact(("keys", key, "host"), host, resource.source)
    for path, reading in type_.facts:
        answer = read_value(reading, resource)
        if answer.value is not None:
            draft.fact(("keys", key, *path), answer.value, resource.at(answer.attribute))
    draft.unknown(f"keys.{key}.held_by", _HELD, resource.source)
    targets.add_key(resource, type_, key)


_HELD = Text("Terraform does not say who can use this key", "Terraform ne dit pas qui peut se servir de cette clé")


def _subjects(resource: Resource, type_: ResourceType, targets: Targets) -> tuple[str, ...]:
    """The components that a resource speaks of: itself, or those that its `about` attributes name."""
    own = targets.component(resource)
    if own:
        return (own,)
    return targets.named(resource, type_.about) if type_.about else ()


def _facts(draft: Draft, resource: Resource, type_: ResourceType, component: str) -> None:
    for path, reading in type_.facts:
        answer = read_value(reading, resource, _WORST.get(path[-1]))
        place = resource.at(answer.attribute)
        if answer.value is not None:
            draft.fact(("components", component, *path), answer.value, place)
        elif answer.hidden is not None:
            draft.unknown(f"components.{component}.{'.'.join(path)}", answer.hidden, place)


def _clear(draft: Draft, resource: Resource, type_: ResourceType, component: str) -> None:
    """Say where a resource takes connections without TLS: whether any comes so, only the flows to it can tell."""
    answer = read_value(type_.clear, resource, worst=True)
    if answer.value is True:
        draft.unknown(f"flows.{component}", _taken_in_clear(answer.attribute), resource.at(answer.attribute))


def _taken_in_clear(attribute: str) -> Text:
    return Text(
        f"it takes connections without TLS ({attribute}): declare the flows that reach it, each with its `tls`",
        f"il accepte des connexions sans TLS ({attribute}) : déclarez les flux qui l'atteignent, chacun avec son `tls`",
    )


def _copies(draft: Draft, resource: Resource, type_: ResourceType, component: str, targets: Targets) -> None:
    for attribute in type_.copies:
        originals: list[str] = [other for other in targets.named(resource, (attribute,)) if other != component]
        if originals:
            draft.fact(("components", component, "copy_of"), [*originals], resource.at(attribute))


def _backup(draft: Draft, resource: Resource, backup: Backup, component: str) -> None:
    without = read_value(backup.without, resource)
    retention = read_value(backup.retention, resource)
    if without.value is True or retention.value is False:
        draft.unknown(f"components.{component}-backup", _NO_BACKUP, resource.at(without.attribute or retention.attribute))
        return
    if not (isinstance(retention.value, str) or without.value is False or read_value(backup.frequency, resource).value):
        if retention.hidden is not None:
            draft.unknown(f"components.{component}-backup.retention", retention.hidden, resource.at(retention.attribute))
        return
    host = draft.value(("components", component, "host"))
    elsewhere = read_value(backup.elsewhere, resource)
    place = resource.at(retention.attribute or without.attribute)
    home = _elsewhere(draft, str(host), resource, elsewhere.attribute) if elsewhere.value is True else str(host)
    copy = draft.component(f"{component}-backup", "backup", home, place)
    draft.fact(("components", copy, "copy_of"), [component], place)
    for key, reading in (("retention", backup.retention), ("frequency", backup.frequency)):
        answer = read_value(reading, resource)
        if isinstance(answer.value, str):
            draft.fact(("components", copy, key), answer.value, resource.at(answer.attribute))
    layers = draft.value(("components", component, "encryption"))
    if layers is not None and backup.inherits:
        draft.fact(("components", copy, "encryption"), layers, place)


def _replica(draft: Draft, resource: Resource, type_: ResourceType, component: str) -> None:
    """The second copy that a provider keeps in a region of its choice."""
    answer = read_value(type_.replica, resource)
    if answer.value is not True:
        return
    place = resource.at(answer.attribute)
    host = _elsewhere(draft, str(draft.value(("components", component, "host"))), resource, answer.attribute)
    copy = draft.component(f"{component}-replica", "backup", host, place)
    draft.fact(("components", copy, "copy_of"), [component], place)
    layers = draft.value(("components", component, "encryption"))
    if layers is not None:
        draft.fact(("components", copy, "encryption"), layers, place)


def _elsewhere(draft: Draft, host: str, resource: Resource, attribute: str) -> str:
    provider, service = (str(draft.value(("hosts", host, key)) or "") for key in ("provider", "service"))
    place = resource.at(attribute)
    other = draft.host(provider, service, "", place, name=f"{service}-elsewhere")
    draft.explain(f"hosts.{other}.region", _CHOSEN)
    return other


def _text(reading: Reading, resource: Resource) -> str:
    value = read_value(reading, resource).value
    return value if isinstance(value, str) else ""
