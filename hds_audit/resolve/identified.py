"""Which organisations run what was seen, by the catalogue's signals: with how sure, and never where the data lie."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from hds_audit.model.catalogue import Catalogue
from hds_audit.model.evidence import Evidence, Identification, Observation, Role, Signals, Tracker
from hds_audit.model.fact import Confidence
from hds_audit.model.signals import Signal, SignalKind
from hds_audit.model.text import Text


class Clue(NamedTuple):
    """What a kind of signal is looked for in, what it tells, and the most that it is worth alone."""

    observable: str
    kind: SignalKind
    role: Role
    worth: Confidence
    by: Text


_HIGH, _MEDIUM, _LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW
_CLUES = (
    Clue("dns.aliases", "dns_suffix", "answers", _HIGH, Text("alias {seen}", "alias {seen}")),
    Clue("dns.addresses", "ip_range", "answers", _HIGH, Text("address {seen}", "adresse {seen}")),
    Clue(
        "dns.announced_by",
        "asn",
        "answers",
        _MEDIUM,
        Text("network {seen} (whose law, not where the data lie)", "réseau {seen} (de qui il relève, non où sont les données)"),
    ),
    Clue("http.signatures", "header", "answers", _MEDIUM, Text("header {seen}", "en-tête {seen}")),
    Clue("http.signatures", "cookie", "answers", _LOW, Text("cookie {seen}", "cookie {seen}")),
    Clue("certificate.issuer", "tls_issuer", "answers", _LOW, Text("certificate issued by {seen}", "certificat émis par {seen}")),
    Clue("dns.name_servers", "ns", "names", _HIGH, Text("name server {seen}", "serveur de noms {seen}")),
    Clue("mail.exchangers", "mx", "receives-mail", _HIGH, Text("mail exchanger {seen}", "serveur de messagerie {seen}")),
    Clue("mail.spf_includes", "spf", "sends-mail", _HIGH, Text("SPF include {seen}", "inclusion SPF {seen}")),
    Clue("mail.dkim_keys", "dkim", "sends-mail", _MEDIUM, Text("DKIM selector {seen}", "sélecteur DKIM {seen}")),
    Clue("mail.dkim_aliases", "dns_suffix", "sends-mail", _HIGH, Text("DKIM key at {seen}", "clé DKIM chez {seen}")),
    Clue("http.third_parties", "tracker_domain", "in-page", _HIGH, Text("tag of {seen}", "balise de {seen}")),
    Clue("http.third_parties", "web_domain", "in-page", _HIGH, Text("tag of {seen}", "balise de {seen}")),
    Clue("http.third_parties", "dns_suffix", "in-page", _HIGH, Text("tag of {seen}", "balise de {seen}")),
    Clue("http.trackers", "tracker_domain", "in-page", _HIGH, Text("tag of {seen}", "balise de {seen}")),
    Clue("http.trackers", "web_domain", "in-page", _HIGH, Text("tag of {seen}", "balise de {seen}")),
)
_CEILING = {"verified": _HIGH, "secondary": _MEDIUM, "recalled": _LOW}


def identifications(evidence: Evidence, signals: Signals) -> tuple[Identification, ...]:
    """Every organisation recognised, once for each subject, role and sign; two signs of different kinds make each other surer."""
    found = dict.fromkeys(each for observation in evidence.observations for each in _recognise(observation, signals))
    return tuple(_corroborated(each, tuple(found)) for each in found)


def _recognise(observation: Observation, signals: Signals) -> Iterator[Identification]:
    items = observation.value if isinstance(observation.value, tuple) else ()
    for clue in _CLUES:
        if clue.observable != observation.name:
            continue
        for item in items:
            seen = _words(item, clue)
            for signal in signals.signals if seen else ():
                if signal.kind == clue.kind and signal.matches(seen):
                    yield _identification(observation, clue, signal, seen)
    if observation.name in ("http.third_parties", "http.trackers", "http.cloaked_trackers"):
        yield from _tracked(observation, items, signals.trackers)


def _words(item: str, clue: Clue) -> str:
    """The part of an observed item that a signal of this kind is held against."""
    if clue.observable == "http.signatures":
        kind, _, rest = item.partition(" ")
        return rest if kind == clue.kind else ""
    if clue.observable == "mail.dkim_keys":
        return f"{item}._domainkey"
    return item.rpartition(" ")[2] if clue.observable == "mail.dkim_aliases" else item


def _identification(observation: Observation, clue: Clue, signal: Signal, seen: str) -> Identification:
    ceiling = _CEILING[signal.status]
    confidence = clue.worth if clue.worth.rank >= ceiling.rank else ceiling
    by = Text(clue.by.en.format(seen=seen), clue.by.fr.format(seen=seen))
    return Identification(observation.subject, signal.organisation, clue.role, seen, by, confidence, observation)


def _tracked(observation: Observation, items: tuple[str, ...], trackers: tuple[Tracker, ...]) -> Iterator[Identification]:
    """Trackers by the list of the day, and by what the probe said of them: `organisation, purpose`, or `alias organisation`."""
    told = {raw.what: raw.said for raw in observation.raw}
    cloaked = observation.name == "http.cloaked_trackers"
    for item in items:
        host, _, named = told.get(item, item).partition(" ") if cloaked else (item, "", told.get(item, "").partition(",")[0])
        known = [each.organisation for each in trackers if host == each.domain or host.endswith(f".{each.domain}")]
        for organisation in dict.fromkeys((*known, named) if observation.name != "http.third_parties" else known):
            if organisation:
                by = Text(f"tracker {host}", f"traceur {host}")
                yield Identification(observation.subject, organisation, "in-page", item, by, _HIGH, observation)


def _corroborated(one: Identification, every: tuple[Identification, ...]) -> Identification:
    same = {each.seen.name for each in every if (each.subject, each.organisation, each.role) == (one.subject, one.organisation, one.role)}
    if len(same) > 1 and one.confidence == _MEDIUM:
        return one._replace(confidence=_HIGH)
    return one


def houses(catalogue: Catalogue, on: date) -> dict[str, str]:
    """From every organisation and alias to the head of its group that day; a joint venture, having several owners, heads its own."""
    heads = {name: _head(catalogue, name, on) for name in catalogue.organisations}
    return heads | {alias: heads[name] for alias, name in catalogue.aliases.items() if name in heads}


def _head(catalogue: Catalogue, name: str, on: date) -> str:
    path = [name]
    while (here := catalogue.organisation(path[-1])) and (owners := here.owners_on(on)) and len(owners) == 1:
        above = owners[0].owner
        if above is None or above in path or catalogue.organisation(above) is None:
            break
        path.append(above)
    return path[-1]
