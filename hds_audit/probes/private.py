"""Addresses that are declared private and answer anyone: asked once, without credentials, nothing sent."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from hds_audit.model.evidence import Observation, Raw
from hds_audit.model.text import Text
from hds_audit.probes.browser import Page
from hds_audit.probes.failure import ClosedDoorError, FailedLookError
from hds_audit.probes.markup import read_markup
from hds_audit.probes.probe import Probe, Visit
from hds_audit.probes.walk import Walk, walk

_NAME = "http.open_private_pages"
_SHELL = 60  # fewer words than that beside scripts: a page that fills itself later, and tells nothing by itself
_LITTLE = 400  # characters: less may be a refusal in a few words
_EITHER = Text("An answer may be the page or its refusal", "Une réponse peut être la page ou son refus")
_REFUSALS = ("unauthor", "unauthenticated", "forbidden", "denied", "login", "log in", "sign in", "connexion", "authentif")


def run(visit: Visit) -> Iterator[Observation]:
    """Ask for each declared page of an endpoint that demands credentials."""
    if visit.endpoint is None or visit.endpoint.login is None:
        why = Text("Whether this endpoint asks for credentials is not declared", "L'authentification de cette adresse n'est pas déclarée")
        yield visit.note(_NAME, "not-testable", why=why)
        return
    if not visit.endpoint.login:
        yield visit.listed(_NAME, (), why=Text("No private page is declared here", "Aucune page privée n'est déclarée ici"))
        return
    opened: dict[str, str] = {}
    doubtful: dict[str, str] = {}
    reasons: list[Text] = []
    for path in visit.endpoint.pages or ("",):
        shown = path or urlsplit(visit.endpoint.url).path or "/"
        try:
            tour = walk(visit, urljoin(visit.endpoint.url, path))
        except ClosedDoorError:
            continue
        except FailedLookError as failure:
            doubtful[shown] = "no answer"
            reasons.append(failure.why)
            continue
        verdict, what = (False, "redirected") if _moved(tour) and tour.last.status < 400 else judge(tour.last)
        if verdict:
            opened[shown] = what
        elif verdict is None:
            doubtful[shown] = what
            reasons.append(tour.unfinished or _EITHER)
    raw = tuple(Raw(path, what) for path, what in (*opened.items(), *doubtful.items()))
    yield visit.listed(_NAME, tuple(opened), *raw, whole=not doubtful, why=next(iter(reasons), None))


def _moved(tour: Walk) -> bool:
    """Whether the answer is another page than was asked for; a slash or a language before the same path makes none."""
    asked, ended = (urlsplit(page.url).path.rstrip("/") for page in (tour.pages[0], tour.last))
    return bool(tour.elsewhere) or not (ended == asked or (asked and ended.endswith(asked)))


def judge(page: Page) -> tuple[bool | None, str]:
    """Whether a page gives what it should keep, and how that shows; None where its answer may mean either."""
    if page.status in (401, 403, 407, 495, 496) or (page.status == 400 and "certificate" in page.text[:2000].lower()):
        return False, f"status {page.status}"
    if page.opaque:
        return None, "a coding that cannot be undone"
    if page.status != 200:
        return None, f"status {page.status}"
    if page.truncated and 0 < len(page.text) < _LITTLE:
        return None, "a page cut short"
    if "html" not in page.kind and page.kind:
        short = page.text[:_LITTLE].lower()
        refused = len(page.text) < _LITTLE and any(word in short for word in _REFUSALS)
        empty = not page.text.strip() and not page.truncated
        return (None, "a short refusal or nothing") if refused or empty else (True, f"status 200, {page.kind}")
    markup = read_markup(page.text, page.url)
    if markup.password:
        return False, "a login form"
    if not page.text.strip():
        return None, "nothing"
    if markup.words < _SHELL and markup.scripts:
        return None, "a page that scripts fill"
    if any(word in page.text.lower() for word in _REFUSALS):
        return None, "a page that speaks of logging in"
    return True, f"status 200, {markup.words} words"


PROBE = Probe(Text("Private addresses", "Adresses privées"), ("endpoint",), (_NAME,), run)
