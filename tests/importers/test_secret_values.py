"""A secret value in an input never appears in what is imported, in the YAML, or in what is told of the import."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from plan_building import plan_of, resource

from hds_audit.errors import InputError
from hds_audit.importers.importer import importers
from hds_audit.importers.tables import Tables
from hds_audit.pipeline.importing import completed, new_text

SECRET = "Pl4nt3d-S3cr3t"
ENCODED = base64.b64encode(SECRET.encode()).decode()

PLAN = plan_of(
    resource(
        "aws_db_instance.d",
        {"engine": "postgres", "password": SECRET, "username": SECRET, "storage_encrypted": True},
        sensitive_values={"password": True, "engine": True},
    ),
    resource("aws_instance.i", {"user_data": f"export KEY={SECRET}", "user_data_base64": ENCODED, "tags": {"token": SECRET}}),
    resource(
        "aws_lambda_function.f",
        {
            "runtime": f"{SECRET}",
            "environment": [{"variables": {"API_KEY": SECRET, "DATABASE_URL": f"postgres://u:{SECRET}@h/x", SECRET: "x", "HOST": SECRET}}],
        },
    ),
    resource("aws_secretsmanager_secret_version.v", {"secret_string": SECRET}),
    resource("aws_s3_bucket.b", {"bucket": SECRET, "acl": SECRET, "policy": SECRET}),
    resource("aws_cloudfront_distribution.c", {"aliases": [f"{SECRET}", f"https://u:{SECRET}@x.exemple.fr/{SECRET}"]}),
    resource(
        "aws_route53_record.r", {"name": f"_acme.{SECRET}", "type": "TXT", "records": [f"v=spf1 include:{SECRET}.exemple.fr", SECRET]}
    ),
    provider={"aws": {"region": SECRET, "secret_key": SECRET, "endpoints": {"s3": f"https://u:{SECRET}@s3.fr-par.scw.cloud/{SECRET}"}}},
    variables={"password": {"value": SECRET}},
)
COMPOSE = f"""
services:
  db:
    image: postgres:16-{SECRET}
    environment: {{POSTGRES_PASSWORD: {SECRET}, POSTGRES_USER: '{SECRET}'}}
  web:
    image: app@sha256:{SECRET}
    environment:
      - DATABASE_URL=postgres://u:{SECRET}@db/{SECRET}?sslmode=disable&x={SECRET}
      - SENTRY_DSN=https://{SECRET}@sentry.exemple.fr/{SECRET}
      - SLACK_WEBHOOK=https://hooks.slack.com/services/{SECRET}
      - SMTP_HOST={SECRET}
      - API_TOKEN=eyJ{SECRET}.eyJ{SECRET}.sig
      - BROKER=amqp://{SECRET}
      - SENDGRID_API_KEY=SG.{SECRET}.{SECRET}
    command: run --password {SECRET}
    labels: ['x={SECRET}', 'traefik.http.routers.w.rule=Host(`{SECRET}`)']
    env_file: .env
