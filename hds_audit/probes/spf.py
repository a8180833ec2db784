"""Reading SPF as receivers do: what it costs in look-ups, whom it lets send, what is wrong with it (RFC 7208)."""

from __future__ import annotations

from dataclasses import dataclass, field

from hds_audit.probes.names import Names

MOST_LOOKUPS, MOST_VOID = 10, 2
_ASKING = ("include", "a", "mx", "ptr", "exists")
_KNOWN = (*_ASKING, "all", "ip4", "ip6")
_DEPTH = 12
_STRICTNESS = "+?~-"  # what is said of everyone else, the most open first


@dataclass(slots=True)
class Reading:
    """What one policy comes to, built up while it is followed."""

    present: bool = False
    settled: bool = True
    lookups: int = 0
    void: int = 0
    all: str = ""
    includes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def problem(self, code: str) -> None:
        """Note a defect once."""
        if code not in self.problems:
            self.problems.append(code)


def read_spf(names: Names, domain: str) -> Reading:
    """Follow the policy of a domain through its includes and redirect, and stop where a receiver would."""
    reading = Reading()
    _follow(names, domain.lower().rstrip("."), reading, (), top=True)
    if reading.lookups > MOST_LOOKUPS:
        reading.problem("too-many-lookups")
    if reading.void > MOST_VOID:
        reading.problem("too-many-void-lookups")
    return reading


def _policies(names: Names, domain: str, reading: Reading) -> tuple[str, ...]:
    reply = names.ask(domain, "TXT")
    reading.settled = reading.settled and reply.settled
    return tuple(record for record in reply.records if record.lower() == "v=spf1" or record.lower().startswith("v=spf1 "))


def _follow(names: Names, domain: str, reading: Reading, path: tuple[str, ...], *, top: bool) -> None:
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
        _terms(names, domain, record.split()[1:], reading, path, top=top)


def _terms(names: Names, domain: str, terms: list[str], reading: Reading, path: tuple[str, ...], *, top: bool) -> None:
    redirect = ""
    for term in terms:
        if reading.lookups > MOST_LOOKUPS:
            return
        modifier, equals, target = term.partition("=")
        if equals and ":" not in modifier and "/" not in modifier:
            redirect = target if modifier.lower() == "redirect" else redirect
            continue
        _mechanism(names, domain, term, reading, path, top=top)
        if term.lstrip("+-~?").lower() == "all":
            if top:
                said = term[0] if term[0] in _STRICTNESS else "+"
                reading.all = min(said, reading.all or said, key=_STRICTNESS.index)
            return  # what follows is never reached, redirect included
    if redirect:
        reading.lookups += 1
        reading.includes.append(redirect.lower().rstrip("."))
        _follow(names, redirect.lower().rstrip("."), reading, (*path, domain), top=top)


def _mechanism(names: Names, domain: str, term: str, reading: Reading, path: tuple[str, ...], *, top: bool) -> None:
    name, _, argument = term.lstrip("+-~?").partition(":")
    name = name.partition("/")[0].lower()
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
        _follow(names, target, reading, (*path, domain), top=False)
    elif name in ("a", "mx"):
        replies = [names.ask(target, kind) for kind in (("MX",) if name == "mx" else ("A", "AAAA"))]
        reading.void += all(reply.outcome in ("nothing", "no-name") for reply in replies)
