"""Who else a page sends its visitors to: third parties and trackers in its tags. Only pages that the description names are opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from hds_audit.model.evidence import Observation, Raw, Tracker
from hds_audit.model.text import Text
from hds_audit.probes.browser import Page
from hds_audit.probes.failure import FailedLookError
from hds_audit.probes.markup import Markup, Named, Resource, absolute, host_of, read_markup
from hds_audit.probes.probe import Probe, Visit
from hds_audit.probes.walk import walk

_ALIASES_ASKED = 20
_FOLLOWING = frozenset({"advertising", "analytics", "customer-data", "experiments", "session-replay", "social", "tag-manager", "video"})
_LINK = re.compile(r"<([^>]{1,2000})>.*?;\s*rel\s*=\s*\"?([^\";]+)", re.IGNORECASE)
_COMMA = re.compile(r",(?=\s*<)")
_FETCHED = frozenset({"stylesheet", "preload", "modulepreload", "prefetch", "preconnect"})
_AT_LEAST = Text(
    "Read from tags: scripts may load more, so these are the least there is",
    "Lu dans les balises : les scripts peuvent en charger d'autres, c'est donc un minimum",
)


def run(visit: Visit) -> Iterator[Observation]:
    """Open the declared pages of one endpoint, its own url where none is declared."""
    if visit.endpoint is None:
        return
    read: list[tuple[Page, Markup]] = []
    failures: list[FailedLookError] = []
    lost: list[Text] = []
    for path in visit.endpoint.pages or ("",):
        try:
            tour = walk(visit, urljoin(visit.endpoint.url, path))
        except FailedLookError as failure:
            failures.append(failure)
            continue
        lost += [tour.unfinished] if tour.unfinished else []
        if "html" in tour.last.kind or not tour.last.kind:
            read.append((tour.last, read_markup(tour.last.text, tour.last.url)))
    if not read and failures:
        raise failures[0]
    yield from _seen(visit, read, _Missed(bool(failures) or any(page.truncated for page, _ in read), tuple(lost)))


class _Missed(NamedTuple):
    """What was not read: a page that failed or was cut short, and why others were none that people read."""

    cut: bool
    lost: tuple[Text, ...]

    @property
    def whole(self) -> bool:
        """Whether everything declared was read to its end."""
        return not self.cut and not self.lost

    def why(self, found: bool, usual: Text | None = None) -> Text | None:
        """What to say beside a list."""
        return self.lost[0] if self.lost and not found else usual


def _seen(visit: Visit, read: list[tuple[Page, Markup]], missed: _Missed) -> Iterator[Observation]:
    linked = tuple(resource for page, _ in read for resource in linked_by(page))
    loaded = tuple(dict.fromkeys((*(resource for _, markup in read for resource in markup.resources), *linked)))
    measuring = tuple(dict.fromkeys(host for _, markup in read for host in markup.measuring))
    named = tuple(dict.fromkeys(each for _, markup in read for each in markup.scripted))
    yield from _parties(visit, loaded, measuring, missed)
    yield from _trackers(visit, loaded, measuring, named, missed)
    yield from _own(visit, loaded, measuring, named, missed)
    yield from _exposure(visit, loaded, [(page, markup.forms) for page, markup in read], missed)


def linked_by(page: Page) -> tuple[Resource, ...]:
    """What the Link headers of a page have browsers fetch or connect to (RFC 8288)."""
    found = (_LINK.match(part.strip()) for header in page.every("link") for part in _COMMA.split(header))
    wanted = ((each[1], each[2]) for each in found if each and _FETCHED.intersection(each[2].lower().split()))
    return tuple(Resource(url) for target, _ in wanted if host_of(url := absolute(page.url, target)))


def _foreign(visit: Visit, host: str) -> bool:
    near = visit.host.removeprefix("www.")
    return bool(host) and host != near and not host.endswith(f".{near}") and not visit.targets.owns(host)


def _hosts(resources: tuple[Resource, ...]) -> tuple[str, ...]:
    return tuple(sorted({resource.host for resource in resources}))


def _parties(visit: Visit, loaded: tuple[Resource, ...], measuring: tuple[str, ...], missed: _Missed) -> Iterator[Observation]:
    foreign = tuple(resource for resource in loaded if _foreign(visit, resource.host))
    free = {*_hosts(tuple(each for each in foreign if not each.held)), *(host for host in measuring if _foreign(visit, host))}
    held = _hosts(tuple(resource for resource in foreign if resource.held))
    bare = _hosts(tuple(resource for resource in foreign if not resource.held and resource.script and not resource.sealed))
    for name, found in (("http.third_parties", tuple(sorted(free))), ("http.third_parties_on_consent", held)):
        yield visit.listed(name, found, whole=missed.whole, why=missed.why(bool(found), _AT_LEAST))
    yield visit.listed("http.scripts_without_integrity", bare, whole=missed.whole, why=missed.why(bool(bare)))


def tracker_of(host: str, trackers: tuple[Tracker, ...]) -> Tracker | None:
    """The tracker whose domain a host is, or lies under; the longest domain where several fit.

    Those that ask for consent, watch for errors or answer users are third parties, and follow nobody by trade.
    """
    fitting = [each for each in trackers if host == each.domain or host.endswith(f".{each.domain}")]
    found = max(fitting, key=lambda each: len(each.domain), default=None)
    return found if found is not None and found.purpose in _FOLLOWING else None


def follows(named: Named, tracker: Tracker) -> bool:
    """Whether a url in a script has its host at work: a mere link to the site or the page of its owner follows nobody."""
    if named.loads:
        return True
    if tracker.purpose in ("social", "video"):
        return False
    return named.host not in (tracker.domain, f"www.{tracker.domain}") or named.path.strip("/") == ""


def _trackers(
    visit: Visit, loaded: tuple[Resource, ...], measuring: tuple[str, ...], named: tuple[Named, ...], missed: _Missed
) -> Iterator[Observation]:
    trackers = visit.settings.trackers
    called = {each.host for each in named if (known := tracker_of(each.host, trackers)) and follows(each, known)}
    found: dict[str, str] = {host: ", analytics" for host in sorted(measuring) if _foreign(visit, host)}
    for host in sorted({resource.host for resource in loaded if not resource.held} | called):
        tracker = tracker_of(host, trackers)
        if tracker is not None and _foreign(visit, host):
            found[host] = f"{tracker.organisation}, {tracker.purpose}"
    raw = tuple(Raw(host, whose) for host, whose in found.items())
    yield visit.listed("http.trackers", tuple(sorted(found)), *raw, whole=missed.whole, why=missed.why(bool(found), _AT_LEAST))


def _own(
    visit: Visit, loaded: tuple[Resource, ...], measuring: tuple[str, ...], named: tuple[Named, ...], missed: _Missed
) -> Iterator[Observation]:
    declared = {endpoint.host for endpoint in visit.targets.endpoints}
    called = sorted({*_hosts(loaded), *measuring})
    own = [host for host in called if host and not _foreign(visit, host)]
    strange = tuple(host for host in own if host not in declared)
    yield visit.listed("http.own_hosts", strange, whole=missed.whole, why=missed.why(bool(strange)))
    asked = tuple(dict.fromkeys((*own, *(each.host for each in named if not _foreign(visit, each.host)))))
    cloaked: dict[str, str] = {}
    settled = True
    for host in asked[:_ALIASES_ASKED]:
        reply = visit.names.ask(host, "A")
        settled = settled and reply.settled
        found = ((alias, tracker_of(alias, visit.settings.trackers)) for alias in reply.aliases)
        behind = next((f"{alias} {tracker.organisation}" for alias, tracker in found if tracker), "")
        if behind:
            cloaked[host] = behind
    raw = tuple(Raw(host, alias) for host, alias in cloaked.items())
    whole = missed.whole and settled and len(asked) <= _ALIASES_ASKED
    yield visit.listed("http.cloaked_trackers", tuple(cloaked), *raw, whole=whole, why=missed.why(bool(cloaked)))


def _exposure(
    visit: Visit, loaded: tuple[Resource, ...], forms: list[tuple[Page, tuple[str, ...]]], missed: _Missed
) -> Iterator[Observation]:
    plain = _hosts(tuple(resource for resource in loaded if resource.url.startswith("http:")))
    yield visit.listed("http.plain_resources", plain, whole=missed.whole, why=missed.why(bool(plain)))
    targets = [(target, page) for page, actions in forms for target in actions]
    bare = [host_of(target) for target, page in targets if target.startswith("http:")]
    found = True if bare else False if missed.whole else None
    yield visit.answer("http.plain_form", found, *(Raw("form", host) for host in bare), why=missed.why(bool(bare)))


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
    each_address=True,
)
