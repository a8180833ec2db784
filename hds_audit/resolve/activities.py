"""The six activities of CSP R.1111-9: on each host that hosts health data, who performs them and under which certificate."""

from typing import TYPE_CHECKING, NamedTuple

from hds_audit.model.exposure import ActivityRow, ActivityVerdict
from hds_audit.model.fact import UNKNOWN, Confidence, Fact, Origin
from hds_audit.model.format.words import ACTIVITIES
from hds_audit.model.text import Text
from hds_audit.resolve.attested import attested
from hds_audit.resolve.certificate_scope import INFRASTRUCTURE
from hds_audit.resolve.copies import kept_copies
from hds_audit.resolve.cover import FALLS_SHORT, cover
from hds_audit.resolve.custodians import exemption
from hds_audit.resolve.graph import components_on, host_of, operator, perhaps_on, reaching
from hds_audit.resolve.performers import Share, by_convention, provider_of, shares
from hds_audit.resolve.things import Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

OWN_ADMINISTRATION = "csp:R.1111-9.5"  # the control under which a person decides whether a publisher exercises activity 5
_EXEMPT = Text(
    "it performs it for itself: it is the controller of all the health data here",
    "elle l'exerce pour elle-même : elle est responsable de traitement de toutes les données de santé présentes",
)
_TWICE = Text("the same performer claims it under two certificates", "le même acteur le revendique sous deux certificats")
_NOT_HOSTING = Text(
    "a publisher that relies on certified hosts throughout is not taken to be a host for this",
    "un éditeur qui s'appuie entièrement sur des hébergeurs certifiés n'est pas tenu pour hébergeur à ce titre",
)
_DEBATED = Text(
    "whether a publisher that administers its own application exercises activity 5 is debated",
    "qu'un éditeur administrant sa propre application exerce l'activité 5 est débattu",
)
_DECIDED = Text(
    "a person signed the opinion that the publisher's own administration is no hosting; the question is debated",
    "une personne a signé l'avis que l'administration par l'éditeur lui-même n'est pas de l'hébergement ; la question est débattue",
)
_HOSTS_FIRST = Text(
    "turns on whether all the hosts under it are certified, which is not shown",
    "dépend de la certification de tous les hébergeurs sous-jacents, qui n'est pas démontrée",
)
_ON_UNCERTIFIED = Text(
    "a host under it is not certified for what it does: whether the publisher is then a host itself is debated",
    "un hébergeur sous-jacent n'est pas certifié pour ce qu'il fait : que l'éditeur soit alors lui-même hébergeur est débattu",
)
_SCOPE_FIRST = Text(
    "turns on whether health data in the scope of CSP L.1111-8 are hosted here, which is not known",
    "dépend de l'hébergement ici de données relevant de l'article L.1111-8 CSP, qui n'est pas établi",
)
_PERHAPS_ANOTHERS = Text(
    "the provider's certificate does not name it: who performs it here, and under whose certificate, is to be said",
    "le certificat du fournisseur ne la nomme pas : dites qui l'exerce ici, et sous quel certificat",
)
_RESTS_ON = Text(
    "it rests on others, and nobody says which of them performs this",
    "elle s'appuie sur d'autres, et personne ne dit lequel l'exerce",
)
_NOBODY_SAID = Text("nobody says who performs it", "personne ne dit qui l'exerce")


class Row(NamedTuple):
    """An activity with its grounds, before it is told: `waits` for what the other rows say of the hosts underneath."""

    row: ActivityRow
    grounds: tuple[Fact, ...]
    confidence: Confidence = Confidence.HIGH
    waits: bool = False


def activities(world: "World") -> tuple[ActivityRow, ...]:
    """Every activity of every host that hosts health data or may, a row for each performer, in the order of the description."""
    return tuple(row.row for row in rows(world))


def rows(world: "World") -> tuple[Row, ...]:
    """The same with their grounds."""
    return world.once("activities", _rows)


def rows_of(world: "World", host: str) -> tuple[Row, ...]:
    """Those of one host."""
    return world.once("activities by host", _by_host).get(host, ())


