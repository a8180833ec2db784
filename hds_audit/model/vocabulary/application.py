"""Derived paths of the application as a whole."""

from hds_audit.model.format.whole import DESCRIPTION
from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

_SECTIONS = tuple(
    (field.name, Text(f"whether the section {field.name} is written", f"si la section {field.name} est écrite"))
    for field in DESCRIPTION.fields
)
_HELD = ("components.*.stores", "components.*.processes", "components.*.relays")

PATHS = (
    Path(
        "handles_hds_data",
        ("application",),
        "flag",
        Text(
            "Whether it stores, copies or processes health data in the scope of HDS.",
            "Si elle stocke, copie ou traite des données de santé du champ HDS.",
        ),
        (*_HELD, "data.*.collected_in"),
    ),
    Path(
        "handles_health_data",
        ("application",),
        "flag",
        Text("Whether it handles health data.", "Si elle traite des données de santé."),
        (*_HELD, "data.*.health"),
    ),
    Path(
        "handles_personal_data",
        ("application",),
        "flag",
        Text("Whether it handles personal data.", "Si elle traite des données personnelles."),
        (*_HELD, "data.*.identifiability"),
    ),
    Path(
        "large_scale",
        ("application",),
        "flag",
        Text(
            "Whether it is about 10,000 persons or more: our convention, since no text sets a number.",
            "Si elle concerne 10 000 personnes ou plus : notre convention, aucun texte ne fixant de nombre.",
        ),
        ("application.persons",),
    ),
    Path(
        "large_scale_health",
        ("application",),
        "flag",
        Text("Whether it handles health data at a large scale.", "Si elle traite des données de santé à grande échelle."),
        ("application.persons", "data.*.health"),
    ),
    Path(
        "health_data_assessed",
        ("application",),
        "flag",
        Text("Whether an impact assessment covers every health datum.", "Si une analyse d'impact couvre chaque donnée de santé."),
        ("governance.dpia",),
    ),
    Path(
        "dpo_named",
        ("application",),
        "flag",
        Text(
            "Whether a data protection officer is named: a person, a contact or their organisation.",
            "Si un délégué à la protection des données est nommé : une personne, un contact ou son organisation.",
        ),
        ("governance.dpo",),
    ),
    Path(
        "security_officer_named",
        ("application",),
        "flag",
        Text(
            "Whether a security officer is named: a person, a contact or their organisation.",
            "Si un responsable de la sécurité est nommé : une personne, un contact ou son organisation.",
        ),
        ("governance.security_officer",),
    ),
    Path(
        "uses_trackers",
        ("application",),
        "flag",
        Text(
            "Whether a flow of that day goes to an audience-measurement or advertising service.",
            "Si un flux de ce jour va à un service de mesure d'audience ou de publicité.",
        ),
        ("flows", "hosts.*.service"),
    ),
    Path(
        "all_components",
        ("application",),
        "elements",
        Text("Every component.", "Tous les composants."),
        ("components",),
        refers="component",
    ),
    Path("all_flows", ("application",), "elements", Text("Every flow.", "Tous les flux."), ("flows",), refers="flow"),
    Path("all_data", ("application",), "elements", Text("Every set of data.", "Tous les ensembles de données."), ("data",), refers="data"),
    Path("all_hosts", ("application",), "elements", Text("Every host.", "Tous les hébergeurs."), ("hosts",), refers="host"),
    Path(
        "health_hosts",
        ("application",),
        "elements",
        Text("Hosts that host health data for others, or may.", "Hébergeurs de données de santé pour autrui, avérés ou possibles."),
        ("hosts", "data.*.controller"),
        refers="host",
    ),
    Path(
        "has_section",
        ("application",),
        "thing",
        Text("For each section of the description, whether it is written.", "Pour chaque section de la description, si elle est écrite."),
        (),
        _SECTIONS,
    ),
)
