"""Derived paths of organisations: seat, parents, the laws that reach them, capital thresholds."""

from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

_UP = ("organisations.*.country", "organisations.*.parent")

PATHS = (
    Path(
        "name",
        ("organisation",),
        "text",
        Text("Its name, declared or catalogued.", "Son nom, déclaré ou connu du catalogue."),
        ("organisations.*.name",),
    ),
    Path(
        "country",
        ("organisation",),
        "text",
        Text(
            "Country of the seat, declared or catalogued; of two contradictory readings the stricter one.",
            "Pays du siège, déclaré ou connu du catalogue ; de deux lectures contradictoires, la plus stricte.",
        ),
        ("organisations.*.country",),
    ),
    Path(
        "role",
        ("organisation",),
        "text",
        Text(
            "What it is before laws that bind providers, declared or catalogued.",
            "Ce qu'elle est pour les lois visant les fournisseurs, déclaré ou connu du catalogue.",
        ),
        ("organisations.*.role",),
    ),
    Path(
        "parents",
        ("organisation",),
        "words",
        Text(
            "Every organisation above it, nearest first; open where a parent is not known.",
            "Toutes les organisations au-dessus d'elle, de la plus proche à la plus haute ; liste ouverte si un contrôle est inconnu.",
        ),
        ("organisations.*.parent",),
        refers="organisation",
    ),
    Path(
        "presence",
        ("organisation",),
        "words",
        Text(
            "Other countries where it has an establishment, declared or catalogued.",
            "Autres pays où elle a un établissement, déclarés ou connus du catalogue.",
        ),
        ("organisations.*.presence",),
    ),
    Path(
        "laws",
        ("organisation",),
        "words",
        Text(
            "Foreign laws with a legal link to it on that day, established or debated; open where a country or a parent is not known.",
            "Lois étrangères ayant ce jour-là un lien juridique avec elle, établi ou débattu ; liste ouverte si un pays ou "
            "un contrôle est inconnu.",
        ),
        _UP,
    ),
    Path(
        "established_laws",
        ("organisation",),
        "words",
        Text("Those of its laws whose link is established.", "Celles de ces lois dont le lien est établi."),
        _UP,
    ),
    Path(
        "debated_laws",
        ("organisation",),
        "words",
        Text("Those of its laws whose link is debated.", "Celles de ces lois dont le lien est débattu."),
        (*_UP, "organisations.*.presence"),
    ),
    Path(
        "contradiction",
        ("organisation",),
        "flag",
        Text(
            "Whether what is declared of it contradicts a verified entry of the catalogue.",
            "Si ce qui en est déclaré contredit une entrée vérifiée du catalogue.",
        ),
        ("organisations.*",),
    ),
    Path(
        "seat_in_eu",
        ("organisation",),
        "flag",
        Text("Whether its seat is in the European Union.", "Si son siège est dans l'Union européenne."),
        ("organisations.*.country",),
    ),
    Path(
        "non_eu_control",
        ("organisation",),
        "flag",
        Text(
            "Whether an organisation outside the European Union controls it, directly or not.",
            "Si une organisation extérieure à l'Union européenne la contrôle, directement ou non.",
        ),
        _UP,
    ),
    Path(
        "non_eu_shares",
        ("organisation",),
        "number",
        Text(
            "Share of its capital or votes held outside the European Union, together, in percent.",
            "Part de son capital ou de ses droits de vote détenue hors de l'Union européenne, au total, en pour cent.",
        ),
        ("organisations.*.owners",),
    ),
    Path(
        "largest_non_eu_share",
        ("organisation",),
        "number",
        Text(
            "Largest share held by one owner outside the European Union, in percent.",
            "Plus grande part détenue par un même détenteur hors de l'Union européenne, en pour cent.",
        ),
        ("organisations.*.owners",),
    ),
    Path(
        "veto",
        ("organisation",),
        "flag",
        Text(
            "Whether an owner outside the European Union holds a right of veto.",
            "Si un détenteur extérieur à l'Union européenne dispose d'un droit de veto.",
        ),
        ("organisations.*.owners",),
    ),
)
