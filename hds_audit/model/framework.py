"""The texts an audit speaks of, and their requirements under their own numbers."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple, get_args

from hds_audit.model.text import Text

Family = Literal["hds", "gdpr", "cloud_act", "iso27001"]
Nature = Literal["law", "certificate", "guidance", "standard", "case-law"]
Kind = Literal["requirement", "definition", "penalty", "exposure", "context"]
Addressee = Literal["host", "customer", "controller", "processor", "publisher"]
Status = Literal["verified", "secondary", "recalled"]
Visibility = Literal["judged", "part", "attestation", "invisible"]
Basis = Literal["observed", "declared", "inherited", "attested", "none"]

FAMILIES: tuple[Family, ...] = get_args(Family)
NATURES: tuple[Nature, ...] = get_args(Nature)
KINDS: tuple[Kind, ...] = get_args(Kind)
ADDRESSEES: tuple[Addressee, ...] = get_args(Addressee)
STATUSES: tuple[Status, ...] = get_args(Status)
VISIBILITIES: tuple[Visibility, ...] = get_args(Visibility)
BASES: tuple[Basis, ...] = get_args(Basis)


class Source(NamedTuple):
    """Where the law was read: `verified` in the text itself, `secondary` in what others say of it, else `recalled`."""

    ref: str
    status: Status
    read: date | None = None
    url: str = ""


class Control(NamedTuple):
    """One requirement of a text, paraphrased in our own words.

    `since` is the first day in force (None: no day is fixed yet), `until` the first day after (None: no end known).
    """

    id: str
    framework: str
    """The file it comes from: `Framework.id`."""
    family: Family
    """The one of `--frameworks` it is counted in."""
    title: Text
    text: Text
    nature: Nature
    kind: Kind
    """A requirement is satisfied or not; a definition, a penalty, a foreign law's reach and a ruling are not."""
    addressees: tuple[Addressee, ...]
    """Whom the text binds, the first being who must act first."""
    since: date | None
    until: date | None
    sources: tuple[Source, ...]
    visibility: Visibility
    """How much a customer's description decides of it."""
    remains: Text
    """What a person still has to look at."""
    ask_host: bool = False
    """Only the host can answer: its certificate, or a question to it."""
    basis: tuple[Basis, ...] = ()
    """ISO/IEC 27001 only: what our verdict on it rests on."""
    related: tuple[str, ...] = ()
    """Other controls that ask for something near."""
    warning: Text | None = None
    """Where the law is debated, or was not read in the original."""
    numbering_seen: bool = True
    """False where the end of the id is ours, the text's own number not having been seen."""
    predecessors: tuple[str, ...] = ()
    """ISO/IEC 27001 only: the numbers of the 2013 edition."""

    def in_force(self, on: date) -> bool:
        """Whether it binds, or advises, on that day."""
        return self.since is not None and self.since <= on and (self.until is None or on < self.until)

    @property
    def status(self) -> Status:
        """How well the text is known: the status of its first source, which is the one that the paraphrase rests on."""
        return self.sources[0].status if self.sources else "recalled"


class Framework(NamedTuple):
    """One text (a file of `rules/_frameworks/`) and the requirements it holds, in its own order."""

    id: str
    family: Family
    """The one of `--frameworks` it is counted in, unless a control says otherwise."""
    prefixes: tuple[str, ...]
    """What its control ids begin with, before the colon."""
    title: Text
    version: str
    nature: Nature
    since: date | None
    until: date | None
    sources: tuple[Source, ...]
    controls: tuple[Control, ...]


class SoaContradiction(NamedTuple):
    """Controls that a statement of applicability cannot exclude while the description says something."""

    controls: tuple[str, ...]
    when: Text
    """What the description says, in plain words."""
    paths: tuple[str, ...]
    """Where it says so: paths of the description."""


class Frameworks:
    """Every text together, looked up by control."""

    __slots__ = ("by_id", "soa", "texts")

    def __init__(self, texts: tuple[Framework, ...], by_id: Mapping[str, Control], soa: tuple[SoaContradiction, ...] = ()) -> None:
        self.texts, self.by_id, self.soa = texts, by_id, soa

    def __contains__(self, control_id: object) -> bool:
        return control_id in self.by_id

    def __iter__(self) -> Iterator[Control]:
        return iter(self.by_id.values())

    def control(self, control_id: str) -> Control | None:
        """The requirement of that id, if a text holds it."""
        return self.by_id.get(control_id)

    def families(self, own: Family, control_ids: tuple[str, ...]) -> tuple[Family, ...]:
        """Where a rule counts: the family it is kept in, and those of the requirements it cites."""
        cited = (control.family for name in control_ids if (control := self.by_id.get(name)) is not None)
        return tuple(dict.fromkeys((own, *cited)))

    def text(self, framework_id: str) -> Framework | None:
        """The text of that id, which is its file's stem."""
        return next((text for text in self.texts if text.id == framework_id), None)

    def in_force(self, control_id: str, on: date) -> bool:
        """Whether that requirement is in force on a day; an unknown id never is."""
        control = self.by_id.get(control_id)
        return control is not None and control.in_force(on)


def assemble(texts: tuple[Framework, ...], soa: tuple[SoaContradiction, ...] = ()) -> Frameworks:
    """The look-up over some texts."""
    return Frameworks(texts, {control.id: control for text in texts for control in text.controls}, soa)
