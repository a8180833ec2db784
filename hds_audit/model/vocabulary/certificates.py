"""Derived paths of certificates, and of the certificates that serve a host."""

from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

_DATES = ("certificates.*.status", "certificates.*.issued", "certificates.*.expires", "certificates.*.version")
_SERVING = ("hosts.*.certificates", "certificates")
_VALID = Text(
    "Whether it holds that day: neither ended, suspended, withdrawn nor of a version that no longer counts.",
    "S'il est en vigueur à cette date : ni échu, ni suspendu, ni retiré, ni d'une version qui ne compte plus.",
)
_UNTIL = Text(
    "Last day it holds; without an end date, three years from its issue.",
    "Dernier jour de validité ; sans terme indiqué, trois ans après sa délivrance.",
)
_CURRENT = Text("Whether its version counts that day.", "Si sa version compte à cette date.")
_COVERS = Text("Activities it names, or that its type stands for.", "Activités qu'il nomme, ou que son type désigne.")
_AGE = Text("How long ago it was issued.", "Ancienneté depuis sa délivrance.")
_OF_HOST = (
    ("id", Text("its identifier", "son identifiant")),
    ("holder", Text("its holder", "son titulaire")),
    ("standard", Text("the standard", "le référentiel")),
    ("version", Text("its version", "sa version")),
    ("type", Text("its type, for HDS v1", "son type, pour HDS v1")),
    ("number", Text("its number", "son numéro")),
    ("status", Text("valid, suspended or withdrawn", "valide, suspendu ou retiré")),
    ("known_only", Text("whether the catalogue alone knows it", "s'il n'est connu que du catalogue")),
    ("valid", _VALID),
    ("in_force_until", _UNTIL),
    ("version_current", _CURRENT),
    ("covers", _COVERS),
    ("age", _AGE),
    ("document", Text("the document that shows it", "le document qui le montre")),
    ("listed", Text("its entry on the public list", "son inscription sur la liste publique")),
    ("issued", Text("the day it was issued", "la date de délivrance")),
    ("body", Text("the body that issued it", "l'organisme certificateur")),
)

PATHS = (
    Path("valid", ("certificate",), "flag", _VALID, _DATES),
    Path("in_force_until", ("certificate",), "day", _UNTIL, ("certificates.*.expires", "certificates.*.issued")),
    Path("version_current", ("certificate",), "flag", _CURRENT, ("certificates.*.version",)),
    Path(
        "type_said",
        ("certificate",),
        "text",
        Text(
            "Its type of version 1; `false` where its activities are stated without one.",
            "Son type en version 1 ; `false` si ses activités sont indiquées sans type.",
        ),
        ("certificates.*.type", "certificates.*.activities"),
    ),
    Path("age", ("certificate",), "span", _AGE, ("certificates.*.issued",)),
    Path("covers", ("certificate",), "words", _COVERS, ("certificates.*.activities", "certificates.*.type")),
    Path(
        "serves",
        ("certificate",),
        "words",
        Text(
            "Hosts that list it; of hosts that list nothing, those of its holder.",
            "Hébergeurs qui le citent ; parmi ceux qui ne citent rien, ceux de son titulaire.",
        ),
        ("hosts.*.certificates",),
        refers="host",
    ),
    Path(
        "serves_hds_data",
        ("certificate",),
        "flag",
        Text(
            "Whether a host that it serves handles health data in the scope of HDS.",
            "Si un hébergeur pour lequel il vaut traite des données de santé du champ HDS.",
        ),
        ("hosts.*.certificates",),
    ),
    Path(
        "held_by_the_host",
        ("certificate",),
        "flag",
        Text(
            "Whether its holder is the provider, or a subcontractor, of each host it serves.",
            "Si son titulaire est le fournisseur, ou un sous-traitant, de chaque hébergeur pour lequel il vaut.",
        ),
        ("certificates.*.holder", "hosts.*.provider", "hosts.*.subcontractors"),
    ),
    Path(
        "found_listed",
        ("certificate",),
        "flag",
        Text("Whether it was found on the public list since its issue.", "S'il a été retrouvé sur la liste publique depuis sa délivrance."),
        ("certificates.*.listed", "certificates.*.issued"),
    ),
    Path(
        "last_surveillance",
        ("certificate",),
        "day",
        Text(
            "Last surveillance audit held; its issue where none was due yet; `false` where none was held.",
            "Dernier audit de surveillance ; la délivrance tant qu'aucun n'était dû ; `false` si aucun.",
        ),
        ("certificates.*.surveillance_audits", "certificates.*.issued"),
    ),
    Path(
        "hds_certificate",
        ("host",),
        "thing",
        Text(
            "Best HDS or HADS certificate of its provider; `false` where it has none.",
            "Meilleur certificat HDS ou agrément HADS de son fournisseur ; `false` si aucun.",
        ),
        _SERVING,
        _OF_HOST,
    ),
    Path(
        "iso27001_certificate",
        ("host",),
        "thing",
        Text(
            "Best ISO/IEC 27001 certificate of its provider; `false` where it has none.",
            "Meilleur certificat ISO/IEC 27001 de son fournisseur ; `false` si aucun.",
        ),
        _SERVING,
        _OF_HOST,
    ),
    Path(
        "secnumcloud_certificate",
        ("host",),
        "thing",
        Text(
            "Best SecNumCloud qualification of its provider; `false` where it has none.",
            "Meilleure qualification SecNumCloud de son fournisseur ; `false` si aucune.",
        ),
        _SERVING,
        _OF_HOST,
    ),
    Path(
        "iso27001_valid",
        ("host",),
        "flag",
        Text(
            "Whether its provider holds an ISO/IEC 27001 certificate that counts that day and takes this host in.",
            "Si son fournisseur détient un certificat ISO/IEC 27001 en vigueur à cette date et couvrant cet hébergeur.",
        ),
        _SERVING,
    ),
    Path(
        "secnumcloud_valid",
        ("host",),
        "flag",
        Text(
            "Whether its provider holds a SecNumCloud qualification of version 3.2 or later that counts that day and takes this host in.",
            "Si son fournisseur détient une qualification SecNumCloud 3.2 ou ultérieure en vigueur à cette date et couvrant cet hébergeur.",
        ),
        _SERVING,
    ),
    Path(
        "secnumcloud_any_valid",
        ("host",),
        "flag",
        Text(
            "The same of whichever version counts that day.",
            "De même, quelle que soit la version qui compte à cette date.",
        ),
        _SERVING,
    ),
    Path(
        "siaf_valid",
        ("host",),
        "flag",
        Text(
            "Whether its provider holds an archiving approval (SIAF) that counts that day and takes this host in.",
            "Si son fournisseur détient un agrément d'archivage (SIAF) en vigueur à cette date et couvrant cet hébergeur.",
        ),
        _SERVING,
    ),
)
