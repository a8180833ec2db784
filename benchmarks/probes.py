"""How long a run over fifty endpoints takes on loopback, and what a dead host adds to it.

Usage: python benchmarks/probes.py [ENDPOINTS]
nginx is used where it is installed, so that the servers do not share the probe's interpreter; else the stand-ins of the tests.
"""

import os
import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "probes"))

from lab import servers, web
from lab.daemons import Nginx, missing
from lab.domains import NameServer, read_zone
from lab.loop import Loop
from lab.pki import Authority

from hds_audit.model.evidence import Endpoint, Evidence, Targets
from hds_audit.probes.observe import observe
from hds_audit.probes.settings import ProbeSettings


def run(targets: Targets, settings: ProbeSettings) -> tuple[float, float, Evidence]:
    """Seconds on the clock, seconds of processor, and what was seen."""
    before, start = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    evidence = observe(targets, settings)
    after = resource.getrusage(resource.RUSAGE_SELF)
    return time.monotonic() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, evidence


def main() -> None:
    """Start the servers, run twice, print a table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    folder = Path(tempfile.mkdtemp(prefix="probes-"))
    loop, authority = Loop(), Authority(folder)
    prefix, port, backend = f"127.{200 + os.getpid() % 50}.{os.getpid() % 250}", 18443, 18080
    nginx = None if "nginx" in missing() else Nginx(folder, port)
    names = []
    for index in range(count):
        name, host = f"s{index}.bench.test", f"{prefix}.{index + 2}"
        names.append(f"s{index} A {host}")
        pair = authority.leaf(name)
        if nginx:
            servers.web(loop, host, backend, web.good)
            nginx.add(name, host, pair, "good", backend)
        else:
            servers.web(loop, host, port, web.good, servers.context(pair))
    servers.raw(loop, f"{prefix}.250", port, servers.silence)
    if nginx:
        nginx.start()
    zone = read_zone("bench.test.", "\n".join([*names, f"dead A {prefix}.250"]))
    server = NameServer(loop, f"{prefix}.1", [zone])
    settings = ProbeSettings(
        allow_private=True, resolvers=((server.host, server.port),), authorities=str(authority.root_file), plain_port=18081, ask_cymru=False
    )  # fmt: skip
    alive = Targets(tuple(Endpoint(f"https://s{index}.bench.test:{port}/") for index in range(count)))
    with_dead = Targets((*alive.endpoints, Endpoint(f"https://dead.bench.test:{port}/")))
    print(f"servers: {'nginx' if nginx else 'stand-ins in the same interpreter'}; {os.cpu_count()} cores; rate {settings.rate:g}/s a host")
    print(f"{'run':<34}{'seconds':>9}{'processor':>11}{'observations':>14}{'failed':>8}")
    for title, targets, used in (
        (f"{count} endpoints", alive, settings),
        (f"{count} endpoints and a dead one", with_dead, replace(settings, timeout=3.0)),
        (f"{count} endpoints, unhurried (5/s)", alive, replace(settings, rate=5.0)),
    ):
        seconds, processor, evidence = run(targets, used)
        failed = sum(each.status == "failed" for each in evidence.observations)
        print(f"{title:<34}{seconds:>9.2f}{processor:>11.2f}{len(evidence.observations):>14}{failed:>8}")
    if nginx:
        nginx.stop()
    loop.close()


if __name__ == "__main__":
    main()
