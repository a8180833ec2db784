"""Derived paths on the part that the operator plays under the GDPR."""

from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

_ROLE = ("data.*.controller", "application.operator")

PATHS = (
    Path(
        "operator_controls",
        ("data",),
        "flag",
        Text("Whether the operator is its controller, alone or with others.", "Si l'exploitant en est responsable, seul ou avec d'autres."),
        _ROLE,
    ),
    Path(
        "jointly_controlled",
        ("data",),
        "flag",
        Text("Whether the operator is one of several controllers of it.", "Si l'exploitant en est l'un de plusieurs responsables."),
        _ROLE,
    ),
    Path(
        "held_for_others",
        ("data",),
        "flag",
        Text("Whether the operator handles it for another controller.", "Si l'exploitant la traite pour un autre responsable."),
        _ROLE,
    ),
    Path(
        "held_for_controllers",
        ("data",),
        "flag",
        Text(
            "Whether the operator handles it for another controller than the patients themselves.",
            "Si l'exploitant la traite pour un autre responsable que les patients eux-mêmes.",
        ),
        _ROLE,
    ),
    Path(
        "works_for_controllers",
        ("application",),
        "flag",
        Text(
            "Whether the operator handles personal data for practices, establishments or customers.",
            "Si l'exploitant traite des données personnelles pour des praticiens, établissements ou clients.",
        ),
        _ROLE,
    ),
    Path(
        "operator_is_controller",
        ("application",),
        "flag",
        Text("Whether the operator is the controller of some personal data.", "Si l'exploitant est responsable de données personnelles."),
        (*_ROLE, "data.*.identifiability"),
    ),
    Path(
        "operator_is_processor",
        ("application",),
        "flag",
        Text(
            "Whether the operator handles personal data for another controller.",
            "Si l'exploitant traite des données personnelles pour un autre responsable.",
        ),
        (*_ROLE, "data.*.identifiability"),
    ),
    Path(
        "operator_controls_health",
        ("application",),
        "flag",
        Text("Whether the operator is the controller of some health data.", "Si l'exploitant est responsable de données de santé."),
        (*_ROLE, "data.*.health", "data.*.identifiability"),
    ),
    Path(
        "own_health_data_assessed",
        ("application",),
        "flag",
        Text(
            "Whether an impact assessment covers each health datum of which the operator is a controller.",
            "Si une analyse d'impact couvre chaque donnée de santé dont l'exploitant est responsable.",
        ),
        ("governance.dpia", *_ROLE, "data.*.health", "data.*.identifiability"),
    ),
    Path(
        "administrators_bound",
        ("component",),
        "flag",
        Text(
            "Whether each of those who administer it is the operator, a controller, or under a contract described here.",
            "Si chaque administrateur est l'exploitant, un responsable, ou sous un contrat décrit ici.",
        ),
        ("components.*.administrators", "hosts.*.provider", "hosts.*.subcontractors", *_ROLE),
    ),
)
