"""Reading SPF as receivers do: what it costs in look-ups, whom it lets send, what is wrong with it (RFC 7208)."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import IPv4Network, collapse_addresses, ip_network

from hds_audit.probes.names import Names

MOST_LOOKUPS, MOST_VOID = 10, 2
_ASKING = ("include", "a", "mx", "ptr", "exists")
_KNOWN = (*_ASKING, "all", "ip4", "ip6")
_DEPTH = 12
_STRICTNESS = "+?~-"  # what is said of everyone else, the most open first
_HALF = 2**31  # addresses: half of what there is


@dataclass(slots=True)
class Reading:
    """What one policy comes to, built up while it is followed."""

    present: bool = False
    settled: bool = True
    lookups: int = 0
    void: int = 0
    all: str = ""
    admitted: list[IPv4Network] = field(default_factory=list)
    includes: list[str] = field(default_factory=list)
    parents: dict[str, str] = field(default_factory=dict)
    """Whose policy includes an include that stands in the policy of somebody else: that one's own affair."""
    redirects: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def problem(self, code: str) -> None:
        """Note a defect once."""
        if code not in self.problems:
            self.problems.append(code)

    def open_to_all(self, code: str) -> None:
        """Note that everyone may send, whatever the policy says of them at its end."""
        self.problem(code)
        self.all = "+"


def read_spf(names: Names, domain: str) -> Reading:
    """Follow the policy of a domain through its includes and redirect, and stop where a receiver would."""
    reading = Reading()
    _follow(names, domain.lower().rstrip("."), reading, (), top=True)
    if reading.lookups > MOST_LOOKUPS:
        reading.problem("too-many-lookups")
    if reading.void > MOST_VOID:
        reading.problem("too-many-void-lookups")
    if sum(network.num_addresses for network in collapse_addresses(reading.admitted)) >= _HALF:
        reading.open_to_all("half-the-internet")
    return reading


def _policies(names: Names, domain: str, reading: Reading) -> tuple[str, ...]:
    reply = names.ask(domain, "TXT")
    reading.settled = reading.settled and reply.settled
    return tuple(record for record in reply.records if record.lower() == "v=spf1" or record.lower().startswith("v=spf1 "))


def _follow(names: Names, domain: str, reading: Reading, path: tuple[str, ...], *, top: bool, admits: bool = True) -> None:
    """`admits` where what this policy lets in is let in: an include counts only for those that it passes (RFC 7208, 5.2)."""
    if domain in path or len(path) > _DEPTH:
        reading.problem("circular-include")
        return
    found = _policies(names, domain, reading)
    if len(found) > 1:
        reading.problem("several-records" if top else "several-records-included")
    if not found:
        if not top:
            reading.problem("include-without-record")
        return
    reading.present = True
    for record in found:  # receivers give up on several; what each of them lets in is still worth showing
        _terms(names, domain, record.split()[1:], reading, path, top=top, admits=admits)


def _terms(names: Names, domain: str, terms: list[str], reading: Reading, path: tuple[str, ...], *, top: bool, admits: bool) -> None:
    redirect = ""
    for term in terms:
        if reading.lookups > MOST_LOOKUPS:
            return
        modifier, equals, target = term.partition("=")
        if equals and ":" not in modifier and "/" not in modifier:
            redirect = target if modifier.lower() == "redirect" else redirect
            if modifier.lower() == "redirect" and not target:
                reading.problem("syntax redirect")
            continue
        _mechanism(names, domain, term, reading, path, admits and term[0] not in "-~?")
        if term.lstrip("+-~?").lower() == "all":
            said = term[0] if term[0] in _STRICTNESS else "+"
            if top:
                reading.all = min(said, reading.all or said, key=_STRICTNESS.index)
            elif said == "+" and admits:
                reading.open_to_all("include-of-everyone")
            return  # what follows is never reached, redirect included
    if redirect:
        reading.lookups += 1
        reading.includes.append(redirect.lower().rstrip("."))
        if top:
            reading.redirects.append(redirect.lower().rstrip("."))
        _follow(names, redirect.lower().rstrip("."), reading, (*path, domain), top=top, admits=admits)


def _network(name: str, argument: str, reading: Reading, admits: bool) -> None:
    """An address or a network; one that cannot be read makes receivers give up on the whole policy (RFC 7208, 4.6)."""
    try:
        found = ip_network(argument, strict=False)
    except ValueError:
        found = None
    if found is None or f"ip{found.version}" != name:
        reading.problem(f"syntax {name}:{argument}"[:60])
    elif admits and isinstance(found, IPv4Network):
        reading.admitted.append(found)
    elif admits and found.prefixlen < 4:
        reading.open_to_all("half-the-internet")


def _mechanism(names: Names, domain: str, term: str, reading: Reading, path: tuple[str, ...], admits: bool) -> None:
    name, _, argument = term.removeprefix(term[0] if term[0] in _STRICTNESS else "").partition(":")
    name = name.partition("/")[0].lower()
    if name in ("ip4", "ip6"):
        _network(name, argument, reading, admits)
        return
    if name in ("include", "exists") and not argument:
        reading.problem(f"syntax {name}")
        return
    target = (argument.partition("/")[0] or domain).lower().rstrip(".")
    if name not in _KNOWN:
        reading.problem(f"unknown-mechanism {name[:30]}")
        return
    if name == "ptr":
        reading.problem("ptr")
    reading.lookups += name in _ASKING
    if "%" in target:
        return  # a macro depends on the message
    if name == "include":
        reading.includes.append(target)
        origin = path[0] if path else domain
        if domain != origin and not domain.endswith(f".{origin}") and domain not in reading.redirects:
            reading.parents.setdefault(target, domain)
        _follow(names, target, reading, (*path, domain), top=False, admits=admits)
    elif name in ("a", "mx"):
        replies = [names.ask(target, kind) for kind in (("MX",) if name == "mx" else ("A", "AAAA"))]
        reading.void += all(reply.outcome in ("nothing", "no-name") for reply in replies)
