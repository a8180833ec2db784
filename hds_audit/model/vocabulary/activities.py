"""Derived paths on the six activities and on who hosts for whom."""

from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

_DECLARE = ("hosts.*.responsibilities", "hosts.*.certificates", "hosts.*.subcontractors", "certificates")
_CONTROLLERS = ("data.*.controller", "hosts.*.provider")

PATHS = (
    Path(
        "activities",
        ("host",),
        "elements",
        Text(
            "The activities of CSP R.1111-9 performed there, one for each performer; none where no health data are hosted.",
            "Les activités de l'article R.1111-9 CSP qui y sont exercées, une par acteur ; aucune sans données de santé hébergées.",
        ),
        _DECLARE,
        (
            ("id", Text("the activity, its performer and the verdict", "l'activité, son acteur et le verdict")),
            ("activity", Text("the activity", "l'activité")),
            ("performer", Text("who performs it; `false` where nobody says", "qui l'exerce ; `false` si personne ne le dit")),
            ("certificate", Text("the certificate it rests on; `false` for none", "le certificat invoqué ; `false` si aucun")),
            (
                "verdict",
                Text(
                    "the verdict, covered, exempt, not-hosting or how it falls short; not known where unknown or in conflict",
                    "le verdict, covered, exempt, not-hosting ou le défaut ; inconnu si non établi ou en conflit",
                ),
            ),
            ("state", Text("the verdict as a word in any case", "le verdict, toujours sous forme de mot")),
        ),
    ),
    Path(
        "certified",
        ("host",),
        "flag",
        Text(
            "Whether every activity that another than the publisher performs there is covered, exempt or not hosting.",
            "Si chaque activité exercée là par un autre que l'éditeur est couverte, exemptée ou hors hébergement.",
        ),
        _DECLARE,
    ),
    Path(
        "failing_activities",
        ("host",),
        "words",
        Text(
            "Activities that fall short there, with their performer and verdict.", "Activités en défaut, avec leur acteur et leur verdict."
        ),
        _DECLARE,
    ),
    Path(
        "subcontractors_all",
        ("host",),
        "words",
        Text(
            "Organisations it rests on: declared, then known of the offer and of the region.",
            "Organisations sur lesquelles il s'appuie : déclarées, puis connues de l'offre et de la région.",
        ),
        ("hosts.*.subcontractors",),
        refers="organisation",
    ),
    Path(
        "self_hosted",
        ("host",),
        "flag",
        Text(
            "Whether its provider is the controller of all the health data there.",
            "Si son fournisseur est responsable de traitement de toutes les données de santé présentes.",
        ),
        _CONTROLLERS,
    ),
    Path(
        "is_processor",
        ("host",),
        "flag",
        Text("Whether it acts on behalf of others.", "S'il agit pour le compte d'autrui."),
        ("hosts.*.acts_as",),
    ),
    Path(
        "is_hosting",
        ("host",),
        "flag",
        Text(
            "Whether it hosts health data for others in the sense of CSP L.1111-8.",
            "S'il héberge des données de santé pour autrui au sens de l'article L.1111-8 CSP.",
        ),
        ("hosts.*.acts_as", "hosts.*.responsibilities", *_CONTROLLERS),
    ),
    Path(
        "run_by_operator",
        ("host",),
        "flag",
        Text("Whether the operator of the application provides it itself.", "Si l'exploitant de l'application le fournit lui-même."),
        ("application.operator", "hosts.*.provider"),
    ),
    Path(
        "administered_for_controller",
        ("host",),
        "flag",
        Text(
            "Whether another, under a contract of managed services, administers there the health data that the controller keeps itself.",
            "Si un tiers y administre, par contrat d'infogérance, les données de santé que le responsable de traitement garde lui-même.",
        ),
        ("components.*.administrators", "hosts.*.service", *_CONTROLLERS),
    ),
    Path(
        "administered_by_publisher",
        ("host",),
        "flag",
        Text(
            "Whether the publisher itself administers what runs on another's machines: that this is hosting is debated.",
            "Si l'éditeur administre lui-même ce qui tourne sur les machines d'un autre : que ce soit de l'hébergement est débattu.",
        ),
        ("application.operator", "hosts.*.responsibilities.administration"),
    ),
    Path(
        "bound_by_hds",
        ("host",),
        "flag",
        Text(
            "Whether it exercises an activity of CSP R.1111-9 for others: it hosts, or administers under managed services.",
            "Si elle exerce pour autrui une activité de l'article R.1111-9 CSP : elle héberge, ou administre par infogérance.",
        ),
        ("components.*.administrators", *_CONTROLLERS),
    ),
    Path(
        "needs_hds_contract",
        ("host",),
        "flag",
        Text(
            "Whether a contract with the clauses of CSP R.1111-11 is due with it: it hosts, or administers under managed services.",
            "Si un contrat portant les clauses de l'article R.1111-11 CSP est dû avec lui : il héberge, ou administre par infogérance.",
        ),
        ("application.operator", "components.*.administrators", *_CONTROLLERS),
    ),
    Path(
        "publisher_of_others_records",
        ("application",),
        "flag",
        Text(
            "Whether it keeps health data whose controller is another than the operator.",
            "Si elle tient des données de santé dont le responsable n'est pas l'exploitant.",
        ),
        ("data.*.controller", "application.operator"),
    ),
)
