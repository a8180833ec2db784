"""Imports at size, and a plan of 1,000 resources beside checkov: `python benchmarks/importers.py [--without-checkov]`.

checkov goes into an environment of its own in the user's cache (made once). Wall seconds, the least of several runs; peak
memory of the process. Rule counts are printed, since the two do not look for the same things.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

TYPES: tuple[tuple[str, Callable[[int], Mapping[str, object]]], ...] = (
    ("aws_db_instance", lambda n: {
        "identifier": f"db-{n}", "engine": "postgres", "engine_version": "15.4", "storage_encrypted": n % 2 == 0, "multi_az": True,
        "publicly_accessible": False, "backup_retention_period": 7, "instance_class": "db.t3.micro", "tags": {"Env": "prod"}}),
    ("aws_s3_bucket", lambda n: {"bucket": f"bucket-{n}", "acl": "private", "tags": {"Name": f"b{n}"}, "versioning": [{"enabled": True}]}),
    ("aws_instance", lambda n: {"ami": f"ami-{n}", "instance_type": "t3.micro", "root_block_device": [{"encrypted": True}]}),
    ("aws_lambda_function", lambda n: {
        "function_name": f"f{n}", "runtime": "python3.11",
        "environment": [{"variables": {"DATABASE_URL": f"postgres://u:p@db{n}.x.eu-west-3.rds.amazonaws.com/x?sslmode=require"}}]}),
    ("aws_security_group", lambda n: {"name": f"sg{n}", "ingress": [{"cidr_blocks": ["10.0.0.0/8"], "from_port": 443, "to_port": 443}]}),
    ("aws_iam_role", lambda n: {"name": f"r{n}", "assume_role_policy": '{"Version": "2012-10-17", "Statement": []}'}),
    ("aws_cloudwatch_log_group", lambda n: {"name": f"/x/{n}", "retention_in_days": 180}),
    ("aws_kms_key", lambda n: {"description": "k", "enable_key_rotation": True}),
)  # fmt: skip


class Run(NamedTuple):
    """The cost of a command: wall seconds and the peak memory in MB of it and what it started."""

    seconds: float
    megabytes: float


def plan(resources: int) -> dict[str, object]:
    """A plan of that many resources, with the parts that Terraform writes."""
    planned, changes, configured = [], [], []
    for number in range(resources):
        type_, values_of = TYPES[number % len(TYPES)]
        values = values_of(number)
        head = {"address": f"{type_}.r{number}", "mode": "managed", "type": type_, "name": f"r{number}"}
        named = {**head, "provider_name": "registry.terraform.io/hashicorp/aws"}
        planned.append({**named, "schema_version": 1, "values": values, "sensitive_values": {}})
        change = {"actions": ["create"], "before": None, "after": values, "after_unknown": {"id": True, "arn": True}, "after_sensitive": {}}
        changes.append({**named, "change": change})
        expressions = {key: {"constant_value": value} for key, value in values.items()}
        configured.append({**head, "provider_config_key": "aws", "expressions": expressions, "schema_version": 1})
    provider = {"aws": {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-3"}}}}
    return {
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "planned_values": {"root_module": {"resources": planned}},
        "resource_changes": changes,
        "configuration": {"provider_config": provider, "root_module": {"resources": configured}},
    }


def cost(*command: str, runs: int = 3, cwd: str | None = None) -> Run:
    """The least wall time of some runs, and the highest peak memory."""
    seconds, peaks = [], []
    for _ in range(runs):
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=cwd)
        _, _, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - begun)
        peaks.append(usage.ru_maxrss / 1024)
    return Run(min(seconds), max(peaks))


def imports(folder: Path) -> None:
    """Print what imports of several sizes cost, new and into a file."""
    program = (sys.executable, "-m", "hds_audit")
    print(f"{'':34}{'seconds':>9}{'MB':>8}")
    source, target = folder / "plan.json", folder / "infra.yaml"
    for resources in (100, 1_000, 10_000):
        source.write_text(json.dumps(plan(resources)), "utf-8")
        size = source.stat().st_size / 1e6
        new = cost(*program, "import", "terraform", str(source), "-o", str(target), "--force")
        print(f"{f'import of {resources:,} ({size:.1f} MB)':34}{new.seconds:9.2f}{new.megabytes:8.0f}")
    into = cost(*program, "import", "terraform", str(source), "--into", str(target))
    print(f"{'the last --into its own file':34}{into.seconds:9.2f}{into.megabytes:8.0f}")
    with source.open("w", encoding="utf-8") as file:  # written by pieces: a child inherits the peak of its parent
        file.write(json.dumps(plan(1_000))[:-1] + ', "prior_state": {"values": "')
        for _ in range(100):
            file.write("x" * 1_000_000)
        file.write('"}}')
    large = cost(*program, "import", "terraform", str(source), "-o", str(target), "--force", runs=1)
    print(f"{f'import of a plan of {source.stat().st_size / 1e6:.0f} MB':34}{large.seconds:9.2f}{large.megabytes:8.0f}")


def beside_checkov(folder: Path) -> None:
    """Print what the same plan of 1,000 resources costs with all rules of each."""
    source, target, report = folder / "1000.json", folder / "1000.yaml", folder / "report.json"
    source.write_text(json.dumps(plan(1_000)), "utf-8")
    program = (sys.executable, "-m", "hds_audit")
    read = cost(*program, "import", "terraform", str(source), "-o", str(target), "--force")
    judged = cost(*program, "check", str(target), "-o", str(report))
    ours = json.loads(report.read_text("utf-8"))
    total = read.seconds + judged.seconds
    rules, found = len(ours["rules"]), sum(ours["counts"].values())
    print(
        f"\nhds-audit, import and check: {total:.2f} s, {max(read.megabytes, judged.megabytes):.0f} MB; {rules} rules, {found:,} verdicts"
    )
    checkov = installed_checkov()
    arguments = ("-f", str(source), "--framework", "terraform_plan", "--quiet", "--compact", "--skip-download")
    other = cost(str(checkov), *arguments, runs=2, cwd=str(folder))
    listed = subprocess.run([str(checkov), "--list", "--framework", "terraform"], capture_output=True, text=True, check=False).stdout
    count = len({word for line in listed.splitlines() for word in line.split() if word.startswith("CKV")})
    print(f"checkov on the same plan:    {other.seconds:.2f} s, {other.megabytes:.0f} MB; {count} checks of its framework terraform")
    print(f"ratio: {other.seconds / total:.1f}")


def installed_checkov() -> Path:
    """The program of checkov in an environment of its own, made where it is not there yet."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hds-audit-benchmarks" / "checkov"
    program = home / "bin" / "checkov"
    if not program.exists():
        venv.create(home, with_pip=True)
        subprocess.run([str(home / "bin" / "pip"), "install", "--quiet", "checkov"], check=True, stderr=subprocess.DEVNULL)
    return program


def main() -> None:
    """Print both tables."""
    with tempfile.TemporaryDirectory() as name:
        imports(Path(name))
        if "--without-checkov" not in sys.argv:
            beside_checkov(Path(name))


if __name__ == "__main__":
    main()
