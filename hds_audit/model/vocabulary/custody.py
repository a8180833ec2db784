"""Derived paths of keys: who can use them and how far they protect."""

from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

_DECLARE = ("keys.*.held_by", "keys.*.place", "keys.*.host", "keys.*.managed_by")
_USABLE_BY = Text(
    "Organisations that can use the key: its holders, the provider that manages it, whoever runs the host it lies on.",
    "Organisations pouvant utiliser la clé : ses détenteurs, le fournisseur qui la gère, qui exploite l'hébergeur où elle se trouve.",
)
_USABLE_LAWS = Text(
    "Foreign laws, established or debated, that reach someone who can use the key.",
    "Lois étrangères, au lien établi ou débattu, atteignant quelqu'un qui peut utiliser la clé.",
)
_GRADE = Text(
    "How far it protects from the host: 1 its own key, 2 usable by it or by someone a foreign law reaches, "
    "3 held outside but read in its machines, 4 never seen in the clear.",
    "Jusqu'où elle protège de l'hébergeur : 1 sa propre clé, 2 utilisable par lui ou par quelqu'un qu'une loi étrangère atteint, "
    "3 détenue dehors mais données lues dans ses machines, 4 jamais vues en clair.",
)
_PROVIDER = Text(
    "Whether whoever hosts what the key covers can use it.",
    "Si celui qui héberge ce que la clé couvre peut l'utiliser.",
)

PATHS = (
    Path("usable_by", ("key",), "words", _USABLE_BY, _DECLARE, refers="organisation"),
    Path("usable_laws", ("key",), "words", _USABLE_LAWS, (*_DECLARE, "organisations.*.country", "organisations.*.parent")),
    Path("grade", ("key",), "number", _GRADE, (*_DECLARE, "components.*.encryption")),
    Path("provider_can_use", ("key",), "flag", _PROVIDER, (*_DECLARE, "components.*.encryption")),
    Path(
        "custody_grade",
        ("component", "data"),
        "number",
        Text(
            "Least grade of the keys over the health data stored, 0 where some lie bare; `false` where none is stored.",
            "Plus faible niveau des clés couvrant les données de santé stockées, 0 si certaines sont en clair ; `false` sans stockage.",
        ),
        ("components.*.encryption", *_DECLARE),
    ),
    Path(
        "custody",
        ("application",),
        "elements",
        Text("Every key, with who can use it and how far it protects.", "Chaque clé, avec qui peut l'utiliser et jusqu'où elle protège."),
        _DECLARE,
        (
            ("key", Text("the key", "la clé")),
            ("usable_by", _USABLE_BY),
            ("usable_laws", _USABLE_LAWS),
            ("grade", _GRADE),
            ("provider_can_use", _PROVIDER),
        ),
    ),
)
