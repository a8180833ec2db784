"""Under which certificate an activity on a host is performed, and whether that certificate holds and covers it."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.model.exposure import ActivityVerdict
from hds_audit.model.fact import Confidence, Fact
from hds_audit.model.text import Text, of
from hds_audit.resolve.certificate_scope import Match, activities_of, match, offers_for
from hds_audit.resolve.graph import operator, organisation_id
from hds_audit.resolve.held import Held, contested, held_by
from hds_audit.resolve.organisations import called
from hds_audit.resolve.performers import Share, is_subcontractor, provider_of
from hds_audit.resolve.standing import Hold, Standing, standing
from hds_audit.resolve.things import Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

HOSTING = frozenset({"hds", "hads"})
FALLS_SHORT: tuple[ActivityVerdict, ...] = ("expired", "wrong-version", "out-of-scope", "not-covered")  # the first speaks for several
_ENDED: tuple[ActivityVerdict, ...] = ("expired", "wrong-version")
_OF_HOLD: dict[Hold, ActivityVerdict] = {"expired": "expired", "wrong-version": "wrong-version", "unknown": "unknown"}
_OF_FIT: dict[str, ActivityVerdict] = {"out": "out-of-scope", "contradicted": "conflict", "unknown": "unknown"}
_FROM_MEMORY = Text("the certificate is known from memory only", "le certificat n'est connu que de mémoire")
_TWICE = Text("its number is claimed twice, on other terms", "son numéro est revendiqué deux fois, à d'autres termes")
_CONTRADICTED = Text(
    "the description says that there is none; the catalogue knows one that holds",
    "la description dit qu'il n'y en a pas ; le catalogue en connaît un en vigueur",
)
HALF_SAID = Text(
    "a certificate listed as serving this host lacks its holder or its standard",
    "un certificat cité comme servant cet hébergeur n'indique pas son titulaire ou son référentiel",
)
_NOT_NAMED = Text(
    "the certificates listed as serving this host are to other standards; the catalogue knows one for health hosting that may hold",
    "les certificats cités comme servant cet hébergeur relèvent d'autres référentiels ; le catalogue en connaît un, HDS, peut-être valide",
)
_RENEWED = Text("; whether it was renewed is not known", " ; on ne sait s'il a été renouvelé")


class Cover(NamedTuple):
    """What one certificate does for an activity on a host; `held` None: no certificate at all."""

    verdict: ActivityVerdict
    held: Held | None
    reason: Text
    missing: tuple[str, ...] = ()
    confidence: Confidence = Confidence.HIGH

    @property
    def grounds(self) -> tuple[Fact, ...]:
        """The certificate as a fact."""
        return (self.held.fact,) if self.held else ()


class Serving(NamedTuple):
    """The certificates of one holder that may serve a host; `closed`: the description lists all that do."""

    found: tuple[Held, ...]
    closed: bool


def cover(world: "World", host: Subject, activity: str, share: Share) -> Cover:
    """The best that the certificates of those concerned do for one share of an activity."""
    provider = provider_of(world, host)
    covers = [_of_holder(world, host, activity, name, own=name == provider) for name in _holders(world, host, share)]
    best = _best(covers) or Cover("unknown", None, _none_said(called(world, share.by) if share.by else ""), (f"{host.path}.certificates",))
    if best.verdict != "covered" and _perhaps_subcontractor(world, host, share):
        principal = _of_holder(world, host, activity, provider, own=True)
        if principal.verdict in ("covered", "unknown"):
            return _perhaps_under(host, share, principal)
    return best


def _holders(world: "World", host: Subject, share: Share) -> tuple[str, ...]:
    """Whose certificates count: the one named, else the provider's for itself and its subcontractors, then the performer's own."""
    provider = provider_of(world, host)
    if share.under is not None:
        return (share.under,)
    if share.by == provider:
        return (provider,)
    return (provider, share.by) if is_subcontractor(world, host, share.by) else (share.by,)


def _perhaps_subcontractor(world: "World", host: Subject, share: Share) -> bool:
    return share.under is None and share.by != provider_of(world, host) and is_subcontractor(world, host, share.by) is None


def _perhaps_under(host: Subject, share: Share, principal: Cover) -> Cover:
    said = Text(
        f"whether {share.by} works here as a subcontractor of the certified provider is not said",
        f"on ne sait si {share.by} agit ici comme sous-traitant du fournisseur certifié",
    )
    return Cover("unknown", principal.held, said, (f"{host.path}.subcontractors", *principal.missing))


def _none_said(holder: str) -> Text:
    name = holder or "?"
    return Text(f"no HDS certificate of {name} is declared or known", f"aucun certificat HDS {of(name)} n'est déclaré ni connu")


def _of_holder(world: "World", host: Subject, activity: str, holder: str, *, own: bool) -> Cover:
    key = ("cover", host.id, activity, holder)
    return world.once(key, lambda _: _judged(world, host, activity, holder, own=own))


def _judged(world: "World", host: Subject, activity: str, holder: str, *, own: bool) -> Cover:
    serving = serving_certificates(world, host, holder, HOSTING, own=own)
    judged = [_one(world, host, activity, each, own=own) for each in serving.found]
    covers = [_asked_of(host, each) for each in _living([each for each in judged if each is not None])]
    declared = any(each.held is not None and each.held.declared for each in covers)
    best = _best(covers)
    fallen = best is None or best.verdict in FALLS_SHORT
    if own and fallen and (asked := half_said(world, host, holder, HOSTING)):
        return Cover("unknown", None, HALF_SAID, asked)
    if serving.closed and not declared:
        coming, named = [each for each in serving.found if each.declared], bool(host.record.values.get("certificates"))
        return _said_to_have_none(world, holder, covers, coming, named=named)
    if best is not None:
        return best
    if own and _known_uncovered(world, host):
        said = Text(
            "the catalogue knows no HDS certificate for this offer", "le catalogue ne connaît aucun certificat HDS pour cette offre"
        )
        return Cover("not-covered", None, said, (f"{host.path}.certificates",), Confidence.MEDIUM)
    if holder == operator(world) and isinstance(host.fact("certificates").value, tuple):
        name = called(world, holder)
        own_word = Text(
            f"none of the certificates listed as serving this host is of {name}, whose application this is",
            f"aucun des certificats cités comme servant cet hébergeur n'est {of(name)}, dont c'est l'application",
        )
        return Cover("not-covered", None, own_word, confidence=Confidence.MEDIUM)
    return Cover("unknown", None, _none_said(called(world, holder)), (f"{host.path}.certificates",))


def serving_certificates(world: "World", host: Subject, holder: str, standards: frozenset[str], *, own: bool) -> Serving:
    """The certificates of a holder to these standards; the host's own list says which of its provider's serve it."""
    listed = host.record.values.get("certificates")
    names = {str(item) for item in listed} if isinstance(listed, tuple) else set[str]()
    closed = own and isinstance(listed, tuple)
    found = [each for each in held_by(world, holder) if each.standard in standards]
    return Serving(tuple(each for each in found if not (closed and each.declared) or each.id in names), closed)


def half_said(world: "World", host: Subject, holder: str, standards: frozenset[str]) -> tuple[str, ...]:
    """What to declare of the certificates that may serve a host and lack a holder or a standard, where they may be to one of these."""
    listed = host.record.values.get("certificates")
    names = {str(item) for item in listed} if isinstance(listed, tuple) else None
    asked = []
    for each in (subject for subject in world.subjects("certificate") if names is None or subject.id in names):
        said, standard = each.record.values.get("holder"), each.record.values.get("standard")
        possible = (said is None or organisation_id(world, str(said)) == holder) and (standard is None or str(standard) in standards)
        lacking = [key for key in ("holder", "standard") if key not in each.record.values]
        asked += [f"{each.path}.{key}" for key in lacking] if possible else []
    return tuple(asked)


def _living(covers: list[Cover]) -> list[Cover]:
    """The catalogue's ended certificates leave the stage to those it knows to follow them, and to a declared one that may do or ended too.

    Alone, they may have been renewed.
    """
    known = [each for each in covers if each.held is not None and not each.held.declared]
    told = any(each.verdict in _ENDED for each in covers if each not in known)
    shown = any(each.verdict in ("covered", "conflict", "unknown") for each in covers if each not in known)
    followed = told or shown or any(each.verdict not in _ENDED for each in known)
    return [_softened(each) for each in covers if each not in known or not followed or each.verdict not in _ENDED]


def _asked_of(host: Subject, found: Cover) -> Cover:
    """What is to be declared of a certificate that the catalogue alone knows, said of the host."""
    return found._replace(missing=tuple(f"{host.path}.certificates" if path == "certificates" else path for path in found.missing))


def _one(world: "World", host: Subject, activity: str, held: Held, *, own: bool) -> Cover | None:
    """What one certificate does; None for one that is not issued yet. Where it falls short anyway, whether it holds does not matter."""
    stands = standing(held, world.as_of)
    if stands.hold == "not-yet":
        return None
    if stands.hold in ("expired", "wrong-version"):
        return Cover(_OF_HOLD[stands.hold], held, stands.reason, stands.missing, stands.confidence)
    if held.id in contested(world) and held.declared:
        return Cover("conflict", held, _TWICE, held.ask("number"))
    found = _covering(world, host, activity, held, stands, own=own)
    if stands.hold == "unknown" and (found.verdict in ("covered", "unknown") or _known_later(held, world.as_of)):
        return Cover("unknown", held, stands.reason, (*stands.missing, *found.missing), stands.confidence)
    return found


def _known_later(held: Held, on: date) -> bool:
    """Whether all we have of it is what the catalogue has known since a later day: what it leaves out then says nothing of before."""
    since = held.known.span.since if held.known and held.declared is None else None
    return since is not None and on < since


def _covering(world: "World", host: Subject, activity: str, held: Held, stands: Standing, *, own: bool) -> Cover:
    """What it names and where it reaches, taken that it holds."""
    named = activities_of(held)
    if named is None:
        unsaid = Text(f"{held.id}: which activities it covers is not known", f"{held.id} : les activités couvertes ne sont pas connues")
        return Cover("unknown", held, unsaid, held.ask("activities"))
    if activity not in named:
        absent = Text(f"{held.id} does not name this activity", f"{held.id} ne nomme pas cette activité")
        return Cover("not-covered", held, absent, confidence=held.fact.confidence)
    found = _placed(held, match(world, held, host, activity, own=own), stands.reason, stands.confidence)
    sought = found.verdict == "covered" and held.declared is not None and held.declared.record.values.get("listed") is False
    return Cover("unknown", held, _not_found(held.id), held.ask("listed")) if sought else found


def _not_found(name: str) -> Text:
    return Text(
        f"{name} was looked for on the public list and not found: ask its holder and the body that issued it",
        f"{name} a été recherché sur la liste publique sans y être trouvé : interrogez son titulaire et l'organisme qui l'a délivré",
    )


def _placed(held: Held, fits: Match, reason: Text, sure: Confidence) -> Cover:
    if fits.fit == "in":
        known = reason if fits.confidence is Confidence.HIGH else fits.reason
        return Cover("covered", held, known, confidence=max(sure, fits.confidence, held.fact.confidence, key=lambda each: each.rank))
    return Cover(_OF_FIT[fits.fit], held, fits.reason, fits.missing, sure)


def _softened(found: Cover) -> Cover:
    """The catalogue's word alone: memory decides nothing, and an end or a version that it knew may have been renewed since."""
    held = found.held
    if held is None or held.declared is not None:
        return found
    if held.recalled:
        return found._replace(verdict="unknown", reason=_FROM_MEMORY, missing=("certificates",))
    if found.verdict in ("expired", "wrong-version"):
        return found._replace(verdict="unknown", reason=perhaps_renewed(found.reason), missing=("certificates",))
    return found


