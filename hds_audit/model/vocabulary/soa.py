"""Derived paths on the statement of applicability: what it lacks, and where the description contradicts it."""

from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

_DECLARE = ("governance.statement_of_applicability.exclusions", "governance.statement_of_applicability.document")

PATHS = (
    Path(
        "soa_gaps",
        ("application",),
        "words",
        Text(
            "What the statement of applicability lacks: controls not there or there twice, numbers of 2013, exclusions without a reason.",
            "Ce qui manque à la déclaration d'applicabilité : mesures absentes ou en double, numéros de 2013, exclusions sans motif.",
        ),
        _DECLARE,
    ),
    Path(
        "soa_contradictions",
        ("application",),
        "words",
        Text(
            "Controls that it excludes while the description shows that they apply.",
            "Mesures qu'elle exclut alors que la description montre qu'elles s'appliquent.",
        ),
        _DECLARE,
    ),
)
