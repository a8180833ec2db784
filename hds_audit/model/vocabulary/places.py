"""Derived paths on where things are."""

from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

_HOST = ("hosts.*.location", "hosts.*.region")
_PLACES = (*_HOST, "hosts.*.replicated_to")

PATHS = (
    Path(
        "country",
        ("host",),
        "text",
        Text(
            "Country where the host is: as declared, else that of its region.", "Pays de l'hébergeur : déclaré, sinon celui de sa région."
        ),
        _HOST,
    ),
    Path(
        "in_eea", ("host",), "flag", Text("Whether the host is in the EEA that day.", "Si l'hébergeur est dans l'EEE à cette date."), _HOST
    ),
    Path(
        "places",
        ("host",),
        "words",
        Text(
            "Countries where the host keeps data, its provider's copies included.",
            "Pays où l'hébergeur garde des données, copies du fournisseur comprises.",
        ),
        _PLACES,
    ),
    Path(
        "places",
        ("component",),
        "words",
        Text(
            "Countries where what it holds lies: its host's, copies included.",
            "Pays où se trouve ce qu'il détient : ceux de son hébergeur, copies comprises.",
        ),
        ("components.*.host", *_PLACES),
    ),
    Path(
        "places",
        ("data",),
        "words",
        Text("Countries where the datum is stored, over all components.", "Pays où la donnée est stockée, tous composants confondus."),
        ("components.*.stores", "components.*.host", *_PLACES),
    ),
)
