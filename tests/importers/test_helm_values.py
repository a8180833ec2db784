"""Values of Helm charts, without their templates: what they switch on, and what only the chart could tell."""

from __future__ import annotations

import pytest
from plan_building import ReadText, section, unknown_paths

from hds_audit.importers.importer import importers

VALUES = """
image:
  repository: registry.example.org/app
  tag: "2.1"
ingress:
  enabled: true
  className: nginx
  hosts:
    - host: app.exemple.fr
      paths: [{path: /, pathType: Prefix}]
  tls:
    - secretName: app-tls
      hosts: [app.exemple.fr]
env:
  - {name: SENTRY_DSN, value: 'https://k@o1.ingest.sentry.io/1'}
  - {name: REDIS_URL, value: 'redis://app-redis-master:6379'}
  - {name: MAIL, valueFrom: {secretKeyRef: {name: x, key: planted-key}}}
secrets:
  JWT: planted-secret
postgresql:
  enabled: true
  auth: {password: planted-password}
  image: {tag: 16.2.0-debian-12-r1}
redis:
  enabled: true
  architecture: standalone
mongodb:
  enabled: false
rabbitmq:
  auth: {username: app}
"""


def test_what_values_switch_on(read_text: ReadText) -> None:
    found = read_text("helm", app__values_yaml=VALUES)
    components, flows = section(found, "components"), section(found, "flows")
    assert {name: part["kind"] for name, part in components.items()} == {"app": "application", "postgresql": "database", "redis": "cache"}
    assert components["postgresql"]["product"] == {"name": "postgresql", "version": "16.2.0"}
    assert components["app"]["internet_exposed"] is True
    assert flows["internet--app"]["transport"] == {"protocol": "https", "tls": True}
    assert flows.keys() == {"internet--app", "app--sentry-error-monitoring", "app--redis"}
    assert section(found, "endpoints").keys() == {"https://app.exemple.fr"}
    assert found.origins["components.postgresql"].line == 20
    assert "planted" not in str(found)


def test_what_only_the_chart_could_tell_is_unknown(read_text: ReadText) -> None:
    found = read_text("helm", app__values_yaml=VALUES)
    assert {"components.rabbitmq", "hosts.cluster.provider", "components.postgresql.stores"} <= unknown_paths(found)
    assert any("helm template" in refusal.reason.en for refusal in found.refusals)


@pytest.mark.parametrize(
    ("text", "components"),
    [
        ("image: registry/app:1\n", {"app": "application"}),
        (
            "image: {repository: bitnami/postgresql, tag: '15'}\nmetrics: {enabled: false, image: {repository: bitnami/postgres-exporter}}\n",
            {"app": "database"},
        ),
        (
            "web: {image: {repository: registry/web}}\nworker: {enabled: false, image: {repository: registry/worker}}\n",
            {"web": "application"},
        ),
        ("global: {a: 1}\nchart: {web: {image: {repository: registry/web}}}\n", {"web": "application"}),
        ("postgresql-ha: {enabled: true}\n", {"postgresql-ha": "database"}),
        ("minio: {enabled: 'true'}\n", {"minio": "object-storage"}),
        ("image: {registry: docker.io, repository: library/redis, tag: 7.2}\n", {"app": "cache"}),
    ],
)
def test_what_runs(read_text: ReadText, text: str, components: dict[str, str]) -> None:
    found = read_text("helm", app__values_yaml=text)
    assert {name: part["kind"] for name, part in section(found, "components").items()} == components


@pytest.mark.parametrize(
    ("ingress", "tls"),
    [
        ("{enabled: true, hosts: [app.exemple.fr], tls: []}", None),
        ("{enabled: true, hostname: app.exemple.fr, tls: true}", True),
        ("{enabled: true, host: app.exemple.fr, tls: [{hosts: [other.exemple.fr]}]}", None),
        ("{enabled: true, hosts: [{host: app.exemple.fr}], tls: [{hosts: ['*.exemple.fr']}]}", True),
        ("{enabled: true, host: app.exemple.fr, tls: {enabled: true, secretName: s}}", True),
        ("{enabled: true, host: app.exemple.fr, tls: {enabled: false}}", None),
    ],
)
def test_the_way_in(read_text: ReadText, ingress: str, tls: bool | None) -> None:
    found = read_text("helm", app__values_yaml=f"image: registry/app\ningress: {ingress}\n")
    assert section(found, "flows")["internet--app"].get("transport", {}).get("tls") is tls


