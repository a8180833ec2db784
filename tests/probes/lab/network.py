"""The lab as a whole: who listens where, and what a run over it is given."""

import base64
import functools
import os
import socket
import ssl
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from hds_audit.model.evidence import Domain, Endpoint, Targets, Tracker
from hds_audit.probes.settings import ProbeSettings
from lab import servers, web
from lab.daemons import Nginx, Resolver
from lab.domains import NameServer, Zone, read_zone
from lab.loop import Loop
from lab.pki import Authority, Pair, has_openssl

TRACKERS = (
    Tracker("facebook.net", "facebook", "advertising"),
    Tracker("outbrain.com", "outbrain", "advertising"),
    Tracker("hotjar.com", "hotjar", "session-replay"),
    Tracker("googletagmanager.com", "google", "tag-manager"),
    Tracker("tracker.test", "tracker-company", "analytics"),
)

HOSTILE = {
    "drip": servers.drip,
    "drip-headers": servers.drip_headers,
    "lie": servers.lie,
    "flood": servers.flood,
}


@dataclass(frozen=True)
class Place:
    """One site: its TLS, its certificate, what it says."""

    tls: str = "good"
    certificate: str = "good"
    site: servers.Site = web.good
    pages: tuple[str, ...] = ()
    login: bool | None = False


PLACES = {
    "good": Place(),
    "p256": Place(certificate="p256"),
    "wildcard": Place(certificate="wildcard"),
    "tls10": Place("tls10"),
    "tls10-off": Place("tls10-off"),
    "rsa-exchange": Place("rsa-exchange"),
    "tls13": Place("tls13"),
    "null": Place("null"),
    "dh1024": Place("dh1024"),
    "client-order": Place("client-order"),
    "client-certificate": Place("client-certificate", site=web.good, login=True),
    "expired": Place(certificate="expired"),
    "soon": Place(certificate="soon"),
    "future": Place(certificate="future"),
    "no-chain": Place(certificate="no-chain"),
    "wrong-host": Place(certificate="wrong-host"),
    "no-names": Place(certificate="no-names"),
    "must-staple": Place(certificate="must-staple"),
    "self-signed": Place(certificate="self-signed"),
    "rsa1024": Place("weak-certificate", "rsa1024"),
    "long": Place(certificate="long"),
    "sha1": Place("weak-certificate", "sha1"),
    "bad": Place(site=web.bad),
    "weak-hsts": Place(site=web.weak_hsts),
    "broken-hsts": Place(site=web.broken_hsts),
    "loop": Place(site=web.loop),
    "forever": Place(site=web.forever),
    "to-metadata": Place(site=web.to("http://169.254.169.254/latest/meta-data/")),
    "to-file": Place(site=web.to("file:///etc/passwd")),
    "to-outside": Place(site=web.to("https://outside.example/")),
    "to-private-name": Place(site=web.to("https://metadata.hds.test/")),
    "private": Place(site=web.private, pages=("/api/patients", "/records", "/closed", "/gone", "/form", "/app", "/refused"), login=True),
    "locked": Place(site=web.locked, pages=("/records",), login=True),
}

BY_HAND = {
    "ssl3-rc4": {0x0300: (0x0005, 0x0004), 0x0301: (0x0005,)},
    "ssl2": {0x0002: (1,), 0x0303: (0x002F,)},
    "export": {0x0301: (0x0003, 0x0008), 0x0303: (0x000A, 0x0009)},
}


@functools.cache
def dkim_key(bits: int) -> str:
    public = rsa.generate_private_key(65537, bits).public_key()
    der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    whole = f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"
    return " ".join(f'"{whole[i : i + 200]}"' for i in range(0, len(whole), 200))


