"""Who gets into a component, and how."""

from hds_audit.model.fields import COUNTRY, FLAG, NUMBER, SPAN, TEXT, Words
from hds_audit.model.format.events import REVIEWED
from hds_audit.model.format.writing import DATA, ORGANISATION, key, record, some

ACCESSOR = record(
    "access of an organisation",
    "An organisation that has access, and from where.",
    "Une organisation qui a accès, et d'où.",
    key("organisation", ORGANISATION, "Organisation that has access.", "Organisation qui a accès.", required=True),
    key("from", some(COUNTRY), "Countries it works from.", "Pays d'où elle intervient."),
    key("data", DATA, "Data it can see; left out, all of the component's.", "Données visibles ; par défaut, toutes celles du composant."),
    key("purpose", TEXT, "Why it has access.", "Raison de cet accès."),
)

MEANS = (
    "password",
    "otp",
    "sms",
    "email-code",
    "passkey",
    "certificate",
    "cps",
    "e-cps",
    "pro-sante-connect",
    "franceconnect",
    "franceconnect-plus",
    "sso",
)

AUTHENTICATION = record(
    "authentication",
    "How one public signs in.",
    "Comment un public s'authentifie.",
    key("means", some(Words(MEANS, open=True)), "Means of authentication.", "Moyens d'authentification."),
    key("mfa", FLAG, "Whether several factors are required.", "Si plusieurs facteurs sont exigés."),
    key("lockout", FLAG, "Whether repeated failures are blocked or slowed.", "Si les échecs répétés sont bloqués ou ralentis."),
    key("entropy", NUMBER, "Least entropy of its passwords, in bits.", "Entropie minimale de ses mots de passe, en bits."),
    key("session", SPAN, "Idle time after which the session ends.", "Inactivité au bout de laquelle la session se ferme."),
)

ACCESS = record(
    "administrators' access",
    "How administrators get in.",
    "Comment les administrateurs accèdent.",
    key("mfa", FLAG, "Whether several factors are required.", "Si plusieurs facteurs sont exigés."),
    key("bastion", FLAG, "Whether all go through a bastion.", "Si tous passent par un bastion."),
    key("vpn", FLAG, "Whether all go through a private network.", "Si tous passent par un réseau privé (VPN)."),
    key("nominative", FLAG, "Whether each account belongs to one person.", "Si chaque compte appartient à une seule personne."),
    key(
        "least_privilege",
        FLAG,
        "Whether nothing is open by default and each role has its need.",
        "Si rien n'est ouvert par défaut et chaque rôle répond à un besoin.",
    ),
    key(
        "time_bound",
        FLAG,
        "Whether high privileges are granted for a time only.",
        "Si les privilèges élevés ne sont accordés que pour un temps.",
    ),
    REVIEWED,
)