def _by_host(world: "World") -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = {}
    for row in rows(world):
        found.setdefault(row.row.host, []).append(row)
    return {host: tuple(listed) for host, listed in found.items()}


def _rows(world: "World") -> tuple[Row, ...]:
    first = [row for host in world.subjects("host") if _concerned(world, host) for row in _of_host(world, host)]
    underneath = [row.row for row in first if not row.waits]
    return tuple(_publisher(world, row, underneath) if row.waits else row for row in first)


def _concerned(world: "World", host: Subject) -> bool:
    """Hosts whose components keep health data in scope, or may, and those that are sent some without a word on what they keep."""
    if components_on(world, host.id) or perhaps_on(world, host):
        return host.fact("handles_hds_data").value is not False
    return any(flow.fact("carries_hds").value is True for flow in reaching(world, host))


def _of_host(world: "World", host: Subject) -> list[Row]:
    return [row for activity in ACTIVITIES for row in _of_activity(world, host, activity)]


def _of_activity(world: "World", host: Subject, activity: str) -> list[Row]:
    performed = shares(world, host, activity)
    twice = {share.by for share in performed if sum(other.by == share.by for other in performed) > 1}
    kept = {(share.by, share.under): share for share in performed}
    return [_row(world, host, activity, share, claimed_twice=share.by in twice) for share in kept.values()]


def _row(world: "World", host: Subject, activity: str, share: Share, *, claimed_twice: bool) -> Row:
    scope = host.fact("handles_hds_data")
    if not share.by and (keeper := _keeper(world, host, activity, share)):
        return _row(world, host, activity, keeper, claimed_twice=False)
    if not share.by:
        first = scope.value is UNKNOWN  # who performs it matters once it is known that anything is hosted
        return _made(
            host,
            activity,
            share,
            "unknown",
            (scope.doubt or _SCOPE_FIRST) if first else _NOBODY_SAID,
            scope.missing if first else share.missing,
        )
    if claimed_twice:
        return _made(host, activity, share, "conflict", _TWICE, (f"{host.path}.responsibilities.{activity}",))
    exempt = exemption(world, host, share.by)
    if exempt.value is True and by_convention(share) and host.record.values.get("subcontractors"):
        return _made(host, activity, share, "unknown", _RESTS_ON, (f"{host.path}.responsibilities.{activity}",), grounds=exempt.because)
    if exempt.value is True:
        return _made(host, activity, share, "exempt", _EXEMPT, grounds=exempt.because)
    found = cover(world, share.via or host, activity, share)
    said = (found.verdict, found.reason, found.missing, found.held.id if found.held else "", found.confidence, found.grounds)
    if found.verdict == "not-covered" and _perhaps_anothers(world, host, activity, share):
        asked = (f"{host.path}.responsibilities.{activity}",)
        return _made(host, activity, share, "unknown", _PERHAPS_ANOTHERS, asked, said[3], Confidence.MEDIUM, found.grounds)
    if found.verdict != "covered" and _publishes(world, host, activity, share):
        return _made(host, activity, share, "unknown", _HOSTS_FIRST, exempt.missing)._replace(waits=True)
    if found.verdict in FALLS_SHORT and (exempt.value is UNKNOWN or share.missing):
        return _made(host, activity, share, "unknown", exempt.doubt or found.reason, (*exempt.missing, *share.missing), said[3])
    if found.verdict in FALLS_SHORT and scope.value is UNKNOWN:
        return _made(host, activity, share, "unknown", scope.doubt or _SCOPE_FIRST, scope.missing, said[3], Confidence.LOW, (scope,))
    return _made(host, activity, share, *said)


def _keeper(world: "World", host: Subject, activity: str, share: Share) -> Share | None:
    """The provider that is said to keep health data and to have no certificate: whoever performs the activity, it hosts without one."""
    provider = provider_of(world, host)
    if not provider or host.fact("hosts_hds_data").value is not True:
        return None
    keeper = Share(provider, None, share.fact)
    found = cover(world, host, activity, keeper)
    return keeper if found.verdict == "not-covered" and found.held is None else None


