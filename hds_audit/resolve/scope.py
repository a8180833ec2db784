"""The data: which are personal, which are health data, which are in the scope of health hosting (CSP L.1111-8)."""

from typing import TYPE_CHECKING, NamedTuple

from hds_audit.model.fact import UNKNOWN, Confidence, Fact, Origin, derived, unknown
from hds_audit.model.text import Text
from hds_audit.resolve.attested import attested
from hds_audit.resolve.connectives import every, some, undecided
from hds_audit.resolve.holdings import Holding, holding
from hds_audit.resolve.things import Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

ANONYMITY = "wp29:05-2014"  # the control under which a person attests that data are anonymous
IN_SCOPE = "csp:L.1111-8.I.scope"  # the control under which a person decides the scope of data collected outside care
IN_CARE = frozenset({"prevention", "diagnosis", "care", "social-care"})
_NO_STUDY = Text(
    "anonymity is claimed; it counts once a study shows that nobody can be singled out, linked or inferred",
    "l'anonymat est affirmé ; il ne compte qu'une fois produite l'étude excluant individualisation, corrélation et inférence",
)
_OUTSIDE_CARE = Text(
    "collected outside prevention, diagnosis, care and social care: whether CSP L.1111-8 reaches them is decided case by case",
    "recueillies hors prévention, diagnostic, soins et suivi (médico-)social : l'article L.1111-8 CSP s'apprécie au cas par cas",
)
_CONTRADICTORY = Text(
    "the categories tell of health while `health` says none: one of the two is to be mended",
    "les catégories relèvent de la santé alors que `health` indique none : l'un des deux est à corriger",
)
_CARE_INVOKED = Text(
    "the exception invoked for them is that of care (GDPR 9(2)(h)), while they are said to be collected in none: one is to be mended",
    "l'exception invoquée est celle des soins (art. 9(2)(h) RGPD), alors qu'elles seraient recueillies hors soins : l'un est à corriger",
)
_NAMES_PERSONS = Text(
    "the categories single people out while `identifiability` says anonymous: one of the two is to be mended",
    "les catégories désignent des personnes alors qu'`identifiability` indique anonymous : l'un des deux est à corriger",
)
_IDENTIFYING = frozenset({"identity", "contact", "national-identifier", "health-identifier", "biometric"})  # GDPR 4(1), 4(14), 87
_OF_HEALTH = frozenset({"health", "health-identifier"})  # an identifier given for health purposes is health data (GDPR recital 35)
_ANONYMOUS_COPY = Text(
    "the environment is said to hold anonymous data: name the document that shows it under `evidence`",
    "l'environnement est dit ne contenir que des données anonymes : citez sous `evidence` le document qui l'établit",
)


def stored(world: "World", component: str) -> tuple[str, ...] | None:
    """The data that a component stores, copies included; None where nothing is known of it."""
    return holding(world, component, "stores").known


def health_data(world: "World") -> tuple[str, ...]:
    """The data known to be of identifiable persons and on their health."""
    return tuple(each.id for each in world.subjects("data") if each.fact("is_health_data").value is True)


def unknown_health(world: "World") -> tuple[str, ...]:
    """The data of which nobody has said enough to tell."""
    return tuple(each.id for each in world.subjects("data") if each.fact("is_health_data").value is UNKNOWN)


def datum(world: "World", name: str, path: str) -> Fact:
    """A fact of a datum by its identifier."""
    subject = world.subject("data", name)
    return subject.fact(path) if subject else unknown(f"data.{name}")


class Answer(NamedTuple):
    """Whether one of several data has a quality, with what decided."""

    value: object
    facts: tuple[Fact, ...]


def any_datum(world: "World", quality: str, path: str, held: Holding) -> Fact:
    """Whether one of the data held has a quality (`hds_scope`, `is_personal`…)."""
    answer = among(world, quality, held.data)
    if answer.value is True:
        return undecided(path, answer.facts, held.anonymous.path, doubt=_ANONYMOUS_COPY) if held.anonymous else _held(path, held, answer)
    if answer.value is UNKNOWN or held.missing:
        return undecided(path, answer.facts if answer.value is UNKNOWN else held.facts, *held.missing)
    return derived(path, False, *held.facts, *answer.facts)


def _held(path: str, held: Holding, answer: Answer) -> Fact:
    return derived(path, True, *held.facts, *answer.facts)


def among(world: "World", quality: str, data: tuple[str, ...]) -> Answer:
    """Whether one of these data has a quality; the same question is asked of many components, and answered once."""
    return world.once(("among", quality, data), lambda _: _among(world, quality, data))


def _among(world: "World", quality: str, data: tuple[str, ...]) -> Answer:
    fact = some(quality, [datum(world, name, quality) for name in data])
    return Answer(fact.value, fact.because if fact.value is not UNKNOWN else (fact,))


def which(world: "World", quality: str, held: Holding) -> tuple[str, ...]:
    """The data held that have a quality or may have it."""
    return tuple(name for name in held.data if datum(world, name, quality).value is not False)


