"""What a path of infra.yaml may hold, and how a person's answer is read for it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from hds_audit.model.fields import Either, Keyed, Kind, Many, Nested, Reference, Scalar, Words
from hds_audit.model.format.whole import DESCRIPTION
from hds_audit.model.imported import Plain
from hds_audit.model.text import Text
from hds_audit.model.values import parse_day, parse_span

_YES = frozenset({"yes", "y", "oui", "o", "true", "vrai"})
_NO = frozenset({"no", "n", "non", "false", "faux"})
_NONE = frozenset({"none", "aucun", "aucune", "[]"})


class Wrong(NamedTuple):
    """Why an answer does not fit."""

    reason: Text


def kind_at(path: Sequence[str]) -> Kind | None:
    """The kind of value at a path, or None where the format has no such path."""
    kind: Kind | None = Nested(DESCRIPTION)
    for name in path:
        if isinstance(kind, Many):
            kind = kind.of
            if name.isdigit():
                continue
        if isinstance(kind, Either):
            kind = next((each for each in kind.kinds if isinstance(each, Nested | Keyed)), None)
        if isinstance(kind, Keyed):
            kind = kind.of
        elif isinstance(kind, Nested):
            field = kind.type.field(name)
            kind = field.kind if field else None
        else:
            return None
    return kind


def choices(kind: Kind | None) -> tuple[str, ...]:
    """The words that may be answered; none where any text may."""
    match kind:
        case Words():
            return kind.choices
        case Many():
            return choices(kind.of)
        case Either():
            return tuple(word for each in kind.kinds for word in choices(each))
        case Reference():
            return kind.words
        case Nested() if kind.short:
            return choices(_short(kind))
        case _:
            return ()


def _short(kind: Nested) -> Kind | None:
    """The kind of what may stand for the whole of a record."""
    field = kind.type.field(kind.short) if kind.short else None
    return field.kind if field else None


def sections(kind: Kind | None) -> tuple[str, ...]:
    """The sections that an identifier may come from."""
    if isinstance(kind, Many):
        return sections(kind.of)
    return kind.sections if isinstance(kind, Reference) else ()


def hint(kind: Kind | None) -> Text:
    """How to answer: the form of the value."""
    match kind:
        case Many():
            return _joined(hint(kind.of), Text("several with commas", "plusieurs : virgules"), Text("none", "aucun"))
        case Scalar() if kind.false_says is not None and kind.kind != "flag":
            said = kind.false_says
            return _joined(hint(Scalar(kind.kind)), Text(f"no ({said.en})", f"non ({said.fr})"))
        case Scalar(kind="flag"):
            return Text("yes or no", "oui ou non")
        case Scalar(kind="day"):
            return Text("YYYY-MM-DD or YYYY-MM", "AAAA-MM-JJ ou AAAA-MM")
        case Scalar(kind="span"):
            return Text("a duration such as P6M, PT4H", "une durée comme P6M, PT4H")
        case Scalar(kind="country"):
            return Text("a country in two letters", "un pays en deux lettres")
        case Nested():
            names = ", ".join(field.name for field in kind.type.fields[:8])
            whole = Text(f"{{key: value}} with {names}", f"{{clé: valeur}} avec {names}")
            return _joined(hint(_short(kind)), Text("no", "non"), Text("yes", "oui"), whole)
        case _:
            return Text(" | ".join(choices(kind)), " | ".join(choices(kind)))


def _joined(*parts: Text) -> Text:
    return Text("; ".join(part.en for part in parts if part.en), " ; ".join(part.fr for part in parts if part.fr))


def read_answer(kind: Kind | None, answer: str) -> Plain | Wrong:
    """What an answer says, for a kind of value; `{` and `[` begin YAML as in the file."""
    said = answer.strip()
    if said[:1] in "{[" and said:
        return _yaml(said)
    if isinstance(kind, Many):
        return _listed(kind, said)
    if isinstance(kind, Either):
        read = [read_answer(each, said) for each in kind.kinds]
        return next((value for value in read if not isinstance(value, Wrong)), read[0])
    if isinstance(kind, Nested):
        return _nested(kind, said)
    return _single(kind, said)


def _listed(kind: Many, said: str) -> Plain | Wrong:
    if said.lower() in _NO and kind.false_says is not None:
        return False
    if said.lower() in _NONE or (said.lower() in _NO and not isinstance(kind.of, Scalar)):
        return []
    if said.lower() in _YES:
        return True
    read = [read_answer(kind.of, part) for part in said.split(",") if part.strip()]
    wrong = next((value for value in read if isinstance(value, Wrong)), None)
    return wrong or [value for value in read if not isinstance(value, Wrong)]


def _nested(kind: Nested, said: str) -> Plain | Wrong:
    if said.lower() in _YES | _NO:
        return said.lower() in _YES
    short = _short(kind)
    return _single(short, said) if short is not None else Wrong(hint(kind))


def _single(kind: Kind | None, said: str) -> Plain | Wrong:
    match kind:
        case Scalar(kind="flag"):
            return said.lower() in _YES if said.lower() in _YES | _NO else Wrong(hint(kind))
        case Scalar() if kind.false_says is not None and said.lower() in _NO:
            return False
        case Scalar(kind="day"):
            return said if parse_day(said) else Wrong(hint(kind))
        case Scalar(kind="span"):
            return said if parse_span(said) else Wrong(hint(kind))
        case Scalar(kind="number" | "integer"):
            return _number(said)
        case Words() if said not in kind.choices and not kind.open:
            return Wrong(Text(f"one of {', '.join(kind.choices)}", f"l'un de {', '.join(kind.choices)}"))
        case _:
            return said


def _number(said: str) -> Plain | Wrong:
    bare = said.replace(" ", "").replace("\u202f", "").replace(",", ".")
    if re.fullmatch(r"\d{1,12}", bare):
        return int(bare)
    return float(bare) if re.fullmatch(r"\d{1,12}\.\d{1,6}", bare) else Wrong(Text("a number", "un nombre"))


def _yaml(said: str) -> Plain | Wrong:
    from hds_audit.errors import InputError
    from hds_audit.write.sheet import Sheet

    try:
        sheet = Sheet("answer", f"answer: {said}\n")
    except InputError:
        return Wrong(Text("this is not YAML; close its braces and brackets", "ce n'est pas du YAML ; fermez accolades et crochets"))
    return sheet.plain(sheet.pairs(sheet.root)[0].value)