def _perhaps_anothers(world: "World", host: Subject, activity: str, share: Share) -> bool:
    """Whether the machines may be another's: nobody says whose, and the provider is certified for what stands above them.

    Who says that it rests on nobody has them itself. Backing up may be another's where copies of all that lies here are kept elsewhere.
    """
    if activity == "backup" and by_convention(share) and _backed_up_elsewhere(world, host):
        return any(cover(world, host, other, share).verdict in ("covered", "unknown") for other in ACTIVITIES[2:-1])
    if activity not in INFRASTRUCTURE or not by_convention(share) or host.fact("subcontractors_all").value == ():
        return False
    above = [cover(world, host, other, share) for other in ACTIVITIES if other not in INFRASTRUCTURE]
    return any(each.held is not None and each.verdict in ("covered", "unknown") for each in above)


def _backed_up_elsewhere(world: "World", host: Subject) -> bool:
    """Whether all that is kept here has a backup on another host."""
    kept = [each for each in components_on(world, host.id) if each.fact("holds_hds_data").value is not False]
    copies = [[host_of(world, copy) for copy in kept_copies(world, each.id)] for each in kept]
    return bool(copies) and all(any(there is not None and there.id != host.id for there in each) for each in copies)


def _publishes(world: "World", host: Subject, activity: str, share: Share) -> bool:
    """Whether the performer is the application's own operator, above machines that are another's."""
    return share.by == operator(world) and provider_of(world, host) != share.by and activity not in INFRASTRUCTURE


def _made(
    host: Subject, activity: str, share: Share, verdict: ActivityVerdict, reason: Text, missing: tuple[str, ...] = (),
    certificate: str = "", sure: Confidence = Confidence.HIGH, grounds: tuple[Fact, ...] = (),
) -> Row:  # fmt: skip
    asked = () if verdict in ("covered", "exempt", "not-hosting") else tuple(dict.fromkeys(missing))
    row = ActivityRow(host.id, activity, share.by, certificate, verdict, _with_origin(reason, share), asked, share.origin.value)
    return Row(row, (share.fact, *grounds), max(sure, share.fact.confidence, key=lambda each: each.rank))


def _with_origin(reason: Text, share: Share) -> Text:
    """The reason, with how the performer is known where the description does not say."""
    if share.fact.doubt is None or share.origin is not Origin.CATALOGUED:
        return reason
    return Text(f"{reason.en}; {share.fact.doubt.en}", f"{reason.fr} ; {share.fact.doubt.fr}")


def _publisher(world: "World", row: Row, underneath: list[ActivityRow]) -> Row:
    """A publisher wholly on certified hosts is no host; its own administration is debated, and never fails by itself.

    What is debated is settled by an opinion that a person signs, where the hosts underneath are certified.
    """
    certified = bool(underneath) and {each.verdict for each in underneath} <= {"covered", "exempt"}
    own = f"hosts.{row.row.host}.responsibilities.{row.row.activity}"
    if row.row.activity == "administration":
        opinion = attested(world, OWN_ADMINISTRATION, "not-applicable", row.row.host)
        if certified and opinion:
            told = row.row._replace(verdict="not-hosting", reason=_DECIDED, missing=())
            return row._replace(row=told, grounds=(*row.grounds, *opinion), confidence=Confidence.LOW)
        said = row.row.origin != Origin.CATALOGUED.value
        told = row.row._replace(reason=_DEBATED, missing=(*row.row.missing, f"attestations.{OWN_ADMINISTRATION}" if said else own))
        return row._replace(row=told, confidence=Confidence.LOW)
    if certified:
        told = row.row._replace(verdict="not-hosting", reason=_NOT_HOSTING, missing=())
        return row._replace(row=told, confidence=Confidence.MEDIUM)
    if lacking := tuple(dict.fromkeys(f"hosts.{each.host}.certificates" for each in underneath if each.verdict in FALLS_SHORT)):
        return row._replace(row=row.row._replace(reason=_ON_UNCERTIFIED, missing=lacking), confidence=Confidence.LOW)
    asked = tuple(dict.fromkeys((*row.row.missing, *(path for each in underneath for path in each.missing))))
    return row._replace(row=row.row._replace(missing=asked or (own,)), confidence=Confidence.LOW)
