"""Everything that can be observed, by name: what it means, how it is written, and how several addresses of one name add up."""

from __future__ import annotations

from typing import Literal, NamedTuple

from hds_audit.model.evidence import SubjectKind
from hds_audit.model.text import Text

Form = Literal["yes-no", "number", "text", "list"]
"""yes-no: the status alone is the answer · number and text: a value when seen · list: texts when seen, empty when not-seen."""

Sum = Literal["any", "all", "least", "most", "union", "one"]
"""How addresses add up: any: one is enough · all: each must · least, most: the extreme · union: every item · one: asked once."""


class Observable(NamedTuple):
    """One thing that a probe can look for."""

    name: str
    form: Form
    sum: Sum
    on: tuple[SubjectKind, ...]
    title: Text


_SERVER: tuple[SubjectKind, ...] = ("endpoint", "exchanger")
_PAGE: tuple[SubjectKind, ...] = ("endpoint",)
_ZONE: tuple[SubjectKind, ...] = ("domain",)
_BOTH: tuple[SubjectKind, ...] = ("endpoint", "domain")


def _flaw(name: str, en: str, fr: str, on: tuple[SubjectKind, ...] = _SERVER) -> Observable:
    return Observable(name, "yes-no", "any", on, Text(en, fr))


def _merit(name: str, en: str, fr: str, on: tuple[SubjectKind, ...] = _SERVER) -> Observable:
    return Observable(name, "yes-no", "all", on, Text(en, fr))


def _list(name: str, en: str, fr: str, on: tuple[SubjectKind, ...] = _SERVER) -> Observable:
    return Observable(name, "list", "union", on, Text(en, fr))


def _least(name: str, en: str, fr: str, on: tuple[SubjectKind, ...] = _SERVER) -> Observable:
    return Observable(name, "number", "least", on, Text(en, fr))


def _most(name: str, en: str, fr: str, on: tuple[SubjectKind, ...] = _SERVER) -> Observable:
    return Observable(name, "number", "most", on, Text(en, fr))


def _said(name: str, en: str, fr: str, on: tuple[SubjectKind, ...] = _ZONE) -> Observable:
    return Observable(name, "text", "one", on, Text(en, fr))


TLS = (
    _flaw("tls.accepts_ssl2", "SSL 2.0 is accepted", "SSL 2.0 est accepté"),
    _flaw("tls.accepts_ssl3", "SSL 3.0 is accepted", "SSL 3.0 est accepté"),
    _flaw("tls.accepts_tls10", "TLS 1.0 is accepted", "TLS 1.0 est accepté"),
    _flaw("tls.accepts_tls11", "TLS 1.1 is accepted", "TLS 1.1 est accepté"),
    _merit("tls.accepts_tls12", "TLS 1.2 is accepted", "TLS 1.2 est accepté"),
    _merit("tls.accepts_tls13", "TLS 1.3 is accepted", "TLS 1.3 est accepté"),
    _list("tls.versions", "Protocol versions accepted", "Versions du protocole acceptées"),
    _list("tls.suites", "Cipher suites accepted, by IANA name", "Suites cryptographiques acceptées (noms IANA)", _PAGE),
    _list(
        "tls.suites_without_forward_secrecy",
        "Suites accepted without forward secrecy",
        "Suites acceptées sans confidentialité persistante",
        _PAGE,
    ),
    _list(
        "tls.suites_without_aead",
        "Suites accepted without authenticated encryption",
        "Suites acceptées sans chiffrement intègre (AEAD)",
        _PAGE,
    ),
    _flaw("tls.rc4", "RC4 is accepted", "RC4 est accepté"),
    _flaw("tls.triple_des", "Triple DES is accepted", "Triple DES est accepté"),
    _flaw("tls.des", "Single DES is accepted", "DES simple est accepté"),
    _flaw("tls.export", "Export-grade suites are accepted", "Des suites de qualité export sont acceptées"),
    _flaw("tls.null", "Suites that do not encrypt are accepted", "Des suites sans chiffrement sont acceptées"),
    _flaw("tls.anonymous", "Suites that do not authenticate are accepted", "Des suites sans authentification sont acceptées", _PAGE),
    _least("tls.dh_bits", "Size of the Diffie-Hellman group, in bits", "Taille du groupe Diffie-Hellman, en bits", _PAGE),
    _list("tls.groups", "Key-exchange groups accepted", "Groupes d'échange de clés acceptés", _PAGE),
    _merit("tls.post_quantum", "A hybrid post-quantum group is accepted", "Un groupe hybride post-quantique est accepté", _PAGE),
    _merit("tls.server_order", "The server's order of suites prevails", "L'ordre de préférence du serveur prévaut", _PAGE),
    _flaw("tls.compression", "TLS compression is accepted", "La compression TLS est acceptée", _PAGE),
    _merit("tls.secure_renegotiation", "Secure renegotiation is announced", "La renégociation sécurisée est annoncée", _PAGE),
    _merit("tls.extended_master_secret", "The extended master secret is used", "Le secret maître étendu est utilisé", _PAGE),
    _merit("tls.ocsp_staple", "An OCSP answer is stapled (TLS 1.2)", "Une réponse OCSP est agrafée (TLS 1.2)", _PAGE),
    _flaw("tls.client_certificate", "A client certificate is asked for", "Un certificat client est demandé", _PAGE),
)

