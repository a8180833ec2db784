"""Derived paths of exposures: which law reaches which data, through whom, and how readable they are there."""

from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

_DECLARE = (
    "components.*.encryption", "components.*.administrators", "components.*.readers", "hosts.*.provider", "hosts.*.subcontractors",
    "hosts.*.remote_access", "flows.*.terminated_by", "organisations.*.country", "organisations.*.parent", "keys.*.held_by",
)  # fmt: skip
_WHO = (
    ("organisation", Text("organisation that touches the data", "organisation qui touche les données")),
    ("data", Text("the data", "les données")),
    ("component", Text("component or host where it does", "composant ou hébergeur où elle les touche")),
    (
        "role",
        Text(
            "provider, party, subcontractor, operator, administrator, reader, remote-access, recipient or terminator",
            "provider, party, subcontractor, operator, administrator, reader, remote-access, recipient ou terminator",
        ),
    ),
    (
        "degree",
        Text(
            "what it can read at least: clear, key-held, in-use or ciphertext",
            "ce qu'elle peut lire au moins : clear, key-held, in-use ou ciphertext",
        ),
    ),
    ("readable", Text("whether that is more than ciphertext", "si c'est plus que des données chiffrées")),
)

PATHS = (
    Path(
        "exposures",
        ("component", "host", "data", "application"),
        "elements",
        Text(
            "Paths by which a foreign law reaches health data here; of a host, those of its own provider and subcontractors. "
            "None found is no proof that there is none.",
            "Chemins par lesquels une loi étrangère atteint ici des données de santé ; pour un hébergeur, ceux de son fournisseur "
            "et de ses sous-traitants. N'en trouver aucun ne prouve pas qu'il n'y en a pas.",
        ),
        _DECLARE,
        (
            *_WHO,
            ("law", Text("the law; unknown where a country or a parent is", "la loi ; inconnue si un pays ou un contrôle l'est")),
            (
                "certainty",
                Text(
                    "established or debated; unknown where a country or a parent is not known, or only remembered",
                    "established (établi) ou debated (débattu) ; inconnu si un pays ou un contrôle est inconnu ou de mémoire seulement",
                ),
            ),
            ("country", Text("country of the law", "pays de la loi")),
            ("adequate", Text("adequacy of that country: yes, partial or no", "adéquation de ce pays : yes, partial ou no")),
        ),
    ),
    Path(
        "worst_degree",
        ("component", "host", "data"),
        "text",
        Text(
            "Worst degree of its exposures whose legal link is established; none where there is none.",
            "Pire degré de ses expositions dont le lien juridique est établi ; none s'il n'y en a pas.",
        ),
        _DECLARE,
    ),
    Path(
        "worst_debated_degree",
        ("component", "host", "data"),
        "text",
        Text(
            "The same with debated links: what immunity of SecNumCloud 19.6 grade looks at.",
            "De même avec les liens débattus : ce que regarde une immunité du niveau SecNumCloud 19.6.",
        ),
        _DECLARE,
    ),
    Path(
        "exposed_to",
        ("component", "host", "data"),
        "words",
        Text(
            "The organisations that can read health data here and that the law of a country without full adequacy reaches for sure.",
            "Les organisations pouvant lire ici des données de santé et que la loi d'un pays sans adéquation complète atteint sûrement.",
        ),
        _DECLARE,
        refers="organisation",
    ),
    Path(
        "exposed_to_debated",
        ("component", "host", "data"),
        "words",
        Text(
            "The organisations that can read health data here and that a foreign law reaches, if only by a debated link.",
            "Les organisations pouvant lire ici des données de santé et qu'une loi étrangère atteint, fût-ce par un lien débattu.",
        ),
        _DECLARE,
        refers="organisation",
    ),
    Path(
        "touched_by",
        ("component", "host", "data", "application"),
        "elements",
        Text(
            "Every organisation that can read health data here, if only as ciphertext, whatever law it is under.",
            "Toute organisation pouvant lire ici des données de santé, ne serait-ce que chiffrées, quelle que soit la loi qui la régit.",
        ),
        _DECLARE,
        (
            *_WHO,
            ("country", Text("country of its seat", "pays de son siège")),
            ("in_eea", Text("whether that is in the EEA", "si ce pays est dans l'EEE")),
        ),
    ),
    Path(
        "laws",
        ("host",),
        "words",
        Text(
            "Foreign laws established for its provider, the signing party or whom it rests on, whatever they can read.",
            "Lois étrangères dont le lien est établi pour son fournisseur, le signataire ou ses sous-traitants, quoi qu'ils puissent lire.",
        ),
        ("hosts.*.provider", "hosts.*.subcontractors", "organisations.*.country", "organisations.*.parent"),
    ),
    Path(
        "non_adequate_laws",
        ("host",),
        "words",
        Text(
            "Those of these laws whose country has no adequacy decision for all transfers (HDS EXI-30).",
            "Celles de ces lois dont le pays n'a pas de décision d'adéquation pour tous les transferts (HDS EXI-30).",
        ),
        ("hosts.*.provider", "hosts.*.subcontractors", "organisations.*.country", "organisations.*.parent"),
    ),
)
