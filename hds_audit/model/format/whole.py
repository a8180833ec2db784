"""infra.yaml as a whole: its sections, in the order in which people write them."""

from hds_audit.model.fields import DAY, TEXT, Keyed, Many, Nested, Words
from hds_audit.model.format import words
from hds_audit.model.format.application import APPLICATION
from hds_audit.model.format.certificates import CERTIFICATE
from hds_audit.model.format.components import COMPONENT
from hds_audit.model.format.data import DATUM
from hds_audit.model.format.encryption import KEY
from hds_audit.model.format.flows import FLOW
from hds_audit.model.format.governance import GOVERNANCE
from hds_audit.model.format.hosts import HOST
from hds_audit.model.format.messages import DOMAIN, EMAILS, ENDPOINT
from hds_audit.model.format.operations import CONTINUITY, ENVIRONMENT, LOGGING, NETWORK
from hds_audit.model.format.organisations import ORGANISATION
from hds_audit.model.format.proofs import ATTESTATION, EVIDENCE
from hds_audit.model.format.writing import each, key, record, some

DESCRIPTION = record(
    "description",
    "A described infrastructure. Left out: unknown; `false` and `[]`: there is none; `true`: there is, details unknown.",
    "Une infrastructure décrite. Non dit : inconnu ; `false` et `[]` : il n'y en a pas ; `true` : il y en a, sans détail.",
    key("format", Words((words.FORMAT,)), "Format of this file.", "Format de ce fichier.", required=True),
    key(
        "include",
        some(TEXT),
        "Other files of the same folder: mappings merge, lists replace, this file has the last word.",
        "Autres fichiers du même dossier : les dictionnaires fusionnent, les listes remplacent, ce fichier a le dernier mot.",
    ),
    key("described", DAY, "Day that the description speaks of.", "Jour dont parle la description."),
    key("application", Nested(APPLICATION), "The application that is audited.", "L'application auditée.", required=True),
    key(
        "organisations",
        Keyed(Nested(ORGANISATION)),
        "Legal entities that the catalogue lacks, or what to add to it, by identifier.",
        "Personnes morales que le catalogue ignore, ou ce qu'il faut y ajouter, par identifiant.",
    ),
    key("data", Keyed(Nested(DATUM)), "Sets of data, by identifier.", "Ensembles de données, par identifiant."),
    key(
        "hosts",
        Keyed(Nested(HOST)),
        "One entry for each offer under contract, by identifier.",
        "Une entrée par offre sous contrat, par identifiant.",
        required=True,
    ),
    key("certificates", Keyed(Nested(CERTIFICATE)), "Certificates shown, by identifier.", "Certificats présentés, par identifiant."),
    key("components", Keyed(Nested(COMPONENT)), "Components, by identifier.", "Composants, par identifiant."),
    key("keys", Keyed(Nested(KEY)), "Cryptographic keys, by identifier.", "Clés cryptographiques, par identifiant."),
    key("flows", Many(Nested(FLOW)), "Flows of data; `[]` for none.", "Flux de données ; `[]` si aucun."),
    key("emails", Nested(EMAILS), "Messages sent; `false` for none.", "Messages envoyés ; `false` si aucun."),
    key("endpoints", each(ENDPOINT, "url"), "Public addresses; `[]` for none.", "Adresses publiques ; `[]` si aucune."),
    key("domains", each(DOMAIN, "name"), "Domain names; `[]` for none.", "Noms de domaine ; `[]` si aucun."),
    key("environments", Keyed(Nested(ENVIRONMENT, "data")), "Environments, by identifier.", "Environnements, par identifiant."),
    key("logging", Nested(LOGGING), "Logs of the whole system.", "Journaux de l'ensemble du système."),
    key("continuity", Nested(CONTINUITY), "Continuity and recovery.", "Continuité et reprise d'activité."),
    key("network", Nested(NETWORK), "Rules of the network.", "Règles du réseau."),
    key("governance", Nested(GOVERNANCE), "Who answers, what was decided and when.", "Qui répond de quoi, ce qui a été décidé et quand."),
    key(
        "attestations",
        Keyed(each(ATTESTATION, "status")),
        "Answers to what no description can decide, by control.",
        "Réponses à ce qu'aucune description ne peut trancher, par exigence.",
    ),
    key("evidence", Many(Nested(EVIDENCE)), "Documents that back declared facts.", "Documents à l'appui des faits déclarés."),
)
