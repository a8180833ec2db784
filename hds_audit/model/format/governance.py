"""Governance: who answers, what was decided, tested and written, and when."""

from hds_audit.model.fields import DAY, FLAG, NUMBER, SPAN, TEXT, URL, Nested, Words
from hds_audit.model.format.development import CHANGE_MANAGEMENT, DEVELOPMENT, SOURCE_CODE
from hds_audit.model.format.events import DATED, DOCUMENT, DONE, OWNER, REVIEWED, TESTED
from hds_audit.model.format.workplace import REMOVABLE_MEDIA, SECRETS, TRAINING, WORKSTATIONS
from hds_audit.model.format.writing import DATA, ORGANISATION, each, key, record, some

CONTACT = key("contact", TEXT, "How to reach them.", "Comment joindre.")

OFFICER = record(
    "officer",
    "A person in charge, and how to reach them.",
    "Une personne responsable, et comment la joindre.",
    key("organisation", ORGANISATION, "Organisation they belong to.", "Organisation dont elle relève."),
    key("name", TEXT, "Name.", "Nom."),
    CONTACT,
    key("appointed", DAY, "Day of appointment.", "Date de désignation."),
)

DPIA = record(
    "impact assessment",
    "A data protection impact assessment (GDPR 35).",
    "Une analyse d'impact relative à la protection des données (RGPD 35).",
    DONE,
    key("data", DATA, "Data assessed.", "Données couvertes."),
    REVIEWED,
    DOCUMENT,
)

BREACH_PROCEDURE = record(
    "breach procedure",
    "What is done when data are breached.",
    "Ce qui est fait en cas de violation de données.",
    DONE,
    TESTED,
    OWNER,
    CONTACT,
    key("notice", SPAN, "Longest delay before the authority is told.", "Délai maximal de notification à l'autorité."),
    DOCUMENT,
)

INCIDENT_CONTACT = record(
    "incident contact",
    "An outside body to tell of an incident.",
    "Un interlocuteur extérieur à prévenir en cas d'incident.",
    key(
        "body",
        Words(("cnil", "cert-sante", "cert-fr", "ars", "police", "customers"), open=True),
        "Which body.",
        "Lequel.",
        required=True,
    ),
    CONTACT,
    key("within", SPAN, "Delay to tell it.", "Délai pour le prévenir."),
)

SECURITY_POLICY = record(
    "security policy",
    "The information security policy.",
    "La politique de sécurité du système d'information.",
    key("approved", DAY, "Day it was approved.", "Date d'approbation."),
    key("next_review", DAY, "Day the next review is due.", "Date de la prochaine revue."),
    OWNER,
    key("approver", TEXT, "Who approved it.", "Qui l'a approuvée."),
    key(
        "topics",
        some(
            Words(
                ("access", "cryptography", "backup", "transfer", "retention", "suppliers", "incidents", "development"),
                open=True,
            )
        ),
        "Topics with a policy of their own.",
        "Thèmes dotés de leur propre politique.",
    ),
    DOCUMENT,
)

SECURITY_TEST = record(
    "security test",
    "A penetration test or a scan.",
    "Un test d'intrusion ou une analyse de vulnérabilités.",
    key("date", DAY, "Day it was done.", "Date de réalisation."),
    key("by", TEXT, "Who did it.", "Qui l'a réalisé."),
    key("open_findings", FLAG, "Whether serious findings are still open.", "Si des failles graves restent ouvertes."),
    DOCUMENT,
)

HEALTH_CONTACT = record(
    "health contact",
    "Who can name an authorised health professional (HDS EXI-11).",
    "Qui peut désigner un professionnel de santé habilité (HDS EXI-11).",
    key("name", TEXT, "Name.", "Nom."),
    CONTACT,
)

PATIENT_INFORMATION = record(
    "patient information",
    "What patients are told of the hosting (CSP L.1111-8 I): information and objection, not consent.",
    "Ce qui est dit aux patients de l'hébergement (art. L.1111-8 I CSP) : information et opposition, non consentement.",
    key("hosting", FLAG, "Whether they are told that their data are hosted.", "S'ils sont informés de l'hébergement de leurs données."),
    key(
        "objection",
        FLAG,
        "Whether they are told that they may object for a legitimate reason.",
        "S'ils sont informés de leur droit d'opposition pour motif légitime.",
    ),
    DONE,
    DOCUMENT,
)

