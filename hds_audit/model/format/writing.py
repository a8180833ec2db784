"""How the format is written down: one call a key, its meaning in both languages beside it."""

from hds_audit.model.fields import Field, Kind, Many, Nested, RecordType, Reference
from hds_audit.model.text import Text


def key(name: str, kind: Kind, en: str, fr: str, *, required: bool = False) -> Field:
    """One key of a mapping, with what it means in English and in French."""
    return Field(name, kind, Text(en, fr), required)


def record(name: str, en: str, fr: str, *fields: Field) -> RecordType:
    """A mapping of known keys, with what it is in English and in French."""
    return RecordType(name, Text(en, fr), fields)


def some(of: Kind, false_says: Text | None = None) -> Many:
    """A list in which a single element may stand without its brackets."""
    return Many(of, lone=True, false_says=false_says)


def each(type_: RecordType, short: str = "") -> Many:
    """A list of mappings; a single one may stand alone."""
    return Many(Nested(type_, short), lone=True)


ORGANISATION = Reference(("organisations",))
HOST = Reference(("hosts",))
COMPONENT = Reference(("components",))
DATA = some(Reference(("data",)))
CERTIFICATES = some(Reference(("certificates",)))
