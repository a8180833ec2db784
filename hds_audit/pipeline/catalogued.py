"""An entry of the catalogue as a person reads it: each fact with its source and its age."""

from collections.abc import Iterator
from datetime import date

from hds_audit.errors import MisuseError, Problem
from hds_audit.model.catalogue import Catalogue
from hds_audit.model.catalogued import CataloguedCertificate, Offer, Organisation
from hds_audit.model.choice_words import said_word
from hds_audit.model.text import Language, Text, counted

_WORDS = {
    "legal": Text("legal name", "dénomination"),
    "country": Text("country", "pays"),
    "owners": Text("owners", "détenteurs"),
    "owner": Text("owner", "détenteur"),
    "above": Text("above", "au-dessus"),
    "presence": Text("presence", "présence"),
    "subject": Text("subject to", "soumise à"),
    "offer": Text("offer", "offre"),
    "certificate": Text("certificate", "certificat"),
    "region": Text("region", "région"),
    "to": Text("to", "jusqu'au"),
    True: Text("holds on", "valable au"),
    False: Text("does not hold on", "non valable au"),
    None: Text("cannot be told for", "indéterminé au"),
}
_STATUSES = {
    "verified": Text("verified", "vérifié"),
    "secondary": Text("secondary source", "source secondaire"),
    "recalled": Text("recalled", "de mémoire"),
}
_HDS = {
    "covered": Text("covered", "couverte"),
    "not-covered": Text("not covered", "non couverte"),
    "unknown": Text("not known", "non établie"),
}
_STANDARDS = {
    "hds": "HDS", "hads": "HADS", "siaf": "SIAF", "iso27001": "ISO/IEC 27001", "iso27701": "ISO/IEC 27701", "iso27018": "ISO/IEC 27018",
    "iso20000": "ISO/IEC 20000-1", "secnumcloud": "SecNumCloud",
}  # fmt: skip
_READ = Text("read {}, {} before {}", "lu le {}, {} avant le {}")
_COLON = Text(":", " :")
_DAYS = Text("{} day", "{} jour"), Text("{} days", "{} jours")


def listed(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Every organisation: identifier, name, country."""
    for organisation in catalogue.organisations.values():
        yield organisation.id, organisation.name, organisation.country or "?"


def shown(catalogue: Catalogue, name: str, on: date, language: Language) -> Iterator[str]:
    """What the catalogue knows of an organisation on a day; raises MisuseError, with the nearest, where it is not known."""
    organisation = catalogue.organisation(name)
    if organisation is None:
        raise MisuseError(_unknown(catalogue, name))
    yield f"{organisation.id}  {organisation.name}"
    yield from _identity(catalogue, organisation, on, language)
    for offer in catalogue.offers_of(organisation.id):
        yield from _offer(offer, language)
    for certificate in catalogue.certificates_of(organisation.id):
        yield from _certificate(certificate, on, language)
    colon = _COLON.said(language)
    regions = [region for (owner, _), region in catalogue.regions.items() if owner == organisation.id]
    for region in regions:
        place = f"{region.country or '?'} {region.city or ''}"
        yield f"  {_said('region', language)} {region.code}{colon} {place} ({_status(region.status, language)}{_sources(region.sources)})"
    yield "  " + _READ.said(language).format(organisation.read, counted((on - organisation.read).days, *_DAYS, language), on)


def _identity(catalogue: Catalogue, organisation: Organisation, on: date, language: Language) -> Iterator[str]:
    colon = _COLON.said(language)
    yield f"  {_said('legal', language)}{colon} {organisation.legal_name or '?'}"
    status = f"{_status(organisation.country_status, language)}{_sources(organisation.sources)}"
    yield f"  {_said('country', language)}{colon} {organisation.country or '?'} ({status})"
    owners = organisation.owners_on(on)
    if owners is None:
        yield f"  {_said('owners', language)}{colon} ?"
    for owned in owners or ():
        yield f"  {_said('owner', language)}{colon} {owned.owner} ({_status(owned.status, language)})"
    for kin in catalogue.ancestry(organisation.id, on)[1:]:
        known = f"{kin.organisation.country or '?'}, {_status(kin.status, language)}"
        yield f"  {_said('above', language)}{colon} {' > '.join(kin.path)} ({known})"
    if organisation.presence:
        status = _status(organisation.presence_status, language)
        yield f"  {_said('presence', language)}{colon} {', '.join(organisation.presence)} ({status})"
    if organisation.subject_to:
        yield f"  {_said('subject', language)}{colon} {', '.join(organisation.subject_to)}"


def _offer(offer: Offer, language: Language) -> Iterator[str]:
    colon = _COLON.said(language)
    why = f"{colon} {offer.why.said(language).rstrip('.')}" if offer.why else ""
    status = _status(offer.status, language)
    yield (
        f"  {_said('offer', language)} {offer.id} [{offer.service}]{colon} "
        f"HDS {_HDS[offer.hds].said(language)}{why} ({status}{_sources(offer.sources)})"
    )


def _certificate(certificate: CataloguedCertificate, on: date, language: Language) -> Iterator[str]:
    holds = _WORDS[certificate.holds(on)].said(language)
    colon = _COLON.said(language)
    words = [word.said(language) if (word := said_word(each)) else each for each in certificate.activities or ("?",)]
    title = f"{_STANDARDS.get(certificate.standard, certificate.standard)} {certificate.version or ''}".strip()
    until = certificate.expires or certificate.span.until or "?"
    yield (
        f"  {_said('certificate', language)} {certificate.id}{colon} {title}, {holds} {on}, "
        f"{_said('to', language)} {until}, "
        f"{', '.join(words)} ({_status(certificate.source_status, language)}{_sources(certificate.sources)})"
    )
    if certificate.note:
        yield f"    {certificate.note.said(language)}"


def _said(word: str, language: Language) -> str:
    return _WORDS[word].said(language)


def _status(status: str | None, language: Language) -> str:
    """How well an entry is known, in words."""
    return _STATUSES[status].said(language) if status in _STATUSES else status or "?"


def _sources(sources: tuple[str, ...]) -> str:
    return f", {', '.join(sources)}" if sources else ""


def _unknown(catalogue: Catalogue, name: str) -> Problem:
    import difflib

    near = ", ".join(difflib.get_close_matches(name, [*catalogue.organisations, *catalogue.aliases], 3)) or "hds-audit catalogue list"
    return Problem("", f"the catalogue has no organisation {name}; see {near}", f"le catalogue n'a pas d'organisation {name} ; voir {near}")
