"""The JSON Schema of a file of waivers, draft 2020-12."""

from hds_audit.model.text import Language, Text

WAIVERS_FORMAT = "hds-audit-waivers/1"
_MEANINGS = {
    "rule": Text("Id of the rule.", "Identifiant de la règle."),
    "subject": Text("Id of the subject; no wildcards.", "Identifiant du sujet ; pas de joker."),
    "reason": Text("Why the risk is accepted.", "Pourquoi le risque est accepté."),
    "owner": Text("Who answers for it.", "Qui en répond."),
    "approver": Text("Who accepted it.", "Qui l'a accepté."),
    "granted": Text("Day it was granted (YYYY-MM-DD).", "Jour où elle a été accordée (AAAA-MM-JJ)."),
    "expires": Text("Last day it holds (YYYY-MM-DD).", "Dernier jour où elle vaut (AAAA-MM-JJ)."),
    "ticket": Text("Reference in your own tracker.", "Référence dans votre outil de suivi."),
}
REQUIRED = ("rule", "subject", "reason", "owner", "approver", "granted", "expires")


def waivers_schema(language: Language) -> dict[str, object]:
    """The schema, with a description on every key in one language."""
    texts = {key: {"type": "string", "minLength": 1, "description": said.said(language)} for key, said in _MEANINGS.items()}
    dated = {key: {**texts[key], "pattern": r"^\d{4}-\d{2}-\d{2}$"} for key in ("granted", "expires")}
    waiver = {"type": "object", "properties": {**texts, **dated}, "required": list(REQUIRED), "additionalProperties": False}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "hds-audit waivers",
        "type": "object",
        "properties": {"format": {"const": WAIVERS_FORMAT}, "waivers": {"type": "array", "items": waiver}},
        "required": ["format", "waivers"],
        "additionalProperties": False,
    }
