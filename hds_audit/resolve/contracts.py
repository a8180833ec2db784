"""Contracts: whether they run, which clauses they carry, and what the certificate's holder asks to be signed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Confidence, Fact, Origin, derived, unknown
from hds_audit.model.format.words import CLAUSES_2018, CLAUSES_2026, LETTERS_28_3
from hds_audit.model.record import Record
from hds_audit.model.text import Text
from hds_audit.model.values import Day
from hds_audit.resolve.connectives import computed, every, some, undecided
from hds_audit.resolve.cover import HOSTING
from hds_audit.resolve.element import Element
from hds_audit.resolve.graph import hosts, operator
from hds_audit.resolve.held import held_by
from hds_audit.resolve.performers import provider_of
from hds_audit.resolve.things import Part, Subject
from hds_audit.resolve.world import Derivation

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

CLAUSES = (*CLAUSES_2018, *CLAUSES_2026)
ADDED = date(2026, 9, 26)  # first day of the additions of decree 2026-209 to CSP R.1111-11
_TRANSITION = Text(
    "signed before 26 September 2026: how the new clauses bind running contracts was not read",
    "signé avant le 26 septembre 2026 : l'application des nouvelles clauses aux contrats en cours n'a pas été lue",
)
_NO_CONTRACT = Text(
    "no contract in force says what the host may do with the data for itself",
    "aucun contrat en cours ne dit ce que l'hébergeur peut faire des données pour son propre compte",
)
_UNSIGNED = Text(
    "the contract is not signed: its clauses do not bind yet", "le contrat n'est pas signé : ses clauses n'engagent pas encore"
)  # fmt: skip
_UNSAID = Text("the contract has clauses, which ones is not said", "le contrat a des clauses, lesquelles n'est pas dit")


def _in_force(world: World, host: Subject) -> Fact:
    """Signed by that day, and not ended."""
    path, contract = f"{host.path}.contract_in_force", host.fact("contract")
    if contract.value is False:
        return derived(path, False, contract)
    signed, written = _signed(host.fact("contract.signed"), path), _written(host).get("signed")
    if isinstance(written, Day) and world.as_of < written.first:
        return signed  # signed later than that day: nothing of it counts yet, its end as little
    return every(path, [signed, _not_over(world, host.fact("contract.ends"), path)])


def _written(host: Subject) -> Mapping[str, object]:
    """What the description says of the contract, whatever the day."""
    contract = host.record.values.get("contract")
    return contract.values if isinstance(contract, Record) else {}


def _signed(fact: Fact, path: str) -> Fact:
    return undecided(path, [fact], fact.path) if not fact.known else derived(path, fact.value is not False, fact)


def _not_over(world: World, fact: Fact, path: str) -> Fact:
    if not isinstance(fact.value, Day):
        return undecided(path, [fact], fact.path) if fact.value is not False else derived(path, True, fact)
    if fact.value.first < world.as_of <= fact.value.last and fact.value.first != fact.value.last:
        return undecided(path, [fact], fact.path)
    return derived(path, world.as_of <= fact.value.last, fact)


def _own_use(world: World, host: Subject) -> Fact:
    """What a contract allows counts even once it is over; that it allows nothing holds while it runs."""
    path, running, contract = f"{host.path}.own_use_allowed", host.fact("contract_in_force"), host.record.values.get("contract")
    said = Part(world, contract).fact("own_use") if isinstance(contract, Record) else host.fact("contract.own_use")
    if said.known and said.value not in (False, ()):
        return derived(path, said.value, said)
    if running.value is False:
        return undecided(path, [running], f"{host.path}.contract", doubt=_NO_CONTRACT)
    now = host.fact("contract.own_use")  # unknown where the contract is signed later than that day
    return undecided(path, [now]) if now.value is UNKNOWN else derived(path, now.value, now)


def _signed_at(name: str, path: str) -> Derivation:
    """Whether a document of the contract is signed; `true` says that it exists, not that it is."""

    def derive(world: World, host: Subject) -> Fact:
        whole, ends = host.fact(path), host.fact("contract.ends")
        if whole.value is False:
            return derived(f"{host.path}.{name}", False, whole)
        signed = _signed(host.fact(f"{path}.signed"), f"{host.path}.{name}")
        return every(signed.path, [signed, _not_over(world, ends, signed.path)]) if isinstance(ends.value, Day) else signed

    return derive


def clauses_of(said: Fact, path: str, *, true_is_all: bool) -> Element:
    """A thing with a fact for each clause of CSP R.1111-11: a closed list, `true` standing for all only where the format says so."""
    return Element(path, {name: _clause(said, path, name, true_is_all=true_is_all) for name in CLAUSES})


def _clause(said: Fact, path: str, name: str, *, true_is_all: bool) -> Fact:
    full = f"{path}.{name}"
    if isinstance(said.value, tuple):
        item = next((part for part in said.value if isinstance(part, Part) and part.record.values.get("clause") == name), None)
        return derived(full, False, said) if item is None else _shown(full, item, said)
    if said.value is False or (said.value is True and true_is_all):
        return derived(full, said.value, said)
    return unknown(full, said.path, because=(said,), doubt=_UNSAID if said.known else said.doubt)


def _shown(path: str, item: Part, said: Fact) -> Fact:
    """A clause that is there, with its own place; the document it names backs it."""
    own = item.fact("clause")
    origin = own.origin if "document" in item.record.values else said.origin
    return Fact(path, True, Origin.DERIVED, because=(Fact(own.path, True, origin, own.mark),))


def _has_clause(_: World, host: Subject) -> Fact:
    path, said, signed = f"{host.path}.has_clause", host.fact("contract.clauses"), host.fact("contract.signed")
    carried = {name: _clause(said, path, name, true_is_all=False) for name in CLAUSES}
    if signed.value is False and said.value is not False:
        carried = {name: _unsigned(fact, signed) if fact.value is True else fact for name, fact in carried.items()}
    return Fact(path, Element(path, carried), Origin.DERIVED, because=(said,))


def _unsigned(clause: Fact, signed: Fact) -> Fact:
    """A clause of a document that nobody signed binds nobody yet."""
    return undecided(clause.path, [signed, clause], signed.path, doubt=_UNSIGNED)


def _clauses(_: World, host: Subject) -> Fact:
    """The words of the clauses that the contract carries."""
    path, said = f"{host.path}.clauses", host.fact("contract.clauses")
    if isinstance(said.value, tuple):
        return derived(path, tuple(str(part.record.values.get("clause")) for part in said.value if isinstance(part, Part)), said)
    return derived(path, (), said) if said.value is False else undecided(path, [said], said.path)


def _clauses_2026_due(world: World, host: Subject) -> Fact:
    """Whether the clauses added on 2026-09-26 are due: in a contract signed since; in an older one it is not known."""
    path, signed = f"{host.path}.clauses_2026_due", host.fact("contract.signed")
    if world.as_of < ADDED:
        return computed(path, False)
    if signed.value is False:
        return derived(path, True, signed)
    if not isinstance(signed.value, Day):
        return undecided(path, [signed], signed.path)
    if signed.value.first >= ADDED:
        return derived(path, True, signed)
    asked = signed.path if signed.value.last >= ADDED else f"{host.path}.contract.clauses"
    return undecided(path, [signed], asked, doubt=_TRANSITION, sure=Confidence.LOW)


def _agreement_clause(_: World, host: Subject) -> Fact:
    """A fact for each letter of GDPR 28(3) that the processor's contract carries; `true` is all of them."""
    path, said = f"{host.path}.dpa_clause", host.fact("contract.data_processing_agreement.clauses")
    return Fact(path, Element(path, {letter: _letter(said, path, letter) for letter in LETTERS_28_3}), Origin.DERIVED, because=(said,))


