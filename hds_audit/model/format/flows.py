"""Flows between components, hosts and people."""

from hds_audit.model.fields import DAY, FLAG, TEXT, VERSION, Nested, Reference, Words
from hds_audit.model.format import words
from hds_audit.model.format.encryption import LAYER
from hds_audit.model.format.writing import DATA, each, key, record, some
from hds_audit.model.text import Text

END = Reference(("components", "hosts"), words.END_WORDS)

TRANSPORT = record(
    "transport",
    "How the data travel.",
    "Comment les données circulent.",
    key("protocol", TEXT, "Protocol: https, smtp, postgresql…", "Protocole : https, smtp, postgresql…"),
    key(
        "tls",
        some(VERSION, Text("no TLS", "pas de TLS")),
        "TLS versions accepted; `true` for TLS of unknown version, `false` for none.",
        "Versions de TLS acceptées ; `true` si TLS de version inconnue, `false` si aucun.",
    ),
    key(
        "network",
        Words(("open", "private")),
        "Network it crosses, where the ends do not tell: private where nobody but those under contract carries it.",
        "Réseau emprunté, quand les extrémités ne le disent pas : private si nul autre que les parties sous contrat ne l'achemine.",
    ),
    key("mutual", FLAG, "Whether both ends show a certificate.", "Si les deux extrémités présentent un certificat."),
)

FLOW = record(
    "flow",
    "Data that go from one end to another.",
    "Des données qui vont d'une extrémité à une autre.",
    key("id", TEXT, "Identifier, where `from->to` is not enough.", "Identifiant, quand `from->to` ne suffit pas."),
    key(
        "from",
        END,
        "Where it starts: a component, a host, or patients, health-professionals, devices, internet.",
        "D'où il part : un composant, un hébergeur, ou patients, health-professionals, devices, internet.",
        required=True,
    ),
    key("to", END, "Where it ends.", "Où il arrive.", required=True),
    key("data", DATA, "Data it carries; `[]` for none.", "Données transportées ; `[]` si aucune."),
    key("purpose", TEXT, "What it is for.", "À quoi il sert."),
    key("transport", Nested(TRANSPORT, "protocol"), "How it travels.", "Comment il circule."),
    key(
        "terminated_by",
        some(Reference(("hosts", "organisations"))),
        "Organisations or hosts that end the encryption on the way; `[]` for none.",
        "Organisations ou hébergeurs qui terminent le chiffrement en chemin ; `[]` si aucun.",
    ),
    key(
        "encryption",
        each(LAYER, "layer"),
        "Layers over the content itself, such as end-to-end; `[]` for none.",
        "Couches portant sur le contenu lui-même, comme end-to-end ; `[]` si aucune.",
    ),
    key(
        "consent",
        Words(("prior", "explicit", "none", "exempt")),
        "For trackers: prior consent, explicit consent to this use of health data (GDPR 9(2)(a)), none, or exempt from it.",
        "Pour les traceurs : consentement préalable, explicite pour des données de santé (art. 9(2)(a) RGPD), aucun, ou exemption.",
    ),
    key("started", DAY, "Day it began.", "Date de début."),
    key("ended", DAY, "Day it stopped.", "Date de fin."),
)