"""
KUBERNETES = f"""
apiVersion: v1
kind: Secret
metadata: {{name: s, annotations: {{kubectl.kubernetes.io/last-applied-configuration: '{SECRET}'}}}}
data: {{password: {ENCODED}, MAILJET_KEY: {ENCODED}}}
stringData: {{url: '{SECRET}'}}
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: c}}
data: {{DATABASE_URL: 'postgres://u:{SECRET}@db/x', note: '{SECRET}'}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: d}}
spec: {{template: {{spec: {{containers: [{{name: a, image: 'redis:{SECRET}', args: ['{SECRET}'], env: [{{name: TOKEN, value: '{SECRET}'}}], envFrom: [{{secretRef: {{name: s}}}}, {{configMapRef: {{name: c}}}}]}}]}}}}}}
"""
BILL = json.dumps(
    {
        "bomFormat": "CycloneDX",
        "services": [
            {
                "bom-ref": "a",
                "name": "A",
                "endpoints": [f"https://u:{SECRET}@a.exemple.fr/?token={SECRET}"],
                "x-trust-boundary": True,
                "properties": [{"name": "password", "value": SECRET}],
            }
        ],
    }
)
MANIFEST = json.dumps(
    {"name": "n", "env": {"SECRET_KEY": {"value": SECRET}, "DATABASE_URL": {"value": f"postgres://u:{SECRET}@h.exemple.fr/x"}}}
)


MESH = f"""
apiVersion: v1
kind: Pod
metadata: {{name: web, namespace: p, labels: {{app: web}}}}
spec: {{containers: [{{name: c, image: x}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: web, namespace: p}}
spec: {{selector: {{app: web}}}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {{name: g, namespace: p}}
spec: {{selector: {{istio: '{SECRET}'}}, servers: [{{port: {{number: 443, protocol: HTTPS}}, hosts: ['*'], tls: {{credentialName: '{SECRET}'}}}}]}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {{name: v, namespace: p}}
spec: {{hosts: ['{SECRET}', a.exemple.fr], gateways: [g], http: [{{headers: {{request: {{set: {{authorization: '{SECRET}'}}}}}}, route: [{{destination: {{host: web}}}}]}}]}}
---
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: {{name: m, namespace: p}}
spec: {{basicAuth: {{users: ['u:{SECRET}']}}, headers: {{customRequestHeaders: {{x: '{SECRET}'}}}}}}
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: {{name: i, namespace: p}}
spec: {{routes: [{{match: 'Host(`a.exemple.fr`) && Headers(`x`, `{SECRET}`)', services: [{{name: web}}], middlewares: [{{name: m}}]}}]}}
"""
VALUES = f"""
image: {{repository: app, tag: '{SECRET}'}}
env: [{{name: DATABASE_URL, value: 'postgres://u:{SECRET}@db.exemple.fr/x'}}, {{name: TOKEN, value: '{SECRET}'}}]
postgresql: {{enabled: true, auth: {{password: '{SECRET}', postgresPassword: '{SECRET}'}}, image: {{tag: '{SECRET}'}}}}
externalRedis: {{host: r.exemple.fr, password: '{SECRET}'}}
secrets: {{SENTRY_DSN: 'https://{SECRET}@o1.ingest.sentry.io/1'}}
imageCredentials: {{password: '{SECRET}', registry: 'https://u:{SECRET}@r.exemple.fr'}}
ingress: {{enabled: true, hosts: ['{SECRET}', a.exemple.fr], annotations: {{nginx.ingress.kubernetes.io/auth-secret: '{SECRET}'}}}}
"""
OPEN = plan_of(
    resource("aws_s3_bucket.b", {"bucket": "b"}),
    resource("aws_s3_bucket_policy.b", {"bucket": "b", "policy": json.dumps({"Statement": {"Effect": "Allow", "Principal": "*", "Sid": SECRET}})}),
    prior_state={"values": {"root_module": {"resources": [
        {"address": f"data.aws_iam_policy_document.{SECRET}", "mode": "data", "type": "aws_iam_policy_document", "values": {"json": SECRET}}]}}},
    resource_drift=[{"address": "aws_s3_bucket.b", "change": {"before": {"password": SECRET}, "after": {"password": SECRET}}}],
    output_changes={"o": {"after": SECRET}}, checks=[{"problems": [{"message": SECRET}]}], planned_values_note=SECRET,
)  # fmt: skip


@pytest.mark.parametrize(
    ("importer", "name", "text"),
    [
        ("kubernetes", "mesh.yaml", MESH),
        ("compose", "include.yaml", COMPOSE + f"include: ['https://u:{SECRET}@git.exemple.fr/x.git#{SECRET}', 'git@git.exemple.fr:{SECRET}/x']\n"),
        ("helm", "values.yaml", VALUES),
        ("helm", "values.yaml", VALUES + f"x: [{SECRET}\n"),
        ("terraform", "open.json", json.dumps(OPEN)),
        ("terraform", "plan.json", json.dumps(PLAN)),
        ("terraform", "cut.json", json.dumps(PLAN)[:-700]),
        ("terraform", "broken.json", json.dumps(PLAN).replace('"engine"', SECRET, 1)),
        ("compose", "compose.yaml", COMPOSE),
        ("compose", "broken.yaml", COMPOSE + f"\n  bad: [{SECRET}\n"),
        ("kubernetes", "all.yaml", KUBERNETES),
        ("kubernetes", "broken.yaml", KUBERNETES + f"---\nkind: {{{{ {SECRET} }}}}\n"),
        ("cyclonedx", "bom.json", BILL),
        ("cyclonedx", "broken.json", BILL[:-9] + SECRET),
        ("scalingo", "scalingo.json", MANIFEST),
    ],
)
def test_planted_secrets_stay_where_they_are(tmp_path: Path, tables: Tables, importer: str, name: str, text: str) -> None:
    (tmp_path / ".env").write_text(f"MAILJET_API_KEY={SECRET}\nREDIS_URL=redis://:{SECRET}@db/0\n")
    path = tmp_path / name
    path.write_text(text)
    found = importers()[importer].read((path,), tables)
    assert_clean(str(found))
    if not found.empty:
        for language in ("en", "fr"):
            assert_clean(new_text(completed(found), "fr" if language == "fr" else "en"))


def test_a_secret_in_configuration_files(tmp_path: Path, tables: Tables) -> None:
    pytest.importorskip("tfparse", reason="the extra `terraform` is not installed")
    (tmp_path / "main.tf").write_text(
        f'variable "p" {{\n  default = "{SECRET}"\n}}\nlocals {{\n  user = "{SECRET}"\n}}\n'
        f'resource "aws_db_instance" "d" {{\n  engine = "postgres"\n  password = var.p\n  username = local.user\n}}\n'
        f'resource "aws_instance" "i" {{\n  user_data = <<EOT\n{SECRET}\nEOT\n}}\n'
        f'output "o" {{\n  value = "{SECRET}"\n}}\n'
    )
    (tmp_path / "broken.tf").write_text(f'resource "aws_s3_bucket" "c" {{\n  bucket = "{SECRET}\n}}\n')
    found = importers()["terraform"].read((tmp_path,), tables)
    assert not found.empty
    assert_clean(str(found))
    assert_clean(new_text(completed(found), "fr"))


def test_secrets_of_kustomizations_stay_where_they_are(tmp_path: Path, tables: Tables) -> None:
    (tmp_path / "kustomization.yaml").write_text(
        f"resources: [web.yaml, 'https://u:{SECRET}@git.exemple.fr/x?token={SECRET}', 'git@git.exemple.fr:{SECRET}']\n"
        f"secretGenerator: [{{name: s, literals: ['DB_PASSWORD={SECRET}', 'MAILJET_KEY={SECRET}'], envs: [{SECRET}.env, s.env]}}]\n"
        f"configMapGenerator: [{{name: c, literals: ['DATABASE_URL=postgres://u:{SECRET}@h.exemple.fr/x', 'NOTE={SECRET}']}}]\n"
        f"patches: [{{target: {{kind: Pod}}, patch: '[{{op: test, path: /x, value: {SECRET}}}]'}}, {{path: '{SECRET}.yaml'}}]\n"
    )
    (tmp_path / "s.env").write_text(f"API_TOKEN={SECRET}\n")
    (tmp_path / "web.yaml").write_text(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n"
        "spec: {containers: [{name: c, image: x, envFrom: [{secretRef: {name: s}}, {configMapRef: {name: c}}]}]}\n"
    )
    found = importers()["kubernetes"].read((tmp_path,), tables)
    assert "web--mailjet-email" in str(found.data)
    assert_clean(str(found).replace(f"{SECRET}.env", "").replace(f"{SECRET}.yaml", ""))  # names of files are no secrets


def test_secrets_given_to_modules_stay_where_they_are(tmp_path: Path, tables: Tables) -> None:
    pytest.importorskip("tfparse", reason="the extra `terraform` is not installed")
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "main.tf").write_text('variable "p" {}\nresource "scaleway_rdb_instance" "d" {\n  password = var.p\n}\n')
    (tmp_path / "main.tf").write_text(
        f'resource "random_string" "s" {{ length = 4 }}\nmodule "m" {{\n  source = "./m"\n  p = "{SECRET}"\n  s = random_string.s.result\n}}\n'
        f'module "gone" {{\n  source = "git::https://u:{SECRET}@git.exemple.fr/x.git"\n  p = "{SECRET}"\n}}\n'
    )
    (tmp_path / "prod.tfvars").write_text(f'p = "{SECRET}"\n')
    found = importers()["terraform"].read((tmp_path, tmp_path / "prod.tfvars"), tables)
    assert "rdb-instance-m-d" in str(found.data)
    assert_clean(str(found))


def test_the_check_would_see_a_secret() -> None:
    with pytest.raises(AssertionError):
        assert_clean(f"x {SECRET.lower()} y")
    with pytest.raises(AssertionError):
        assert_clean(f"x {ENCODED} y")


def assert_clean(text: str) -> None:
    low = text.lower()
    assert SECRET.lower() not in low
    assert SECRET.lower().replace("-", "") not in low.replace("-", "")
    assert ENCODED.lower() not in low


def test_errors_of_the_pipeline_are_clean_too(tmp_path: Path) -> None:
    from hds_audit.pipeline.importing import read_files

    path = tmp_path / "plan.json"
    path.write_text(f'{{"format_version": "1.2", "x": {SECRET}')
    with pytest.raises(InputError) as raised:
        read_files("terraform", [path])
    assert_clean(str(raised.value))
