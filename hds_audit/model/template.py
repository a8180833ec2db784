"""What a template of a message was found to disclose."""

from typing import Literal, NamedTuple

from hds_audit.model.text import Language, Text

TemplateLabel = Literal["health", "care-relation", "free-text", "none"]
"""health: data on the health of an identifiable person; care-relation: only that care exists; free-text: a slot that data decide."""

LABELS: tuple[TemplateLabel, ...] = ("health", "free-text", "care-relation", "none")
"""From the gravest to the lightest: a template has the gravest label of its sentences."""

Sureness = Literal["high", "medium", "low"]

SURENESSES: tuple[Sureness, ...] = ("high", "medium", "low")

EvidenceKind = Literal["words", "variable", "condition", "include"]

DataCategory = Literal[
    "identity", "contact", "credentials", "health", "appointment", "birth-date", "national-id", "free-text",
]  # fmt: skip
"""A category of data that a template shows, in the words of `data.*.categories` where there is one."""

ObservationKind = Literal[
    "national-id", "birth-date", "remote-image", "tracking-pixel", "identifying-link", "token-link", "clear-password",
    "health-in-link", "missing-include", "include-loop", "dynamic-include", "include-limit", "text-elsewhere", "broken-syntax",
]  # fmt: skip

Engine = Literal[
    "jinja", "django", "nunjucks", "twig", "liquid", "handlebars", "erb", "ejs", "slim", "haml", "pug", "blade", "php",
    "freemarker", "thymeleaf", "smarty", "velocity", "twirl", "razor", "jsx", "notify", "placeholders", "plain",
]  # fmt: skip


class Evidence(NamedTuple):
    """One sentence or variable that says something: `text` is what is on the page, `file` an included file or nothing."""

    line: int
    text: str
    kind: EvidenceKind
    label: TemplateLabel
    why: Text
    confidence: Sureness
    file: str = ""


class Observation(NamedTuple):
    """Something else worth knowing of the template, which does not decide its label."""

    kind: ObservationKind
    line: int
    text: str
    why: Text
    file: str = ""


class TemplateReading(NamedTuple):
    """One template, read. `unreadable` says why it could not be: nothing is then known of it, and `label` means nothing."""

    path: str
    engine: Engine
    languages: tuple[Language, ...]
    label: TemplateLabel
    confidence: Sureness
    evidence: tuple[Evidence, ...] = ()
    observations: tuple[Observation, ...] = ()
    shows: tuple[DataCategory, ...] = ()
    included: tuple[str, ...] = ()
    source: str = ""
    unreadable: Text | None = None


def unread(path: str, why: Text) -> TemplateReading:
    """The reading of a template that could not be read: unknown, never none."""
    return TemplateReading(path, "plain", (), "none", "low", unreadable=why)
