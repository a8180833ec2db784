"""The words of reports for what audits find: origins, degrees, activities, grounds, kinds of things; in both languages."""

from collections.abc import Mapping

from hds_audit.model.activity_words import SHORT
from hds_audit.model.text import Language, Text

ORIGINS = {
    "declared": Text("declared", "déclaré"),
    "documented": Text("document named", "pièce désignée"),
    "catalogued": Text("catalogue", "catalogue"),
    "observed": Text("observed", "observé"),
    "derived": Text("derived", "déduit"),
}
DEGREES = {
    "clear": Text("read in the clear", "lisibles en clair"),
    "key-held": Text("readable, the key being in reach", "lisibles, la clé étant à portée"),
    "in-use": Text("readable while in use", "lisibles en cours de traitement"),
    "ciphertext": Text("ciphertext only", "chiffrées, sans la clé"),
    "none": Text("nothing to read", "rien à lire"),
    "unknown": Text("not known how readable", "lisibilité inconnue"),
}
DEGREE_TONES = {"clear": "fail", "key-held": "fail", "in-use": "fail", "ciphertext": "pass", "none": "pass", "unknown": "unknown"}
CERTAINTIES = {
    "established": Text("legal link established, access not excluded", "lien juridique établi, accès non exclu"),
    "debated": Text("legal link debated", "lien juridique débattu"),
    "unknown": Text("legal link not known", "lien juridique inconnu"),
}
ROLES = {
    "provider": Text("provider of the host", "fournisseur de l'hébergement"),
    "party": Text("company of the provider's group", "société du groupe du fournisseur"),
    "subcontractor": Text("subcontractor of the host", "sous-traitant de l'hébergeur"),
    "operator": Text("operator", "exploitant"),
    "administrator": Text("administrator", "administrateur"),
    "reader": Text("reader", "lecteur"),
    "remote-access": Text("remote access", "accès à distance"),
    "recipient": Text("recipient of the data", "destinataire des données"),
    "terminator": Text("ends the encryption of transport", "met fin au chiffrement du transport"),
}
ACTIVITIES = {
    "physical-sites": Text("1 Physical sites", "1 Sites physiques"),
    "hardware": Text("2 Hardware", "2 Infrastructure matérielle"),
    "virtual-infrastructure": Text("3 Virtual infrastructure", "3 Infrastructure virtuelle"),
    "platform": Text("4 Application platform", "4 Plateforme d'hébergement d'applications"),
    "administration": Text("5 Administration and operation", "5 Administration et exploitation"),
    "backup": Text("6 Backup", "6 Sauvegarde"),
}
COVER = {
    "covered": (Text("covered", "couverte"), "pass"),
    **{verdict: (words, "fail") for verdict, words in SHORT.items()},
    "exempt": (Text("exempt, the controller hosts its own data", "dispensée, le responsable s'héberge lui-même"), "not-applicable"),
    "not-hosting": (Text("no hosting of its own", "n'est pas hébergeur"), "not-applicable"),
    "conflict": (Text("sources contradict each other", "sources contradictoires"), "unknown"),
    "unknown": (Text("not shown", "non démontrée"), "unknown"),
}
BASES = {
    "observed": Text("observed", "observé"),
    "declared": Text("declared", "déclaré"),
    "inherited": Text("inherited from the host's certificate", "hérité du certificat de l'hébergeur"),
    "attested": Text("attested by a person", "attesté par une personne"),
    "none": Text("none", "aucun"),
}
RESTS = {
    "technical": Text("technical fact", "fait technique"),
    "certificate": Text("certificate of the host", "certificat de l'hébergeur"),
    "document": Text("dated document", "document daté"),
    "auditor": Text("auditor alone", "auditeur seul"),
}
JUDGED = {
    "whole": Text("judged whole", "jugée entièrement"),
    "part": Text("judged in part", "jugée en partie"),
    "attestation": Text("a person answers", "à attester par une personne"),
    "invisible": Text("not visible from a description", "invisible depuis une description"),
}
EFFORTS = {
    "hours": Text("hours", "quelques heures"),
    "days": Text("days", "quelques jours"),
    "weeks": Text("weeks", "quelques semaines"),
    "contract": Text("an amendment to a contract", "un avenant au contrat"),
    "migration": Text("a migration", "une migration"),
}
STATUSES = {
    "verified": Text("text read", "texte lu"),
    "secondary": Text("read in a secondary source", "lu dans une source secondaire"),
    "recalled": Text("not read, recalled", "non lu, de mémoire"),
}
KINDS = {
    "application": Text("application", "application"),
    "data": Text("data", "données"),
    "host": Text("host", "hébergeur"),
    "component": Text("component", "composant"),
    "key": Text("key", "clé"),
    "flow": Text("flow", "flux"),
    "certificate": Text("certificate", "certificat"),
    "organisation": Text("organisation", "organisation"),
    "template": Text("message template", "modèle de message"),
    "endpoint": Text("public address", "adresse publique"),
    "layer": Text("layer", "couche"),
    "country": Text("country", "pays"),
    "law": Text("law", "loi"),
}
THINGS = {
    "application": Text("application", "application"),
    "function": Text("function", "fonction"),
    "database": Text("database", "base de données"),
    "object-storage": Text("object storage", "stockage objet"),
    "file-storage": Text("file storage", "fichiers"),
    "cache": Text("cache", "cache"),
    "queue": Text("queue", "file de messages"),
    "search": Text("search", "recherche"),
    "backup": Text("backup", "sauvegarde"),
    "log": Text("log", "journal"),
    "cdn": Text("CDN", "CDN"),
    "load-balancer": Text("load balancer", "répartiteur"),
    "gateway": Text("gateway", "passerelle"),
    "key-store": Text("key store", "coffre de clés"),
    "mail": Text("mail", "courriel"),
    "email": Text("e-mail", "courriel"),
    "sms": Text("SMS", "SMS"),
    "analytics": Text("analytics", "audience"),
    "advertising": Text("advertising", "publicité"),
    "monitoring": Text("monitoring", "supervision"),
    "error-monitoring": Text("error monitoring", "suivi d'erreurs"),
    "support": Text("support", "support"),
    "support-desk": Text("support desk", "assistance"),
    "video": Text("video", "visio"),
    "ai": Text("AI", "IA"),
    "ai-inference": Text("AI inference", "inférence IA"),
    "key-management": Text("key management", "gestion de clés"),
    "managed-services": Text("managed services", "infogérance"),
    "source-code": Text("source code", "code source"),
    "housing": Text("housing", "hébergement à sec"),
    "managed-database": Text("managed database", "base de données managée"),
    "archiving": Text("archiving", "archivage"),
    "on-premises": Text("own premises", "locaux propres"),
    "bare-metal": Text("bare metal", "serveurs dédiés"),
    "iaas": Text("IaaS", "IaaS"),
    "paas": Text("PaaS", "PaaS"),
    "saas": Text("SaaS", "SaaS"),
    "managed-kubernetes": Text("managed Kubernetes", "Kubernetes managé"),
    "push": Text("push service", "notifications"),
    "health-messaging": Text("health messaging", "messagerie santé"),
    "logging": Text("logging", "journalisation"),
    "payments": Text("payments", "paiement"),
    "patients": Text("Patients", "Patients"),
    "customers": Text("Customers", "Clients"),
    "health-professionals": Text("Health professionals", "Professionnels de santé"),
    "devices": Text("Devices", "Dispositifs"),
    "internet": Text("Internet", "Internet"),
}
ORDINALS = {
    "complies": (Text("complies", "conforme"), "pass"),
    "partly": (Text("partly", "partiellement conforme"), "partly"),
    "does-not": (Text("does not comply", "non conforme"), "fail"),
    "cannot-be-judged": (Text("cannot be judged", "ne peut être jugé"), "unknown"),
    "not-concerned": (Text("not concerned", "sans objet"), "not-applicable"),
}
TEXTS = {
    "csp": Text("Public Health Code (CSP)", "Code de la santé publique"),
    "hds-v2": Text("HDS referential v2", "Référentiel HDS v2"),
    "hds-v1": Text("HDS referential v1.1", "Référentiel HDS v1.1"),
    "hads": Text("HADS approval", "Agrément HADS"),
    "gdpr": Text("GDPR", "RGPD"),
    "french-law": Text("Other French law", "Autres textes français"),
    "eu-transfers": Text("Transfers outside the EU", "Transferts hors de l'Union"),
    "edpb": Text("EDPB guidelines", "Lignes directrices du CEPD"),
    "cnil": Text("CNIL recommendations", "Recommandations de la CNIL"),
    "pgssi-s": Text("PGSSI-S", "PGSSI-S"),
    "anssi-tls": Text("ANSSI guide on TLS", "Guide TLS de l'ANSSI"),
    "anssi-crypto": Text("ANSSI guide on cryptography", "Guide des mécanismes cryptographiques de l'ANSSI"),
    "anssi-web": Text("ANSSI guide on web sites", "Guide de l'ANSSI sur les sites web"),
    "anssi-internet": Text("ANSSI guide on connecting to the Internet", "Guide de l'ANSSI sur l'interconnexion à Internet"),
    "mozilla-tls": Text("Mozilla, Server Side TLS", "Mozilla, TLS côté serveur"),
    "foreign-laws": Text("Foreign laws", "Lois étrangères"),
    "secnumcloud": Text("SecNumCloud 3.2", "SecNumCloud 3.2"),
    "sren": Text("SREN Act", "Loi SREN"),
    "case-law": Text("Case law", "Jurisprudence"),
    "iso27001": Text("ISO/IEC 27001:2022, Annex A", "ISO/IEC 27001:2022, annexe A"),
    "iso27001-clauses": Text("ISO/IEC 27001:2022, clauses", "ISO/IEC 27001:2022, articles"),
    "iso27001-2013": Text("ISO/IEC 27001:2013, Annex A", "ISO/IEC 27001:2013, annexe A"),
    "to-come": Text("Texts to come", "Textes à venir"),
}


def said(words: Mapping[str, Text], word: str, language: Language) -> str:
    """A word of a vocabulary, or itself where the vocabulary lacks it."""
    found = words.get(word)
    return word if found is None else found.said(language)