@dataclass
class Lab:
    """Everything running; `real` uses nginx, knot and unbound in place of the stand-ins for TLS and names.

    `usual` puts the sites and the mail exchangers on the ports that the program goes to; raises PermissionError where that is not ours to do.
    """

    folder: Path
    real: bool = False
    usual: bool = False
    names: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.loop = Loop()
        pid = os.getpid()
        self.prefix = f"127.{1 + pid % 250}.{pid // 250 % 250}"
        self._next = 9
        self.port, self.plain_port, self.smtp_port = (443, 80, 25) if self.usual else (self._free() for _ in range(3))
        self.backend = self._free()
        self.authority = Authority(self.folder)
        self.nginx = Nginx(self.folder, self.port) if self.real else None
        self._web()
        self._hostile()
        self._mail()
        if self.nginx:
            self.nginx.start()
        zones = [*self._good_zones(), *self._bad_zones()]
        self.server = NameServer(self.loop, f"{self.prefix}.1", zones)
        self.resolver = Resolver(self.folder, f"{self.prefix}.2", zones) if self.real else None
        self.dns = (self.resolver.host, self.resolver.port) if self.resolver else (self.server.host, self.server.port)

    def _free(self) -> int:
        with socket.socket() as probe:
            probe.bind((f"{self.prefix}.1", 0))
            return int(probe.getsockname()[1])

    def address(self, name: str) -> str:
        self._next += 1
        found = f"{self.prefix}.{self._next}"
        self.names.setdefault(name, []).append(found)
        return found

    def url(self, name: str) -> str:
        return f"https://{name}.hds.test:{self.port}"

    def _serve(self, name: str, host: str, pair: Pair, tls: str, site: servers.Site) -> None:
        if self.nginx is None:
            servers.web(self.loop, host, self.port, site, servers.context(pair, tls, self.folder))
        else:
            servers.web(self.loop, host, self.backend, site)
            self.nginx.add(name, host, pair, tls, self.backend)

    def _web(self) -> None:
        for name, place in PLACES.items():
            if place.certificate == "sha1" and not has_openssl():
                continue
            pair = self.authority.leaf(f"{name}.hds.test", place.certificate)
            self._serve(name, self.address(name), pair, place.tls, place.site)
        both = self.authority.leaf("two.hds.test")
        for tls in ("good", "tls10"):
            self._serve(f"two-{tls}", self.address("two"), both, tls, web.good)
        sts = servers.Answer(body="version: STSv1\nmode: enforce\nmx: mx1.hds.test\nmax_age: 604800\n", kind="text/plain")
        self._serve("mta-sts", self.address("mta-sts"), self.authority.leaf("mta-sts.hds.test"), "good", lambda path, headers: sts)
        via = self.authority.leaf("via-plain.hds.test")
        host = self.address("via-plain")
        self._serve("via-plain", host, via, "good", lambda path, headers: self._via(path, True))
        servers.web(self.loop, host, self.plain_port, lambda path, headers: self._via(path, False))
        servers.web(self.loop, self.names["good"][0], self.plain_port, web.to(self.url("good") + "/"))
        servers.web(self.loop, self.names["bad"][0], self.plain_port, web.bad)

    def _via(self, path: str, secure: bool) -> web.Answer:
        if not secure:
            return web.Answer(302, {"Location": f"{self.url('via-plain')}/end"})
        if path == "/end":
            return web.good(path, {})
        return web.Answer(302, {"Location": f"http://via-plain.hds.test:{self.plain_port}/step"})

    def _hostile(self) -> None:
        for name, answer in HOSTILE.items():
            pair = self.authority.leaf(f"{name}.hds.test")
            servers.raw(self.loop, self.address(name), self.port, answer, servers.context(pair))
        leaf = self.authority.leaf("by-hand.hds.test")
        der = x509.load_pem_x509_certificate(leaf.chain.read_bytes()).public_bytes(serialization.Encoding.DER)
        for name, versions in BY_HAND.items():
            servers.raw(self.loop, self.address(name), self.port, servers.by_hand(versions, der))
        servers.raw(self.loop, self.address("noise"), self.port, servers.noise)
        servers.raw(self.loop, self.address("silence"), self.port, servers.silence)
        self.address("closed")

    def _mail(self) -> None:
        good = servers.context(self.authority.leaf("mx1.hds.test"))
        old = servers.context(self.authority.leaf("mx3.weak.test", "expired"), "tls10")
        opportunistic: ssl.SSLContext = servers.context(self.authority.leaf("mx4.hds.test"))
        opportunistic.set_ciphers("ECDHE+AESGCM:aNULL:@SECLEVEL=0")
        servers.mail(self.loop, self.address("mx1"), self.smtp_port, good)
        servers.mail(self.loop, self.address("mx4"), self.smtp_port, opportunistic)
        servers.mail(self.loop, self.address("mx2"), self.smtp_port, None)
        servers.mail(self.loop, self.address("mx3"), self.smtp_port, old)

    def _good_zones(self) -> list[Zone]:
        hosts = "\n".join(f"{name} A {address}" for name, addresses in self.names.items() for address in addresses)
        text = f"""{hosts}
metadata A 169.254.169.254
alias CNAME deep.hds.test.
deep CNAME good.hds.test.
stats CNAME c.tracker.test.
measure CNAME hds.eulerian.net.
assets A {self.names["good"][0]}
@ MX 10 mx1
@ MX 20 mx4
@ TXT "v=spf1 include:_spf.mailer.test ip4:192.0.2.0/24 -all"
@ CAA 0 issue "lab.test"
s1._domainkey TXT {dkim_key(2048)}
s2._domainkey CNAME s2.dkim.mailer.test.
_dmarc TXT "v=DMARC1; p=reject; sp=quarantine; rua=mailto:dmarc@hds.test"
_mta-sts TXT "v=STSv1; id=1"
_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@hds.test"
default._bimi TXT "v=BIMI1; l=https://hds.test/logo.svg"
"""
        mailer = f'_spf TXT "v=spf1 ip4:198.51.100.0/24 -all"\ns2.dkim TXT {dkim_key(2048)}'
        return [
            read_zone("hds.test.", text, "good"),
            read_zone("mailer.test.", mailer),
            read_zone("tracker.test.", "c A 127.0.0.1"),
            read_zone("eulerian.net.", "hds A 127.0.0.1"),
        ]

    def _bad_zones(self) -> list[Zone]:
        weak = f"""@ MX 10 mx2
@ MX 20 mx3
mx2 A {self.names["mx2"][0]}
mx3 A {self.names["mx3"][0]}
@ TXT "v=spf1 include:_spf.mailer.test ?all"
@ TXT "v=spf1 +all"
old._domainkey TXT {dkim_key(1024)}
revoked._domainkey TXT "v=DKIM1; p="
_dmarc TXT "v=DMARC1; p=none"
"""
        heavy = "\n".join(f'i{n} TXT "v=spf1 a -all"' for n in range(12))
        heavy += '\n@ TXT "v=spf1 ' + " ".join(f"include:i{n}.heavy.test" for n in range(6)) + ' ptr ~all"\n@ MX 0 .'
        circle = '@ TXT "v=spf1 include:circle.test redirect=nothing.test"\n@ A 127.0.0.1'
        return [
            read_zone("weak.test.", weak),
            read_zone("heavy.test.", heavy),
            read_zone("circle.test.", circle),
            read_zone("expired.test.", "@ A 127.0.0.1", "expired"),
            read_zone("bogus.test.", "@ A 127.0.0.1", "bogus"),
            read_zone("broken.test.", "@ A 127.0.0.1", "broken"),
        ]

    @property
    def targets(self) -> Targets:
        extra = ("two", "via-plain", "alias", *HOSTILE, *BY_HAND, "noise", "silence", "closed", "nowhere")
        places = [Endpoint(self.url(name), "web", place.pages, place.login) for name, place in PLACES.items() if name in self.names]
        domains = [Domain("hds.test", ("s1", "s2")), Domain("weak.test", ("old", "revoked", "absent"))]
        domains += [Domain(f"{name}.test") for name in ("heavy", "circle", "expired", "bogus", "broken")]
        return Targets((*places, *(Endpoint(self.url(name), "web", (), None) for name in extra)), tuple(domains))

    @property
    def settings(self) -> ProbeSettings:
        return ProbeSettings(
            timeout=3.0,
            host_seconds=60.0,
            page_seconds=1.5,
            total_seconds=120.0,
            rate=500.0,
            body_bytes=300_000,
            allow_private=True,
            resolvers=(self.dns,),
            authorities=str(self.authority.root_file),
            smtp_port=self.smtp_port,
            plain_port=self.plain_port,
            https_port=self.port,
            ask_cymru=False,
            trackers=TRACKERS,
        )

    def close(self) -> None:
        for each in (self.nginx, self.resolver):
            if each:
                each.stop()
        self.loop.close()
