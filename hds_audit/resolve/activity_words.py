"""The six activities of CSP R.1111-9 and what falls short of them, as messages say them."""

from hds_audit.model.text import Text

_ACTIVITIES = {
    "physical-sites": Text("physical sites", "sites physiques"),
    "hardware": Text("hardware", "infrastructure matérielle"),
    "virtual-infrastructure": Text("virtual infrastructure", "infrastructure virtuelle"),
    "platform": Text("application platform", "plateforme d'hébergement d'applications"),
    "administration": Text("administration and operation", "administration et exploitation"),
    "backup": Text("backup", "sauvegarde"),
}
_SHORT = {
    "expired": Text("certificate at an end", "certificat échu ou retiré"),
    "wrong-version": Text("version of the referential not in force", "version du référentiel hors vigueur"),
    "out-of-scope": Text("outside the certificate's scope", "hors du périmètre du certificat"),
    "not-covered": Text("no certificate names it", "aucun certificat ne la nomme"),
}


def falls_short(activity: str, performer: str, verdict: str) -> Text:
    """One activity, who performs it, and why no certificate covers it."""
    what = _ACTIVITIES.get(activity, Text(activity, activity))
    why = _SHORT.get(verdict, Text(verdict, verdict))
    return Text(f"{what.en} ({performer}: {why.en})", f"{what.fr} ({performer} : {why.fr})")