def _is_identifiable(world: "World", subject: Subject) -> Fact:
    """As said; a name, an address or a number of a person identifies it, whatever is left out (GDPR 4(1))."""
    path, said, categories = f"{subject.path}.is_identifiable", subject.fact("identifiability"), subject.fact("categories")
    singled_out = isinstance(categories.value, tuple) and not _IDENTIFYING.isdisjoint(map(str, categories.value))
    if said.value is UNKNOWN:
        return derived(path, True, categories) if singled_out else undecided(path, [said])
    if said.value != "anonymous":
        return derived(path, True, said)
    if singled_out:
        return undecided(path, [said, categories], said.path, doubt=_NAMES_PERSONS, sure=Confidence.LOW)
    if shown := (attested(world, ANONYMITY, "implemented", subject.id) or _studied(subject, said)):
        return derived(path, False, said, *shown)
    return undecided(path, [said], *_study_asked(subject.fact("anonymity_study")), doubt=_NO_STUDY)


def _studied(subject: Subject, said: Fact) -> tuple[Fact, ...]:
    """The document that shows the study; its date alone shows nothing, and where there is said to be no study nothing shows it."""
    study, document = subject.fact("anonymity_study"), subject.fact("anonymity_study.document")
    if study.value is False:
        return ()
    return tuple(fact for fact in (said, study, document) if fact.known and fact.origin is Origin.DOCUMENTED)[:1]


def _study_asked(study: Fact) -> tuple[str, ...]:
    return (f"{study.path}.document",) if study.known and study.value is not False else (study.path,)


def _is_personal(world: "World", subject: Subject) -> Fact:
    """The GDPR speaks of the living (recital 27); where nobody says whom the data are about, they are taken to be living."""
    path, about = f"{subject.path}.is_personal", subject.fact("subjects")
    if about.value == ("deceased",):
        return derived(path, False, about)
    return every(path, [subject.fact("is_identifiable")])


def _is_health(world: "World", subject: Subject) -> Fact:
    path, said, categories = f"{subject.path}.is_health", subject.fact("health"), subject.fact("categories")
    of_health = _tell_of_health(categories, subject.fact("collected_in"))
    if said.value is UNKNOWN:
        return derived(path, True, categories) if of_health else undecided(path, [said])
    if said.value == "none" and of_health:
        return undecided(path, [said, categories], said.path, doubt=_CONTRADICTORY, sure=Confidence.LOW)
    return derived(path, said.value != "none", said)


def _tell_of_health(categories: Fact, settings: Fact) -> bool:
    """Whether categories are of health; genetic data are where they were taken in care (GDPR 4(13), 4(15), recital 35)."""
    named, places = (fact.value if isinstance(fact.value, tuple) else () for fact in (categories, settings))
    return bool(_OF_HEALTH.intersection(map(str, named))) or ("genetic" in named and bool(IN_CARE.intersection(map(str, places))))


def _is_health_data(world: "World", subject: Subject) -> Fact:
    return every(f"{subject.path}.is_health_data", [subject.fact("is_health"), subject.fact("is_identifiable")])


def _collected_in_care(world: "World", subject: Subject) -> Fact:
    path, said = f"{subject.path}.collected_in_care", subject.fact("collected_in")
    settings = said.value
    if not isinstance(settings, tuple):
        return derived(path, False, said) if settings is False else undecided(path, [said], said.path)
    invoked = subject.fact("legal_basis.article_9")
    if not settings and invoked.value == "care":
        return undecided(path, [said, invoked], said.path, doubt=_CARE_INVOKED, sure=Confidence.LOW)
    if not settings or IN_CARE.intersection(map(str, settings)):
        return derived(path, bool(settings), said)
    return _decided(world, subject, path, said)


def _decided(world: "World", subject: Subject, path: str, said: Fact) -> Fact:
    """What a person decided of data collected outside care, case by case: in the scope, or out of it with a reason."""
    for status, answer in (("implemented", True), ("not-applicable", False)):
        if given := attested(world, IN_SCOPE, status, subject.id):
            return derived(path, answer, said, *given)
    return undecided(path, [said], f"attestations.{IN_SCOPE}", doubt=_OUTSIDE_CARE, sure=Confidence.LOW)


def _hds_scope(world: "World", subject: Subject) -> Fact:
    """Health, of identifiable persons (the deceased too), collected in care: CSP L.1111-8 I."""
    parts = [subject.fact(name) for name in ("is_health", "is_identifiable", "collected_in_care")]
    return every(f"{subject.path}.hds_scope", parts)


DERIVATIONS = {
    ("data", "is_identifiable"): _is_identifiable,
    ("data", "is_personal"): _is_personal,
    ("data", "is_health"): _is_health,
    ("data", "is_health_data"): _is_health_data,
    ("data", "collected_in_care"): _collected_in_care,
    ("data", "hds_scope"): _hds_scope,
}
