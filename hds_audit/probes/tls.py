"""Versions and suites of TLS at one address of an endpoint or of a mail exchanger.

Everything is told from hand-made hellos, so a version that the local OpenSSL can no longer speak is seen all the same.
Not looked at: resumption, early data, Heartbleed, ROBOT and other named attacks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from hds_audit.model.evidence import Observation, Raw, Status
from hds_audit.model.text import Text
from hds_audit.probes.failure import FailedLookError
from hds_audit.probes.flight import Flight
from hds_audit.probes.handshake import NO_MORE, Round, accepts_ssl2, ask, groups_round, suites_round
from hds_audit.probes.hello import (
    EXTENDED_MASTER_SECRET,
    GROUPS,
    POST_QUANTUM,
    RENEGOTIATION_INFO,
    SSL3,
    TLS10,
    TLS11,
    TLS12,
    TLS13,
    VERSION_NAMES,
    Offer,
)
from hds_audit.probes.probe import Probe, Visit
from hds_audit.probes.suites import CLASSIC_SUITES, TLS13_SUITES, Suite

_ACCEPTS = {
    SSL3: "tls.accepts_ssl3",
    TLS10: "tls.accepts_tls10",
    TLS11: "tls.accepts_tls11",
    TLS12: "tls.accepts_tls12",
    TLS13: "tls.accepts_tls13",
}
_ENCRYPTED = Text("TLS 1.3 sends it encrypted", "TLS 1.3 l'envoie chiffré")
_ONE_SUITE = Text("There is no choice between suites to see", "Il n'y a pas de choix entre suites à observer")
_SILENCES = 2  # versions that may meet with silence before a server is taken for none
_BY_CODE = {suite.code: suite for suite in (*CLASSIC_SUITES, *TLS13_SUITES)}
_WEAK: dict[str, Callable[[Suite], bool]] = {
    "tls.rc4": lambda suite: "_RC4_" in suite.name,
    "tls.triple_des": lambda suite: "_3DES_" in suite.name,
    "tls.des": lambda suite: "_DES_" in suite.name or "_DES40_" in suite.name,
    "tls.export": lambda suite: "_EXPORT_" in suite.name,
    "tls.null": lambda suite: "_NULL_" in suite.name,
    "tls.anonymous": lambda suite: suite.anonymous,
}


@dataclass(frozen=True, slots=True)
class Survey:
    """All rounds at one address, oldest version first; `courteous` where only weak suites were gone through."""

    rounds: tuple[Round, ...]
    ssl2: bool | None
    courteous: bool

    @property
    def spoken(self) -> tuple[Round, ...]:
        """The rounds of the versions that are accepted."""
        return tuple(each for each in self.rounds if accepted(each, True))

    @property
    def suites(self) -> tuple[Suite, ...]:
        """Every suite accepted in any version."""
        codes = {flight.suite for each in self.rounds for flight in each.flights}
        return tuple(suite for code, suite in _BY_CODE.items() if code in codes)

    @property
    def whole(self) -> bool:
        """Whether every accepted version was gone through to its end, and one is accepted at all."""
        return bool(self.spoken) and all(each.whole for each in self.rounds)


def accepted(each: Round, speaks_tls: bool) -> bool | None:
    """Whether a version is accepted; a refusal counts only from a server that accepts another, since it may otherwise be no TLS server."""
    if each.flights:
        return True
    end = each.end
    if end is None or not speaks_tls:
        return None
    return False if each.whole else None


def run(visit: Visit) -> Iterator[Observation]:
    """Look at one address."""
    courteous = visit.subject.kind == "exchanger"
    survey = Survey(_rounds(visit, courteous), accepts_ssl2(visit), courteous)
    yield from _versions(visit, survey)
    yield from _weaknesses(visit, survey)
    if not courteous:
        yield from _suites(visit, survey)
        yield from _exchange(visit, survey)
        yield from _manners(visit, survey)


def _rounds(visit: Visit, courteous: bool) -> tuple[Round, ...]:
    found: list[Round] = []
    for version in sorted(_ACCEPTS, reverse=True):
        try:
            found.append(_round(visit, version, courteous))
        except FailedLookError:
            if not any(each.flights for each in found):
                raise
            found.append(Round(version, (), NO_MORE))
        if len(found) == _SILENCES and all(each.first is not None and each.first.kind == "silent" for each in found):
            raise FailedLookError("target", "nothing answers a TLS hello there", "rien n'y répond à une négociation TLS")
    return tuple(_believed(each) for each in found[::-1]) if _hung_up_on(visit, found) else tuple(found[::-1])


def _hung_up_on(visit: Visit, found: list[Round]) -> bool:
    """Whether a server that ended a round by hanging up now hangs up on what it had accepted: it has had enough, and refused nothing."""
    known = next((each.flights[0] for each in found if each.flights), None)
    if known is None or not any(each.end is not None and each.end.kind == "closed" for each in found):
        return False
    try:
        return ask(visit, Offer(known.version, (known.suite,), host=visit.host)).kind != "hello"
    except FailedLookError:
        return True


def _believed(each: Round) -> Round:
    """A round whose end shows nothing where it was a mere hang-up."""
    return replace(each, end=NO_MORE) if each.end is not None and each.end.kind == "closed" else each


def _round(visit: Visit, version: int, courteous: bool) -> Round:
    if not courteous:
        return suites_round(visit, version)
    every = TLS13_SUITES if version == TLS13 else CLASSIC_SUITES
    answer = ask(visit, Offer(version, tuple(suite.code for suite in every), host=visit.host))
    if answer.kind != "hello" or answer.version != version or version == TLS13:
        right = answer.kind == "hello" and answer.version == version
        return Round(version, (answer,) if right else (), None if right else answer)
    weak = suites_round(visit, version, tuple(suite for suite in CLASSIC_SUITES if not suite.anonymous and _weak(suite)))
    return Round(version, (answer, *weak.flights), weak.end)


def _weak(suite: Suite) -> bool:
    return any(test(suite) for test in _WEAK.values())


def _versions(visit: Visit, survey: Survey) -> Iterator[Observation]:
    speaks = any(each.flights for each in survey.rounds)
    yield visit.answer("tls.accepts_ssl2", survey.ssl2 if speaks or survey.ssl2 else None)
    for each in survey.rounds:
        raw = (Raw("answer", str(each.first)),) if each.first else ()
        yield visit.answer(_ACCEPTS[each.version], accepted(each, speaks), *raw)
    found = tuple(VERSION_NAMES[each.version] for each in survey.spoken)
    known = all(accepted(each, speaks) is not None for each in survey.rounds)
    yield visit.listed("tls.versions", found, whole=known)


def _weaknesses(visit: Visit, survey: Survey) -> Iterator[Observation]:
    for name, test in _WEAK.items():
        if survey.courteous and name == "tls.anonymous":
            continue  # opportunistic encryption offers these on purpose: no flaw of an exchanger
        found = tuple(suite.name for suite in survey.suites if test(suite))
        yield visit.answer(name, True if found else False if survey.whole else None, *(Raw("suite", suite) for suite in found))


def _suites(visit: Visit, survey: Survey) -> Iterator[Observation]:
    names = tuple(suite.name for suite in survey.suites)
    bare = tuple(suite.name for suite in survey.suites if not suite.forward_secret)
    loose = tuple(suite.name for suite in survey.suites if not suite.aead)
    yield visit.listed("tls.suites", names, whole=survey.whole)
    yield visit.listed("tls.suites_without_forward_secrecy", bare, whole=survey.whole)
    yield visit.listed("tls.suites_without_aead", loose, whole=survey.whole)


def _exchange(visit: Visit, survey: Survey) -> Iterator[Observation]:
    sizes = [flight.dh_bits for each in survey.rounds for flight in each.flights if flight.dh_bits]
    status: Status = "seen" if sizes else "not-seen" if survey.whole else "not-testable"
    yield visit.note("tls.dh_bits", status, min(sizes, default=None))
    groups = _groups(visit, survey)
    codes = {flight.group for each in groups for flight in each.flights}
    whole = bool(survey.spoken) and all(each.whole for each in groups)
    yield visit.listed("tls.groups", tuple(name for code, name in GROUPS.items() if code in codes), whole=whole)
    hybrid = bool(codes & POST_QUANTUM)
    yield visit.answer("tls.post_quantum", True if hybrid else False if whole else None)


def _groups(visit: Visit, survey: Survey) -> tuple[Round, ...]:
    rounds = []
    for each in survey.spoken:
        curves = tuple(flight.suite for flight in each.flights if (suite := _BY_CODE[flight.suite]).elliptic and not suite.anonymous)
        if each.version == TLS13:
            rounds.append(groups_round(visit, TLS13, tuple(suite.code for suite in TLS13_SUITES)))
        elif each.version == TLS12 and curves:
            rounds.append(groups_round(visit, TLS12, curves))
    return tuple(rounds)


def _manners(visit: Visit, survey: Survey) -> Iterator[Observation]:
    classic = [flight for each in survey.rounds if each.version != TLS13 for flight in each.flights]
    hidden = _ENCRYPTED if survey.spoken and not classic else None
    modern = any(each.version == TLS13 for each in survey.spoken)
    yield visit.answer(
        "tls.server_order", order := _server_order(visit, survey), why=_ONE_SUITE if order is None and survey.whole else None
    )
    yield visit.answer("tls.compression", any(flight.compressed for flight in classic) if survey.spoken else None)
    yield visit.answer("tls.secure_renegotiation", _always(classic, RENEGOTIATION_INFO, modern))
    yield visit.answer("tls.extended_master_secret", _always(classic, EXTENDED_MASTER_SECRET, modern))
    yield visit.answer("tls.ocsp_staple", any(flight.stapled for flight in classic) if classic else None, why=hidden)
    yield visit.answer("tls.client_certificate", any(flight.asks_certificate for flight in classic) if classic else None, why=hidden)


def _always(flights: list[Flight], extension: int, modern: bool) -> bool | None:
    """Whether each answer of TLS 1.0 to 1.2 carries an extension; TLS 1.3 has what it stands for built in."""
    concerned = [flight for flight in flights if flight.version > SSL3]
    if not concerned:
        return True if modern else None
    return all(extension in flight.extensions for flight in concerned)


def _server_order(visit: Visit, survey: Survey) -> bool | None:
    """Offer what is accepted the other way round: the same choice is the server's own."""
    rounds = [each for each in survey.spoken if len(each.flights) > 1]
    if not rounds:
        return None
    best = min(rounds, key=lambda each: (each.version == TLS13, -each.version))
    codes = tuple(flight.suite for flight in best.flights)
    try:
        answer = ask(visit, Offer(best.version, codes[::-1], host=visit.host))
    except FailedLookError:
        return None
    if answer.kind != "hello" or answer.suite not in codes:
        return None
    return answer.suite == codes[0]


PROBE = Probe(
    Text("Versions and suites of TLS", "Versions et suites de TLS"),
    ("endpoint-address", "exchanger-address"),
    (
        "tls.accepts_ssl2",
        *_ACCEPTS.values(),
        "tls.versions",
        *_WEAK,
        "tls.suites",
        "tls.suites_without_forward_secrecy",
        "tls.suites_without_aead",
        "tls.dh_bits",
        "tls.groups",
        "tls.post_quantum",
        "tls.server_order",
        "tls.compression",
        "tls.secure_renegotiation",
        "tls.extended_master_secret",
        "tls.ocsp_staple",
        "tls.client_certificate",
    ),
    run,
    Text("It did not answer every hello, or accepted none", "Il n'a pas répondu à chaque proposition, ou n'en a accepté aucune"),
)
