"""Where the description and the servers do not say the same: the observation wins, and both are shown."""

from __future__ import annotations

from collections.abc import Iterator

from hds_audit.model.evidence import Contradiction, Declared, DeclaredEndpoint, Evidence, Signals, Subject
from hds_audit.model.fact import Confidence
from hds_audit.model.text import Text
from hds_audit.resolve.disputed_parties import disputed_mail, disputed_operators, disputed_third_parties, same_house
from hds_audit.resolve.disputes import Side, bears_name, items, observations
from hds_audit.resolve.identified import identifications
from hds_audit.resolve.observed import observed_facts

_OLD = ("SSL 2.0", "SSL 3.0", "1.0", "1.1")
_ACCEPTS = {"1.2": "tls.accepts_tls12", "1.3": "tls.accepts_tls13"}


def contradictions(evidence: Evidence, declared: Declared, signals: Signals) -> tuple[Contradiction, ...]:
    """Every contradiction, in the order of the description; what the description leaves out contradicts nothing."""
    known = identifications(evidence, signals)
    found: list[Contradiction] = []
    for endpoint in declared.endpoints:
        found += _versions(evidence, endpoint)
        found += disputed_operators(known, endpoint, declared)
        found += disputed_third_parties(evidence, known, endpoint, declared)
        found += _hosts(evidence, endpoint, declared, signals)
        found += _open_pages(evidence, endpoint)
    for domain in declared.domains:
        found += disputed_mail(evidence, known, domain, declared)
    once = {(each.subject, each.kind, each.declared_path, each.observed): each for each in found[::-1]}  # whatever addresses it was seen at
    return tuple(once.values())[::-1]


def _versions(evidence: Evidence, endpoint: DeclaredEndpoint) -> Iterator[Contradiction]:
    if endpoint.tls is None:
        return
    side = Side("tls-version", endpoint.tls_path or endpoint.path, endpoint.tls)
    facts = {fact.name: fact for fact in observed_facts(evidence, Subject("endpoint", endpoint.url))}
    seen = facts.get("tls.versions")
    for version in seen.value if seen and isinstance(seen.value, tuple) else ():
        if seen and version not in endpoint.tls:
            label = version if version.startswith("SSL") else f"TLS {version}"
            what = Text(f"{label} is accepted and not declared", f"{label} est accepté sans être déclaré")
            controls = ("anssi-tls:R4", "iso27001:A.8.24") if version in _OLD else ("iso27001:A.8.24",)
            yield side.against(next(each for each in seen.observations if version in items(each)), what, version, controls)
    for version in endpoint.tls:
        fact = facts.get(_ACCEPTS.get(version, ""))
        if fact is not None and fact.value is False:
            what = Text(f"TLS {version} is declared and not accepted", f"TLS {version} est déclaré mais n'est pas accepté")
            refusal = next(each for each in fact.observations if each.status == "not-seen")
            yield side.against(refusal, what, f"{version} refused", ("anssi-tls:R3", "iso27001:A.8.24"))


def _hosts(evidence: Evidence, endpoint: DeclaredEndpoint, declared: Declared, signals: Signals) -> Iterator[Contradiction]:
    side = Side("undeclared-host", endpoint.path, (endpoint.url,))
    subject = Subject("endpoint", endpoint.url)
    for observation in observations(evidence, subject, "http.redirects_elsewhere"):
        for host in items(observation):
            if _of_the_declared(host, declared, signals):
                continue
            what = Text(f"it redirects to {host}, which no entry declares", f"elle redirige vers {host}, qu'aucune entrée ne déclare")
            yield side.against(observation, what, host, ("iso27001:A.5.9",))
    for observation in observations(evidence, subject, "http.own_hosts"):
        for host in items(observation):
            what = Text(f"its pages load from {host}, which no entry declares", f"ses pages appellent {host}, qu'aucune entrée ne déclare")
            yield side.against(observation, what, host, ("iso27001:A.5.9",), Confidence.MEDIUM)


def _of_the_declared(host: str, declared: Declared, signals: Signals) -> bool:
    """Whether a host is that of an organisation under contract: who logs people in for others is sent them by a redirection."""
    known = (signal.organisation for signal in signals.signals if signal.kind in ("web_domain", "dns_suffix") and signal.matches(host))
    return bears_name(host, declared.organisations) or any(same_house(each, declared.organisations, declared) for each in known)


def _open_pages(evidence: Evidence, endpoint: DeclaredEndpoint) -> Iterator[Contradiction]:
    if not endpoint.login:
        return
    side = Side("open-login", endpoint.path, ("login: true",))
    for observation in observations(evidence, Subject("endpoint", endpoint.url), "http.open_private_pages"):
        for page in items(observation):
            what = Text(f"{page} is declared private and answers anyone", f"{page} est déclarée privée et répond à tous")
            yield side.against(observation, what, page, ("gdpr:32.1.b", "iso27001:A.5.15"), Confidence.MEDIUM)