PRIVACY_NOTICE = record(
    "privacy notice",
    "What persons are told of the processing (GDPR 13 and 14).",
    "L'information des personnes sur le traitement (RGPD 13 et 14).",
    key("url", URL, "Its address.", "Son adresse."),
    DONE,
    key("recipients", FLAG, "Whether it names the recipients.", "Si elle nomme les destinataires."),
    key("transfers", FLAG, "Whether it states transfers outside the EEA.", "Si elle indique les transferts hors EEE."),
    DOCUMENT,
)

FORMALITY = record(
    "formality",
    "A formality with the CNIL: reference methodology, commitment, authorisation.",
    "Une formalité auprès de la CNIL : méthodologie de référence, engagement, autorisation.",
    key("reference", TEXT, "Its reference, such as MR-004.", "Sa référence, comme MR-004.", required=True),
    key("date", DAY, "Its date.", "Sa date."),
    key("data", DATA, "Data concerned.", "Données concernées."),
    DOCUMENT,
)

REVIEWS = record(
    "regular review",
    "A review that comes back.",
    "Une revue périodique.",
    DONE,
    key("every", SPAN, "Time between two reviews.", "Intervalle entre deux revues."),
    key("by", TEXT, "Who does it.", "Qui la mène."),
    DOCUMENT,
)

CLASSIFICATION = record(
    "classification",
    "The organisation's own classes of information.",
    "La classification de l'information propre à l'organisation.",
    key("levels", some(TEXT), "Its levels, the lowest first.", "Ses niveaux, du plus bas au plus haut."),
    DONE,
    DOCUMENT,
)

BACKUP_POLICY = record(
    "backup policy",
    "What is backed up, how often, for how long.",
    "Ce qui est sauvegardé, à quelle fréquence, pour combien de temps.",
    DONE,
    key("copies", NUMBER, "Copies kept.", "Nombre de copies."),
    key("offline", FLAG, "Whether one copy is offline or cannot be altered.", "Si une copie est hors ligne ou inaltérable."),
    key("elsewhere", FLAG, "Whether one copy is at another site.", "Si une copie est sur un autre site."),
    TESTED,
    DOCUMENT,
)

EXCLUSION = record(
    "exclusion",
    "A control of Annex A that the statement of applicability excludes.",
    "Une mesure de l'annexe A que la déclaration d'applicabilité exclut.",
    key("control", TEXT, "Its number, such as A.8.30.", "Son numéro, comme A.8.30.", required=True),
    key("justification", TEXT, "Why it does not apply.", "Pourquoi elle ne s'applique pas."),
)

STATEMENT_OF_APPLICABILITY = record(
    "statement of applicability",
    "The controls of ISO/IEC 27001 that apply, and why (6.1.3 d).",
    "Les mesures de l'ISO/IEC 27001 applicables, et pourquoi (6.1.3 d).",
    *DATED.fields,
    key(
        "exclusions",
        each(EXCLUSION, "control"),
        "Controls that it excludes; `[]` for none; the file, where one is named, has the last word.",
        "Mesures qu'elle exclut ; `[]` si aucune ; le fichier, s'il est nommé, fait foi.",
    ),
)

