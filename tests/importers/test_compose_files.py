"""Compose files: services, their images, connection strings and TLS, ports, environment files."""

from __future__ import annotations

from pathlib import Path

import pytest
from plan_building import ReadText, section, unknown_paths

from hds_audit.importers.importer import importers
from hds_audit.importers.tables import Tables
from hds_audit.pipeline.importing import recognise


def test_services_become_components_on_a_machine_that_nobody_named(read_text: ReadText) -> None:
    found = read_text("compose", compose_yaml="services:\n  db:\n    image: postgres:16.6-alpine\n  web:\n    build: .\n")
    assert section(found, "components") == {
        "db": {"kind": "database", "host": "machine", "product": {"name": "postgresql", "version": "16.6"}},
        "web": {"kind": "application", "host": "machine"},
    }
    assert {"hosts.machine.provider", "hosts.machine.region", "components.db.stores"} <= unknown_paths(found)
    assert found.origins["components.db.product.version"].line == 3


@pytest.mark.parametrize(
    ("environment", "transport"),
    [
        ("DATABASE_URL: postgres://u:p@db:5432/x", {"protocol": "postgresql"}),
        ("DATABASE_URL: postgres://u:p@db/x?sslmode=disable", {"protocol": "postgresql", "tls": False}),
        ("DATABASE_URL: postgres://u:p@db/x?sslmode=verify-full", {"protocol": "postgresql", "tls": True}),
        ("DATABASE_URL: postgres://u:p@db/x?sslmode=prefer", {"protocol": "postgresql"}),
        ("DATABASE_URL: postgresql+psycopg2://u:p%40@db/x?ssl=false", {"protocol": "postgresql", "tls": False}),
        ("SPRING_DATASOURCE_URL: jdbc:postgresql://db:5432/x?sslmode=require", {"protocol": "postgresql", "tls": True}),
        ("SPRING_DATASOURCE_URL: jdbc:sqlserver://db:1433;encrypt=false;user=sa", {"protocol": "tds", "tls": False}),
        ("CACHE_URL: rediss://:p@db:6379/0", {"protocol": "redis", "tls": True}),
        ("CACHE_URL: redis://db:6379/0", {"protocol": "redis", "tls": False}),
        ("PGHOST: db\n      PGSSLMODE: disable", {"tls": False}),
        ("DATABASE_HOST: db\n      DATABASE_SSL: 'true'", {"tls": True}),
        ("DATABASE_HOST: db:5432", None),
        ("DATABASE_URL: ${DATABASE_URL:-postgres://u:p@db/x}", {"protocol": "postgresql"}),
        ("DB: postgres://u:p@ss@db/x?sslmode=require", {"protocol": "postgresql", "tls": True}),
    ],
)
def test_what_a_connection_string_says_of_the_flow(read_text: ReadText, environment: str, transport: dict[str, object] | None) -> None:
    found = read_text(
        "compose", compose_yaml=f"services:\n  db:\n    image: postgres\n  web:\n    build: .\n    environment:\n      {environment}\n"
    )
    flow = section(found, "flows")["web--db"]
    assert flow.get("transport") == transport
    assert ("flows.web--db.transport.tls" in unknown_paths(found)) is ("tls" not in (transport or {}))


def test_a_mode_without_a_host_speaks_of_the_databases_that_the_service_reaches(read_text: ReadText) -> None:
    found = read_text(
        "compose",
        compose_yaml="services:\n  db:\n    image: postgres\n  web:\n    build: .\n    depends_on: [db]\n    environment: [PGSSLMODE=disable]\n",
    )
    assert section(found, "flows")["web--db"]["transport"] == {"tls": False}


def test_the_settings_of_the_folder_fill_in_what_the_file_asks_for(tmp_path: Path, tables: Tables) -> None:
    (tmp_path / ".env").write_text("DB_IMAGE=postgres:16\nDB_HOST=db\nPASSWORD=S3cr3t\nNESTED=${DB_HOST}\n")
    (tmp_path / "compose.yaml").write_text(
        "services:\n  db:\n    image: ${DB_IMAGE:?missing}\n  web:\n    build: .\n    environment:\n"
        "      DATABASE_URL: postgres://u:${PASSWORD}@${NESTED}/x?sslmode=${MODE:-disable}\n      SMTP_HOST: ${UNSET:?no}\n      DB_HOST:\n"
    )
    found = importers()["compose"].read((tmp_path / "compose.yaml",), tables)
    assert section(found, "components")["db"]["product"] == {"name": "postgresql", "version": "16"}
    assert section(found, "flows")["web--db"]["transport"] == {"protocol": "postgresql", "tls": False}
    assert "S3cr3t" not in str(found)


