"""Messages sent to people, and the addresses the public reaches."""

from hds_audit.model.fields import FLAG, TEXT, URL, Reference, Words
from hds_audit.model.format.writing import COMPONENT, DATA, each, key, record, some

TEMPLATE = record(
    "template",
    "A message template.",
    "Un modèle de message.",
    key(
        "path",
        TEXT,
        "File or pattern, relative to this file; may be left out.",
        "Fichier ou motif, relatif à ce fichier ; facultatif.",
    ),
    key("data", DATA, "Data it shows; `[]` for none.", "Données qu'il montre ; `[]` si aucune."),
    key("channel", Words(("email", "sms", "push")), "Channel.", "Canal."),
    key(
        "sender",
        Reference(("components", "hosts")),
        "Component or host that sends it.",
        "Composant ou hébergeur qui l'envoie.",
    ),
)

EMAILS = record(
    "messages",
    "Messages that the application sends.",
    "Messages que l'application envoie.",
    key("domain", TEXT, "Domain they are sent from.", "Domaine d'envoi."),
    key("templates", each(TEMPLATE, "path"), "Templates; `[]` for none.", "Modèles ; `[]` si aucun."),
)

ENDPOINT = record(
    "endpoint",
    "A public address.",
    "Une adresse publique.",
    key("url", URL, "The address.", "L'adresse.", required=True),
    key("component", COMPONENT, "Component that answers there.", "Composant qui y répond."),
    key("pages", some(TEXT), "Pages worth a look.", "Pages à regarder."),
    key("login", FLAG, "Whether it is behind a login.", "Si elle est derrière une authentification."),
)

DOMAIN = record(
    "domain",
    "A domain name of the application.",
    "Un nom de domaine de l'application.",
    key("name", TEXT, "The name.", "Le nom.", required=True),
    key("dkim", some(TEXT), "DKIM selectors in use.", "Sélecteurs DKIM utilisés."),
)
