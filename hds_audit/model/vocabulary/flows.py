"""Derived paths of flows."""

from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

_TLS = ("flows.*.transport",)
_TO = ("flows.*.to", "components.*.host")

PATHS = (
    Path(
        "active",
        ("flow",),
        "flag",
        Text("Whether data flow that day: begun and not ended.", "Si le flux a lieu à cette date : commencé et non terminé."),
        ("flows.*.started", "flows.*.ended"),
    ),
    Path(
        "open_network",
        ("flow",),
        "flag",
        Text(
            "Whether it crosses a network that nobody here controls whole: to or from people, or between providers, unless it says else.",
            "S'il emprunte un réseau que nul ici ne maîtrise : vers ou depuis des personnes, ou entre fournisseurs, sauf mention.",
        ),
        (*_TO, "flows.*.transport.network"),
    ),
    Path(
        "reaches_people",
        ("flow",),
        "flag",
        Text(
            "Whether one of its ends is people, their devices or the internet.",
            "Si l'une de ses extrémités est une personne, un terminal ou Internet.",
        ),
    ),
    Path(
        "with_health_professionals",
        ("flow",),
        "flag",
        Text("Whether one of its ends is health professionals.", "Si l'une de ses extrémités est un professionnel de santé."),
    ),
    Path(
        "crosses_environments",
        ("flow",),
        "flag",
        Text("Whether it goes from one environment to another.", "S'il passe d'un environnement à un autre."),
        ("components.*.environment",),
    ),
    Path(
        "encrypted",
        ("flow",),
        "flag",
        Text(
            "Whether it is encrypted on the way: by its TLS, or by a protocol that always is or never is.",
            "S'il est chiffré en chemin : par TLS, ou par un protocole qui l'est toujours ou jamais.",
        ),
        _TLS,
    ),
    Path(
        "tls_floor",
        ("flow",),
        "text",
        Text("Lowest version of TLS it accepts; `false` where there is none.", "Plus basse version de TLS acceptée ; `false` si aucune."),
        ("flows.*.transport.tls",),
    ),
    Path(
        "tls_versions",
        ("flow",),
        "words",
        Text(
            "Versions of TLS it accepts, each as in 1.2; `false` where there is none.",
            "Versions de TLS acceptées, sous la forme 1.2 ; `false` si aucune.",
        ),
        ("flows.*.transport.tls",),
    ),
    Path(
        "end_to_end",
        ("flow",),
        "flag",
        Text(
            "Whether all the personal data it carries are encrypted from end to end, by itself or by every store of them.",
            "Si toutes les données personnelles transportées sont chiffrées de bout en bout, par le flux ou par tous leurs stockages.",
        ),
        ("flows.*.encryption", "components.*.encryption"),
    ),
    Path(
        "terminators",
        ("flow",),
        "words",
        Text(
            "Organisations that end the encryption on the way, a host being its provider.",
            "Organisations qui terminent le chiffrement en chemin, un hébergeur valant son fournisseur.",
        ),
        ("flows.*.terminated_by",),
        refers="organisation",
    ),
    Path(
        "to_host",
        ("flow",),
        "thing",
        Text("Host where it ends; `false` for people.", "Hébergeur d'arrivée ; `false` pour des personnes."),
        _TO,
        refers="host",
    ),
    Path(
        "to_service",
        ("flow",),
        "text",
        Text("Kind of service where it ends; `false` for people.", "Nature du service d'arrivée ; `false` pour des personnes."),
        (*_TO, "hosts.*.service"),
    ),
    Path(
        "to_organisation",
        ("flow",),
        "thing",
        Text(
            "Provider of the host where it ends; `false` for people.", "Fournisseur de l'hébergeur d'arrivée ; `false` pour des personnes."
        ),
        (*_TO, "hosts.*.provider"),
        refers="organisation",
    ),
    Path(
        "to_country",
        ("flow",),
        "text",
        Text("Country of the host where it ends; `false` for people.", "Pays de l'hébergeur d'arrivée ; `false` pour des personnes."),
        (*_TO, "hosts.*.location", "hosts.*.region"),
    ),
    Path(
        "from_host",
        ("flow",),
        "thing",
        Text("Host where it starts; `false` for people.", "Hébergeur de départ ; `false` pour des personnes."),
        ("flows.*.from", "components.*.host"),
        refers="host",
    ),
    Path(
        "from_service",
        ("flow",),
        "text",
        Text("Kind of service where it starts; `false` for people.", "Nature du service de départ ; `false` pour des personnes."),
        ("flows.*.from", "hosts.*.service"),
    ),
    Path(
        "from_country",
        ("flow",),
        "text",
        Text("Country of the host where it starts; `false` for people.", "Pays de l'hébergeur de départ ; `false` pour des personnes."),
        ("flows.*.from", "hosts.*.location", "hosts.*.region"),
    ),
    Path(
        "leaves_eea",
        ("flow",),
        "flag",
        Text(
            "Whether one of the places where its receiver keeps data lies outside the EEA.",
            "Si l'un des lieux où son destinataire garde des données est hors EEE.",
        ),
        (*_TO, "hosts.*.location", "hosts.*.region", "hosts.*.replicated_to"),
    ),
    Path(
        "explicit_consent",
        ("flow",),
        "flag",
        Text(
            "Whether people explicitly agreed that their health data go there: `explicit`, where `prior` leaves it open.",
            "Si les personnes ont explicitement consenti à cet envoi de données de santé : `explicit`, que `prior` laisse ouvert.",
        ),
        ("flows.*.consent",),
    ),
    Path(
        "tracker",
        ("flow",),
        "flag",
        Text(
            "Whether it goes to an audience-measurement or advertising service, or to another that reads or writes on people's devices.",
            "S'il va à un service de mesure d'audience ou de publicité, ou à un autre qui lit ou écrit sur l'appareil des personnes.",
        ),
        (*_TO, "hosts.*.service", "flows.*.consent"),
    ),
)