CERTIFICATE = (
    _merit(
        "certificate.trusted", "The chain leads to a trusted authority, dates aside", "La chaîne mène à une autorité reconnue, hors dates"
    ),
    _flaw("certificate.incomplete_chain", "An intermediate certificate is missing", "Un certificat intermédiaire manque"),
    _flaw("certificate.self_signed", "The certificate is self-signed", "Le certificat est autosigné"),
    _flaw("certificate.expired", "A certificate of the chain has expired", "Un certificat de la chaîne a expiré"),
    _flaw("certificate.not_yet_valid", "A certificate of the chain is not valid yet", "Un certificat de la chaîne n'est pas encore valide"),
    _least("certificate.days_left", "Days before expiry", "Jours avant expiration"),
    _least("certificate.life_left", "Share of the lifetime that is left, in per cent", "Part de la durée de vie restante, en pour cent"),
    _most("certificate.lifetime", "Lifetime, in days", "Durée de vie, en jours"),
    _merit("certificate.matches_name", "A subject alternative name covers the host", "Un nom alternatif du certificat couvre l'hôte"),
    _flaw("certificate.without_names", "It has no subject alternative name", "Il n'a aucun nom alternatif (SAN)"),
    _list("certificate.key_type", "Type of the key", "Type de la clé"),
    _least("certificate.key_bits", "Size of the key, in bits", "Taille de la clé, en bits"),
    _least("certificate.rsa_exponent", "RSA public exponent", "Exposant public RSA"),
    _list("certificate.signature", "Digest of the signatures of the chain", "Fonction de hachage des signatures de la chaîne"),
    _flaw("certificate.weak_signature", "A certificate is signed with MD5 or SHA-1", "Un certificat est signé avec MD5 ou SHA-1"),
    _merit("certificate.revocation_source", "It names a CRL or an OCSP responder", "Il désigne une CRL ou un répondeur OCSP"),
    _merit("certificate.transparency", "It carries certificate transparency stamps", "Il porte des horodatages Certificate Transparency"),
    _flaw("certificate.staple_missing", "It demands a staple that is not there", "Il exige une agrafe OCSP absente"),
    _list("certificate.issuer", "Organisation that issued it", "Organisation émettrice"),
)

