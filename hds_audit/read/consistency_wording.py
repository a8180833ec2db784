"""What the reader says of a description that does not hold together: what is wrong; what to do."""

from __future__ import annotations

from collections.abc import Sequence

from hds_audit.model.text import Text
from hds_audit.read.wording import shown

NO_APPLICATION = Text(
    "an audit needs an application; write its name and operator here",
    "un audit porte sur une application ; écrivez ici son nom et son exploitant",
)
NO_HOST = Text(
    "at least one host is needed; add an entry for each offer under contract",
    "il faut au moins un hébergeur ; ajoutez une entrée par offre sous contrat",
)
OVER_100 = Text("a percentage is due here; write at most 100", "un pourcentage est attendu ici ; écrivez au plus 100")
BAD_DIGEST = Text(
    "this is no SHA-256; write its 64 hexadecimal digits, as `sha256sum` prints them",
    "ceci n'est pas un SHA-256 ; écrivez ses 64 chiffres hexadécimaux, tels que `sha256sum` les affiche",
)


def reserved(name: str) -> Text:
    """An identifier that is a word of the format."""
    return Text(
        f"`{name}` is a word of the format, so nothing could refer to this entry; choose another identifier",
        f"`{name}` est un mot du format, rien ne pourrait désigner cette entrée ; choisissez un autre identifiant",
    )


def region_elsewhere(code: str, provider: str, there: str, said: str) -> Text:
    """A region that lies in another country than is said."""
    return Text(
        f"region `{shown(code)}` of `{shown(provider)}` is in {there}, and {said} is written here; mend the region or the location",
        f"la région `{shown(code)}` de `{shown(provider)}` est en {there}, or {said} est écrit ici ; corrigez la région ou le lieu",
    )


def no_such_country(code: str) -> Text:
    """Two capital letters that are no country."""
    return Text(
        f"`{code}` is neither a region of the provider nor a country; write a country's two letters of ISO 3166-1, such as FR",
        f"`{code}` n'est ni une région du fournisseur ni un pays ; écrivez les deux lettres ISO 3166-1 d'un pays, comme FR",
    )


def repeated(identifier: str) -> Text:
    """Two entries of a list under one identifier."""
    return Text(
        f"`{shown(identifier)}` already names an entry of this list; choose another or merge the two",
        f"`{shown(identifier)}` désigne déjà une entrée de cette liste ; choisissez-en un autre ou réunissez les deux",
    )


def answers_without_subject(control: str) -> Text:
    """Several attestations that cannot be told apart."""
    return Text(
        f"`{shown(control)}` has several answers; give each a `subject` of its own",
        f"`{shown(control)}` a plusieurs réponses ; donnez à chacune son propre `subject`",
    )


def owners_in_a_circle(names: Sequence[str]) -> Text:
    """Organisations that own one another."""
    way = _way(names)
    return Text(
        f"these organisations own one another in a circle: {way}; mend a `parent`",
        f"ces organisations se possèdent en cercle : {way} ; corrigez un `parent`",
    )


def copies_in_a_circle(names: Sequence[str]) -> Text:
    """Components that are copies of one another."""
    way = _way(names)
    return Text(
        f"these components are copies of one another in a circle: {way}; mend a `copy_of`",
        f"ces composants sont copies l'un de l'autre en cercle : {way} ; corrigez un `copy_of`",
    )


def out_of_order(later: str, earlier: str, day: str, before: str) -> Text:
    """A day before another that it must follow."""
    return Text(
        f"`{later}` ({day}) comes before `{earlier}` ({before}); mend one of them",
        f"`{later}` ({day}) précède `{earlier}` ({before}) ; corrigez l'une des deux dates",
    )


def nothing_to_prove(path: str, step: str, nearest: str | None) -> Text:
    """Evidence for what is not declared."""
    hint_en = f"did you mean `{nearest}`?" if nearest else "declare it, or mend the path"
    hint_fr = f"vouliez-vous dire `{nearest}` ?" if nearest else "déclarez-le, ou corrigez le chemin"
    return Text(
        f"`{shown(path)}` is not declared: nothing is written under `{shown(step)}`; {hint_en}",
        f"`{shown(path)}` n'est pas déclaré : rien n'est écrit sous `{shown(step)}` ; {hint_fr}",
    )


def _way(names: Sequence[str]) -> str:
    some = [*names[:5], names[-1]] if len(names) > 6 else names
    way = [f"`{shown(name)}`" for name in some]
    return " → ".join([*way[:5], "…", way[-1]] if len(names) > 6 else way)
