"""Whether a mail exchanger offers encryption at all."""

from __future__ import annotations

from collections.abc import Iterator

from hds_audit.model.evidence import Observation, Raw
from hds_audit.model.text import Text
from hds_audit.probes.probe import Probe, Visit
from hds_audit.probes.smtp import greet, leave


def run(visit: Visit) -> Iterator[Observation]:
    """Greet one address of an exchanger and go."""
    with visit.guest.connection(visit.address, visit.port, visit.deadline) as stream:
        offered = greet(stream, visit.settings.agent)
        leave(stream)
    yield visit.answer("mail.starttls", "STARTTLS" in offered, *(Raw("extension", each) for each in sorted(offered)))


PROBE = Probe(
    Text("Encryption of mail exchangers", "Chiffrement des serveurs de messagerie"),
    ("exchanger-address",),
    ("mail.starttls",),
    run,
)
