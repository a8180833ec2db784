"""Flows: what they carry, over which network, how protected, and to whom."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.model.fact import UNKNOWN, Fact, Origin, derived, unknown
from hds_audit.model.format.words import END_WORDS
from hds_audit.model.format.writing import HOST
from hds_audit.model.record import Record
from hds_audit.model.text import Text
from hds_audit.model.values import version_key
from hds_audit.resolve.ciphers import encrypts
from hds_audit.resolve.connectives import every, some, undecided
from hds_audit.resolve.graph import flows_on, host_of, hosts, keepers, operator
from hds_audit.resolve.holdings import Holding, components
from hds_audit.resolve.performers import provider_of
from hds_audit.resolve.places import in_eea
from hds_audit.resolve.scope import any_datum, which
from hds_audit.resolve.things import Named, Part, Subject
from hds_audit.resolve.world import Derivation

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

ENCRYPTED_PROTOCOLS = frozenset(
    {"https", "wss", "sftp", "ssh", "scp", "ftps", "smtps", "imaps", "pop3s", "ldaps", "ipsec", "wireguard", "vpn", "quic"}
)
BARE_PROTOCOLS = frozenset({"http", "ws", "ftp", "telnet", "tftp"})
TRACKERS = frozenset({"analytics", "advertising"})
_IN_PAGES = frozenset({"saas", "support-desk", "error-monitoring"})  # what pages embed: a captcha, a chat, a recorder of errors
_ON_DEVICES = Text(
    "people's devices call this service themselves: what it reads or writes there needs their consent, unless it is strictly "
    "necessary to what they asked for (then `exempt`)",
    "l'appareil des personnes appelle lui-même ce service : ce qu'il y lit ou y écrit suppose leur consentement, sauf s'il est "
    "strictement nécessaire à ce qu'elles demandent (alors `exempt`)",
)
_ONE_PROVIDER = Text(
    "both ends are with one provider: whether its own network joins them is not said",
    "les deux extrémités relèvent d'un même fournisseur : si son propre réseau les relie n'est pas dit",
)
_TRACKER_ONLY = Text(
    "consent to a tracker is not yet the explicit consent of GDPR 9(2)(a): say `explicit` where people agreed to this very use",
    "le consentement à un traceur n'est pas encore le consentement explicite de l'article 9(2)(a) du RGPD : dites `explicit` si les "
    "personnes ont consenti à cet usage même",
)


class End(NamedTuple):
    """One end of a flow: people or an open network, or a component, or a host; `said` is what the flow says."""

    said: Fact
    open: bool
    component: Subject | None
    host: Subject | None


def end_of(world: "World", flow: Subject, key: str) -> End:
    """What stands at the end `from` or `to`; a name is looked for as a component, then as a host."""
    name, said = str(flow.record.values.get(key, "")), flow.fact(key)
    component = components(world).get(name)
    return End(said, name in END_WORDS, component, host_of(world, component) if component else hosts(world).get(name))


def carried(flow: Subject) -> Holding:
    """The data that a flow carries."""
    fact, value = flow.fact("data"), flow.record.values.get("data")
    if isinstance(value, tuple):
        return Holding(tuple(str(item) for item in value), facts=(fact,))
    return Holding(facts=(fact,)) if value is False else Holding(missing=(fact.path,))


def _active(world: "World", flow: Subject) -> Fact:
    answer, path = flows_on(flow, world.as_of), f"{flow.path}.active"
    said = tuple(fact for fact in (flow.fact("started"), flow.fact("ended")) if fact.known)
    return undecided(path, said, f"{flow.path}.ended") if answer is None else derived(path, answer, *said)


def _carries(quality: str, name: str) -> Derivation:
    return lambda world, flow: any_datum(world, quality, f"{flow.path}.{name}", carried(flow))


def _open_network(world: "World", flow: Subject) -> Fact:
    """Between people and the application, or from one host to another: a network that nobody here controls whole.

    Two hosts of one provider may be joined by its own network: then the flow says. What it says holds, save of the internet.
    """
    path, start, finish = f"{flow.path}.open_network", end_of(world, flow, "from"), end_of(world, flow, "to")
    said = flow.fact("transport.network")
    if said.value in ("open", "private") and "internet" not in (start.said.value, finish.said.value):
        return derived(path, said.value == "open", said)
    if start.open or finish.open:
        return derived(path, True, start.said if start.open else finish.said)
    placeless = [end.component for end in (start, finish) if end.host is None and end.component is not None]
    if placeless or start.host is None or finish.host is None:
        return undecided(path, [start.said, finish.said], *(f"{component.path}.host" for component in placeless))
    provider = provider_of(world, start.host)
    if start.host.id != finish.host.id and provider and provider == provider_of(world, finish.host):
        return undecided(path, [start.said, finish.said], said.path, doubt=_ONE_PROVIDER)
    return derived(path, start.host.id != finish.host.id, start.said, finish.said)


def _encrypted(world: "World", flow: Subject) -> Fact:
    path, transport, tls = f"{flow.path}.encrypted", flow.fact("transport"), flow.fact("transport.tls")
    if transport.value is False:
        return derived(path, False, transport)
    if tls.known:
        return derived(path, tls.value is not False and tls.value != (), tls)
    protocol = flow.fact("transport.protocol")
    name = str(protocol.value).lower()
    if name in ENCRYPTED_PROTOCOLS or name in BARE_PROTOCOLS:
        return derived(path, name in ENCRYPTED_PROTOCOLS, protocol)
    return undecided(path, [transport], f"{flow.path}.transport.tls")


def _tls_floor(world: "World", flow: Subject) -> Fact:
    """The lowest version of TLS accepted; False where there is none."""
    path, tls = f"{flow.path}.tls_floor", flow.fact("transport.tls")
    if flow.fact("transport").value is False or tls.value is False or tls.value == ():
        return derived(path, False, tls)
    if not isinstance(tls.value, tuple):
        return undecided(path, [tls], f"{flow.path}.transport.tls")
    return derived(path, min((tls_version(str(item)) for item in tls.value), key=version_key), tls)


def _tls_versions(world: "World", flow: Subject) -> Fact:
    """The versions of TLS accepted, each as in `1.2` however it is written; False where there is none."""
    path, tls = f"{flow.path}.tls_versions", flow.fact("transport.tls")
    if flow.fact("transport").value is False or tls.value is False or tls.value == ():
        return derived(path, False, tls)
    if not isinstance(tls.value, tuple):
        return undecided(path, [tls], f"{flow.path}.transport.tls")
    return derived(path, tuple(dict.fromkeys(tls_version(str(item)) for item in tls.value)), tls)


def tls_version(said: str) -> str:
    """A version as in `1.2`, however it is written; SSL keeps its name, which sorts before all numbers."""
    text = said.strip().lower().removeprefix("tls").lstrip(" v-_")
    return said if text.startswith("ssl") else text if "." in text or not text.isdigit() else f"{text}.0"


def _end_to_end(world: "World", flow: Subject) -> Fact:
    """Whether all the personal data it carries are encrypted from end to end, by the flow or by every store of them."""
    path, held = f"{flow.path}.end_to_end", carried(flow)
    if held.missing:
        return undecided(path, held.facts, *held.missing)
    covered = [_covered(world, flow, name) for name in which(world, "is_personal", held)]
    return every(path, covered) if covered else derived(path, False, *held.facts)


def _covered(world: "World", flow: Subject, datum: str) -> Fact:
    path, said = f"{flow.path}.end_to_end", flow.fact("encryption")
    layers = said.value if isinstance(said.value, tuple) else ()
    if any(layer_covers(layer, datum) for layer in layers if isinstance(layer, Part)):
        return derived(path, True, said)
    stored = world.once(("stored end to end", datum), lambda _: _stored_covered(world, datum))
    if stored.known:
        return derived(path, stored.value, stored)
    if not said.known and _with_people(world, flow) and (bare := _encrypted(world, flow)).value is False and not _signs_of_it(world, datum):
        return derived(path, False, bare)
    return derived(path, False, said) if said.value is False or isinstance(said.value, tuple) else undecided(path, [said], said.path)


def _stored_covered(world: "World", datum: str) -> Fact:
    """Whether every store of a datum holds it encrypted end to end: one answer for all the flows that carry it."""
    path, stores = f"data.{datum}.end_to_end", keepers(world).of["stores"].get(datum, ())
    layered = [component.fact("encryption") for component in stores]
    if stores and all(_store_covers(component, datum) for component in stores):
        return derived(path, True, *layered)
    if any(fact.known and not _store_covers(component, datum) for component, fact in zip(stores, layered, strict=True)):
        return derived(path, False, *layered)
    return unknown(path)


def _with_people(world: "World", flow: Subject) -> bool:
    """Between people or the internet and the application: a page sent in the clear does not encrypt, a backup may have been before."""
    return end_of(world, flow, "from").open or end_of(world, flow, "to").open


def _signs_of_it(world: "World", datum: str) -> bool:
    """Whether a store of the datum is known to hold it encrypted end to end: then what travels in the clear may be so already."""
    return any(_store_covers(component, datum) for component in keepers(world).of["stores"].get(datum, ()))


def layer_covers(layer: Part, datum: str, level: str = "end-to-end") -> bool:
    """Whether a layer of that level is known to stand over a datum; one that names no data stands over all, `true` names some."""
    limited = layer.record.values.get("data")
    if not encrypts(layer.record.values.get("algorithm")):
        return False
    return layer.record.values.get("layer") == level and (datum in limited if isinstance(limited, tuple) else limited is None)


def _store_covers(component: Subject, datum: str) -> bool:
    said = component.fact("encryption").value
    return isinstance(said, tuple) and any(layer_covers(layer, datum) for layer in said if isinstance(layer, Part))


def _at(key: str, name: str, of_host: "Callable[[World, Subject], Fact]") -> Derivation:
    """A fact of the host at one end; False where people or an open network stand there."""

    def derive(world: "World", flow: Subject) -> Fact:
        path, end = f"{flow.path}.{name}", end_of(world, flow, key)
        if end.open:
            return derived(path, False, end.said)
        if end.host is None:
            return undecided(path, [end.said], f"{end.component.path}.host" if end.component else end.said.path)
        fact = of_host(world, end.host)
        return undecided(path, [fact], *fact.missing) if fact.value is UNKNOWN else derived(path, fact.value, end.said, fact)

    return derive


def _itself(world: "World", host: Subject) -> Fact:
    return Fact(host.path, Named.of(host.id, world, HOST), mark=host.record.mark)


def _tracker(world: "World", flow: Subject) -> Fact:
    """Sends to an audience-measurement or advertising service, or to a component of that kind.

    Another service that pages embed is one where consent is asked for it, and perhaps one where people's devices call it.
    """
    path, end, service = f"{flow.path}.tracker", end_of(world, flow, "to"), flow.fact("to_service")
    if end.component and end.component.record.values.get("kind") == "analytics":
        return derived(path, True, end.component.fact("kind"))
    if service.value is UNKNOWN:
        return undecided(path, [service])
    return _embedded(world, flow, end, service) if service.value in _IN_PAGES else derived(path, service.value in TRACKERS, service)


def _embedded(world: "World", flow: Subject, end: End, service: Fact) -> Fact:
    """Whether what pages embed reads or writes on people's devices beyond what they asked for (Directive 2002/58, 5(3))."""
    path, consent = f"{flow.path}.tracker", flow.fact("consent")
    if consent.known:
        return derived(path, consent.value != "exempt", consent)
    own = operator(world)
    if (own and end.host is not None and provider_of(world, end.host) == own) or not end_of(world, flow, "from").open:
        return derived(path, False, service)
    return undecided(path, [flow.fact("from"), service], consent.path, doubt=_ON_DEVICES)


