"""The chapters of the report that are sentences and tables, in order; HTML and PDF draw the same."""

from __future__ import annotations

from collections.abc import Mapping

from hds_audit.model.report import Report
from hds_audit.model.text import Language, Text
from hds_audit.report.views.cells import Section, Table
from hds_audit.report.views.data_map import component_table, data_table, flow_table
from hds_audit.report.views.glossary import METHOD, glossary_table
from hds_audit.report.views.grouping import ByTone
from hds_audit.report.views.matrices import activity_table, clause_table, requirement_table, transparency_table
from hds_audit.report.views.plan import action_table, declare_table
from hds_audit.report.views.reach import custody_table
from hds_audit.report.views.requirements import applicability_table, awaited_tables, given_table, grounds_line, unseen_table, waiver_table
from hds_audit.report.views.timeline import timeline_table

TITLES = {
    "summary": Text("Summary", "Synthèse"),
    "scope": Text("Scope and reserve", "Périmètre et réserves"),
    "texts": Text("Outcome by text", "Résultat par texte"),
    "diagram": Text("Data flows", "Schéma des flux"),
    "plan": Text("Action plan", "Plan d'action"),
    "hosting": Text("Health-data hosting", "Hébergement de données de santé"),
    "exposure": Text("Exposure to foreign laws", "Exposition aux lois étrangères"),
    "keys": Text("Custody of keys", "Garde des clés"),
    "data": Text("Data map", "Cartographie des données"),
    "timeline": Text("What expires", "Échéances"),
    "findings": Text("Findings", "Constats"),
    "applicability": Text("Statement of applicability", "Déclaration d'applicabilité"),
    "attestations": Text("Attestations", "Attestations"),
    "waivers": Text("Accepted risks", "Risques acceptés"),
    "unseen": Text("What was not checked, and why", "Ce qui n'a pas été vérifié, et pourquoi"),
    "method": Text("Method, sources, glossary", "Méthode, sources, glossaire"),
}
_LEADS = {
    "plan": Text(
        "What blocks comes first, then what settles the most findings. No date is invented: a text in force already binds.",
        "Ce qui bloque vient d'abord, puis ce qui lève le plus de constats. Aucune date n'est inventée : un texte en vigueur oblige déjà.",
    ),
    "hosting": Text(
        "The certificate of the provider under contract covers what its subcontractors do for it. Requirements HDS bind the host: what is "
        "internal to it is inherited from a valid certificate, or to be asked of it.",
        "Le certificat du prestataire sous contrat couvre ce que ses sous-traitants exécutent pour lui. Les exigences HDS obligent "
        "l'hébergeur : ce qui lui est interne est hérité d'un certificat valide, ou à lui demander.",
    ),
    "keys": Text(
        "Encryption at rest stops a thief of disks; it stops the host only where the host can use no key.",
        "Le chiffrement au repos arrête un voleur de disques ; il n'arrête l'hébergeur que si celui-ci ne peut utiliser aucune clé.",
    ),
    "applicability": Text(
        "Drawn from what was judged and attested; whoever owns the management system decides and signs.",
        "Établie d'après ce qui a été jugé et attesté ; le responsable du système de management décide et signe.",
    ),
    "attestations": Text(
        "No description decides these requirements: a person answers, with a date and a document, under `attestations`. "
        "The controls of ISO 27001's Annex A to attest stand in the statement of applicability.",
        "Aucune description ne tranche ces exigences : une personne répond, avec une date et une pièce, sous `attestations`. "
        "Les mesures de l'annexe A d'ISO 27001 à attester figurent dans la déclaration d'applicabilité.",
    ),
    "waivers": Text(
        "Nobody can waive public order: an accepted risk is shown and never subtracted from the counts.",
        "Nul ne peut déroger à l'ordre public : un risque accepté reste affiché et n'est jamais retiré des décomptes.",
    ),
    "unseen": Text(
        "A requirement that nothing looked at is never shown as met. Those that a person answers stand in the chapter on attestations, "
        "those of Annex A in the statement of applicability.",
        "Une exigence que rien n'a examinée n'est jamais présentée comme tenue. Celles à attester par une personne figurent au chapitre "
        "des attestations, celles de l'annexe A dans la déclaration d'applicabilité.",
    ),
}


def title(name: str, language: Language) -> str:
    """The title of a chapter."""
    return TITLES[name].said(language)


def chapters(report: Report, grouped: Mapping[str, ByTone], language: Language) -> dict[str, Section]:
    """The chapters that are sentences and tables, by name."""
    tables: dict[str, tuple[Table, ...]] = {
        "plan": (action_table(report, grouped, language), declare_table(report, language)),
        "hosting": (
            activity_table(report, language),
            clause_table(report, language),
            requirement_table(report, language),
            transparency_table(report, language),
        ),
        "keys": (custody_table(report, language),),
        "data": (data_table(report, language), component_table(report, language), flow_table(report, language)),
        "timeline": (timeline_table(report, language),),
        "applicability": (applicability_table(report, language),),
        "attestations": (*awaited_tables(report, language), given_table(report, language)),
        "waivers": (waiver_table(report, language),),
        "unseen": (unseen_table(report, language),),
        "method": (glossary_table(language),),
    }
    leads = {**{name: (lead.said(language),) for name, lead in _LEADS.items()}, "method": tuple(line.said(language) for line in METHOD)}
    if grounds := grounds_line(report, language):
        leads["applicability"] = (*leads["applicability"], grounds)
    return {name: Section(name, title(name, language), leads.get(name, ()), found) for name, found in tables.items()}
