"""Whether a mail exchanger offers encryption, and keeps its word."""

from __future__ import annotations

from collections.abc import Iterator

from hds_audit.model.evidence import Observation, Raw
from hds_audit.model.text import Text
from hds_audit.probes.probe import Probe, Visit
from hds_audit.probes.smtp import ask_tls, greet, leave


def run(visit: Visit) -> Iterator[Observation]:
    """Greet one address of an exchanger and go."""
    with visit.guest.connection(visit.address, visit.port, visit.deadline) as stream:
        offered = greet(stream, visit.settings.agent)
        refusal = ask_tls(stream) if "STARTTLS" in offered else ""
        if refusal or "STARTTLS" not in offered:
            leave(stream)
    raw = (*(Raw("extension", each) for each in sorted(offered)), *((Raw("refusal", refusal),) if refusal else ()))
    why = Text(f"Offered, and refused: {refusal}", f"Proposé, puis refusé : {refusal}") if refusal else None
    yield visit.answer("mail.starttls", "STARTTLS" in offered and not refusal, *raw, why=why)


PROBE = Probe(
    Text("Encryption of mail exchangers", "Chiffrement des serveurs de messagerie"),
    ("exchanger-address",),
    ("mail.starttls",),
    run,
)