def perhaps_renewed(reason: Text) -> Text:
    """Why a certificate no longer holds, where the catalogue alone says so."""
    return Text(reason.en + _RENEWED.en, reason.fr + _RENEWED.fr)


def _said_to_have_none(world: "World", holder: str, known: Iterable[Cover], later: Iterable[Held], *, named: bool) -> Cover:
    """The description closes the list: a certificate that the catalogue knows to hold, and perhaps to cover, contradicts it.

    A list that names others (`named`) is not the word that there is none: one that may hold contradicts it as well.
    """
    valid = next((each for each in known if _contradicts(world, each, named=named)), None)
    if valid is not None:
        return Cover("conflict", valid.held, _NOT_NAMED if named else _CONTRADICTED, ("certificates",))
    if (coming := next(iter(later), None)) is not None:  # those listed that count are judged: what is left was not issued yet
        return Cover("not-covered", coming, standing(coming, world.as_of).reason)
    name = called(world, holder)
    said = Text(
        f"{name} is said to have no HDS certificate for this host",
        f"il est déclaré que {name} n'a aucun certificat HDS pour cet hébergement",
    )
    return Cover("not-covered", None, said)


def _contradicts(world: "World", found: Cover, *, named: bool) -> bool:
    if found.held is None or found.held.recalled or found.verdict not in ("covered", "unknown"):
        return False
    return standing(found.held, world.as_of).hold in (("holds", "unknown") if named else ("holds",))


def _known_uncovered(world: "World", host: Subject) -> bool:
    offers = offers_for(world, host)
    return bool(offers) and all(each.hds == "not-covered" and each.status != "recalled" for each in offers)


def _best(covers: Iterable[Cover]) -> Cover | None:
    """One that covers; else one that might; else the first of those that fall short, in the order of the verdicts."""
    order = ("covered", "conflict", "unknown", *FALLS_SHORT)
    return min(covers, key=lambda each: (order.index(each.verdict), each.confidence.rank, _known_only(each), -_seen(each)), default=None)


def _known_only(found: Cover) -> bool:
    return found.held is None or found.held.declared is None


def _seen(found: Cover) -> int:
    """The last day that the catalogue saw it held, as a number: of two that it alone knows the later one speaks."""
    known = found.held.known if found.held else None
    return known.seen.toordinal() if known and known.seen and found.held and found.held.declared is None else 0
