"""The data: what they are, whom they concern, in which setting they were collected."""

from hds_audit.model.fields import SPAN, TEXT, Nested, Reference, Words
from hds_audit.model.format import words
from hds_audit.model.format.events import DATED
from hds_audit.model.format.writing import key, record, some

RETENTION = record(
    "retention of data",
    "How long the data are kept, and on what ground.",
    "Combien de temps les données sont conservées, et à quel titre.",
    key("active", SPAN, "Length of active use (ISO 8601).", "Durée en base active (ISO 8601)."),
    key("archive", SPAN, "Length of archiving after that.", "Durée d'archivage intermédiaire ensuite."),
    key(
        "basis",
        TEXT,
        "What sets the length: a text, a contract, the end of activity.",
        "Ce qui fixe la durée : un texte, un contrat, l'inactivité.",
    ),
)

LEGAL_BASIS = record(
    "legal basis",
    "Legal basis of the processing.",
    "Base légale du traitement.",
    key("article_6", Words(words.ARTICLE_6, open=True), "Basis under GDPR 6(1).", "Base de l'article 6(1) du RGPD."),
    key(
        "article_9",
        Words(words.ARTICLE_9, open=True),
        "Exception of GDPR 9(2) that allows health data to be processed.",
        "Exception de l'article 9(2) du RGPD qui permet de traiter des données de santé.",
    ),
)

DATUM = record(
    "datum",
    "A set of data handled alike.",
    "Un ensemble de données traitées de la même façon.",
    key("description", TEXT, "What it holds.", "Ce qu'il contient."),
    key(
        "categories",
        some(Words(words.CATEGORIES, open=True)),
        "Categories of data in it.",
        "Catégories de données qu'il contient.",
    ),
    key("subjects", some(Words(words.SUBJECTS)), "Whom the data are about.", "Personnes concernées."),
    key(
        "health",
        Words(words.HEALTH),
        "Whether they are health data, by the CNIL's categories: by nature, by combination, by destination, or none.",
        "Si ce sont des données de santé, selon la CNIL : par nature, par croisement, par destination, ou non (none).",
    ),
    key(
        "controller",
        some(Reference(("organisations",), words.CONTROLLER_WORDS)),
        "Who decides on the processing: organisations, or `health-professionals`, `patients`, `customers`.",
        "Responsable du traitement : des organisations, ou `health-professionals`, `patients`, `customers`.",
    ),
    key(
        "collected_in",
        some(Words(words.SETTINGS)),
        "Setting in which they were collected, on which the scope of CSP L.1111-8 turns; `[]` for none of these.",
        "Cadre de recueil, dont dépend le champ de l'article L.1111-8 CSP ; `[]` si aucun de ceux-là.",
    ),
    key(
        "identifiability",
        Words(words.IDENTIFIABILITY),
        "Whether persons can be identified; `anonymous` counts once a study is shown.",
        "Si les personnes sont identifiables ; `anonymous` ne compte qu'une fois l'étude produite.",
    ),
    key(
        "anonymity_study",
        Nested(DATED, "date"),
        "Study showing that nobody can be singled out, linked or inferred.",
        "Étude établissant l'absence d'individualisation, de corrélation et d'inférence.",
    ),
    key("retention", Nested(RETENTION, "active"), "How long they are kept.", "Durée de conservation."),
    key("legal_basis", Nested(LEGAL_BASIS, "article_6"), "Legal basis of the processing.", "Base légale du traitement."),
    key("purpose", TEXT, "What they are processed for.", "Finalité du traitement."),
    key(
        "classification",
        TEXT,
        "Class in the organisation's own classification.",
        "Niveau dans la classification de l'organisation.",
    ),
)
