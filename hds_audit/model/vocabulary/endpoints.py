"""Derived paths on what servers were seen to say, and on where that contradicts the description."""

from hds_audit.model.observable import OBSERVABLES
from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

_DISPUTES = (
    ("id", Text("what was seen", "ce qui a été vu")),
    ("kind", Text("of what kind it is", "sa nature")),
    ("declared", Text("what the description says", "ce que dit la description")),
    ("observed", Text("what was seen", "ce qui a été vu")),
    ("at", Text("where the description says it", "où la description le dit")),
    ("confidence", Text("how sure it is: high, medium or low", "son degré de certitude : high, medium ou low")),
)
_OPERATORS = (
    ("id", Text("the organisation", "l'organisation")),
    ("role", Text("answers, names, receives-mail, sends-mail or in-page", "answers, names, receives-mail, sends-mail ou in-page")),
    ("sign", Text("what gave it away", "ce qui la révèle")),
    ("confidence", Text("how sure that is: high, medium or low", "son degré de certitude : high, medium ou low")),
)
_DOMAINS = (
    ("id", Text("the domain", "le domaine")),
    *((each.name, each.title) for each in OBSERVABLES if "domain" in each.on),
)
_EXCHANGERS = (
    ("id", Text("the mail exchanger", "le serveur de messagerie")),
    *((each.name, each.title) for each in OBSERVABLES if "exchanger" in each.on),
)
KINDS = {
    "tls": Text("Versions of TLS that are not those declared.", "Versions de TLS qui ne sont pas celles déclarées."),
    "operator": Text("Organisations that answer there and are not declared.", "Organisations qui y répondent sans être déclarées."),
    "third_parties": Text("Third parties in its pages that are not declared.", "Tiers présents dans ses pages sans être déclarés."),
    "consent": Text("Tags served before the consent that is declared.", "Balises servies avant le consentement déclaré."),
    "hosts": Text("Hosts seen that no entry declares.", "Hôtes vus qu'aucune entrée ne déclare."),
    "login": Text("Pages declared private that answer anyone.", "Pages déclarées privées qui répondent à tous."),
}

PATHS = (
    Path(
        "was_observed",
        ("endpoint",),
        "flag",
        Text("Whether it was looked at live, by that day.", "Si elle a été observée en direct, à cette date."),
        ("endpoints",),
    ),
    Path(
        "observed",
        ("endpoint",),
        "thing",
        Text("What was seen there; unknown where nobody looked.", "Ce qui y a été vu ; inconnu si personne n'a regardé."),
        ("endpoints",),
        tuple((each.name, each.title) for each in OBSERVABLES if "endpoint" in each.on),
    ),
    Path(
        "operators_seen",
        ("endpoint",),
        "elements",
        Text("Organisations recognised in what was seen.", "Organisations reconnues dans ce qui a été vu."),
        ("endpoints",),
        _OPERATORS,
    ),
    Path(
        "contradictions",
        ("endpoint",),
        "elements",
        Text("Where what was seen contradicts the description.", "Ce qui, dans l'observé, contredit la description."),
        ("endpoints",),
        _DISPUTES,
    ),
    *(Path(f"contradicted_{kind}", ("endpoint",), "words", meaning, ("endpoints",)) for kind, meaning in KINDS.items()),
    Path(
        "domains_were_observed",
        ("application",),
        "flag",
        Text("Whether its domains were looked at live, by that day.", "Si ses domaines ont été observés en direct, à cette date."),
        ("domains",),
    ),
    Path(
        "domains_seen",
        ("application",),
        "elements",
        Text(
            "Its domains, with what was seen of each; open where one was not looked at.",
            "Ses domaines, avec ce qui a été vu de chacun ; liste ouverte si l'un n'a pas été observé.",
        ),
        ("domains",),
        _DOMAINS,
    ),
    Path(
        "exchangers_seen",
        ("application",),
        "elements",
        Text(
            "Its mail exchangers, with what was seen of each; open where one was not visited.",
            "Ses serveurs de messagerie, avec ce qui a été vu de chacun ; liste ouverte si l'un n'a pas été visité.",
        ),
        ("domains",),
        _EXCHANGERS,
    ),
    Path(
        "contradicted_mail",
        ("application",),
        "words",
        Text("Relays of its mail that are not declared.", "Relais de ses messages qui ne sont pas déclarés."),
        ("domains",),
    ),
)
