"""What a reader must be told that is no finding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from hds_audit.evaluate.attestation import Attestation
from hds_audit.model.place import Place
from hds_audit.model.report import GateView, Notice
from hds_audit.model.text import Text

OLDEST_CATALOGUE = timedelta(days=120)


def notices(
    read: date, on: date, gate: GateView, given: tuple[Attestation, ...], absent: tuple[tuple[str, Place], ...]
) -> tuple[Notice, ...]:  # fmt: skip
    """Stale catalogue, unknowns that do not gate, answers that do not count, documents that are not there."""
    return (*_catalogue(read, on), *_gate(gate), *_answers(given), *_documents(absent))


def _catalogue(read: date, on: date) -> Iterator[Notice]:
    if on - read > OLDEST_CATALOGUE:
        days = (on - read).days
        yield Notice("stale-catalogue", Text(
            f"The catalogue was read on {read}, {days} days before the day of the audit: owners, certificates and laws may have changed.",
            f"Le catalogue date du {read}, {days} jours avant le jour de l'audit : propriétaires, certificats et lois ont pu changer.",
        ))  # fmt: skip


def _gate(gate: GateView) -> Iterator[Notice]:
    if gate.on_unknown == "report":
        yield Notice("unknowns-do-not-gate", Text(
            "By request, what is not shown does not count in the exit code (--on-unknown report).",
            "À la demande, ce qui n'est pas démontré ne compte pas dans le code de sortie (--on-unknown report).",
        ))  # fmt: skip
    if gate.environment:
        yield Notice("one-environment", Text(
            f"Only the components of the environment {gate.environment} were judged.",
            f"Seuls les composants de l'environnement {gate.environment} ont été jugés.",
        ))  # fmt: skip


def _answers(given: tuple[Attestation, ...]) -> Iterator[Notice]:
    for item in given:
        if not item.counts:
            yield Notice("attestation-does-not-count", Text(
                f"The attestation of {item.control} does not count: it is unsigned, undated, dated later, expired (after a year where "
                "no end is given), or lacks its reason.",
                f"L'attestation de {item.control} ne compte pas : non signée, non datée, postérieure, expirée (au bout d'un an à défaut "
                "d'échéance) ou sans motif.",
            ))  # fmt: skip


def _documents(absent: tuple[tuple[str, Place], ...]) -> Iterator[Notice]:
    for path, place in absent:
        yield Notice("absent-document", Text(
            f"The document named by {path} is not there: what it backs stays declared.",
            f"Le document nommé par {path} est absent : ce qu'il appuie reste déclaré.",
        ), place)  # fmt: skip
