"""The six activities of CSP R.1111-9 and what falls short of them, as messages and reports say them."""

from collections.abc import Sequence

from hds_audit.model.text import Text

_ACTIVITIES = {
    "physical-sites": Text("physical sites", "sites physiques"),
    "hardware": Text("hardware", "infrastructure matérielle"),
    "virtual-infrastructure": Text("virtual infrastructure", "infrastructure virtuelle"),
    "platform": Text("application platform", "plateforme d'hébergement d'applications"),
    "administration": Text("administration and operation", "administration et exploitation"),
    "backup": Text("backup", "sauvegarde"),
}
SHORT = {
    "expired": Text("certificate at an end", "certificat échu ou retiré"),
    "wrong-version": Text("version of the referential not in force", "version du référentiel hors vigueur"),
    "out-of-scope": Text("outside the certificate's scope", "hors du périmètre du certificat"),
    "not-covered": Text("no certificate names it", "aucun certificat ne la nomme"),
}


_UNNAMED = Text("no certificate names them", "aucun certificat ne les nomme")


def falls_short(activities: Sequence[str], performer: str, verdict: str) -> Text:
    """Activities that fall short alike: which, who performs them, and why no certificate covers them."""
    what = [_ACTIVITIES.get(each, Text(each, each)) for each in activities]
    why = _UNNAMED if verdict == "not-covered" and len(what) > 1 else SHORT.get(verdict, Text(verdict, verdict))
    return Text(
        f"{', '.join(each.en for each in what)} ({performer}: {why.en})", f"{', '.join(each.fr for each in what)} ({performer} : {why.fr})"
    )  # fmt: skip
