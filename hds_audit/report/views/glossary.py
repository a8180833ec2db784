"""How the audit reasons, and the words it uses."""

from hds_audit.model.text import Language, Text
from hds_audit.report.views.cells import Cell, Table

METHOD = (
    Text(
        "Each rule is one condition under the articles it cites, in force on the day of the audit. A fact that is missing "
        "makes the verdict "
        "“not shown”; no rule passes by silence.",
        "Chaque règle est une condition unique, rattachée aux articles qu'elle cite, en vigueur à la date de l'audit. Un fait "
        "manquant rend le "
        "verdict « non démontré » ; aucune règle n'est satisfaite par le silence.",
    ),
    Text(
        "Facts are declared (the description says so), documented (a document is named), catalogued (public knowledge, dated and sourced), "
        "observed (measured) or derived from these. A pass says which it rests on.",
        "Les faits sont déclarés (la description l'affirme), documentés (une pièce est désignée), issus du catalogue "
        "(connaissance publique, "
        "datée et sourcée), observés (mesurés) ou déduits des précédents. Une conformité dit sur quoi elle repose.",
    ),
    Text(
        "Mandatory: a text in force, or the certificate, binds to this very thing. Recommended: CNIL, ANSSI, EDPB, PGSSI-S, ISO practice. "
        "Sovereign: immunity of the grade of SecNumCloud 19.6. Outcomes by text are ordinals: a share of the law would have no meaning.",
        "Obligatoire : un texte en vigueur, ou le certificat, impose précisément ce point. Recommandé : CNIL, ANSSI, CEPD, "
        "PGSSI-S, pratiques "
        "ISO. Souveraineté : immunité du niveau de SecNumCloud 19.6. L'issue par texte est ordinale : un pourcentage de la "
        "loi n'aurait pas de sens.",
    ),
)
_GLOSSARY = Text("Glossary", "Glossaire")
_HEADS = (Text("Word", "Terme"), Text("Meaning", "Sens"))
_WORDS = (
    (
        Text("Host", "Hébergeur"),
        Text(
            "An offer under contract: a provider, a service, a region.",
            "Une offre sous contrat : un prestataire, un service, une région.",
        ),
    ),
    (
        Text("HDS", "HDS"),
        Text(
            "Certification of hosts of health data (article L.1111-8 CSP).",
            "Certification des hébergeurs de données de santé (article L.1111-8 CSP).",
        ),
    ),
    (
        Text("EXI", "EXI"),
        Text(
            "A numbered requirement of the HDS referential.",
            "Une exigence numérotée du référentiel HDS.",
        ),
    ),
    (
        Text("Exposure", "Exposition"),
        Text(
            "A path by which a law reaches data, with what could be read at its end.",
            "Un chemin par lequel une loi atteint des données, avec ce qui pourrait y être lu.",
        ),
    ),
    (
        Text("Established link", "Lien établi"),
        Text(
            "The country of the organisation or of a parent is declared or verified, and the law binds such a provider.",
            "Le pays de l'organisation ou d'une société mère est déclaré ou vérifié, et la loi oblige un tel prestataire.",
        ),
    ),
    (
        Text("Debated link", "Lien débattu"),
        Text(
            "A mere presence in the country, or a provider that the law may not bind.",
            "Une simple présence dans le pays, ou un prestataire que la loi n'oblige peut-être pas.",
        ),
    ),
    (
        Text("Confidence", "Confiance"),
        Text(
            "How sure the reading of the law and the facts are; the reason stands beside what is not high.",
            "Degré de certitude de la lecture du droit et des faits ; le motif figure à côté de ce qui n'est pas élevé.",
        ),
    ),
    (
        Text("Attestation", "Attestation"),
        Text(
            "The dated answer of a person to what no description decides.",
            "La réponse datée d'une personne à ce qu'aucune description ne tranche.",
        ),
    ),
    (
        Text("Accepted risk", "Risque accepté"),
        Text(
            "A gap kept for a time by someone who answers for it; the non-compliance stays.",
            "Un écart maintenu pour un temps par une personne qui en répond ; la non-conformité demeure.",
        ),
    ),
    (
        Text("Who acts", "Qui agit"),
        Text(
            "Whom the text binds: your host, you as its customer, the controller, the processor, the publisher.",
            "Celui que le texte oblige : votre hébergeur, vous en tant que client, le responsable de traitement, le "
            "sous-traitant, l'éditeur.",
        ),
    ),
)


def glossary_table(language: Language) -> Table:
    """The words of the report."""
    rows = [(Cell(word.said(language), "strong"), Cell(meaning.said(language))) for word, meaning in _WORDS]
    return Table(_GLOSSARY.said(language), tuple(head.said(language) for head in _HEADS), rows)
