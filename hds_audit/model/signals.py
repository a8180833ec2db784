"""What points to an organisation when seen from outside, and when something seen is it."""

from fnmatch import fnmatchcase
from ipaddress import ip_address, ip_network
from typing import Literal, NamedTuple, get_args

from hds_audit.model.catalogued import Status

SignalKind = Literal[
    "asn",
    "dns_suffix",
    "ns",
    "mx",
    "spf",
    "dkim",
    "txt",
    "header",
    "cookie",
    "tls_issuer",
    "tracker_domain",
    "web_domain",
    "ip_range",
    "terraform_prefix",
    "terraform_endpoint",
]
SIGNAL_KINDS: tuple[SignalKind, ...] = get_args(SignalKind)
_NAMES = frozenset({"dns_suffix", "ns", "mx", "spf", "tracker_domain", "web_domain", "terraform_endpoint"})


class Signal(NamedTuple):
    """One mark of an organisation.

    A domain name matches itself and what lies under it, or as a whole pattern where it holds `*`; an ASN is written
    `AS16509`; a header is `name` or `name: beginning of its value`; a cookie, a DKIM selector and an issuer may hold `*`;
    a TXT record and a Terraform prefix match what begins so.
    """

    organisation: str
    kind: SignalKind
    value: str
    status: Status
    sources: tuple[str, ...]

    def matches(self, seen: str) -> bool:
        """Whether what was seen is this signal; letter case does not count."""
        seen, value = seen.strip().rstrip(".").lower(), self.value.lower()
        if self.kind in _NAMES:
            return fnmatchcase(seen, value) if "*" in value else f".{seen}".endswith(f".{value}")
        if self.kind == "ip_range":
            return _inside(seen, value)
        if self.kind == "header":
            return _header(seen, value)
        if self.kind in ("txt", "terraform_prefix"):
            return seen.startswith(value)
        if self.kind == "tls_issuer":
            return value in seen
        return fnmatchcase(seen, value)


def _inside(seen: str, network: str) -> bool:
    try:
        return ip_address(seen) in ip_network(network)
    except ValueError:
        return False


def _header(seen: str, value: str) -> bool:
    name, _, content = (part.strip() for part in seen.partition(":"))
    wanted, _, beginning = (part.strip() for part in value.partition(":"))
    return name == wanted and content.startswith(beginning)