def _letter(said: Fact, path: str, letter: str) -> Fact:
    full = f"{path}.{letter}"
    if not said.known:
        return undecided(full, [said], said.path)
    return derived(full, said.value is True or (isinstance(said.value, tuple) and letter in said.value), said)


def _needs_agreement(world: World, host: Subject) -> Fact:
    """Whether GDPR 28(3) wants a contract with it: a processor that is not the operator gets personal data."""
    path = f"{host.path}.needs_dpa"
    other = derived(path, not operator(world) or provider_of(world, host) != operator(world), host.fact("provider"))
    return every(path, [host.fact("handles_personal_data"), host.fact("is_processor"), other])


def _requires(requirement: str, name: str) -> Derivation:
    """Whether the catalogue knows a certificate of the provider to ask for something; False where it knows of none that does."""

    def derive(world: World, host: Subject) -> Fact:
        path = f"{host.path}.{name}"
        asking = [held for held in held_by(world, provider_of(world, host)) if held.standard in HOSTING and requirement in held.requires]
        return some(path, [derived(path, True, held.fact) for held in asking]) if asking else computed(path, False)

    return derive


def _customer_clause(_: World, application: Subject) -> Fact:
    path, said = "application.customer_clause", application.fact("customer_contract.clauses")
    return Fact(path, clauses_of(said, path, true_is_all=True), Origin.DERIVED, because=(said,))


def _mirrored(world: World, application: Subject) -> Fact:
    """Whether the contract with the practices repeats that of each host that hosts their records (CSP R.1111-11 II)."""
    path, said = "application.hosting_contracts_mirrored", application.fact("customer_contract.mirrors")
    due = [(host, fact) for host in hosts(world).values() if (fact := host.fact("needs_hds_contract")).value is not False]
    if said.value is False:
        return derived(path, False, said) if due else computed(path, True)
    if not isinstance(said.value, tuple):
        return undecided(path, [said], said.path) if due else computed(path, True)
    missing = [fact for host, fact in due if host.id not in said.value]
    if any(fact.value is True for fact in missing):
        return derived(path, False, said)
    return undecided(path, [fact for fact in missing if fact.value is UNKNOWN]) if missing else derived(path, True, said)


DERIVATIONS = {
    ("host", "contract_in_force"): _in_force,
    ("host", "own_use_allowed"): _own_use,
    ("host", "dpa_signed"): _signed_at("dpa_signed", "contract.data_processing_agreement"),
    ("host", "hds_annex_signed"): _signed_at("hds_annex_signed", "contract.hds_annex"),
    ("host", "has_clause"): _has_clause,
    ("host", "clauses"): _clauses,
    ("host", "clauses_2026_due"): _clauses_2026_due,
    ("host", "dpa_clause"): _agreement_clause,
    ("host", "needs_dpa"): _needs_agreement,
    ("host", "hds_annex_required"): _requires("hds-annex", "hds_annex_required"),
    ("host", "hds_option_required"): _requires("hds-option", "hds_option_required"),
    ("host", "support_plan_required"): _requires("support-plan", "support_plan_required"),
    ("application", "customer_clause"): _customer_clause,
    ("application", "hosting_contracts_mirrored"): _mirrored,
}
