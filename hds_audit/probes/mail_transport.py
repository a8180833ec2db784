"""What a domain asks of those who send to it: MTA-STS (RFC 8461), TLS reports (RFC 8460), and its BIMI record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cryptography.x509 import load_der_x509_certificate

from hds_audit.model.evidence import Observation, Raw
from hds_audit.model.text import Text
from hds_audit.probes.browser import Page
from hds_audit.probes.certificate import alternative_names, covers
from hds_audit.probes.chain import fetch_chain
from hds_audit.probes.failure import FailedLookError
from hds_audit.probes.mail import exchangers_of, read_tags
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
    """The mode of a policy that senders can use: announced once, fetched over valid TLS, and naming an exchanger (RFC 8461, 3.1 to 4.1)."""
    name = "mail.mta_sts"
    reply = visit.names.ask(f"_mta-sts.{visit.host}", "TXT")
    if not reply.settled:
        return visit.note(name, "not-testable")
    if sum(record.replace(" ", "").startswith("v=STSv1;") for record in reply.records) != 1:
        return visit.note(name, "not-seen")
    try:
        page, flaw = _fetched(visit)
    except FailedLookError as failure:
        why = Text(f"Announced, but {failure.why.en}", f"Annoncée, mais {failure.why.fr}")
        return visit.note(name, "not-seen" if failure.fault == "target" else "not-testable", why=why)
    if page.status == 429 or page.status >= 500:
        return visit.note(name, "not-testable", why=Text(f"Its policy answers {page.status}", f"Sa politique répond {page.status}"))
    fields = [_field(line) for line in page.text[:64_000].splitlines() if ":" in line]
    told = dict(fields)
    mode = told.get("mode", "").lower()
    good = page.status == 200 and told.get("version") == "STSv1" and mode in _MODES and told.get("max_age", "").isdecimal()
    if good and mode != "none":
        flaw = flaw or _unnamed(visit, tuple(value for key, value in fields if key == "mx"))
    raw = (Raw("mode", mode),) if good else ()
    return visit.note(name, "seen" if good and flaw is None else "not-seen", mode if good and flaw is None else None, *raw, why=flaw)


def _fetched(visit: Visit) -> tuple[Page, Text | None]:
    """The page of the policy, and what is wrong with the certificate that vouches for it; raises FailedLookError."""
    host, port = f"mta-sts.{visit.host}", visit.settings.https_port
    page = open_page(visit, f"https://{host}{'' if port == 443 else f':{port}'}/.well-known/mta-sts.txt")
    failure: FailedLookError | None = None
    for address in visit.names.addresses(host)[: visit.settings.addresses]:
        try:
            sent = fetch_chain(replace(visit, host=host, port=port, address=address))
        except FailedLookError as found:
            failure = found
            continue
        if sent.dated == 0 and any(covers(name, host) for name in alternative_names(load_der_x509_certificate(sent.certificates[0]))):
            return page, None
        return page, Text(
            "Its policy is served under a certificate that is not valid", "Sa politique est servie sous un certificat non valide"
        )
    raise failure or FailedLookError("here", "no address to go to", "aucune adresse où aller")


def _unnamed(visit: Visit, patterns: tuple[str, ...]) -> Text | None:
    exchangers = exchangers_of(visit.names.ask(visit.host, "MX"))
    if not exchangers or any(covers(pattern, host) for pattern in patterns for host in exchangers):
        return None
    return Text("Its policy names none of the exchangers", "Sa politique ne désigne aucun des serveurs de réception")


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
