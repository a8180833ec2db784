"""How long exposure takes beside reading the file: 10,000 components and 20,000 flows are to stay within three times that.

python benchmarks/exposure.py [COMPONENTS] [FLOWS]
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from hds_audit.read.catalogue import load_catalogue
from hds_audit.read.description import parse_description
from hds_audit.resolve.custody import custody
from hds_audit.resolve.derivations import all_derivations
from hds_audit.resolve.exposure import exposures, touches
from hds_audit.resolve.world import World

MOST = 3
CATALOGUE = Path(__file__).parent.parent / "rules" / "_catalogue"
HOSTS = ("aws", "ovhcloud", "scaleway", "scalingo", "google", "outscale")
Made = TypeVar("Made")


def description(components: int, flows: int) -> bytes:
    """A description of that size: health data in four sets, six clouds, keys of each kind, a mail relay."""
    lines = ["format: hds-audit/1", "application: {name: Grande, operator: exploitant}", "organisations:"]
    lines += ['  exploitant: {country: "FR", parent: false}', '  infogerance: {country: "FR", parent: false, presence: ["US"]}', "data:"]
    lines += [f"  d{n}: {{health: nature, identifiability: identified, subjects: [patients]}}" for n in range(4)]
    lines += ["hosts:", *(f"  {name}: {{provider: {name}, service: iaas}}" for name in HOSTS)]
    lines += ["  courriel: {provider: mailgun, service: email}", "keys:"]
    lines += ["  disque: {held_by: [], place: host-kms, host: aws, managed_by: provider}"]
    lines += ["  cliente: {held_by: [exploitant], place: hsm, managed_by: customer}", "components:"]
    for n in range(components):
        volume = "{layer: volume, key: disque}"
        layers = ("[]", f"[{volume}]", f"[{volume}, {{layer: application, key: cliente, by: c0}}]")[n % 3]
        role = ("stores", "processes", "relays")[n % 5 % 3]
        lines += [f"  c{n}:", "    kind: application", f"    host: {HOSTS[n % len(HOSTS)]}", f"    {role}: [d{n % 4}, d{(n + 1) % 4}]"]
        lines += [f"    encryption: {layers}", "    administrators: [infogerance]"]
    lines += ["flows:"]
    for n in range(flows):
        to = "courriel" if n % 50 == 0 else f"c{(n * 7 + 4) % components}"
        lines += [f"  - {{from: c{n % components}, to: {to}, data: [d{n % 4}], terminated_by: []}}"]
    return "\n".join(lines).encode()


def timed(made: Callable[[], Made]) -> tuple[Made, float]:
    """What is made, and how long it took, in seconds."""
    start = time.perf_counter()
    return made(), time.perf_counter() - start


def main(components: int = 10_000, flows: int = 20_000) -> int:
    """Reads, resolves, prints the table; 1 where the bound does not hold."""
    gc.disable()  # as the program does: it builds much and frees little
    catalogue = load_catalogue(CATALOGUE)
    content = description(components, flows)
    read, reading = timed(lambda: parse_description("grande.yaml", content, catalogue))
    world = World(read, catalogue, date(2026, 11, 24), all_derivations())
    found, exposing = timed(lambda: exposures(world))
    touched, touching = timed(lambda: touches(world))
    keys, keeping = timed(lambda: custody(world))
    print(f"{components} components, {flows} flows, {len(content) / 1e6:.1f} MB")
    for name, seconds, count in (
        ("read", reading, 1), ("exposures", exposing, len(found)), ("touches", touching, len(touched)), ("custody", keeping, len(keys)),
    ):  # fmt: skip
        print(f"{name:12} {seconds:7.2f} s   x{seconds / reading:5.2f}   {count}")
    return 0 if exposing <= MOST * reading else 1


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:])))