GOVERNANCE = record(
    "governance",
    "Who answers, what was decided, tested and written, and when.",
    "Qui répond de quoi, ce qui a été décidé, testé et écrit, et quand.",
    key(
        "dpo",
        Nested(OFFICER, "organisation"),
        "Data protection officer; `false` if none.",
        "Délégué à la protection des données ; `false` si aucun.",
    ),
    key("security_officer", Nested(OFFICER, "organisation"), "Security officer.", "Responsable de la sécurité (RSSI)."),
    key("dpia", each(DPIA, "date"), "Impact assessments (GDPR 35); `[]` for none.", "Analyses d'impact (AIPD, RGPD 35) ; `[]` si aucune."),
    key("record_of_processing", Nested(DATED, "date"), "Record of processing (GDPR 30).", "Registre des traitements (RGPD 30)."),
    key("risk_assessment", Nested(DATED, "date"), "Risk assessment.", "Analyse de risques."),
    key("breach_procedure", Nested(BREACH_PROCEDURE, "date"), "Procedure for data breaches.", "Procédure de violation de données."),
    key(
        "incident_contacts",
        each(INCIDENT_CONTACT, "body"),
        "Bodies to tell of an incident.",
        "Interlocuteurs à prévenir en cas d'incident.",
    ),
    key("security_policy", Nested(SECURITY_POLICY, "approved"), "Information security policy.", "Politique de sécurité (PSSI)."),
    key("penetration_test", Nested(SECURITY_TEST, "date"), "Last penetration test.", "Dernier test d'intrusion."),
    key("vulnerability_scan", Nested(SECURITY_TEST, "date"), "Last vulnerability scan.", "Dernière analyse de vulnérabilités."),
    key(
        "health_contact",
        Nested(HEALTH_CONTACT, "name"),
        "Who can name an authorised health professional (HDS EXI-11).",
        "Qui peut désigner un professionnel de santé habilité (HDS EXI-11).",
    ),
    key(
        "patient_information",
        Nested(PATIENT_INFORMATION),
        "What patients are told of the hosting.",
        "Information des patients sur l'hébergement.",
    ),
    key("privacy_notice", Nested(PRIVACY_NOTICE, "url"), "Privacy notice.", "Politique de confidentialité."),
    key(
        "statement_of_applicability",
        Nested(STATEMENT_OF_APPLICABILITY, "document"),
        "Statement of applicability: a CSV or YAML file of control, applicable, justification, status.",
        "Déclaration d'applicabilité : fichier CSV ou YAML de control, applicable, justification, status.",
    ),
    key(
        "formalities",
        each(FORMALITY, "reference"),
        "Formalities with the CNIL; `[]` for none.",
        "Formalités auprès de la CNIL ; `[]` si aucune.",
    ),
    key("training", Nested(TRAINING, "date"), "Security awareness training.", "Sensibilisation à la sécurité."),
    key("supplier_reviews", Nested(REVIEWS, "date"), "Review of suppliers.", "Revue des fournisseurs."),
    key("access_reviews", Nested(REVIEWS, "date"), "Review of access rights.", "Revue des droits d'accès."),
    key("internal_audit", Nested(REVIEWS, "date"), "Internal or independent audit.", "Audit interne ou indépendant."),
    key("management_review", Nested(REVIEWS, "date"), "Review by management.", "Revue de direction."),
    key("threat_watch", Nested(REVIEWS, "date"), "Watch on advisories and threats.", "Veille sur les alertes et menaces."),
    key("legal_watch", Nested(REVIEWS, "date"), "Watch on legal requirements.", "Veille réglementaire."),
    key("asset_inventory", Nested(DATED, "date"), "Inventory of assets.", "Inventaire des actifs."),
    key("procedures", Nested(DATED, "date"), "Operating procedures.", "Procédures d'exploitation."),
    key("classification", Nested(CLASSIFICATION), "Classification of information.", "Classification de l'information."),
    key("backup_policy", Nested(BACKUP_POLICY, "date"), "Backup policy.", "Politique de sauvegarde."),
    key("change_management", Nested(CHANGE_MANAGEMENT), "How changes reach production.", "Comment les changements arrivent en production."),
    key("source_code", Nested(SOURCE_CODE), "How source code is protected.", "Comment le code source est protégé."),
    key("secrets", Nested(SECRETS, "vault"), "Secrets of services.", "Secrets des services."),
    key("development", Nested(DEVELOPMENT), "Rules of secure development.", "Règles de développement sécurisé."),
    key(
        "workstations", Nested(WORKSTATIONS), "Workstations that see data or administer.", "Postes qui voient les données ou administrent."
    ),
    key(
        "removable_media",
        Nested(REMOVABLE_MEDIA),
        "Removable media; `false` where they are forbidden.",
        "Supports amovibles ; `false` s'ils sont interdits.",
    ),
)
