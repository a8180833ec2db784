"""Derived paths of templates of messages."""

from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

_PATH = ("emails.templates.*.path",)
_SENDER = ("emails.templates.*.sender", "hosts.*.service")
_WHERE = (
    ("id", Text("file, line and words", "fichier, ligne et mots")),
    ("text", Text("the words or the variable", "les mots ou la variable")),
    ("at", Text("file and line", "fichier et ligne")),
)

PATHS = (
    Path(
        "label",
        ("template",),
        "text",
        Text(
            "What its files disclose, the gravest counting: health, free-text, care-relation or none; unknown where one was not read.",
            "Ce que révèlent ses fichiers, au plus grave : health, free-text, care-relation ou none ; inconnu si l'un n'a pas été lu.",
        ),
        _PATH,
    ),
    Path(
        "shows",
        ("template",),
        "words",
        Text("Categories of data that its files show.", "Catégories de données que montrent ses fichiers."),
        _PATH,
    ),
    Path(
        "said",
        ("template",),
        "elements",
        Text("Sentences and variables of its files that say something.", "Phrases et variables de ses fichiers qui disent quelque chose."),
        _PATH,
        (
            *_WHERE,
            ("label", Text("health, free-text, care-relation or none", "health, free-text, care-relation ou none")),
            ("why", Text("why", "pourquoi")),
            ("confidence", Text("how sure that is", "son degré de certitude")),
        ),
    ),
    Path(
        "health_told",
        ("template",),
        "elements",
        Text("Where its files tell of somebody's health.", "Où ses fichiers disent quelque chose de la santé de quelqu'un."),
        _PATH,
        _WHERE,
    ),
    Path(
        "free_text_told",
        ("template",),
        "elements",
        Text("Where its files have a slot that may hold anything.", "Où ses fichiers ont un champ qui peut tout contenir."),
        _PATH,
        _WHERE,
    ),
    Path(
        "noticed",
        ("template",),
        "elements",
        Text(
            "Other things found in its files: national identifiers, tracking pixels, links that identify, passwords.",
            "Autres éléments relevés dans ses fichiers : numéros nationaux, pixels de suivi, liens identifiants, mots de passe.",
        ),
        _PATH,
        (*_WHERE, ("kind", Text("what it is", "sa nature"))),
    ),
    Path(
        "sender_service",
        ("template",),
        "text",
        Text("Kind of service that sends it.", "Nature du service qui l'envoie."),
        _SENDER,
    ),
    Path(
        "secure_messaging",
        ("template",),
        "flag",
        Text(
            "Whether it leaves by a secure health messaging service (MSSanté).",
            "S'il part par une messagerie sécurisée de santé (MSSanté).",
        ),
        ("emails.templates.*.channel", *_SENDER),
    ),
    Path(
        "discloses_health",
        ("template",),
        "flag",
        Text(
            "Whether it carries health data: what its text shows holds over what `data` declares.",
            "S'il porte des données de santé : ce que montre son texte l'emporte sur ce que déclare `data`.",
        ),
        ("emails.templates.*.path", "emails.templates.*.data"),
    ),
    Path(
        "undeclared_health",
        ("template",),
        "flag",
        Text(
            "Whether its text shows health data where `data` declares none.",
            "Si son texte montre des données de santé alors que `data` n'en déclare pas.",
        ),
        ("emails.templates.*.path", "emails.templates.*.data"),
    ),
)