@pytest.mark.parametrize(
    "value", ["${DATABASE_URL}", "$DATABASE_URL", "{{ .Values.url }}", "postgres://${HOST}/x", "not a url", "", "<YOUR_URL>"]
)
def test_a_value_that_is_not_there_gives_nothing(read_text: ReadText, value: str) -> None:
    found = read_text("compose", compose_yaml=f"services:\n  web:\n    build: .\n    environment:\n      DATABASE_URL: '{value}'\n")
    assert "flows" not in found.data
    assert section(found, "hosts").keys() == {"machine"}


def test_outside_services_by_address_and_by_name(read_text: ReadText) -> None:
    text = """
services:
  web:
    build: .
    environment:
      EMAIL_HOST: smtp-relay.brevo.com
      EMAIL_USE_TLS: 'True'
      SENTRY_DSN: https://abcdef@sentry.hopital.fr/2
      AWS_S3_ENDPOINT_URL: https://s3.fr-par.scw.cloud
      OPENAI_API_KEY: sk-xyz
      FRONTEND_URL: https://app.exemple.fr
      STRIPE_KEY:
"""
    found = read_text("compose", compose_yaml=text)
    flows = section(found, "flows")
    assert flows.keys() == {
        "web--brevo-email",
        "web--sentry-hopital-fr",
        "web--scaleway-object-storage-fr-par-store",
        "web--openai-ai-inference",
        "web--stripe-payments",
    }
    assert flows["web--brevo-email"]["transport"] == {"tls": True}
    assert section(found, "hosts")["sentry-hopital-fr"] == {"service": "error-monitoring"}
    assert section(found, "components")["scaleway-object-storage-fr-par-store"]["kind"] == "object-storage"
    assert "flows.web--app-exemple-fr" in unknown_paths(found)
    assert "endpoints" not in found.data


def test_published_ports_ask_whether_the_internet_reaches_them(read_text: ReadText) -> None:
    text = "services:\n  a:\n    image: postgres\n    ports: ['5432:5432']\n  b:\n    image: redis\n    ports: ['127.0.0.1:6379:6379']\n  c:\n    image: mongo\n    ports: [{target: 27017, published: 27017, host_ip: 127.0.0.1}]\n"
    paths = unknown_paths(read_text("compose", compose_yaml=text))
    assert {path for path in paths if path.endswith("internet_exposed")} == {"components.a.internet_exposed"}


def test_a_router_of_the_proxy_gives_a_public_address(read_text: ReadText) -> None:
    text = "services:\n  web:\n    build: .\n    labels:\n      - traefik.http.routers.w.rule=Host(`app.exemple-sante.fr`)\n      - traefik.http.routers.l.rule=Host(`app.localhost`)\n"
    assert section(read_text("compose", compose_yaml=text), "endpoints") == {
        "https://app.exemple-sante.fr": {"url": "https://app.exemple-sante.fr", "component": "web"}
    }


def test_later_files_of_a_folder_go_over_earlier_ones_and_other_folders_stay_apart(read_text: ReadText) -> None:
    found = read_text(
        "compose",
        compose_yaml="services:\n  db:\n    image: postgres:14\n",
        compose_override_yaml="services:\n  db:\n    image: postgres:16\n  web:\n    build: .\n",
        other__compose_yaml="services:\n  db:\n    image: mysql:8\n",
    )
    components = section(found, "components")
    assert components["db"]["product"]["version"] == "16"
    assert components["db-2"]["product"]["name"] == "mysql"