def _leaves_eea(world: "World", flow: Subject) -> Fact:
    """Whether one of the places where its receiver keeps data lies outside the EEA; people at the end are no transfer."""
    path, end = f"{flow.path}.leaves_eea", end_of(world, flow, "to")
    if end.open:
        return derived(path, False, end.said)
    if end.host is None:
        return undecided(path, [end.said], f"{end.component.path}.host" if end.component else end.said.path)
    places = end.host.fact("places").value
    inside = [in_eea(world, path, item) for item in (places if isinstance(places, tuple) else ()) if isinstance(item, Fact)]
    outside = every(path, inside)
    return outside if outside.value is UNKNOWN else outside._replace(value=outside.value is False)


def _explicit_consent(_: "World", flow: Subject) -> Fact:
    """Whether people agreed expressly that health data go there (GDPR 9(2)(a)): consent to a tracker does not say so."""
    path, said = f"{flow.path}.explicit_consent", flow.fact("consent")
    if said.value == "prior":
        return unknown(path, said.path, because=(said,), doubt=_TRACKER_ONLY)
    return derived(path, said.value == "explicit", said) if said.known else undecided(path, [said], said.path)


def _with_health_professionals(world: "World", flow: Subject) -> Fact:
    facts = [flow.fact("from"), flow.fact("to")]
    path = f"{flow.path}.with_health_professionals"
    return some(path, [derived(path, fact.value == "health-professionals", fact) for fact in facts])


