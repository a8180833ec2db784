"""How software is written, changed and released."""

from hds_audit.model.fields import FLAG
from hds_audit.model.format.events import DOCUMENT, DONE, OWNER
from hds_audit.model.format.writing import HOST, ORGANISATION, key, record, some

CHANGE_MANAGEMENT = record(
    "change management",
    "How changes reach production.",
    "Comment les changements arrivent en production.",
    key("ticket", FLAG, "Whether each change has a ticket.", "Si chaque changement a un ticket."),
    key("second_approver", FLAG, "Whether someone other than the author approves.", "Si un autre que l'auteur approuve."),
    key("tested", FLAG, "Whether each change is tested first.", "Si chaque changement est d'abord testé."),
    key("rollback", FLAG, "Whether there is a way back.", "Si un retour arrière est prévu."),
    key(
        "pipeline_only",
        FLAG,
        "Whether software reaches production by the pipeline alone.",
        "Si la mise en production passe uniquement par la chaîne automatisée.",
    ),
    key(
        "signed_artefacts",
        FLAG,
        "Whether artefacts are signed or pinned by digest.",
        "Si les artefacts sont signés ou figés par empreinte.",
    ),
    DONE,
    DOCUMENT,
)

SOURCE_CODE = record(
    "source code",
    "How source code is protected.",
    "Comment le code source est protégé.",
    key("hosts", some(HOST), "Hosts that keep it.", "Hébergeurs qui le conservent."),
    key("private", FLAG, "Whether repositories are private.", "Si les dépôts sont privés."),
    key("mfa", FLAG, "Whether several factors are required.", "Si plusieurs facteurs sont exigés."),
    key(
        "reviewed_changes",
        FLAG,
        "Whether changes are reviewed by a second person.",
        "Si les modifications sont relues par une seconde personne.",
    ),
    key("secret_scanning", FLAG, "Whether secrets are searched for.", "Si les secrets y sont recherchés."),
    key("health_data", FLAG, "Whether health data are in it.", "Si des données de santé s'y trouvent."),
)

DEVELOPMENT = record(
    "secure development",
    "Rules of secure development.",
    "Règles de développement sécurisé.",
    DONE,
    OWNER,
    key(
        "dependency_scan",
        FLAG,
        "Whether dependencies are scanned on each change.",
        "Si les dépendances sont analysées à chaque modification.",
    ),
    key("static_analysis", FLAG, "Whether code is analysed on each change.", "Si le code est analysé à chaque modification."),
    key("security_requirements", FLAG, "Whether security requirements are written.", "Si les exigences de sécurité sont écrites."),
    key(
        "security_tests",
        FLAG,
        "Whether security is tested before each major release.",
        "Si la sécurité est testée avant chaque version majeure.",
    ),
    key(
        "outsourced",
        some(ORGANISATION),
        "Organisations that develop for the operator; `[]` for none.",
        "Organisations qui développent pour l'exploitant ; `[]` si aucune.",
    ),
    DOCUMENT,
)
