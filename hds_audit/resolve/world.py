"""Everything an audit knows, in one place: the description, the catalogue, the day, the observations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from hds_audit.model.catalogue import Catalogue
from hds_audit.model.description import Description
from hds_audit.model.fact import Fact

if TYPE_CHECKING:
    from hds_audit.model.evidence import Evidence
    from hds_audit.model.rule import SubjectKind
    from hds_audit.model.soa import Statement
    from hds_audit.model.template import TemplateReading
    from hds_audit.resolve.things import Subject

Derivation = Callable[["World", "Subject"], Fact]
Derivations = Mapping[tuple[str, str], Derivation]
T = TypeVar("T")


class World:
    """One description on one day. `memory` holds what was worked out once for all (exposures, the six activities)."""

    __slots__ = (
        "absent_documents", "as_of", "catalogue", "derivations", "description", "environment", "evidence", "memory", "statement",
        "templates",
    )  # fmt: skip

    def __init__(
        self, description: Description, catalogue: Catalogue, as_of: date, derivations: Derivations, evidence: Evidence | None = None,
        templates: tuple[TemplateReading, ...] = (), absent_documents: frozenset[str] = frozenset(), environment: str = "",
        statement: Statement | None = None,
    ) -> None:  # fmt: skip
        self.description, self.catalogue, self.as_of, self.derivations = description, catalogue, as_of, derivations
        self.evidence, self.templates, self.absent_documents = evidence, templates, absent_documents
        self.environment, self.statement = environment, statement
        self.memory: dict[object, object] = {}

    def once(self, key: object, compute: Callable[[World], T]) -> T:
        """The result of a computation that serves many subjects, made on first demand."""
        if key not in self.memory:
            self.memory[key] = compute(self)
        return self.memory[key]  # type: ignore[return-value]  # what the same key stored is of the same type

    def subjects(self, kind: SubjectKind) -> tuple[Subject, ...]:
        """Every subject of a kind, in the order of the description."""
        from hds_audit.resolve.subjects import subjects_of

        return self.once(("subjects", kind), lambda world: subjects_of(world, kind))

    def subject(self, kind: SubjectKind, identifier: str) -> Subject | None:
        """One subject by its identifier; an organisation may be one that the catalogue alone knows."""
        from hds_audit.resolve.subjects import subject_named

        return self.once(("subject", kind, identifier), lambda world: subject_named(world, kind, identifier))
