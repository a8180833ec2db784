"""Derived paths of contracts."""

from hds_audit.model.format.words import CLAUSES_2018, CLAUSES_2026, LETTERS_28_3
from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

_CLAUSES = tuple(
    (name, Text(f"whether the contract carries the clause {name}", f"si le contrat porte la clause {name}"))
    for name in (*CLAUSES_2018, *CLAUSES_2026)
)
_LETTERS = tuple(
    (
        letter,
        Text(
            f"whether the agreement carries letter {letter} of GDPR 28(3)",
            f"si l'accord porte le point {letter} de l'article 28(3) du RGPD",
        ),
    )
    for letter in LETTERS_28_3
)
_AGREEMENT = ("hosts.*.contract.data_processing_agreement",)

PATHS = (
    Path(
        "contract_in_force",
        ("host",),
        "flag",
        Text("Whether the contract is signed and runs that day.", "Si le contrat est signé et court à cette date."),
        ("hosts.*.contract.signed", "hosts.*.contract.ends"),
    ),
    Path(
        "own_use_allowed",
        ("host",),
        "words",
        Text(
            "What its contract lets it do with the data for itself; unknown where no contract in force says so.",
            "Ce que son contrat lui permet de faire des données pour son propre compte ; inconnu sans contrat en cours.",
        ),
        ("hosts.*.contract.own_use", "hosts.*.contract.ends"),
    ),
    Path(
        "has_clause",
        ("host",),
        "thing",
        Text(
            "For each clause of CSP R.1111-11, whether the contract carries it.",
            "Pour chaque clause de l'article R.1111-11 CSP, si le contrat la porte.",
        ),
        ("hosts.*.contract.clauses",),
        _CLAUSES,
    ),
    Path(
        "clauses",
        ("host",),
        "words",
        Text("Clauses of CSP R.1111-11 that the contract carries.", "Clauses de l'article R.1111-11 CSP portées par le contrat."),
        ("hosts.*.contract.clauses",),
    ),
    Path(
        "clauses_2026_due",
        ("host",),
        "flag",
        Text(
            "Whether the clauses added on 2026-09-26 are due; unknown for a contract signed before.",
            "Si les clauses ajoutées le 26/09/2026 sont dues ; inconnu pour un contrat signé avant.",
        ),
        ("hosts.*.contract.signed",),
    ),
    Path(
        "needs_dpa",
        ("host",),
        "flag",
        Text(
            "Whether GDPR 28(3) wants a contract with it: a processor, other than the operator, that gets personal data.",
            "Si l'article 28(3) du RGPD exige un contrat avec lui : sous-traitant, hors exploitant, recevant des données personnelles.",
        ),
        ("hosts.*.acts_as", "hosts.*.provider"),
    ),
    Path(
        "dpa_signed",
        ("host",),
        "flag",
        Text("Whether the processor's contract is signed.", "Si le contrat de sous-traitance (RGPD) est signé."),
        _AGREEMENT,
    ),
    Path(
        "dpa_clause",
        ("host",),
        "thing",
        Text(
            "For each letter of GDPR 28(3), whether the processor's contract carries it.",
            "Pour chaque point de l'article 28(3) du RGPD, si le contrat de sous-traitance le porte.",
        ),
        _AGREEMENT,
        _LETTERS,
    ),
    Path(
        "hds_annex_signed",
        ("host",),
        "flag",
        Text("Whether the health-hosting annex is signed.", "Si l'annexe d'hébergement de données de santé est signée."),
        ("hosts.*.contract.hds_annex",),
    ),
    Path(
        "hds_annex_required",
        ("host",),
        "flag",
        Text(
            "Whether the catalogue knows the provider's certificate to suppose a signed annex.",
            "Si le catalogue sait que le certificat du fournisseur suppose une annexe signée.",
        ),
    ),
    Path(
        "hds_option_required",
        ("host",),
        "flag",
        Text(
            "Whether the catalogue knows the provider's certificate to suppose a paid option or zone.",
            "Si le catalogue sait que le certificat du fournisseur suppose une option ou une zone payante.",
        ),
    ),
    Path(
        "support_plan_required",
        ("host",),
        "flag",
        Text(
            "Whether the catalogue knows the provider's certificate to suppose a support plan.",
            "Si le catalogue sait que le certificat du fournisseur suppose un niveau de support.",
        ),
    ),
    Path(
        "customer_clause",
        ("application",),
        "thing",
        Text(
            "For each clause of CSP R.1111-11, whether the contract with the practices repeats it.",
            "Pour chaque clause de l'article R.1111-11 CSP, si le contrat avec les cabinets la reprend.",
        ),
        ("application.customer_contract.clauses",),
        _CLAUSES,
    ),
    Path(
        "hosting_contracts_mirrored",
        ("application",),
        "flag",
        Text(
            "Whether the contract with the practices repeats that of each host that hosts their records.",
            "Si le contrat avec les cabinets reprend celui de chaque hébergeur de leurs dossiers.",
        ),
        ("application.customer_contract.mirrors",),
    ),
)
