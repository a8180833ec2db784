"""Derived paths of data: what they are, where they lie, who gets them."""

from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

_IDENTIFIABLE = ("data.*.identifiability", "data.*.anonymity_study")

PATHS = (
    Path(
        "is_identifiable",
        ("data",),
        "flag",
        Text(
            "Whether persons can be identified in it; anonymity counts once the document of a study or an attestation shows it.",
            "Si des personnes y sont identifiables ; l'anonymat compte une fois établi par une étude produite ou une attestation.",
        ),
        _IDENTIFIABLE,
    ),
    Path(
        "is_personal",
        ("data",),
        "flag",
        Text(
            "Whether it is personal data under the GDPR: of identifiable living persons; the living are meant where nobody says whom.",
            "Si ce sont des données personnelles (RGPD) : de personnes vivantes identifiables, réputées vivantes sauf indication.",
        ),
        (*_IDENTIFIABLE, "data.*.subjects"),
    ),
    Path(
        "is_health",
        ("data",),
        "flag",
        Text(
            "Whether it says something of health, by any of the CNIL's categories.",
            "Si elle renseigne sur la santé, selon l'une des catégories de la CNIL.",
        ),
        ("data.*.health", "data.*.categories"),
    ),
    Path(
        "is_health_data",
        ("data",),
        "flag",
        Text(
            "Whether it is health data of identifiable persons, the deceased included.",
            "Si ce sont des données de santé de personnes identifiables, défunts compris.",
        ),
        ("data.*.health", *_IDENTIFIABLE),
    ),
    Path(
        "collected_in_care",
        ("data",),
        "flag",
        Text(
            "Whether it was collected in prevention, diagnosis, care or social care; unknown for research and the rest.",
            "Si elle a été recueillie en prévention, diagnostic, soins ou suivi social ; inconnu pour la recherche et le reste.",
        ),
        ("data.*.collected_in",),
    ),
    Path(
        "hds_scope",
        ("data",),
        "flag",
        Text(
            "Whether it is in the scope of health hosting (CSP L.1111-8).",
            "Si elle relève de l'hébergement de données de santé (art. L.1111-8 CSP).",
        ),
        ("data.*.health", *_IDENTIFIABLE, "data.*.collected_in"),
    ),
    Path(
        "needs_article_9",
        ("data",),
        "flag",
        Text(
            "Whether processing it needs an exception of GDPR 9(2): on health, genetic, or biometric where it identifies.",
            "Si son traitement exige une exception de l'article 9(2) du RGPD : santé, génétique, ou biométrie qui identifie.",
        ),
        ("data.*.health", "data.*.categories", *_IDENTIFIABLE),
    ),
    Path(
        "assessed",
        ("data",),
        "flag",
        Text("Whether an impact assessment dated by that day covers it.", "Si une analyse d'impact datée la couvre à cette date."),
        ("governance.dpia",),
    ),
    Path(
        "stored_in",
        ("data",),
        "elements",
        Text("Components that store it, copies included.", "Composants qui la stockent, copies comprises."),
        ("components.*.stores", "components.*.copy_of"),
        refers="component",
    ),
    Path(
        "receives",
        ("data",),
        "words",
        Text(
            "Organisations that get it: providers of the hosts where it lies or is sent, administrators, readers.",
            "Organisations qui la reçoivent : fournisseurs des hébergeurs où elle se trouve ou est envoyée, administrateurs, lecteurs.",
        ),
        ("components.*.host", "components.*.administrators", "components.*.readers", "flows", "hosts.*.provider"),
        refers="organisation",
    ),
)