def test_environment_files_are_read_inside_the_folder_alone(tmp_path: Path, tables: Tables) -> None:
    inner = tmp_path / "project"
    inner.mkdir()
    (tmp_path / "outside.env").write_text("DATABASE_URL=postgres://u:p@evil.example.net/x\n")
    (inner / "app.env").write_text("# comment\nexport EMAIL_HOST=in-v3.mailjet.com\nBROKEN LINE\n")
    (inner / "compose.yaml").write_text("services:\n  web:\n    build: .\n    env_file: [app.env, ../outside.env, {path: absent.env}]\n")
    found = importers()["compose"].read((inner / "compose.yaml",), tables)
    assert section(found, "flows").keys() == {"web--mailjet-email"}
    assert found.origins["flows.web--mailjet-email"].file.endswith("app.env")
    assert found.origins["flows.web--mailjet-email"].line == 2
    assert len(found.refusals) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("services:\n  web:\n    image: {{ .Values.image }}\n", "template"),
        ("services:\n  web: [\n", "not valid YAML"),
        ("a: 1\n", "not a Compose file"),
        ("", "not a Compose file"),
        ("- a\n- b\n", "not a Compose file"),
        ("services: &s\n  web: *s\n", "nested too deeply"),
    ],
)
def test_what_is_no_compose_file_is_refused(read_text: ReadText, text: str, said: str) -> None:
    found = read_text("compose", compose_yaml=text)
    assert any(said in refusal.reason.en for refusal in found.refusals)
    assert found.empty


def test_strange_shapes_break_nothing(read_text: ReadText) -> None:
    text = "services:\n  a: null\n  b: [1]\n  c: {image: 3, environment: 4, ports: x, depends_on: 5, env_file: {}, labels: true, networks: [n]}\n  d: {environment: [1, null, =x, A], ports: [null, {}], volumes: [1]}\n"
    assert section(read_text("compose", compose_yaml=text), "components").keys() == {"c", "d"}


def test_a_file_that_only_overrides_does_not_say_what_a_service_runs(read_text: ReadText) -> None:
    found = read_text("compose", compose_yaml="services:\n  db:\n    ports: ['3306:3306']\n")
    assert section(found, "components") == {"db": {"host": "machine"}}
    assert {"components.db.kind", "components.db.stores"} <= unknown_paths(found)
    whole = read_text(
        "compose", compose_yaml="services:\n  db:\n    image: mariadb:10.11\n", compose_override_yaml="services:\n  db:\n    ports: ['3306:3306']\n"
    )  # fmt: skip
    assert section(whole, "components")["db"]["kind"] == "database"
    assert "components.db.kind" not in unknown_paths(whole)


@pytest.mark.parametrize("form", ["      - {}\n", "      {}:\n"])
def test_a_list_of_every_setting_claims_no_service(read_text: ReadText, form: str) -> None:
    names = ["GOOGLE_ANALYTICS_ID", "SENDGRID_API_KEY", *(f"SETTING_{number}" for number in range(30))]
    text = "services:\n  web:\n    image: a\n    environment:\n"
    found = read_text("compose", compose_yml=text + "".join(form.format(name) for name in names))
    assert section(found, "hosts").keys() == {"machine"}
    assert "flows" not in found.data
    assert {"flows.web--google-analytics", "flows.web--sendgrid"} <= unknown_paths(found)
    few = read_text("compose", compose_yml=text + "".join(form.format(name) for name in names[:2]))
    assert {"google-analytics-analytics", "sendgrid-email"} <= section(few, "hosts").keys()


def test_an_environment_file_that_several_services_lack_is_told_once(read_text: ReadText) -> None:
    service = "    image: a\n    env_file: [common.env]\n"
    found = read_text("compose", compose_yml=f"services:\n  a:\n{service}  b:\n{service}")
    (refusal,) = found.refusals
    assert refusal.where.endswith("compose.yml:4")
    assert "common.env" in refusal.reason.fr


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ("entrypoint: ['/bin/bash', '/backup.sh']", "function"),
        ("command: pg_dump -h db app", "function"),
        ("entrypoint: /cron.sh", "function"),
        ("command: ['sh', '-c', 'exec docker-entrypoint.sh postgres -c ssl=on']", "database"),
        ("command: ['-c', 'shared_buffers=1GB']", "database"),
        ("entrypoint: ['/bin/sh', '/start.sh'], volumes: ['data:/var/lib/postgresql/data']", "database"),
        ("restart: always", "database"),
    ],
)
def test_a_script_that_runs_in_the_image_of_a_database_is_no_database(read_text: ReadText, more: str, kind: str) -> None:
    text = f"services:\n  db: {{image: 'postgres:16'}}\n  other: {{image: 'postgres:16', {more}}}\n"
    assert section(read_text("compose", compose_yml=text), "components")["other"]["kind"] == kind
    alone = read_text("compose", compose_yml=f"services:\n  other: {{image: 'postgres:16', {more}}}\n")
    assert section(alone, "components")["other"]["kind"] == "database"


