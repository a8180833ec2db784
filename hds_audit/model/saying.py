"""What a finding shares with its rule, so that a report says it once; values with the words that messages say for them."""

from hds_audit.model.text import Text

TO_DECLARE = Text("To declare: ", "À déclarer : ")


def unshown(title: Text) -> Text:
    """The sentence that begins the message of every unknown."""
    return Text(f"Not shown: {title.en}.", f"Non démontré : {title.fr}.")


def rests_on_rule(verdict: str, confidence: str) -> bool:
    """Whether a finding that gives no reason of its own is as unsure as its rule, and for the same reason."""
    return verdict in ("fail", "unknown", "manual") or (verdict == "pass" and confidence != "high")


class Worded(str):
    """A machine value with the words that a message says for it; it is equal to the value itself."""

    __slots__ = ("words",)
    words: Text

    @classmethod
    def of(cls, value: str, words: Text) -> "Worded":
        """The value, with its words."""
        worded = cls(value)
        worded.words = words
        return worded
