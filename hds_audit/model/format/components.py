"""Components: what stores, processes or relays data, on which host, and how it is protected."""

from hds_audit.model.fields import DAY, FLAG, INTEGER, SPAN, TEXT, Keyed, Nested, Reference, Scalar, Words
from hds_audit.model.format import words
from hds_audit.model.format.access import ACCESS, ACCESSOR, AUTHENTICATION
from hds_audit.model.format.encryption import LAYER
from hds_audit.model.format.events import NOT_DONE, OWNER, TEST
from hds_audit.model.format.upkeep import CAPACITY, DELETION, MASKING, MONITORING, PATCHING, PRODUCT
from hds_audit.model.format.writing import COMPONENT as COMPONENT_REFERENCE
from hds_audit.model.format.writing import DATA, HOST, each, key, record, some

LOGGING = record(
    "logging of a component",
    "What the component logs, how long, and where.",
    "Ce que le composant journalise, combien de temps, et où.",
    key("access", FLAG, "Whether accesses to data are logged.", "Si les accès aux données sont journalisés."),
    key("administration", FLAG, "Whether administration is logged.", "Si les actions d'administration sont journalisées."),
    key("retention", SPAN, "How long logs are kept.", "Durée de conservation des journaux."),
    key("store", COMPONENT_REFERENCE, "Component that keeps them.", "Composant qui les conserve."),
    key("immutable", FLAG, "Whether nobody can alter them.", "Si personne ne peut les altérer."),
    key("contains_health_data", FLAG, "Whether health data get into them.", "Si des données de santé s'y trouvent."),
)

COMPONENT = record(
    "component",
    "Something that stores, processes or relays data, on a host.",
    "Ce qui stocke, traite ou relaie des données, chez un hébergeur.",
    key("kind", Words(words.COMPONENT_KINDS), "What it is.", "Ce qu'il est."),
    key("description", TEXT, "What it does.", "Ce qu'il fait."),
    key("host", HOST, "Host it runs on.", "Hébergeur sur lequel il fonctionne."),
    OWNER,
    key("environment", Reference(("environments",)), "Environment it belongs to.", "Environnement auquel il appartient."),
    key("zone", TEXT, "Network zone it is in.", "Zone réseau où il se trouve."),
    key("internet_exposed", FLAG, "Whether it answers on the internet.", "S'il répond sur internet."),
    key("stores", DATA, "Data it stores; `[]` for none.", "Données qu'il stocke ; `[]` si aucune."),
    key(
        "processes",
        DATA,
        "Data readable to it while it runs; `[]` for none.",
        "Données lisibles par lui pendant qu'il fonctionne ; `[]` si aucune.",
    ),
    key(
        "relays",
        DATA,
        "Data it passes on without reading them; `[]` for none.",
        "Données qu'il transmet sans les lire ; `[]` si aucune.",
    ),
    key(
        "administrators",
        each(ACCESSOR, "organisation"),
        "Organisations that administer it; `[]` for none.",
        "Organisations qui l'administrent ; `[]` si aucune.",
    ),
    key(
        "readers",
        each(ACCESSOR, "organisation"),
        "Organisations that read its data without administering it: support, reporting; `[]` for none.",
        "Organisations qui lisent ses données sans l'administrer : support, décisionnel ; `[]` si aucune.",
    ),
    key(
        "authentication",
        Keyed(Nested(AUTHENTICATION)),
        "How each public signs in, by public.",
        "Comment chaque public s'authentifie, par public.",
    ),
    key("access", Nested(ACCESS), "How administrators get in.", "Comment les administrateurs accèdent."),
    key("product", Nested(PRODUCT, "name"), "Software it runs.", "Logiciel qui le fait fonctionner."),
    key("zones", INTEGER, "Availability zones it runs in.", "Nombre de zones de disponibilité où il fonctionne."),
    key(
        "encryption",
        each(LAYER, "layer"),
        "Layers of encryption over what it stores; `[]` says there is none.",
        "Couches de chiffrement de ce qu'il stocke ; `[]` s'il n'y en a aucune.",
    ),
    key("logging", Nested(LOGGING), "What it logs.", "Ce qu'il journalise."),
    key(
        "copy_of",
        some(COMPONENT_REFERENCE),
        "Components it backs up or replicates: it holds their data unless `stores` says otherwise.",
        "Composants dont il est la sauvegarde ou la réplique : il a leurs données, sauf si `stores` dit autrement.",
    ),
    key("frequency", SPAN, "Time between two backups.", "Intervalle entre deux sauvegardes."),
    key("retention", SPAN, "How long backups or contents are kept.", "Durée de conservation des sauvegardes ou du contenu."),
    key("immutable", FLAG, "Whether nobody can alter or delete them early.", "Si personne ne peut les altérer ou les effacer avant terme."),
    key(
        "restore_tested",
        Nested(TEST, "date"),
        "Last restoration test; `false` if there never was one.",
        "Dernier test de restauration ; `false` s'il n'y en a jamais eu.",
    ),
    key("deletion", Nested(DELETION, "method"), "How data are erased.", "Comment les données sont effacées."),
    key(
        "masking", Nested(MASKING, "method"), "How identifying data are masked in it.", "Comment les données identifiantes y sont masquées."
    ),
    key("patching", Nested(PATCHING, "within"), "How security updates are applied.", "Comment les correctifs de sécurité sont appliqués."),
    key("monitoring", Nested(MONITORING), "What raises an alert, and to whom.", "Ce qui déclenche une alerte, et vers qui."),
    key("capacity", Nested(CAPACITY, "reviewed"), "How its capacity is watched.", "Comment sa capacité est suivie."),
    key("time_source", some(TEXT), "Time servers it follows.", "Serveurs de temps qu'il suit."),
    key("malware_protection", FLAG, "Whether it is protected against malware.", "S'il est protégé contre les logiciels malveillants."),
    key(
        "accepts_files",
        FLAG,
        "Whether it takes files from outside.",
        "S'il accepte des fichiers venant de l'extérieur.",
    ),
    key("scans_files", FLAG, "Whether it scans those files before keeping them.", "S'il analyse ces fichiers avant de les conserver."),
    key("hardening", TEXT, "Hardening baseline it follows.", "Référentiel de durcissement suivi."),
    key("configuration_as_code", FLAG, "Whether its configuration is kept as code.", "Si sa configuration est gérée sous forme de code."),
    key(
        "filtering",
        some(Words(("firewall", "waf", "anti-ddos"), open=True)),
        "Filters in front of it; `[]` for none.",
        "Filtres placés devant lui ; `[]` si aucun.",
    ),
    key(
        "egress",
        Words(("denied", "listed", "open")),
        "What it may reach outside: nothing, listed names, anything.",
        "Ce qu'il peut joindre à l'extérieur : rien, une liste, tout.",
    ),
    key("tenant_separation", TEXT, "How customers are kept apart in it.", "Comment les clients y sont cloisonnés."),
    key("classification", TEXT, "Class in the organisation's own classification.", "Niveau dans la classification de l'organisation."),
    key(
        "bill_of_materials",
        Scalar("day", NOT_DONE),
        "Day of its last software bill of materials; `false` if none.",
        "Date de sa dernière nomenclature logicielle (SBOM) ; `false` si aucune.",
    ),
    key("last_release", DAY, "Day of its last release.", "Date de sa dernière mise en production."),
)