HTTP = (
    _flaw("http.plain_content", "Content is served without encryption", "Du contenu est servi sans chiffrement", _PAGE),
    _merit("http.redirects_to_https", "Plain HTTP leads to HTTPS", "Le HTTP en clair mène à HTTPS", _PAGE),
    _flaw("http.redirect_through_plain", "A redirection passes through plain HTTP", "Une redirection passe par du HTTP en clair", _PAGE),
    _flaw("http.redirect_loop", "Redirections go in a circle", "Les redirections tournent en rond", _PAGE),
    _list(
        "http.redirects_elsewhere",
        "Hosts to which it redirects and that are not declared",
        "Hôtes non déclarés vers lesquels il redirige",
        _PAGE,
    ),
    _merit("http.hsts", "A valid HSTS header is sent", "Un en-tête HSTS valide est envoyé", _PAGE),
    _least("http.hsts_max_age", "Length of the HSTS promise, in seconds", "Durée de l'engagement HSTS, en secondes", _PAGE),
    _merit("http.hsts_subdomains", "HSTS covers subdomains", "HSTS couvre les sous-domaines", _PAGE),
    _list("http.cookies", "Names of the cookies set", "Noms des cookies déposés", _PAGE),
    _list("http.cookies_without_secure", "Cookies without Secure", "Cookies sans Secure", _PAGE),
    _list("http.cookies_without_httponly", "Cookies without HttpOnly", "Cookies sans HttpOnly", _PAGE),
    _list("http.cookies_without_samesite", "Cookies without SameSite", "Cookies sans SameSite", _PAGE),
    _merit("http.csp", "A content security policy is sent", "Une politique de sécurité du contenu (CSP) est envoyée", _PAGE),
    _flaw("http.csp_unsafe", "The policy allows inline or evaluated scripts", "La CSP autorise les scripts en ligne ou évalués", _PAGE),
    _merit("http.nosniff", "X-Content-Type-Options: nosniff is sent", "X-Content-Type-Options: nosniff est envoyé", _PAGE),
    _merit("http.frame_protection", "Framing by others is restricted", "L'intégration dans un cadre tiers est restreinte", _PAGE),
    _merit(
        "http.referrer_policy", "A referrer policy hides paths from others", "Une politique de référent masque les chemins aux tiers", _PAGE
    ),
    _flaw(
        "http.cors_anyone",
        "Any origin may read the answers with credentials",
        "Toute origine peut lire les réponses avec identifiants",
        _PAGE,
    ),
    _list("http.products", "Products and versions that headers tell", "Produits et versions révélés par les en-têtes", _PAGE),
    _list("http.signatures", "Headers and cookies that point to an operator", "En-têtes et cookies révélateurs d'un opérateur", _PAGE),
    _merit("http.security_txt", "A valid security.txt is there", "Un security.txt valide est présent", _PAGE),
    _flaw("http.security_txt_expired", "The security.txt has expired", "Le security.txt a expiré", _PAGE),
    _most("http.clock_skew", "Difference of the clocks, in seconds", "Écart d'horloge, en secondes", _PAGE),
    _list("http.third_parties", "Third-party hosts in tags: at least these", "Hôtes tiers dans les balises : au moins ceux-ci", _PAGE),
    _list(
        "http.third_parties_on_consent",
        "Third-party hosts in tags held until consent",
        "Hôtes tiers dans des balises retenues jusqu'au consentement",
        _PAGE,
    ),
    _list("http.trackers", "Tracker domains in tags: at least these", "Domaines de traceurs dans les balises : au moins ceux-ci", _PAGE),
    _list("http.cloaked_trackers", "Own names that lead to a tracker's", "Noms propres qui mènent à un traceur (CNAME)", _PAGE),
    _list(
        "http.own_hosts", "Undeclared hosts of declared domains in tags", "Hôtes non déclarés de domaines déclarés dans les balises", _PAGE
    ),
    _list("http.plain_resources", "Hosts of resources loaded without encryption", "Hôtes de ressources chargées sans chiffrement", _PAGE),
    _flaw("http.plain_form", "A form is sent without encryption", "Un formulaire part sans chiffrement", _PAGE),
    _list(
        "http.scripts_without_integrity",
        "Hosts of third-party scripts without integrity",
        "Hôtes de scripts tiers sans contrôle d'intégrité (SRI)",
        _PAGE,
    ),
    _list("http.open_private_pages", "Private paths answered without credentials", "Chemins privés servis sans authentification", _PAGE),
)

