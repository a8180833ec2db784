"""Addresses that are declared private and answer anyone: asked once, without credentials, nothing sent."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from hds_audit.model.evidence import Observation, Raw
from hds_audit.model.text import Text
from hds_audit.probes.browser import Page
from hds_audit.probes.markup import read_markup
from hds_audit.probes.probe import Probe, Visit
from hds_audit.probes.walk import walk

_NAME = "http.open_private_pages"
_SHELL = 60  # fewer words than that beside scripts: a page that fills itself later, and tells nothing by itself
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
    for path in visit.endpoint.pages or ("/",):
        tour = walk(visit, urljoin(visit.endpoint.url, path))
        moved = urlsplit(tour.last.url).path != urlsplit(tour.pages[0].url).path or bool(tour.elsewhere)
        verdict, what = (False, "redirected") if moved and tour.last.status < 400 else judge(tour.last)
        if verdict:
            opened[path] = what
        elif verdict is None:
            doubtful[path] = what
    raw = tuple(Raw(path, what) for path, what in (*opened.items(), *doubtful.items()))
    yield visit.listed(_NAME, tuple(opened), *raw, whole=not doubtful)


def judge(page: Page) -> tuple[bool | None, str]:
    """Whether a page gives what it should keep, and how that shows; None where its answer may mean either."""
    if page.status in (401, 403, 407, 495, 496) or (page.status == 400 and "certificate" in page.text[:2000].lower()):
        return False, f"status {page.status}"
    if page.status != 200:
        return None, f"status {page.status}"
    if "html" not in page.kind and page.kind:
        short = page.text[:400].lower()
        refused = len(page.text) < 400 and any(word in short for word in _REFUSALS)
        empty = not page.text.strip() and not page.truncated
        return (None, "a short refusal or nothing") if refused or empty else (True, f"status 200, {page.kind}")
    markup = read_markup(page.text, page.url)
    if markup.password:
        return False, "a login form"
    if markup.words < _SHELL and markup.scripts:
        return None, "a page that scripts fill"
    if any(word in page.text.lower() for word in _REFUSALS):
        return None, "a page that speaks of logging in"
    return True, f"status 200, {markup.words} words"


PROBE = Probe(Text("Private addresses", "Adresses privées"), ("endpoint",), (_NAME,), run)
