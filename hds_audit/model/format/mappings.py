"""Every mapping that a part of the format holds."""

from collections.abc import Iterator

from hds_audit.model.fields import Either, Keyed, Kind, Many, Nested, RecordType


def mappings(start: RecordType) -> Iterator[RecordType]:
    """The mapping itself and those nested in it, however deep, in the order in which they are written down."""
    yield start
    for field in start.fields:
        for nested in _nested(field.kind):
            yield from mappings(nested)


def _nested(kind: Kind) -> Iterator[RecordType]:
    match kind:
        case Nested(record):
            yield record
        case Many(of) | Keyed(of):
            yield from _nested(of)
        case Either(kinds):
            for each in kinds:
                yield from _nested(each)
        case _:
            return
