"""Derived paths of how people sign in to a component."""

from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

PATHS = (
    Path(
        "strong_sign_in",
        ("component",),
        "flag",
        Text("Whether each public signs in with several factors.", "Si chaque public s'authentifie par plusieurs facteurs."),
        ("components.*.authentication",),
    ),
    Path(
        "patients_sign_in",
        ("component",),
        "flag",
        Text(
            "Whether patients sign in to it; not known where a flow comes from them and nobody says how they do.",
            "Si des patients s'y authentifient ; inconnu si un flux vient d'eux sans que leur mode d'authentification soit indiqué.",
        ),
        ("components.*.authentication", "flows"),
    ),
    Path(
        "professionals_sign_in",
        ("component",),
        "flag",
        Text(
            "Whether health professionals sign in to it; not known where a flow comes from them and nobody says how they do.",
            "Si des professionnels de santé s'y authentifient ; inconnu si un flux vient d'eux sans que leur mode soit indiqué.",
        ),
        ("components.*.authentication", "flows"),
    ),
    Path(
        "patients_several_factors",
        ("component",),
        "flag",
        Text(
            "Whether patients sign in with several factors; not known where the list of means belies it.",
            "Si les patients s'authentifient par plusieurs facteurs ; inconnu si la liste des moyens le contredit.",
        ),
        ("components.*.authentication",),
    ),
    Path(
        "professionals_several_factors",
        ("component",),
        "flag",
        Text(
            "Whether health professionals sign in with several factors; not known where the list of means belies it.",
            "Si les professionnels de santé s'authentifient par plusieurs facteurs ; inconnu si la liste des moyens le contredit.",
        ),
        ("components.*.authentication",),
    ),
    Path(
        "passwords",
        ("component",),
        "elements",
        Text("The publics that sign in with a password.", "Les publics qui s'authentifient par mot de passe."),
        ("components.*.authentication",),
        (
            ("id", Text("the public", "le public")),
            ("entropy", Text("least entropy of its passwords, in bits", "entropie minimale de ses mots de passe, en bits")),
            ("lockout", Text("whether repeated failures are blocked or slowed", "si les échecs répétés sont bloqués ou ralentis")),
            ("mfa", Text("whether several factors are required", "si plusieurs facteurs sont exigés")),
            (
                "other_measure",
                Text(
                    "whether another measure makes up for a short one; `false` where it opens alone, never known otherwise",
                    "si une autre mesure compense un mot de passe court ; `false` s'il ouvre seul, sinon jamais établi",
                ),
            ),
        ),
    ),
)
