"""What a person decided and signed of a question that no description decides: anonymity, scope, the activity of a publisher."""

from typing import TYPE_CHECKING

from hds_audit.model.answer import signed_and_running
from hds_audit.model.fact import Fact
from hds_audit.model.record import Record

if TYPE_CHECKING:
    from hds_audit.resolve.world import World


def attested(world: "World", control: str, status: str, subject: str) -> tuple[Fact, ...]:
    """The answer of that status to a control that counts that day, for this subject or for all; none where there is none."""
    listed = world.description.root.values.get("attestations")
    given = listed.get(control) if isinstance(listed, dict) else None
    records = [item for item in (given if type(given) is tuple else (given,)) if isinstance(item, Record)]
    counting = (each for each in records if each.values.get("subject", subject) == subject and _counts(world, each, status))
    return tuple(Fact(f"attestations.{control}", status, mark=each.mark) for each in counting)[:1]


def _counts(world: "World", answer: Record, status: str) -> bool:
    """Signed and running; that something does not apply counts with its reason only."""
    given = answer.values.get("status") == status and (status != "not-applicable" or bool(answer.values.get("reason")))
    return given and signed_and_running(answer, world.as_of)
