"""Who else a page sends its visitors to: third parties and trackers in its tags. Only pages that the description names are opened."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from hds_audit.model.evidence import Observation, Raw, Tracker
from hds_audit.model.text import Text
from hds_audit.probes.browser import Page
from hds_audit.probes.failure import FailedLookError
from hds_audit.probes.markup import Markup, Resource, host_of, read_markup
from hds_audit.probes.probe import Probe, Visit
from hds_audit.probes.walk import walk

_ALIASES_ASKED = 20
_FOLLOWING = frozenset({"advertising", "analytics", "customer-data", "experiments", "session-replay", "social", "tag-manager", "video"})
_AT_LEAST = Text(
    "Read from tags: scripts may load more, so these are the least there is",
    "Lu dans les balises : les scripts peuvent en charger d'autres, c'est donc un minimum",
)


def run(visit: Visit) -> Iterator[Observation]:
    """Open the declared pages of one endpoint."""
    if visit.endpoint is None:
        return
    read: list[tuple[Page, Markup]] = []
    failures: list[FailedLookError] = []
    for path in visit.endpoint.pages or ("/",):
        try:
            page = walk(visit, urljoin(visit.endpoint.url, path)).last
        except FailedLookError as failure:
            failures.append(failure)
            continue
        if "html" in page.kind or not page.kind:
            read.append((page, read_markup(page.text, page.url)))
    if not read and failures:
        raise failures[0]
    whole = not failures and not any(page.truncated for page, _ in read)
    loaded = tuple(dict.fromkeys(resource for _, markup in read for resource in markup.resources))
    yield from _parties(visit, loaded, whole)
    yield from _trackers(visit, loaded, tuple(host for _, markup in read for host in markup.named_in_scripts), whole)
    yield from _own(visit, loaded, whole)
    yield from _exposure(visit, loaded, [(page, markup.forms) for page, markup in read], whole)


def _foreign(visit: Visit, host: str) -> bool:
    near = visit.host.removeprefix("www.")
    return bool(host) and host != near and not host.endswith(f".{near}") and not visit.targets.owns(host)


def _hosts(resources: tuple[Resource, ...]) -> tuple[str, ...]:
    return tuple(sorted({resource.host for resource in resources}))


def _parties(visit: Visit, loaded: tuple[Resource, ...], whole: bool) -> Iterator[Observation]:
    foreign = tuple(resource for resource in loaded if _foreign(visit, resource.host))
    free = tuple(resource for resource in foreign if not resource.held)
    held = tuple(resource for resource in foreign if resource.held)
    bare = tuple(resource for resource in free if resource.script and not resource.sealed)
    yield visit.listed("http.third_parties", _hosts(free), whole=whole, why=_AT_LEAST)
    yield visit.listed("http.third_parties_on_consent", _hosts(held), whole=whole, why=_AT_LEAST)
    yield visit.listed("http.scripts_without_integrity", _hosts(bare), whole=whole)


def tracker_of(host: str, trackers: tuple[Tracker, ...]) -> Tracker | None:
    """The tracker whose domain a host is, or lies under; the longest domain where several fit.

    Those that ask for consent, watch for errors or answer users are third parties, and follow nobody by trade.
    """
    fitting = [each for each in trackers if host == each.domain or host.endswith(f".{each.domain}")]
    found = max(fitting, key=lambda each: len(each.domain), default=None)
    return found if found is not None and found.purpose in _FOLLOWING else None


def _trackers(visit: Visit, loaded: tuple[Resource, ...], named: tuple[str, ...], whole: bool) -> Iterator[Observation]:
    free = {resource.host for resource in loaded if not resource.held}
    found: dict[str, str] = {}
    for host in sorted(free | set(named)):
        tracker = tracker_of(host, visit.settings.trackers)
        if tracker is not None and _foreign(visit, host):
            found[host] = f"{tracker.organisation}, {tracker.purpose}"
    yield visit.listed("http.trackers", tuple(found), *(Raw(host, whose) for host, whose in found.items()), whole=whole, why=_AT_LEAST)


def _own(visit: Visit, loaded: tuple[Resource, ...], whole: bool) -> Iterator[Observation]:
    declared = {endpoint.host for endpoint in visit.targets.endpoints}
    own = [host for host in _hosts(loaded) if host and not _foreign(visit, host)]
    yield visit.listed("http.own_hosts", tuple(host for host in own if host not in declared), whole=whole)
    cloaked: dict[str, str] = {}
    settled = True
    for host in own[:_ALIASES_ASKED]:
        reply = visit.names.ask(host, "A")
        settled = settled and reply.settled
        found = ((alias, tracker_of(alias, visit.settings.trackers)) for alias in reply.aliases)
        behind = next((f"{alias} {tracker.organisation}" for alias, tracker in found if tracker), "")
        if behind:
            cloaked[host] = behind
    raw = tuple(Raw(host, alias) for host, alias in cloaked.items())
    yield visit.listed("http.cloaked_trackers", tuple(cloaked), *raw, whole=whole and settled and len(own) <= _ALIASES_ASKED)


def _exposure(visit: Visit, loaded: tuple[Resource, ...], forms: list[tuple[Page, tuple[str, ...]]], whole: bool) -> Iterator[Observation]:
    plain = tuple(resource for resource in loaded if resource.url.startswith("http:"))
    yield visit.listed("http.plain_resources", _hosts(plain), whole=whole)
    targets = [(target, page) for page, actions in forms for target in actions]
    bare = [host_of(target) for target, page in targets if target.startswith("http:")]
    yield visit.answer("http.plain_form", True if bare else False if whole else None, *(Raw("form", host) for host in bare))


PROBE = Probe(
    Text("Third parties in pages", "Tiers présents dans les pages"),
    ("endpoint",),
    (
        "http.third_parties",
        "http.third_parties_on_consent",
        "http.scripts_without_integrity",
        "http.trackers",
        "http.own_hosts",
        "http.cloaked_trackers",
        "http.plain_resources",
        "http.plain_form",
    ),
    run,
)
