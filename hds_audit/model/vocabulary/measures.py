"""Derived paths on protection: encryption, keys, backups, access, environments."""

from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

_LAYERS = ("components.*.encryption",)
_COPIES = ("components.*.copy_of", "hosts.*.responsibilities.backup")
_CIPHER = Text("the cipher that the algorithm names, such as aes", "l'algorithme nommé, comme aes")
_KEY_BITS = Text("length of its key, in bits", "longueur de sa clé, en bits")
_BLOCK_BITS = Text(
    "length of its block, in bits; `false` for a cipher without blocks",
    "longueur de son bloc, en bits ; `false` pour un algorithme sans bloc",
)

PATHS = (
    Path(
        "encrypted_at_rest",
        ("component",),
        "flag",
        Text(
            "Whether each personal datum it stores has a layer of encryption over it.",
            "Si chaque donnée personnelle stockée est couverte par une couche de chiffrement.",
        ),
        (*_LAYERS, "components.*.stores"),
    ),
    Path(
        "health_encrypted_at_rest",
        ("component",),
        "flag",
        Text(
            "Whether each health datum it stores has a layer of encryption over it.",
            "Si chaque donnée de santé stockée est couverte par une couche de chiffrement.",
        ),
        (*_LAYERS, "components.*.stores"),
    ),
    Path(
        "hidden_from_host",
        ("component",),
        "flag",
        Text(
            "Whether each health datum it stores has an application or end-to-end layer over it; who has the key is another question.",
            "Si chaque donnée de santé stockée a une couche application ou end-to-end ; qui détient la clé est une autre question.",
        ),
        (*_LAYERS, "components.*.stores"),
    ),
    Path(
        "bare_data",
        ("component",),
        "words",
        Text("Personal data it stores that no layer covers.", "Données personnelles stockées qu'aucune couche ne couvre."),
        (*_LAYERS, "components.*.stores"),
        refers="data",
    ),
    Path(
        "bare_health_data",
        ("component",),
        "words",
        Text("Health data it stores that no layer covers.", "Données de santé stockées qu'aucune couche ne couvre."),
        (*_LAYERS, "components.*.stores"),
        refers="data",
    ),
    Path(
        "layers",
        ("component",),
        "elements",
        Text("Its layers of encryption, with cipher and key.", "Ses couches de chiffrement, avec algorithme et clé."),
        _LAYERS,
        (
            ("id", Text("the layer and its algorithm", "la couche et son algorithme")),
            ("layer", Text("where it stands", "où elle se situe")),
            ("algorithm", Text("the algorithm as declared", "l'algorithme déclaré")),
            ("cipher", _CIPHER),
            ("key_bits", _KEY_BITS),
            ("block_bits", _BLOCK_BITS),
            ("names_ecb", Text("whether its algorithm is used in ECB mode", "si son algorithme est employé en mode ECB")),
            (
                "hides_from_host",
                Text(
                    "whether it stands above the host: application or end-to-end",
                    "si elle se situe au-dessus de l'hébergeur : application ou end-to-end",
                ),
            ),
            ("data", Text("the data it is limited to", "les données auxquelles elle se limite")),
            ("by", Text("the component that encrypts", "le composant qui chiffre")),
            ("component", Text("the component it protects", "le composant qu'elle protège")),
            ("key", Text("the key that opens it", "la clé qui l'ouvre")),
            ("key.held_by", Text("who holds the key", "qui détient la clé")),
            ("key.place", Text("where the key lies", "où se trouve la clé")),
            ("key.host", Text("the host the key lies on", "l'hébergeur où se trouve la clé")),
            ("key.managed_by", Text("who manages the key", "qui gère la clé")),
            ("key.owner", Text("who answers for the key", "qui répond de la clé")),
            ("key.rotation", Text("time after which the key is changed", "délai de renouvellement de la clé")),
            ("key.rotation_overdue", Text("whether the key should have been changed", "si la clé aurait dû être renouvelée")),
            ("key.recovery", Text("whether the key can be recovered", "si la clé peut être recouvrée")),
            ("key.usable_by", Text("who can use the key", "qui peut utiliser la clé")),
            ("key.usable_laws", Text("foreign laws that reach who can use the key", "lois étrangères atteignant qui peut utiliser la clé")),
            ("key.grade", Text("how far the key protects", "jusqu'où la clé protège")),
            (
                "key.provider_can_use",
                Text("whether who hosts what it covers can use the key", "si qui héberge ce qu'elle couvre peut utiliser la clé"),
            ),
        ),
    ),
    Path(
        "keys_apart",
        ("component",),
        "flag",
        Text("Whether none of its keys lies on its own host.", "Si aucune de ses clés ne se trouve chez son propre hébergeur."),
        ("components.*.encryption", "keys.*.place", "keys.*.host"),
    ),
    Path(
        "key_holders_apart",
        ("component",),
        "flag",
        Text(
            "Whether nobody who administers it holds a key that opens what it stores.",
            "Si aucun de ses administrateurs ne détient une clé ouvrant ce qu'il stocke.",
        ),
        ("components.*.administrators", "keys.*.held_by"),
    ),
    Path("cipher", ("key",), "text", _CIPHER, ("keys.*.algorithm", *_LAYERS)),
    Path("key_bits", ("key",), "number", _KEY_BITS, ("keys.*.algorithm", *_LAYERS)),
    Path("block_bits", ("key",), "number", _BLOCK_BITS, ("keys.*.algorithm", *_LAYERS)),
    Path(
        "rotation_overdue",
        ("key",),
        "flag",
        Text("Whether the time after which it is to be changed has passed.", "Si le délai de renouvellement est dépassé."),
        ("keys.*.rotation", "keys.*.rotated"),
    ),
    Path(
        "protects",
        ("key",),
        "elements",
        Text("Components with a layer that it opens.", "Composants dont elle ouvre une couche."),
        _LAYERS,
        refers="component",
    ),
    Path(
        "backups",
        ("component",),
        "elements",
        Text("Components declared as its backups or replicas.", "Composants déclarés comme ses sauvegardes ou réplicats."),
        ("components.*.copy_of",),
        refers="component",
    ),
    Path(
        "has_backup",
        ("component",),
        "flag",
        Text("Whether a component is its backup or replica.", "Si un composant en est la sauvegarde ou le réplicat."),
        _COPIES,
    ),
    Path(
        "is_backup",
        ("component",),
        "flag",
        Text(
            "Whether, as a copy, it keeps past states: a replica, which follows what it copies, is no backup.",
            "Si, en tant que copie, il garde des états passés : un réplicat, qui suit l'original, n'est pas une sauvegarde.",
        ),
        ("components.*.kind", "components.*.frequency"),
    ),
    Path(
        "backed_up",
        ("component",),
        "flag",
        Text("Whether a component is its backup, replicas apart.", "Si un composant en est la sauvegarde, réplicats mis à part."),
        (*_COPIES, "components.*.kind"),
    ),
    Path(
        "restorations",
        ("component",),
        "elements",
        Text(
            "The last restoration test of each of its backups; open where nobody says that there is a backup.",
            "Le dernier test de restauration de chacune de ses sauvegardes ; liste ouverte si aucune sauvegarde n'est déclarée.",
        ),
        ("components.*.restore_tested", *_COPIES),
        (
            ("id", Text("the backup", "la sauvegarde")),
            ("date", Text("day of the test", "date du test")),
            ("succeeded", Text("whether it succeeded; `false` where none was made", "s'il a réussi ; `false` si aucun n'a eu lieu")),
            ("within_rto", Text("whether that test succeeded within the RTO", "si ce test a réussi dans le RTO")),
        ),
    ),
    Path(
        "backup_frequency",
        ("component",),
        "span",
        Text("Shortest time between two of its backups.", "Plus court intervalle entre deux sauvegardes."),
        (*_COPIES, "components.*.frequency"),
    ),
    Path(
        "backup_meets_rpo",
        ("component",),
        "flag",
        Text(
            "Whether one of its backups is at least as frequent as the RPO asks.",
            "Si l'une de ses sauvegardes est au moins aussi fréquente que l'exige le RPO.",
        ),
        ("components.*.frequency", "application.rpo"),
    ),
    Path(
        "last_restore",
        ("component",),
        "day",
        Text(
            "Day of the last restoration test known to have succeeded; `false` if there never was one.",
            "Date du dernier test de restauration dont le succès est connu ; `false` s'il n'y en a jamais eu.",
        ),
        ("components.*.restore_tested",),
    ),
    Path(
        "backup_elsewhere",
        ("component",),
        "flag",
        Text(
            "Whether one of its backups lies at another place: another country, provider, region or site.",
            "Si l'une de ses sauvegardes est en un autre lieu : autre pays, fournisseur, région ou site.",
        ),
        ("components.*.host", "hosts.*.region", "hosts.*.location.site", "components.*.kind"),
    ),
    Path(
        "backup_immutable",
        ("component",),
        "flag",
        Text("Whether one of its backups cannot be altered.", "Si l'une de ses sauvegardes est inaltérable."),
        ("components.*.immutable",),
    ),
    Path(
        "backups_certified",
        ("component",),
        "flag",
        Text("Whether each of its backups lies on a certified host.", "Si chacune de ses sauvegardes est chez un hébergeur certifié."),
        ("hosts.*.certificates",),
    ),
    Path(
        "protected_like_source",
        ("component",),
        "flag",
        Text(
            "Whether a copy hides each personal datum from as many as what it copies does.",
            "Si une copie protège chaque donnée personnelle aussi bien que l'original.",
        ),
        (*_LAYERS, "components.*.copy_of"),
    ),
    Path(
        "environment_data",
        ("component",),
        "text",
        Text("Kind of data in its environment.", "Nature des données de son environnement."),
        ("components.*.environment", "environments.*.data"),
    ),
    Path(
        "faces_public",
        ("component",),
        "flag",
        Text(
            "Whether it is reached from the internet: as declared, by a public address or by a flow from people.",
            "S'il est joignable d'Internet : déclaré, adresse publique ou flux venant de personnes.",
        ),
        ("components.*.internet_exposed",),
    ),
    Path(
        "zone_faces_public",
        ("component",),
        "flag",
        Text(
            "Whether something in its zone, itself included, is reached from the internet.",
            "Si un élément de sa zone, lui compris, est joignable d'Internet.",
        ),
        ("components.*.zone", "components.*.internet_exposed"),
    ),
    Path(
        "logs_administered_apart",
        ("component",),
        "flag",
        Text(
            "Whether who administers the store of its logs does not administer it.",
            "Si qui administre le stockage de ses journaux ne l'administre pas lui-même.",
        ),
        ("components.*.logging.store", "components.*.administrators"),
    ),
    Path(
        "accessors",
        ("component",),
        "elements",
        Text(
            "Organisations that administer it or read its data; open where a list is left out.",
            "Organisations qui l'administrent ou en lisent les données ; liste ouverte si rien n'est dit.",
        ),
        ("components.*.administrators", "components.*.readers"),
        (
            ("id", Text("the organisation", "l'organisation")),
            ("organisation", Text("the organisation", "l'organisation")),
            ("reads_only", Text("whether it reads without administering", "si elle lit sans administrer")),
            ("operator", Text("whether it is the operator itself", "s'il s'agit de l'exploitant lui-même")),
            ("from", Text("countries it works from", "pays d'où elle intervient")),
            ("under_contract", Text("whether a contract with it runs that day", "si un contrat avec elle court à cette date")),
            ("component", Text("the component", "le composant")),
        ),
    ),
)
