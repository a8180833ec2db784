"""One run of the probes over what a description declares."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.errors import InputError, MisuseError, Problem
from hds_audit.model.evidence import Evidence, Targets

if TYPE_CHECKING:
    from hds_audit.probes.observe import Progress
    from hds_audit.probes.settings import ProbeSettings


class LiveOptions(NamedTuple):
    """What a user asks of a run; times in seconds, `rate` in connections a second to one address and port."""

    allow_private: bool = False
    timeout: float = 5.0
    rate: float = 25.0
    total: float = 600.0
    probes: tuple[str, ...] = ()
    resolvers: tuple[str, ...] = ()
    authorities: str = ""
    ip_db: str = ""
    ask_cymru: bool = True
    proxy: str = ""
    trust_environment: bool = False


def probe(targets: Targets, options: LiveOptions, progress: "Progress | None" = None) -> Evidence:
    """Look at the targets; raises MisuseError and InputError for options that make no sense, before the first packet."""
    from hds_audit.probes.observe import observe

    settings = settings_of(options)
    return observe(targets, settings, progress=progress) if progress else observe(targets, settings)


def settings_of(options: LiveOptions) -> "ProbeSettings":
    """The bounds of a run from what the user asks."""
    from hds_audit.pipeline.knowledge import rules_folder
    from hds_audit.probes.observe import chosen_probes
    from hds_audit.probes.settings import ProbeSettings
    from hds_audit.read.ip_table import read_ip_table
    from hds_audit.read.trackers import load_trackers

    options = _with_environment(options) if options.trust_environment else options
    problems = [*_numbers(options), *_files(options), *_proxy(options.proxy)]
    resolvers = tuple(_resolver(each, problems) for each in options.resolvers)
    if problems:
        raise MisuseError(*problems)
    chosen_probes(options.probes)
    return ProbeSettings(
        timeout=options.timeout,
        rate=options.rate,
        total_seconds=options.total,
        allow_private=options.allow_private,
        resolvers=resolvers,
        authorities=options.authorities,
        proxy=options.proxy,
        ask_cymru=options.ask_cymru,
        announcers=read_ip_table(Path(options.ip_db)) if options.ip_db else None,
        only=options.probes,
        trackers=load_trackers(rules_folder() / "_catalogue" / "trackers.yaml"),
    )


def _with_environment(options: LiveOptions) -> LiveOptions:
    proxy = os.environ.get("HTTPS_PROXY") or os.environ.get("https_proxy") or ""
    bundle = next((os.environ[name] for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE") if os.environ.get(name)), "")
    return options._replace(proxy=options.proxy or proxy, authorities=options.authorities or bundle)


_BOUNDS = {"--timeout": (0.1, 120.0), "--rate": (0.1, 1000.0), "--deadline": (1.0, 86_400.0)}


def _numbers(options: LiveOptions) -> list[Problem]:
    given = {"--timeout": options.timeout, "--rate": options.rate, "--deadline": options.total}
    return [
        Problem(name, f"{value:g} is not between {least:g} and {most:g}", f"{value:g} n'est pas entre {least:g} et {most:g}")
        for name, value in given.items()
        for least, most in (_BOUNDS[name],)
        if not least <= value <= most
    ]


def _files(options: LiveOptions) -> list[Problem]:
    given = (("--authorities", options.authorities), ("--ip-db", options.ip_db))
    absent = [(name, path) for name, path in given if path and not Path(path).is_file()]
    return [Problem(name, f"{path}: no such file", f"{path} : fichier introuvable") for name, path in absent]


def _proxy(url: str) -> list[Problem]:
    host, _, port = url.removeprefix("http://").rstrip("/").rpartition(":")
    if not url or (host and "/" not in host and "@" not in host and port.isdigit() and 0 < int(port) < 65_536):
        return []
    return [Problem("--proxy", "write http://host:port, without credentials", "écrire http://hôte:port, sans identifiants")]


def _resolver(text: str, problems: list[Problem]) -> tuple[str, int]:
    from ipaddress import ip_address

    address, _, port = text.partition("#")
    try:
        ip_address(address)
        if 0 < int(port or 53) < 65_536:
            return address, int(port or 53)
    except ValueError:
        pass
    en = f"{text} is no address; write 192.0.2.53 or 192.0.2.53#5353"
    problems.append(Problem("--resolver", en, f"{text} : pas une adresse ; écrire 192.0.2.53 ou 192.0.2.53#5353"))
    return "", 0


def hosts_of(targets: Targets) -> tuple[str, ...]:
    """Whom a run contacts: the hosts of the endpoints, then the domains with their mail exchangers."""
    return tuple(dict.fromkeys((*(each.host for each in targets.endpoints), *(each.name for each in targets.domains))))


def require_targets(targets: Targets, path: str) -> None:
    """Raise InputError where there is nothing to look at: an empty run would say nothing, and look like a clean one."""
    if not targets.endpoints and not targets.domains:
        en = "nothing to look at; declare `endpoints` or `domains`"
        raise InputError(Problem(path, en, "rien à observer ; déclarer `endpoints` ou `domains`"))