def _reaches_people(world: "World", flow: Subject) -> Fact:
    path, open_ends = f"{flow.path}.reaches_people", [end for key in ("from", "to") if (end := end_of(world, flow, key)).open]
    return derived(path, bool(open_ends), *(end.said for end in open_ends))


def _terminators(world: "World", flow: Subject) -> Fact:
    """The organisations that end the encryption on the way, a host being its provider."""
    path, said = f"{flow.path}.terminators", flow.fact("terminated_by")
    if not isinstance(said.value, tuple):
        return derived(path, (), said) if said.value is False else undecided(path, [said], said.path)
    section = world.description.section("hosts")
    return Fact(path, tuple(_provider(section.get(str(name)), str(name)) for name in said.value), Origin.DERIVED, because=(said,))


def _provider(host: Record | None, name: str) -> Fact | str:
    if host is None:
        return name
    provider = host.values.get("provider")
    return str(provider) if provider else unknown(f"{host.path}.provider", mark=host.mark)


DERIVATIONS = {
    ("flow", "active"): _active,
    ("flow", "carries_personal"): _carries("is_personal", "carries_personal"),
    ("flow", "carries_health"): _carries("is_health_data", "carries_health"),
    ("flow", "carries_hds"): _carries("hds_scope", "carries_hds"),
    ("flow", "open_network"): _open_network,
    ("flow", "explicit_consent"): _explicit_consent,
    ("flow", "reaches_people"): _reaches_people,
    ("flow", "with_health_professionals"): _with_health_professionals,
    ("flow", "encrypted"): _encrypted,
    ("flow", "tls_floor"): _tls_floor,
    ("flow", "tls_versions"): _tls_versions,
    ("flow", "end_to_end"): _end_to_end,
    ("flow", "terminators"): _terminators,
    ("flow", "to_host"): _at("to", "to_host", _itself),
    ("flow", "to_service"): _at("to", "to_service", lambda _, host: host.fact("service")),
    ("flow", "to_organisation"): _at("to", "to_organisation", lambda _, host: host.fact("provider")),
    ("flow", "to_country"): _at("to", "to_country", lambda _, host: host.fact("country")),
    ("flow", "from_host"): _at("from", "from_host", _itself),
    ("flow", "from_service"): _at("from", "from_service", lambda _, host: host.fact("service")),
    ("flow", "from_country"): _at("from", "from_country", lambda _, host: host.fact("country")),
    ("flow", "leaves_eea"): _leaves_eea,
    ("flow", "tracker"): _tracker,
    ("template", "carries_personal"): _carries("is_personal", "carries_personal"),
    ("template", "carries_health"): _carries("is_health_data", "carries_health"),
    ("template", "carries_hds"): _carries("hds_scope", "carries_hds"),
}
