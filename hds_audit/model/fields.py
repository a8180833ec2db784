"""What a key of infra.yaml may hold: the words in which the format is written down, once."""

from typing import Literal, NamedTuple

from hds_audit.model.text import Text

ScalarKind = Literal["text", "flag", "number", "integer", "day", "span", "country", "version", "url"]


class Scalar(NamedTuple):
    """A single value; `false_says` is set where `false` is a value of its own (a contract that has no end)."""

    kind: ScalarKind
    false_says: Text | None = None


class Words(NamedTuple):
    """A word of a closed vocabulary; `open` lets others through (a means of authentication nobody has named yet)."""

    choices: tuple[str, ...]
    open: bool = False


class Reference(NamedTuple):
    """An identifier looked for in these sections, in this order; `words` are accepted beside them (`end-users`)."""

    sections: tuple[str, ...]
    words: tuple[str, ...] = ()
    false_says: Text | None = None


class Many(NamedTuple):
    """A closed list; a lone element stands for a list of one where `lone` says so; `[]` is none and `true` is some."""

    of: "Kind"
    lone: bool = False
    false_says: Text | None = None


class Nested(NamedTuple):
    """A mapping of known keys; `short` names the key that a bare scalar stands for; `false` is none and `true` is some."""

    type: "RecordType"
    short: str = ""


class Keyed(NamedTuple):
    """A mapping from identifiers chosen by the author to what `of` says."""

    of: "Kind"


class Either(NamedTuple):
    """A value read as the first of these kinds that fits it."""

    kinds: "tuple[Kind, ...]"


Kind = Scalar | Words | Reference | Many | Nested | Keyed | Either


class Field(NamedTuple):
    """One key: its name, what it may hold, what it means, and whether it may be left out."""

    name: str
    kind: Kind
    meaning: Text
    required: bool = False


class RecordType:
    """A mapping of known keys, under the name that errors and the schema give it; a field is found by its name at once."""

    __slots__ = ("_named", "fields", "meaning", "name")

    def __init__(self, name: str, meaning: Text, fields: tuple[Field, ...]) -> None:
        self.name, self.meaning, self.fields = name, meaning, fields
        self._named = {field.name: field for field in reversed(fields)}

    def field(self, name: str) -> Field | None:
        """The field of that name, where there is one."""
        return self._named.get(name)


TEXT, FLAG, NUMBER, INTEGER = Scalar("text"), Scalar("flag"), Scalar("number"), Scalar("integer")
DAY, SPAN, COUNTRY, VERSION, URL = Scalar("day"), Scalar("span"), Scalar("country"), Scalar("version"), Scalar("url")
