"""One template, from its bytes to what it discloses. Pure: bytes in, a reading out, in bounded time whatever the bytes."""

from __future__ import annotations

from hds_audit.emails.application import Applications
from hds_audit.emails.bytes_read import Undecodable, text_of
from hds_audit.emails.document import document_of
from hds_audit.emails.expression import Expressions
from hds_audit.emails.include import Includes, follow
from hds_audit.emails.judge import evidence_of, verdict
from hds_audit.emails.names import Names
from hds_audit.emails.observe import observations_of, shown_categories
from hds_audit.emails.reading import read_file
from hds_audit.emails.spoken import Vocabulary
from hds_audit.model.lexicon import Lexicon
from hds_audit.model.template import TemplateReading, unread
from hds_audit.model.text import Text

_NOTHING_SAID = Text("nothing in it could be read as text", "aucun texte n'a pu y être lu")
_UNSEEN = frozenset(("text-elsewhere", "missing-include", "dynamic-include", "include-limit", "broken-syntax"))
_MOST_EVIDENCE = 500


def no_includes(name: str) -> bytes | None:
    """Finds nothing: for a template that stands alone."""
    return None


class Scanner:
    """Scans templates one after the other; words and names met once are known for the next.

    `of_care` is whether they are known to belong to an application of care, as those of a description of health data do; else
    the names on their paths and what was learnt of the templates beside them tell.
    """

    def __init__(self, lexicon: Lexicon, applications: Applications | None = None, *, of_care: bool = False) -> None:
        self.vocabulary, self.names, self.expressions = Vocabulary(lexicon), Names(lexicon), Expressions()
        self.applications, self.of_care = applications or Applications(lexicon), of_care

    def scan(self, path: str, content: bytes, includes: Includes = no_includes) -> TemplateReading:
        """What a template discloses; `includes` finds the parts that it includes, by the paths it gives them beside `path`.

        A file that is too large or binary gives a reading that is `unreadable`, with the reason, never an error.
        """
        text = text_of(content)
        if isinstance(text, Undecodable):
            return unread(path, text.why)
        first = read_file("", path, text, self.expressions)
        if text.strip() and not first.sentences and not first.marks and not first.links and not first.images:
            return unread(path, _NOTHING_SAID)
        followed = follow(first, path, includes, self.expressions)
        document = document_of(path, followed.files, self.vocabulary, self.names, of_care=self.of_care or self.applications.of_care(path))
        evidence = evidence_of(document, frozenset(followed.missing))
        observed = (*observations_of(document), *followed.observed)
        label, confidence = verdict(evidence, seen=not any(each.kind in _UNSEEN for each in observed))
        return TemplateReading(
            path=path,
            engine=first.engine,
            languages=tuple(sorted(document.languages)),
            label=label,
            confidence=confidence,
            evidence=evidence[:_MOST_EVIDENCE],
            observations=tuple(dict.fromkeys(observed))[:_MOST_EVIDENCE],
            shows=shown_categories(document, evidence, observed),
            included=tuple(reading.file for reading in followed.files[1:]),
            source=text,
        )


def scan(path: str, content: bytes, lexicon: Lexicon, includes: Includes = no_includes) -> TemplateReading:
    """What one template discloses; see `Scanner` for many."""
    return Scanner(lexicon).scan(path, content, includes)