@pytest.mark.parametrize(
    "ingress",
    [
        "{enabled: false, hosts: [app.exemple.fr]}",
        "{hosts: [app.exemple.fr]}",
        "{enabled: true, className: internal, hosts: [app.exemple.fr]}",
    ],
)
def test_what_is_no_way_in(read_text: ReadText, ingress: str) -> None:
    found = read_text("helm", app__values_yaml=f"image: registry/app\ningress: {ingress}\n")
    assert "flows" not in found.data


def test_outside_databases_and_inner_names(read_text: ReadText) -> None:
    text = "image: registry/app\npostgresql: {enabled: false}\nexternalDatabase: {host: x.rdb.fr-par.scw.cloud, password: planted}\n"
    found = read_text("helm", app__values_yaml=text)
    assert [flow["to"] for flow in section(found, "flows").values()] == ["scaleway-managed-database-fr-par-store"]
    assert "planted" not in str(found)


def test_variables_that_come_from_secrets_give_their_names(read_text: ReadText) -> None:
    text = "image: registry/app\nbackend: {envVars: {SENTRY_DSN: {secretKeyRef: {name: s, key: planted}}, STRIPE_API_KEY: planted-2}}\n"
    found = read_text("helm", app__values_yaml=text)
    assert {flow["to"].partition("-")[0] for flow in section(found, "flows").values()} >= {"stripe"}
    assert "error-monitoring" in str(section(found, "hosts"))
    assert "planted" not in str(found)


def test_later_values_go_over_earlier_ones(read_text: ReadText) -> None:
    found = read_text("helm", app__values_yaml=VALUES, app__more_yaml="mongodb: {enabled: true}\nredis: {enabled: false}\nenv: []\n")
    assert section(found, "components").keys() == {"app", "postgresql", "mongodb"}


def test_a_chart_names_the_application_and_what_it_always_brings(read_text: ReadText) -> None:
    chart = (
        "apiVersion: v2\nname: patient-portal\ndependencies:\n  - {name: postgresql, version: 1.x}\n"
        "  - {name: redis, version: 1.x, condition: redis.enabled}\n  - {name: mongodb, alias: store}\n"
    )
    found = read_text("helm", app__Chart_yaml=chart, app__values_yaml="image: registry/app\n")
    assert section(found, "components").keys() == {"patient-portal", "postgresql", "store"}
    assert section(found, "components")["store"]["product"]["name"] == "mongodb"
    assert section(found, "application")["name"] == "patient-portal"


@pytest.mark.parametrize(
    ("name", "text", "recognised"),
    [
        ("values.yaml", VALUES, True),
        ("values-prod.yaml", VALUES, True),
        ("values.yaml", "a: 1\n", False),
        ("config.yaml", VALUES, False),
        ("values.yaml", "apiVersion: v1\nkind: Pod\n", False),
    ],
)
def test_what_is_recognised_as_values(tmp_path_factory: pytest.TempPathFactory, name: str, text: str, recognised: bool) -> None:
    assert importers()["helm"].recognises(tmp_path_factory.mktemp("x") / name, text) is recognised


@pytest.mark.parametrize(
    "text", ["", "a: 1\n", "- 1\n", "image: 3\ningress: 4\npostgresql: [1]\nenv: {a: {b: [1]}}\n", "x: {{ .Values.y }}\n"]
)
def test_what_says_nothing_is_refused(read_text: ReadText, text: str) -> None:
    found = read_text("helm", app__values_yaml=text)
    assert found.empty
    assert found.refusals


def test_values_of_other_environments_are_left_out_and_told(read_text: ReadText) -> None:
    off, on = "postgresql: {enabled: false}\n", "mongodb: {enabled: true}\n"
    found = read_text("helm", **{"app__values-dev_yaml": off, "app__values-prod_yaml": on, "app__values_yaml": VALUES})
    assert section(found, "components").keys() == {"app", "postgresql", "redis", "mongodb"}
    assert any(refusal.where.endswith("values-dev.yaml") for refusal in found.refusals)
    alone = read_text("helm", **{"app__values-dev_yaml": on})
    assert section(alone, "components").keys() == {"mongodb"}


def test_each_chart_is_read_by_itself(read_text: ReadText) -> None:
    found = read_text("helm", api__values_yaml="image: registry/api\n", web__values_yaml="image: registry/web\nredis: {enabled: true}\n")
    assert section(found, "components").keys() == {"api", "web", "redis"}
