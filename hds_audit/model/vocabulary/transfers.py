"""Derived paths on transfers outside the EEA."""

from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

_ABROAD = (
    ("id", Text("who, and from or to where", "qui, et d'où ou vers où")),
    ("organisation", Text("who accesses or receives", "qui accède ou reçoit")),
    ("way", Text("access, transfer or storage", "accès (access), transfert (transfer) ou stockage (storage)")),
    ("country", Text("the country", "le pays")),
    ("in_eea", Text("whether that country is in the EEA: false, or not known", "si ce pays est dans l'EEE : non, ou inconnu")),
    (
        "adequate",
        Text(
            "whether the country has an adequacy decision that day: yes, partial or no",
            "si le pays bénéficie d'une décision d'adéquation à cette date : yes, partial ou no",
        ),
    ),
    ("basis", Text("the basis invoked", "le fondement invoqué")),
    (
        "basis_valid",
        Text(
            "whether it rests on a basis of GDPR chapter V that holds that day",
            "s'il repose sur un fondement du chapitre V du RGPD valable à cette date",
        ),
    ),
    (
        "article",
        Text(
            "the article of the GDPR it rests on: 45, 46 or 49; `false` for none",
            "l'article du RGPD invoqué : 45, 46 ou 49 ; `false` si aucun",
        ),
    ),
    (
        "accepted_by_hds",
        Text(
            "whether HDS EXI-29 takes it: adequacy or safeguards that hold, no derogation",
            "si l'EXI-29 l'admet : adéquation ou garanties valables, pas de dérogation",
        ),
    ),
    ("needs_assessment", Text("whether it supposes an assessment of the country's law", "s'il suppose une analyse du droit du pays")),
    ("assessed", Text("the day of that assessment", "la date de cette analyse")),
    ("told", Text("whether the host told you of it", "si l'hébergeur vous en a informé")),
    ("measures", Text("supplementary measures", "mesures supplémentaires")),
)

PATHS = (
    Path(
        "outside_eea",
        ("host",),
        "elements",
        Text(
            "Accesses, transfers and places of storage outside the EEA, or perhaps outside; open where nobody says.",
            "Accès, transferts et lieux de stockage hors EEE, certains ou possibles ; liste ouverte si rien n'est dit.",
        ),
        ("hosts.*.remote_access", "hosts.*.transfers", "hosts.*.location", "hosts.*.replicated_to"),
        _ABROAD,
    ),
    Path(
        "has_transfers",
        ("host",),
        "flag",
        Text("Whether it has any access, transfer or place outside the EEA.", "S'il a un accès, un transfert ou un lieu hors EEE."),
        ("hosts.*.remote_access", "hosts.*.transfers", "hosts.*.location", "hosts.*.replicated_to"),
    ),
    Path(
        "administrators_outside_eea",
        ("component",),
        "elements",
        Text(
            "Those who administer it or read its data from outside the EEA, and those of whom nobody says from where.",
            "Ceux qui l'administrent ou en lisent les données depuis un pays hors EEE, et ceux dont personne ne dit d'où.",
        ),
        ("components.*.administrators", "components.*.readers"),
        _ABROAD,
    ),
)
