"""What scripts, headers and frames of a page call, told from what they merely name."""

import pytest
from lab.street import TAG, Street, answer

from hds_audit.probes.markup import runs

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
