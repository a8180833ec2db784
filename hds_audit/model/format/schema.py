"""The JSON Schema (draft 2020-12) of infra.yaml, generated from the format, for editors that complete and check."""

from __future__ import annotations

from collections.abc import Iterator

from hds_audit.model.fields import Either, Field, Keyed, Kind, Many, Nested, RecordType, Reference, Scalar, ScalarKind, Words
from hds_audit.model.format.whole import DESCRIPTION
from hds_audit.model.text import Language, Text

Schema = dict[str, object]

DAY_PATTERN = r"^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$"
SPAN_PATTERN = r"^P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$"
_TRUE_SAYS = Text("It exists; details unknown.", "Cela existe ; détails inconnus.")
_FALSE_SAYS = Text("There is none.", "Il n'y en a pas.")
_SCALARS: dict[ScalarKind, Schema] = {
    # Unquoted digits are a number to an editor and the text that is written to the reader.
    "text": {"type": ["string", "number"], "pattern": r"\S"},
    "flag": {"type": "boolean"},
    "number": {"type": ["number", "string"], "minimum": 0, "pattern": r"^\d{1,15}(\.\d{1,9})?$"},
    "integer": {"type": ["integer", "string"], "minimum": 0, "pattern": r"^\d{1,15}$"},
    "day": {"type": "string", "pattern": DAY_PATTERN},
    "span": {"type": "string", "pattern": SPAN_PATTERN},
    "country": {"type": "string", "pattern": "^[A-Z]{2}$"},
    "version": {"type": ["string", "number"], "pattern": "^[0-9A-Za-z]"},
    "url": {"type": "string", "pattern": "^https?://"},
}


def json_schema(language: Language) -> Schema:
    """The schema of a whole infra.yaml, its descriptions in one language."""
    writer = _Writer(language)
    whole = writer.record(DESCRIPTION)
    head: Schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:hds-audit:infra:1", "title": "infra.yaml"}
    return {**head, **whole, "$defs": dict(sorted(writer.definitions.items()))}


def definition_name(kind: RecordType) -> str:
    """The name under which a mapping stands in `$defs`."""
    return "".join(letter if letter.isalnum() else "-" for letter in kind.name)


class _Writer:
    def __init__(self, language: Language) -> None:
        self.language = language
        self.definitions: dict[str, Schema] = {}

    def record(self, kind: RecordType) -> Schema:
        """A mapping of known keys."""
        properties = {field.name: self.field(field) for field in kind.fields}
        schema: Schema = {"description": kind.meaning.said(self.language), "type": "object", "properties": properties}
        if required := [field.name for field in kind.fields if field.required]:
            schema["required"] = required
        return {**schema, "additionalProperties": False}

    def field(self, field: Field) -> Schema:
        """One key, under its meaning; a mapping that is required has at least one entry."""
        schema = self.kind(field.kind)
        if field.required and isinstance(field.kind, Keyed):
            schema = {**self.entries(field.kind), "minProperties": 1}
        elif field.required and isinstance(field.kind, Nested):
            schema = self.one_of([self.reference(field.kind.type), {"const": True}])
        return {"description": field.meaning.said(self.language), **schema}

    def kind(self, kind: Kind) -> Schema:
        """What a value may be."""
        match kind:
            case Scalar(scalar, false_says):
                return self.one_of([_SCALARS[scalar], *self.false(false_says)])
            case Words():
                return self.words(kind)
            case Reference(_, words, false_says):
                some: list[Schema] = [{"enum": list(words)}] if words else []
                return self.one_of([*some, {"type": "string", "minLength": 1}, *self.false(false_says)])
            case Many():
                return self.one_of(list(self.many(kind)))
            case Nested():
                return self.one_of([*self.nested(kind), *self.booleans()])
            case Keyed():
                return self.one_of([self.entries(kind), *self.booleans()])
            case Either(kinds):
                return self.one_of([self.kind(each) for each in kinds])

    def words(self, kind: Words) -> Schema:
        """A vocabulary; an open one lets other words through and still completes its own."""
        listed: Schema = {"enum": list(kind.choices)}
        return self.one_of([listed, {"type": "string", "pattern": r"\S"}]) if kind.open else listed

    def many(self, kind: Many) -> Iterator[Schema]:
        """A list, its lone element, `true` for some and `false` where that has a meaning."""
        elements = list(self.nested(kind.of)) if isinstance(kind.of, Nested) else [self.kind(kind.of)]
        yield {"type": "array", "items": self.one_of(elements)}
        if kind.lone:
            yield from elements
        yield {"const": True, "description": _TRUE_SAYS.said(self.language)}
        yield from self.false(kind.false_says)

    def nested(self, kind: Nested) -> Iterator[Schema]:
        """A mapping, or what its shorthand stands for."""
        yield self.reference(kind.type)
        if (short := kind.type.field(kind.short)) is not None:
            yield self.kind(short.kind)

    def entries(self, kind: Keyed) -> Schema:
        """A mapping whose keys the author chooses."""
        true: list[Schema] = [{"const": True}] if isinstance(kind.of, Nested) else []
        entry = [*self.nested(kind.of), *true] if isinstance(kind.of, Nested) else [self.kind(kind.of)]
        return {"type": "object", "propertyNames": {"pattern": r"^\S+$"}, "additionalProperties": self.one_of(entry)}

    def reference(self, kind: RecordType) -> Schema:
        """A mapping that is defined once."""
        name = definition_name(kind)
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = self.record(kind)
        return {"$ref": f"#/$defs/{name}"}

    def booleans(self) -> list[Schema]:
        """What the two booleans say of a mapping."""
        return [{"const": True, "description": _TRUE_SAYS.said(self.language)}, *self.false(_FALSE_SAYS)]

    def false(self, says: Text | None) -> list[Schema]:
        """What `false` says, where it may be written."""
        return [] if says is None else [{"const": False, "description": says.said(self.language)}]

    def one_of(self, schemas: list[Schema]) -> Schema:
        """Any of these, each once; a single one stands by itself."""
        distinct = [schema for index, schema in enumerate(schemas) if schema not in schemas[:index]]
        return distinct[0] if len(distinct) == 1 else {"anyOf": distinct}