DNS = (
    _list("dns.addresses", "Addresses of the name", "Adresses du nom", _BOTH),
    _list("dns.aliases", "Chain of aliases of the name", "Chaîne d'alias du nom", _PAGE),
    _list("dns.announced_by", "Networks that announce the addresses", "Réseaux qui annoncent les adresses", _PAGE),
    _list("dns.name_servers", "Name servers of the zone", "Serveurs de noms de la zone", _ZONE),
    _list("dns.caa", "Authorities allowed to certify", "Autorités autorisées à certifier (CAA)", _ZONE),
    _merit("dns.dnssec_valid", "Answers are signed and validate", "Les réponses sont signées et se valident", _ZONE),
    _flaw("dns.dnssec_bogus", "Signatures do not validate", "Les signatures ne se valident pas", _ZONE),
    _flaw("dns.dnssec_expired", "A signature has expired", "Une signature a expiré", _ZONE),
)

MAIL = (
    _list("mail.exchangers", "Mail exchangers", "Serveurs de réception (MX)", _ZONE),
    _flaw("mail.receives_none", "It says that it receives no mail", "Il déclare ne recevoir aucun message", _ZONE),
    _merit("mail.spf", "One SPF record is there", "Un enregistrement SPF est présent", _ZONE),
    _said("mail.spf_all", "What SPF says of everyone else", "Ce que SPF dit de tous les autres"),
    Observable("mail.spf_lookups", "number", "most", _ZONE, Text("DNS look-ups that SPF costs", "Requêtes DNS que coûte SPF")),
    _list("mail.spf_problems", "What is wrong with SPF", "Défauts de SPF", _ZONE),
    _list("mail.spf_includes", "Whom SPF lets send", "Émetteurs autorisés par SPF", _ZONE),
    _list("mail.dkim_keys", "Selectors whose DKIM key is there", "Sélecteurs dont la clé DKIM est présente", _ZONE),
    _list("mail.dkim_missing", "Declared selectors without a key", "Sélecteurs déclarés sans clé", _ZONE),
    _least("mail.dkim_bits", "Size of the smallest DKIM key, in bits", "Taille de la plus petite clé DKIM, en bits", _ZONE),
    _list("mail.dkim_aliases", "Names to which DKIM selectors lead", "Noms vers lesquels mènent les sélecteurs DKIM", _ZONE),
    _merit("mail.dmarc", "A DMARC policy is there", "Une politique DMARC est présente", _ZONE),
    _said("mail.dmarc_policy", "What DMARC asks for", "Ce que DMARC demande"),
    _said("mail.dmarc_subdomain_policy", "What DMARC asks for under the domain", "Ce que DMARC demande pour les sous-domaines"),
    _merit("mail.dmarc_reports", "DMARC reports are sent somewhere", "Les rapports DMARC ont un destinataire", _ZONE),
    _said("mail.mta_sts", "Mode of the MTA-STS policy", "Mode de la politique MTA-STS"),
    _merit("mail.tls_reports", "TLS reports are sent somewhere", "Les rapports TLS ont un destinataire", _ZONE),
    _merit("mail.bimi", "A BIMI record is there", "Un enregistrement BIMI est présent", _ZONE),
    _merit("mail.starttls", "STARTTLS is offered", "STARTTLS est proposé", ("exchanger",)),
)

OBSERVABLES: tuple[Observable, ...] = (*TLS, *CERTIFICATE, *HTTP, *DNS, *MAIL)


def observable(name: str) -> Observable | None:
    """The observable of that name."""
    return next((each for each in OBSERVABLES if each.name == name), None)
