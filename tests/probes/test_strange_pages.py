"""What scripts, headers and frames of a page call, told from what they merely name."""

from pathlib import Path

import pytest
from lab.street import TAG, Street, answer

from hds_audit.probes.markup import read_markup, runs
from hds_audit.probes.pages import follows, tracker_of
from hds_audit.read.trackers import load_trackers

MATOMO = "var _paq=_paq||[];(function(){{var u='{}';_paq.push(['setTrackerUrl',u+'matomo.php']);g.src=u+'matomo.js';}})();"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('<script>c={"u":"https:\\/\\/connect.facebook.net\\/en_US\\/fbevents.js"}</script>', ("connect.facebook.net",)),
        ("<script>t.src='https://www.facebook.com/tr?id=1&ev=PageView'</script>", ("www.facebook.com",)),
        ("<script>N={a:\"https://www.facebook.com/clinic\",b:'https://www.youtube.com/watch?v=1',c:'https://www.hotjar.com/legal/'}</script>", ()),
        ("<script>s='https://static.hotjar.com/c/hotjar-'+i</script>", ("static.hotjar.com",)),
        ('<script>t.src="https://www.clarity.ms/tag/"+i</script>', ("www.clarity.ms",)),
        ("<script>t.src='https://www.youtube.com/iframe_api'</script>", ("www.youtube.com",)),
        ("<script>t.src='//www.clarity.ms'+p</script>", ("www.clarity.ms",)),
        ("<script>s='//www.googletagmanager.com/gtag/js?id='+i</script>", ("www.googletagmanager.com",)),
        (f"<script>{MATOMO.format('https://stats.agency.example/')}</script>", ("stats.agency.example",)),
        (f"<script>{MATOMO.format('//127.0.0.1/')}</script>", ()),
        ("<script src='https://stats.agency.example/matomo.js'></script>", ("stats.agency.example",)),
        ("<script type='text/plain' src='https://stats.agency.example/matomo.js'></script>", ()),
        (f'<iframe srcdoc="{TAG}"></iframe>', ("connect.facebook.net",)),
        ("<script>tarteaucitron.user.gtagUa='G-1';(tarteaucitron.job=tarteaucitron.job||[]).push('gtag');</script>", ()),
        ("<script>" + "x=1;" * 2000 + "'https://docs.example/matomo.php'</script>", ()),
    ],
)  # fmt: skip
def test_what_scripts_call_is_told_from_what_they_name(body: str, found: tuple[str, ...], street: Street) -> None:
    seen = street.look(answer(body), probes=("pages",))
    assert (seen["http.trackers"].value or ()) == found


def test_link_headers_load_too(street: Street) -> None:
    more = (
        "Link",
        '<https://connect.facebook.net/a,b.js>; rel="preload"; as=script, </style.css>; rel=preload, <https://next.example/>; rel=next',
    )
    seen = street.look(answer("<p>", more), probes=("pages",))
    assert seen["http.trackers"].value == seen["http.third_parties"].value == ("connect.facebook.net",)


@pytest.mark.parametrize(
    ("kind", "run"),
    [
        ("text/partytown", True), ("3f2a1b-text/javascript", True), ("application/x-javascript", True), ("text/javascript1.5", True), (" Module ", True),
        ("application/ld+json", False), ("text/template", False), ("importmap", False), ("text/plain", False), ("text/javascript; charset=utf-8", False),
    ],
)  # fmt: skip
def test_which_scripts_are_run(kind: str, run: bool) -> None:
    assert runs(kind) is run


CATALOGUE = Path(__file__).parents[2] / "rules" / "_catalogue"
CALLED = (
    "https://www.clarity.ms/tag/", "https://snap.licdn.com/li.lms-analytics/insight.min.js", "https://analytics.tiktok.com/i18n/pixel/events.js", "//bat.bing.com/bat.js",
    "https://sc-static.net/scevent.min.js", "https://s.pinimg.com/ct/core.js", "https://mc.yandex.ru/metrika/tag.js", "https://cdn.segment.com/analytics.js/v1/",
    "https://eu.i.posthog.com", "https://plausible.io/js/script.js", "//js.hs-scripts.com/1.js", "https://www.googletagmanager.com/gtm.js?id=", "https://t.contentsquare.net/uxa/x.js",
    "https://cdn.matomo.cloud/x.matomo.cloud/matomo.js", "https://clinic.piwik.pro/", "https://amplify.outbrain.com/cp/obtp.js", "https://www.facebook.com/tr?id=",
    "https://stats.g.doubleclick.net/dc.js", "https://px.ads.linkedin.com/collect/?pid=", "https://www.googleadservices.com/pagead/conversion.js", "https://x.kameleoon.eu/kameleoon.js",
    "https://tag.aticdn.net/1/smarttag.js", "https://static.cloudflareinsights.com/beacon.min.js", "https://www.youtube.com/iframe_api",
)  # fmt: skip
NAMED = (
    "https://www.facebook.com/clinic", "https://www.linkedin.com/company/x/", "https://www.youtube.com/channel/x", "https://www.instagram.com/x/", "https://vimeo.com/12345",
    "https://www.hotjar.com/legal/policies/privacy", "https://plausible.io/data-policy", "https://www.hubspot.com/legal", "https://static.axept.io/sdk.js",
    "https://sdk.privacy-center.org/loader.js", "https://www.tiktok.com/@x", "https://fonts.googleapis.com/css", "https://segment.com/docs",
)  # fmt: skip


@pytest.mark.parametrize(("url", "called"), [*((url, True) for url in CALLED), *((url, False) for url in NAMED)])
def test_the_loaders_that_owners_hand_out_are_known(url: str, called: bool) -> None:
    trackers = load_trackers(CATALOGUE / "trackers.yaml")
    named = read_markup(f"<script>s.src='{url}'+x</script>", "https://www.example.org/").scripted
    found = [each for each in named if (known := tracker_of(each.host, trackers)) and follows(each, known)]
    assert bool(found) is called
