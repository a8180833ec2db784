"""Derived paths on what components, hosts, flows and the application hold."""

from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

_SCOPE = ("data.*.health", "data.*.identifiability", "data.*.collected_in")
_HEALTH = ("data.*.health", "data.*.identifiability")
_PERSONAL = ("data.*.identifiability", "data.*.anonymity_study", "data.*.subjects")
_HELD = ("components.*.stores", "components.*.processes", "components.*.relays", "components.*.copy_of")
_STORED = ("components.*.stores", "components.*.copy_of")
_SENT = ("flows.*.data", "flows.*.to", "flows.*.terminated_by")

PATHS = (
    Path(
        "stores_all",
        ("component",),
        "words",
        Text("Data it stores, those of what it copies included.", "Données qu'il stocke, y compris celles de ce dont il est la copie."),
        _STORED,
        refers="data",
    ),
    Path(
        "data",
        ("component",),
        "words",
        Text("Data it stores, processes or relays.", "Données qu'il stocke, traite ou relaie."),
        _HELD,
        refers="data",
    ),
    Path(
        "holds_hds_data",
        ("component",),
        "flag",
        Text("Whether it stores or copies health data in the scope of HDS.", "S'il stocke ou copie des données de santé du champ HDS."),
        (*_STORED, *_SCOPE),
    ),
    Path(
        "processes_hds_data",
        ("component",),
        "flag",
        Text("Whether health data in the scope of HDS are readable to it.", "Si des données de santé du champ HDS lui sont lisibles."),
        ("components.*.processes", *_SCOPE),
    ),
    Path(
        "handles_hds_data",
        ("component", "host"),
        "flag",
        Text(
            "Whether it stores, copies or processes health data in the scope of HDS; relaying and transient inference: unknown.",
            "S'il stocke, copie ou traite des données de santé du champ HDS ; simple relais et inférence passagère : inconnu.",
        ),
        (*_HELD, *_SCOPE, *_SENT),
    ),
    Path(
        "holds_health_data",
        ("component",),
        "flag",
        Text("Whether it stores or copies health data.", "S'il stocke ou copie des données de santé."),
        (*_STORED, *_HEALTH),
    ),
    Path(
        "handles_health_data",
        ("component", "host"),
        "flag",
        Text("Whether it stores, processes, relays or is sent health data.", "S'il stocke, traite, relaie ou reçoit des données de santé."),
        (*_HELD, *_HEALTH, *_SENT),
    ),
    Path(
        "holds_personal_data",
        ("component",),
        "flag",
        Text("Whether it stores or copies personal data.", "S'il stocke ou copie des données personnelles."),
        (*_STORED, *_PERSONAL),
    ),
    Path(
        "handles_personal_data",
        ("component", "host"),
        "flag",
        Text(
            "Whether it stores, processes, relays, is sent or has access as an administering service to personal data.",
            "S'il stocke, traite, relaie ou reçoit des données personnelles ; un infogérant traite celles auxquelles il accède.",
        ),
        (*_HELD, *_PERSONAL, *_SENT),
    ),
    Path(
        "receives_personal_data",
        ("host",),
        "flag",
        Text(
            "Whether personal data reach it, by a component on it, by a flow, by ending its encryption or by access.",
            "Si des données personnelles lui parviennent : composant hébergé, flux, chiffrement qu'il termine, ou accès.",
        ),
        (*_HELD, *_PERSONAL, *_SENT),
    ),
    Path(
        "components",
        ("host",),
        "elements",
        Text("Components that run on it.", "Composants qu'il héberge."),
        ("components.*.host",),
        refers="component",
    ),
    Path(
        "hosts_hds_data",
        ("host",),
        "flag",
        Text(
            "Whether a component on it stores or copies health data in the scope of HDS.",
            "Si un composant qu'il héberge stocke ou copie des données de santé du champ HDS.",
        ),
        (*_STORED, *_SCOPE),
    ),
    Path(
        "carries_personal",
        ("flow", "template"),
        "flag",
        Text("Whether it carries personal data.", "S'il transporte des données personnelles."),
        ("flows.*.data", *_PERSONAL),
    ),
    Path(
        "carries_health",
        ("flow", "template"),
        "flag",
        Text("Whether it carries health data.", "S'il transporte des données de santé."),
        ("flows.*.data", *_HEALTH),
    ),
    Path(
        "carries_hds",
        ("flow", "template"),
        "flag",
        Text("Whether it carries health data in the scope of HDS.", "S'il transporte des données de santé du champ HDS."),
        ("flows.*.data", *_SCOPE),
    ),
)
