"""A server for each test, which says what the test writes, and what the program says of it."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from hds_audit.model.evidence import Endpoint, Observation, Targets, Tracker
from hds_audit.probes.observe import observe
from hds_audit.probes.settings import ProbeSettings
from lab import servers, web
from lab.loop import Loop
from lab.pki import Authority

TRACKERS = (
    Tracker("facebook.net", "facebook", "advertising"), Tracker("facebook.com", "facebook", "social"), Tracker("hotjar.com", "hotjar", "session-replay"),
    Tracker("googletagmanager.com", "google", "tag-manager"), Tracker("youtube.com", "google", "video"), Tracker("clarity.ms", "microsoft-clarity", "session-replay"),
)  # fmt: skip
GOOD = [*web.GOOD_HEADERS.items(), ("Content-Type", "text/html; charset=utf-8"), ("Connection", "close")]
TAG = "<script src='https://connect.facebook.net/x.js'></script>"
Answer = Callable[[str, dict[str, str]], bytes]
Seen = dict[str, Observation]


def answer(body: str | bytes, *more: tuple[str, str], status: str = "200 OK", without: tuple[str, ...] = ()) -> bytes:
    kept = [pair for pair in GOOD if pair[0] not in without]
    head = "".join(f"{name}: {value}\r\n" for name, value in (*kept, *more))
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + (body.encode() if isinstance(body, str) else body)


class Street:
    """A server for each test, under an address of its own, and what the program says of it."""

    def __init__(self, folder: Path) -> None:
        self.loop, self.authority = Loop(), Authority(folder)
        self.pair = self.authority.leaf("localhost")

    def serve(self, said: Answer, plain: Answer | None = None) -> tuple[int, int]:
        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, words: Answer) -> None:
            async with servers.closing(writer):
                writer.write(words(*await servers.head(reader)))
                await writer.drain()

        def of(words: Answer) -> Callable[..., object]:
            return lambda reader, writer: handle(reader, writer, words)

        secure = self.loop.serve(of(said), "127.0.0.1", 0, ssl=servers.context(self.pair))
        other = plain or (lambda path, headers: answer("", ("Location", f"https://127.0.0.1:{secure}/"), status="301 Moved"))
        return secure, self.loop.serve(of(other), "127.0.0.1", 0)

    def look(
        self,
        said: Answer | bytes,
        *,
        plain: Answer | None = None,
        path: str = "/",
        pages: tuple[str, ...] = (),
        login: bool | None = None,
        probes: tuple[str, ...] = ("http", "pages", "private"),
    ) -> Seen:
        words: Answer = (lambda path, headers: said) if isinstance(said, bytes) else said
        secure, bare = self.serve(words, plain)
        url = f"https://127.0.0.1:{secure}{path}"
        settings = ProbeSettings(
            timeout=3.0, rate=500.0, allow_private=True, resolvers=(("127.0.0.1", 1),), plain_port=bare, only=probes, trackers=TRACKERS
        )
        evidence = observe(Targets((Endpoint(url, "", pages, login),)), settings)
        return {each.name: each for each in evidence.observations}


def statuses(seen: Seen, *names: str) -> set[str]:
    return {seen[name].status for name in names}
