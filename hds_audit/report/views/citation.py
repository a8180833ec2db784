"""Controls as a letter cites them: the text, then the number there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hds_audit.model.text import Text

_TEXTS = {
    "csp": Text("French Public Health Code, art. {}", "Code de la santé publique, art. {}"),
    "hds": Text("HDS referential, {}", "référentiel HDS, {}"),
    "gdpr": Text("GDPR, art. {}", "RGPD, art. {}"),
    "edpb": Text("EDPB, {}", "CEPD, {}"),
    "cnil": Text("CNIL, {}", "CNIL, {}"),
    "secnumcloud": Text("SecNumCloud 3.2, {}", "SecNumCloud 3.2, {}"),
    "sren": Text("SREN Act, art. {}", "loi SREN, art. {}"),
    "iso27001": Text("ISO/IEC 27001:2022, {}", "ISO/IEC 27001:2022, {}"),
    "pgssi-s": Text("PGSSI-S, {}", "PGSSI-S, {}"),
    "anssi-tls": Text("ANSSI guide on TLS, {}", "guide TLS de l'ANSSI, {}"),
    "anssi-crypto": Text("ANSSI guide on cryptography, {}", "guide des mécanismes cryptographiques de l'ANSSI, {}"),
    "anssi-web": Text("ANSSI guide on web sites, {}", "guide de l'ANSSI sur les sites web, {}"),
    "anssi-internet": Text("ANSSI guide on connecting to the Internet, {}", "guide de l'ANSSI sur l'interconnexion à Internet, {}"),
    "loi78-17": Text("French Data Protection Act, art. {}", "loi Informatique et Libertés, art. {}"),
    "penal": Text("French Criminal Code, art. {}", "Code pénal, art. {}"),
}
_WHOLE = {  # texts whose items we name ourselves: the letter cites the text
    "hds-v1": Text("HDS referential v1.1", "référentiel HDS v1.1"),
    "hads": Text("HADS approval", "agrément HADS"),
    "iso27001-2013": Text("ISO/IEC 27001:2013", "ISO/IEC 27001:2013"),
    "mozilla-tls": Text("Mozilla, Server Side TLS 6.0", "Mozilla, Server Side TLS 6.0"),
    "clausier-sante": Text("model clauses for health contracts", "clausier santé"),
}
_WORD = re.compile(r"^[a-z]+(-[a-z]+)*$")


def citation(control: str) -> Text:
    """One control as people write it; an item that has a word of ours for its number is cited by its article."""
    text, colon, number = control.partition(":")
    if text == "edpb" and number.startswith("uc"):
        return Text(f"EDPB Recommendations 01/2020, use case {number[2:]}", f"CEPD, recommandations 01/2020, cas d'usage {number[2:]}")
    if text in _WHOLE:
        return _WHOLE[text]
    form = _TEXTS.get(text)
    if form is None or not colon:
        return Text(control, control)
    parts = number.split(".")
    while text == "csp" and len(parts) > 1 and _WORD.match(parts[-1]):
        parts.pop()
    said = _article(parts) if text == "csp" else number
    return Text(form.en.format(said), form.fr.format(said))


def _article(parts: list[str]) -> str:
    """`R.1111-11.I.5` as `R. 1111-11, I, 5°`."""
    head = ". ".join(parts[:2])
    items = [f"{part}°" if part.isdigit() else part for part in parts[2:]]
    return ", ".join([head, *items])


def citations(controls: Iterable[str]) -> tuple[Text, ...]:
    """The controls, each once; an article goes where one of its items is there."""
    kept = list(dict.fromkeys(controls))
    precise = [control for control in kept if not any(other.startswith(f"{control}.") for other in kept)]
    return tuple(dict.fromkeys(citation(control) for control in precise))