def test_what_a_file_includes_and_extends_is_read(tmp_path: Path, tables: Tables) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "db.yml").write_text("services:\n  db: {image: 'postgres:16'}\n")
    (tmp_path / "base.yml").write_text(
        "services:\n  app:\n    image: a\n    environment: {DATABASE_URL: 'postgres://db/x?sslmode=disable'}\n"
    )
    (tmp_path / "compose.yml").write_text(
        "include: [parts/db.yml, {path: [absent.yml, ../outside.yml]}]\n"
        "services:\n  web: {extends: {file: base.yml, service: app}}\n  job: {extends: web}\n  lost: {extends: nobody}\n"
    )
    (tmp_path.parent / "outside.yml").write_text("services:\n  other: {image: redis}\n")
    for paths in ((tmp_path / "compose.yml",), (tmp_path / "compose.yml", tmp_path / "parts" / "db.yml")):
        found = importers()["compose"].read(paths, tables)
        assert {name: one.get("kind") for name, one in section(found, "components").items()} == {
            "db": "database", "web": "application", "job": "application", "lost": None,
        }  # fmt: skip
        assert {flow["from"]: flow["transport"]["tls"] for flow in section(found, "flows").values()} == {"web": False, "job": False}
        assert found.origins["components.web"].line == 3
        assert {refusal.where.rpartition("/")[2] for refusal in found.refusals} == {"compose.yml:1", "compose.yml:5"}


def test_circles_of_files_and_of_services_end(tmp_path: Path, tables: Tables) -> None:
    many = "---\n".join("services:\n  a: {image: postgres, extends: a}\n  b: {extends: a}\n" for _ in range(60))
    (tmp_path / "a.yml").write_text("include: [b.yml]\n" + many)
    (tmp_path / "b.yml").write_text("include: [a.yml, b.yml]\nservices:\n  c: {extends: {file: a.yml, service: a}}\n")
    found = importers()["compose"].read((tmp_path / "a.yml",), tables)
    assert section(found, "components").keys() == {"a", "b", "c"}


OLD = """
web:
  build: .
  links: [db]
  ports: ["80:8000"]
  environment: [DATABASE_URL=postgres://db/x?sslmode=disable]
db:
  image: postgres:9.6
"""


def test_the_first_form_of_compose_has_its_services_at_the_root(read_text: ReadText) -> None:
    found = read_text("compose", docker__compose_yml=OLD)
    components = section(found, "components")
    assert components["db"]["product"] == {"name": "postgresql", "version": "9.6"}
    assert section(found, "flows")["web--db"]["transport"] == {"protocol": "postgresql", "tls": False}
    assert found.origins["components.web"].line == 2


@pytest.mark.parametrize(
    "text",
    [
        "x: {image: 3, y: 1}\nname: z\n",
        "image: registry/web\nreplicas: 2\n",
        "image: {repository: registry/web}\nredis: {image: redis}\n",
        "version: '3'\nweb: {image: registry/web}\n",
        "apiVersion: v1\nkind: Pod\n",
        "stages: [a]\njob: {image: alpine, script: [x]}\n",
        "job: {image: alpine, script: [x]}\n",
    ],
)
def test_what_only_looks_like_the_first_form_is_refused(read_text: ReadText, text: str) -> None:
    found = read_text("compose", docker__compose_yml=text)
    assert found.empty
    assert found.refusals


@pytest.mark.parametrize(
    ("name", "text", "importer"),
    [
        ("docker-compose.yml", OLD, "compose"),
        ("docker-compose.prod.yml", OLD, "compose"),
        ("fig.yml", OLD, "compose"),
        ("ci.yml", OLD, None),
        ("compose.yml", "services: # all\n  a: {image: x}\n", "compose"),
        ("docker-compose.yml", "x: 1\n", None),
    ],
)
def test_what_is_recognised_as_compose(tmp_path: Path, name: str, text: str, importer: str | None) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert recognise(tmp_path / name) == importer


def test_an_environment_file_that_need_not_be_there_is_no_lack(read_text: ReadText) -> None:
    found = read_text("compose", compose_yaml="services: {web: {image: x, env_file: [{path: local.env, required: false}]}}\n")
    assert found.refusals == ()


def test_a_router_of_several_names_gives_each(read_text: ReadText) -> None:
    text = 'services:\n  web:\n    image: x\n    labels: ["traefik.http.routers.w.rule=Host(`a.exemple.fr`, `b.exemple.fr`) || Host(`c.exemple.fr`)"]\n'
    assert section(read_text("compose", compose_yaml=text), "endpoints").keys() == {f"https://{name}.exemple.fr" for name in "abc"}
