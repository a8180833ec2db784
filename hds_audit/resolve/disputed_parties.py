"""Organisations that were seen at work and that the description does not name: operators, third parties, mail relays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hds_audit.model.evidence import Contradiction, Declared, DeclaredDomain, DeclaredEndpoint, Evidence, Identification, Role, Subject
from hds_audit.model.fact import Confidence
from hds_audit.model.text import Text
from hds_audit.resolve.disputes import Side, bears_name, items, observations

_CONSENT = ("loi78-17:82", "cnil:2020-091", "gdpr:6")
_OPERATOR = ("iso27001:A.5.9", "iso27001:A.5.19", "gdpr:28.2")
_PARTY = ("loi78-17:82", "gdpr:30.1", "iso27001:A.5.9")
_BY_MAIL = {True: ("receives its mail", "reçoit ses messages"), False: ("may send its mail", "peut envoyer ses messages")}
_MAIL = ("iso27001:A.5.14", "gdpr:28.2")


def disputed_operators(known: Iterable[Identification], endpoint: DeclaredEndpoint, declared: Declared) -> Iterator[Contradiction]:
    """Who answers at an endpoint and is not among those declared to."""
    if endpoint.organisations is None:
        return
    side = Side("operator", endpoint.organisations_path or endpoint.path, endpoint.organisations)
    for each in _strangers(_playing(known, Subject("endpoint", endpoint.url), "answers"), endpoint.organisations, declared):
        what = Text(
            f"{each.organisation} answers there and is not declared ({each.by.en})",
            f"{each.organisation} y répond sans être déclaré ({each.by.fr})",
        )
        yield side.against(each.seen, what, each.organisation, _OPERATOR, each.confidence)


def disputed_third_parties(
    evidence: Evidence, known: Iterable[Identification], endpoint: DeclaredEndpoint, declared: Declared
) -> Iterator[Contradiction]:
    """Whom the pages of an endpoint load from without its being declared, or before the consent that is declared."""
    subject = Subject("endpoint", endpoint.url)
    present = _playing(known, subject, "in-page")
    yield from _before_consent(present, endpoint, declared)
    if endpoint.third_parties is None:
        return
    side = Side("third-party", endpoint.third_parties_path or endpoint.path, endpoint.third_parties)
    for each in _strangers(present, (*endpoint.third_parties, *(endpoint.organisations or ())), declared):
        what = Text(
            f"its pages load from {each.organisation}, which is not declared ({each.by.en})",
            f"ses pages appellent {each.organisation}, non déclaré ({each.by.fr})",
        )
        yield side.against(each.seen, what, each.organisation, _PARTY, each.confidence)
    recognised = {each.sign for each in present}
    for observation in observations(evidence, subject, "http.third_parties"):
        for host in items(observation):
            if host not in recognised and not bears_name(host, declared.organisations):
                what = Text(f"its pages load from {host}, which nothing declares", f"ses pages appellent {host}, que rien ne déclare")
                yield side.against(observation, what, host, _PARTY, Confidence.MEDIUM)


def disputed_mail(
    evidence: Evidence, known: Iterable[Identification], domain: DeclaredDomain, declared: Declared
) -> Iterator[Contradiction]:
    """Through whom the mail of a domain goes without its being declared."""
    if domain.mail_organisations is None:
        return
    subject = Subject("domain", domain.name)
    side = Side("mail-relay", domain.mail_path or domain.path, domain.mail_organisations)
    playing = (*_playing(known, subject, "receives-mail"), *_playing(known, subject, "sends-mail"))
    for each in _strangers(playing, domain.mail_organisations, declared):
        en, fr = _BY_MAIL[each.role == "receives-mail"]
        what = Text(
            f"{each.organisation} {en} and is not declared ({each.by.en})", f"{each.organisation} {fr} sans être déclaré ({each.by.fr})"
        )
        yield side.against(each.seen, what, each.organisation, _MAIL, each.confidence)
    recognised = {each.sign for each in playing}
    for name in ("mail.exchangers", "mail.spf_includes"):
        for observation in observations(evidence, subject, name):
            inner = {raw.what for raw in observation.raw if raw.said.startswith("included by ")}
            for host in items(observation):
                own = any(f".{host}".endswith(f".{each.name}") for each in declared.domains) or bears_name(host, domain.mail_organisations)
                if host not in recognised and host not in inner and not own:
                    what = Text(f"its mail goes through {host}, which nothing declares", f"ses messages passent par {host}, non déclaré")
                    yield side.against(observation, what, host, _MAIL, Confidence.MEDIUM)


def _before_consent(present: Iterable[Identification], endpoint: DeclaredEndpoint, declared: Declared) -> Iterator[Contradiction]:
    prior = tuple(name for name, consent in declared.consent.items() if consent == "prior")
    side = Side("consent", endpoint.path, ("consent: prior",))
    for each in _first_of_each(each for each in present if same_house(each.organisation, prior, declared)):
        what = Text(
            f"{each.organisation} is declared to wait for consent, and its tag is in the page as served",
            f"{each.organisation} est déclaré soumis au consentement préalable, et sa balise est dans la page servie",
        )
        yield side.against(each.seen, what, each.sign, _CONSENT, Confidence.MEDIUM)


def _playing(known: Iterable[Identification], subject: Subject, role: Role) -> tuple[Identification, ...]:
    return tuple(each for each in known if each.subject == subject and each.role == role)


def _strangers(present: Iterable[Identification], allowed: tuple[str, ...], declared: Declared) -> tuple[Identification, ...]:
    """The surest sign of each organisation of none of the groups allowed."""
    return _first_of_each(each for each in present if not same_house(each.organisation, allowed, declared))


def _first_of_each(present: Iterable[Identification]) -> tuple[Identification, ...]:
    """The surest sign of each organisation; a mere hint, or what is only recalled, contradicts nobody."""
    best: dict[str, Identification] = {}
    for each in sorted(present, key=lambda one: one.confidence.rank):
        if each.confidence != Confidence.LOW:
            best.setdefault(each.organisation, each)
    return tuple(best.values())


def same_house(one: str, others: tuple[str, ...], declared: Declared) -> bool:
    """Whether an organisation belongs to the group of one of the others."""
    head = declared.houses.get(one, one)
    return any(declared.houses.get(each, each) == head for each in others)
