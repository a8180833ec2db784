"""What a domain asks of those who send to it: MTA-STS (RFC 8461), TLS reports (RFC 8460), and its BIMI record."""

from __future__ import annotations

from collections.abc import Iterator

from hds_audit.model.evidence import Observation
from hds_audit.model.text import Text
from hds_audit.probes.failure import FailedLookError
from hds_audit.probes.mail import read_tags
from hds_audit.probes.probe import Probe, Visit
from hds_audit.probes.walk import open_page

_MODES = ("enforce", "testing", "none")


def run(visit: Visit) -> Iterator[Observation]:
    """Look at one domain."""
    yield _mta_sts(visit)
    yield _published(visit, "mail.tls_reports", f"_smtp._tls.{visit.host}", "TLSRPTv1", "rua")
    yield _published(visit, "mail.bimi", f"default._bimi.{visit.host}", "BIMI1", "l")


def _published(visit: Visit, name: str, at: str, version: str, needed: str) -> Observation:
    reply = visit.names.ask(at, "TXT")
    found = [tags for record in reply.records if (tags := read_tags(record)).get("v", "").upper() == version.upper()]
    return visit.answer(name, len(found) == 1 and bool(found[0].get(needed)) if reply.settled else None)


def _mta_sts(visit: Visit) -> Observation:
    name = "mail.mta_sts"
    reply = visit.names.ask(f"_mta-sts.{visit.host}", "TXT")
    if not reply.settled:
        return visit.note(name, "not-testable")
    if not any(read_tags(record).get("v", "") == "STSv1" for record in reply.records):
        return visit.note(name, "not-seen")
    port = visit.settings.https_port
    try:
        page = open_page(visit, f"https://mta-sts.{visit.host}{'' if port == 443 else f':{port}'}/.well-known/mta-sts.txt")
    except FailedLookError as failure:
        why = Text(f"Announced, but {failure.why.en}", f"Annoncée, mais {failure.why.fr}")
        return visit.note(name, "not-seen" if failure.fault == "target" else "not-testable", why=why)
    fields = dict(_field(line) for line in page.text[:64_000].splitlines() if ":" in line)
    mode = fields.get("mode", "").lower()
    good = page.status == 200 and fields.get("version") == "STSv1" and mode in _MODES
    return visit.note(name, "seen" if good else "not-seen", mode if good else None)


def _field(line: str) -> tuple[str, str]:
    key, _, value = line.partition(":")
    return key.strip().lower(), value.strip()


PROBE = Probe(
    Text("Mail: protected transport", "Messagerie : transport protégé"),
    ("domain",),
    ("mail.mta_sts", "mail.tls_reports", "mail.bimi"),
    run,
    Text("The resolver gave no settled answer", "Le résolveur n'a pas donné de réponse définitive"),
)
