"""Layers of encryption, and the keys that open them."""

from hds_audit.model.fields import DAY, FLAG, TEXT, Reference, Scalar, Words
from hds_audit.model.format import words
from hds_audit.model.format.events import OWNER
from hds_audit.model.format.writing import COMPONENT, DATA, HOST, key, record, some
from hds_audit.model.text import Text

LAYER = record(
    "encryption layer",
    "One layer of encryption.",
    "Une couche de chiffrement.",
    key(
        "layer",
        Words(words.LAYERS),
        "Where it stands, from the disk up to the user's device.",
        "Où elle se situe, du disque jusqu'au terminal de l'utilisateur.",
        required=True,
    ),
    key("algorithm", TEXT, "Algorithm and length, such as AES-256-GCM.", "Algorithme et taille, comme AES-256-GCM."),
    key("key", Reference(("keys",)), "Key that opens it.", "Clé qui l'ouvre."),
    key(
        "data",
        DATA,
        "Data it covers, the rest being bare; left out, all.",
        "Données couvertes, le reste étant en clair ; par défaut, toutes.",
    ),
    key(
        "by",
        COMPONENT,
        "Component that encrypts, for the layers application and end-to-end.",
        "Composant qui chiffre, pour les couches application et end-to-end.",
    ),
)

KEY = record(
    "key",
    "A cryptographic key: where it lies and who can use it.",
    "Une clé cryptographique : où elle se trouve et qui peut s'en servir.",
    key(
        "held_by",
        some(Reference(("organisations",), words.HOLDER_WORDS)),
        "Who holds it: organisations, or `end-users`.",
        "Qui la détient : des organisations, ou `end-users`.",
    ),
    key(
        "place",
        Words(("device", "software", "host-kms", "external-kms", "hsm")),
        "Where it lies: a user's device, software, the host's key service, another's, or an HSM.",
        "Où elle se trouve : terminal de l'utilisateur, logiciel, service de clés de l'hébergeur, d'un tiers, ou HSM.",
    ),
    key("host", HOST, "Host it lies on.", "Hébergeur où elle se trouve."),
    key(
        "managed_by",
        Words(("provider", "customer", "end-users")),
        "Who manages it: the provider of that host, the customer, or the users.",
        "Qui la gère : le fournisseur de cet hébergeur, le client, ou les utilisateurs.",
    ),
    key("algorithm", TEXT, "Algorithm and length.", "Algorithme et taille."),
    key(
        "rotation",
        Scalar("span", Text("it is never changed", "elle n'est jamais renouvelée")),
        "Time after which it is changed; `false` where it never is.",
        "Délai de renouvellement ; `false` si elle n'est jamais renouvelée.",
    ),
    key("rotated", DAY, "Day it was last changed.", "Date du dernier renouvellement."),
    key("recovery", FLAG, "Whether it can be recovered if lost.", "Si elle peut être recouvrée en cas de perte."),
    OWNER,
)
