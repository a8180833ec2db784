"""Real servers where Debian's packages are installed: nginx for TLS, knot for zones, unbound to validate them."""

import shutil
import socket
import subprocess
import time
from pathlib import Path

from lab.domains import Zone
from lab.pki import Pair, dh_1024

NEEDED = ("nginx", "knotd", "unbound")

_TLS = {
    "good": "ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20; ssl_prefer_server_ciphers on;",
    "tls10": "ssl_protocols TLSv1 TLSv1.1; ssl_ciphers ALL:@SECLEVEL=0; ssl_prefer_server_ciphers on;",
    "tls10-off": "ssl_protocols TLSv1 TLSv1.1 TLSv1.2; ssl_ciphers DEFAULT;",  # says TLS 1.0, and OpenSSL 3 refuses it at its own level
    "rsa-exchange": "ssl_protocols TLSv1.2; ssl_ciphers AES128-SHA:AES256-GCM-SHA384:@SECLEVEL=0;",
    "tls13": "ssl_protocols TLSv1.3;",
    "weak-certificate": "ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20:@SECLEVEL=0; ssl_prefer_server_ciphers on;",
    "null": "ssl_protocols TLSv1.2; ssl_ciphers ECDHE+AESGCM:aNULL:eNULL:@SECLEVEL=0;",
    "dh1024": "ssl_protocols TLSv1.2; ssl_ciphers DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0; ssl_dhparam {folder}/dh1024.pem;",
    "client-order": "ssl_protocols TLSv1.2; ssl_ciphers ECDHE+AESGCM; ssl_prefer_server_ciphers off;",
    "client-certificate": "ssl_protocols TLSv1.2 TLSv1.3; ssl_verify_client on; ssl_client_certificate {folder}/root.pem;",
}


def missing() -> tuple[str, ...]:
    return tuple(name for name in NEEDED if shutil.which(name) is None)


def wait_for(host: str, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            socket.create_connection((host, port), 0.5).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{process.args} does not listen: {log.read_text('utf-8', 'replace')[-2000:]}")


class Daemon:
    """A process of ours and its log."""

    def launch(self, folder: Path, name: str, command: list[str]) -> Path:
        log = folder / f"{name}.log"
        with log.open("wb") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=folder, start_new_session=True)
        return log

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)


class Nginx(Daemon):
    """Ends TLS in front of the stand-ins, one address for each site."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port, self.servers, self.first = folder, port, list[str](), ""
        (folder / "dh1024.pem").write_bytes(dh_1024())

    def add(self, name: str, host: str, pair: Pair, tls: str, backend: int) -> None:
        self.first = self.first or host
        self.servers.append(
            f"server {{ listen {host}:{self.port} ssl; ssl_certificate {pair.chain}; ssl_certificate_key {pair.key}; "
            f"{_TLS[tls].format(folder=self.folder)} location / {{ proxy_pass http://{host}:{backend}; proxy_redirect off; "
            "proxy_set_header Host $http_host; proxy_pass_header Server; proxy_pass_header Date; } }"
        )

    def start(self) -> None:
        paths = " ".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (self.folder / "nginx.conf").write_text(
            f"daemon off; master_process off; pid {self.folder}/nginx.pid; error_log stderr crit; events {{ worker_connections 512; }}\n"
            f"http {{ access_log off; {paths}\n" + "\n".join(self.servers) + "\n}\n"
        )
        log = self.launch(self.folder, "nginx", ["nginx", "-e", "stderr", "-p", str(self.folder), "-c", f"{self.folder}/nginx.conf"])
        wait_for(self.first, self.port, self.process, log)


class Knot(Daemon):
    """Serves the zones as they were signed."""

    def __init__(self, folder: Path, host: str, port: int, zones: list[Zone]) -> None:
        self.folder = folder / "knot"
        self.folder.mkdir()
        lines = ["server:", f"    listen: {host}@{port}", f"    rundir: {self.folder}", "database:", f"    storage: {self.folder}"]
        lines += ["log:", "  - target: stderr", "    any: warning", "zone:"]
        for zone in zones:
            name = zone.zone.origin.to_text()
            zone.zone.to_file(str(self.folder / f"{name}zone"), relativize=False)
            lines += [f"  - domain: {name}", f"    file: {self.folder}/{name}zone", "    zonefile-sync: -1"]
        (self.folder / "knot.conf").write_text("\n".join(lines) + "\n")
        log = self.launch(self.folder, "knot", ["knotd", "-c", f"{self.folder}/knot.conf"])
        wait_for(host, port, self.process, log)


class Resolver(Daemon):
    """unbound, with the key of every signed zone as its anchor; zones that are broken lead nowhere."""

    def __init__(self, folder: Path, host: str, zones: list[Zone]) -> None:
        self.host, self.folder = host, folder / "unbound"
        self.folder.mkdir()
        with socket.socket() as first, socket.socket() as second:
            first.bind((host, 0))
            second.bind((host, 0))
            self.port, below = first.getsockname()[1], second.getsockname()[1]
        served = [zone for zone in zones if zone.state != "broken"]
        self.knot = Knot(folder, host, below, served)
        lines = [
            "server:",
            f"  interface: {host}@{self.port}",
            f'  directory: "{self.folder}"\n  pidfile: "{self.folder}/pid"\n  username: ""\n  chroot: ""\n  use-syslog: no\n  logfile: ""',
            '  do-not-query-localhost: no\n  module-config: "validator iterator"\n  local-zone: "test." nodefault\n  access-control: 127.0.0.0/8 allow',
            "  num-threads: 1\n  do-ip6: no\n  so-reuseport: no\n  verbosity: 0\n  val-log-level: 0",
        ]
        for zone in zones:
            origin = zone.zone.origin.to_text()
            if zone.keys:
                lines += [f'  trust-anchor: "{origin} DNSKEY {rdata.to_text()}"' for rdata in zone.keys[zone.zone.origin]]
            else:
                lines.append(f'  domain-insecure: "{origin}"')
        lines.append("remote-control:\n  control-enable: no")
        for zone in zones:
            lines += ["stub-zone:", f'  name: "{zone.zone.origin.to_text()}"', f"  stub-addr: {host}@{below}"]
        (self.folder / "unbound.conf").write_text("\n".join(lines) + "\n")
        log = self.launch(self.folder, "unbound", ["unbound", "-d", "-p", "-c", f"{self.folder}/unbound.conf"])
        try:
            wait_for(host, self.port, self.process, log)
        except RuntimeError:
            self.knot.stop()
            raise

    def stop(self) -> None:
        super().stop()
        self.knot.stop()
