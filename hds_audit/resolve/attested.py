"""What a person decided and signed of a question that no description decides: anonymity, scope, the activity of a publisher."""

from typing import TYPE_CHECKING

from hds_audit.model.answer import counts_on
from hds_audit.model.fact import Fact
from hds_audit.model.record import Record

if TYPE_CHECKING:
    from hds_audit.resolve.world import World


def attested(world: "World", control: str, status: str, subject: str) -> tuple[Fact, ...]:
    """The answer of that status to a control that counts that day, for this subject or for all; none where there is none."""
    listed = world.description.root.values.get("attestations")
    given = listed.get(control) if isinstance(listed, dict) else None
    records = [item for item in (given if type(given) is tuple else (given,)) if isinstance(item, Record)]
    meant = (each for each in records if each.values.get("subject", subject) == subject and each.values.get("status") == status)
    counting = (each for each in meant if counts_on(each, world.as_of))
    return tuple(Fact(f"attestations.{control}", status, mark=each.mark) for each in counting)[:1]
