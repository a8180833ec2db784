"""Derived paths on the physical sites of hosts, which a certificate answers for."""

from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

PATHS = (
    Path(
        "sites_assured",
        ("host",),
        "flag",
        Text(
            "Whether a valid HDS or ISO/IEC 27001 certificate answers for its physical sites; false only where one that did has lapsed.",
            "Si un certificat HDS ou ISO/IEC 27001 valide répond de ses sites physiques ; faux si celui qui en répondait est échu.",
        ),
        ("hosts.*.responsibilities.physical-sites", "hosts.*.certificates", "certificates"),
    ),
    Path(
        "sites_to_attest",
        ("host",),
        "flag",
        Text(
            "Whether its sites are the operator's own, or of whoever keeps its own data there, and no certificate answers for them.",
            "Si ses sites physiques sont ceux de l'exploitant, ou de qui y garde ses propres données, et qu'aucun certificat n'en répond.",
        ),
        ("hosts.*.responsibilities.physical-sites", "hosts.*.certificates", "application.operator", "data.*.controller"),
    ),
)
