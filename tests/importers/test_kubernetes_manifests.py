"""Kubernetes manifests: workloads, variables from settings and secrets, ingress, operators, what is not YAML."""

from __future__ import annotations

import pytest
from plan_building import ReadText, section, unknown_paths

from hds_audit.model.imported import Imported

DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  template:
    metadata: {labels: {app: api}}
    spec:
      containers:
        - name: api
          image: registry.example.org/api:1.2
          envFrom:
            - configMapRef: {name: settings}
            - secretRef: {name: secrets}
          env:
            - {name: DATABASE_URL, value: 'postgres://u:p@pg-rw.prod.svc.cluster.local/x?sslmode=disable'}
            - {name: REDIS_URL, valueFrom: {secretKeyRef: {name: other, key: redis}}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data:
  SENTRY_DSN: https://k@o1.ingest.sentry.io/1
---
apiVersion: v1
kind: Secret
metadata: {name: secrets}
stringData: {MAILJET_API_KEY: not-for-anyone}
---
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: {name: pg}
spec:
  imageName: ghcr.io/cloudnative-pg/postgresql:16.4
  storage: {storageClass: csi-cinder-high-speed}
  backup:
    retentionPolicy: 30d
    barmanObjectStore:
      endpointURL: https://s3.gra.io.cloud.ovh.net
      destinationPath: s3://b/
      data: {encryption: AES256}
"""


def test_a_workload_its_database_and_the_services_it_uses(read_text: ReadText) -> None:
    found = read_text("kubernetes", all_yaml=DEPLOYMENT)
    components, flows = section(found, "components"), section(found, "flows")
    assert components["pg"]["product"] == {"name": "postgresql", "version": "16.4"}
    assert components["pg-backup"] == {
        "kind": "backup",
        "host": "ovhcloud-object-storage-gra",
        "copy_of": ["pg"],
        "retention": "P30D",
        "encryption": [{"layer": "storage-service"}],
    }
    assert flows["api--pg"]["transport"] == {"protocol": "postgresql", "tls": False}
    assert flows.keys() == {"api--pg", "api--sentry-error-monitoring", "api--mailjet-email"}
    assert section(found, "hosts")["cluster" if "cluster" in section(found, "hosts") else "ovhcloud-cluster"]["provider"] == "ovhcloud"
    assert "not-for-anyone" not in str(found)


def test_the_cluster_is_nobodys_until_something_gives_it_away(read_text: ReadText) -> None:
    found = read_text(
        "kubernetes", pod_yaml="apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: redis:7}]}\n"
    )
    assert section(found, "hosts") == {"cluster": {}}
    assert {"hosts.cluster.provider", "hosts.cluster.service", "hosts.cluster.region"} <= unknown_paths(found)
    assert section(found, "components")["p"]["kind"] == "cache"


@pytest.mark.parametrize(
    ("tls", "expected"),
    [
        ("", False),
        ("  tls: [{hosts: [app.exemple.fr], secretName: t}]\n", True),
        ("  tls: [{hosts: ['*.exemple.fr']}]\n", True),
        ("  tls: [{hosts: [other.fr]}]\n", False),
    ],
)
def test_an_ingress_says_whether_it_has_a_certificate(read_text: ReadText, tls: str, expected: bool) -> None:
    text = f"""
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec: {{template: {{metadata: {{labels: {{app: w}}}}, spec: {{containers: [{{name: c, image: app}}]}}}}}}
---
apiVersion: v1
kind: Service
metadata: {{name: svc}}
spec: {{selector: {{app: w}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: i}}
spec:
{tls}  rules:
    - host: app.exemple.fr
      http: {{paths: [{{backend: {{service: {{name: svc}}}}}}]}}
"""
    found = read_text("kubernetes", all_yaml=text)
    assert section(found, "flows")["internet--web"]["transport"] == {"protocol": "https" if expected else "http", "tls": expected}
    assert section(found, "endpoints").keys() == {f"{'https' if expected else 'http'}://app.exemple.fr"}
    assert section(found, "components")["web"]["internet_exposed"] is True


def test_secrets_that_no_workload_uses_still_name_their_services(read_text: ReadText) -> None:
    text = "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: s}\nspec:\n  encryptedData:\n    TIPIMAIL_API_KEY: AgCK6r3FDWdJn\n    SENTRY_KEY: AgCxxx\n"
    found = read_text("kubernetes", secret_yaml=text)
    assert section(found, "hosts")["tipimail-email"]["provider"] == "tipimail"
    assert section(found, "organisations") == {"tipimail": {"name": "Tipimail"}}
    assert "flows.tipimail-email" in unknown_paths(found)
    assert "AgCK6r3FDWdJn" not in str(found)


def test_a_job_that_runs_the_image_of_a_database_is_its_client(read_text: ReadText) -> None:
    pod = "{template: {spec: {containers: [{image: 'postgres:16', name: d, command: [pg_dump]}]}}}"
    text = f"""
apiVersion: v1
kind: List
items:
  - {{apiVersion: batch/v1, kind: CronJob, metadata: {{name: dump}}, spec: {{jobTemplate: {{spec: {pod}}}}}}}
  - {{apiVersion: batch/v1, kind: Job, metadata: {{name: seed}}, spec: {pod}}}
  - {{apiVersion: apps/v1, kind: StatefulSet, metadata: {{name: pg}}, spec: {pod}}}
"""
    components = section(read_text("kubernetes", list_yaml=text), "components")
    assert {name: each["kind"] for name, each in components.items()} == {"dump": "function", "seed": "function", "pg": "database"}
    assert components["dump"]["product"] == {"name": "postgresql", "version": "16"}


def test_lists_jobs_and_tools(read_text: ReadText) -> None:
    text = """
apiVersion: v1
kind: List
items:
  - {apiVersion: batch/v1, kind: CronJob, metadata: {name: nightly}, spec: {jobTemplate: {spec: {template: {spec: {containers: [{image: app, name: a}]}}}}}}
  - {apiVersion: apps/v1, kind: Deployment, metadata: {name: mail}, spec: {template: {spec: {containers: [{image: maildev/maildev, name: m}]}}}}
  - {apiVersion: v1, kind: Namespace, metadata: {name: n}}
  - {apiVersion: x.io/v1, kind: Strange, metadata: {name: n}}
"""
    found = read_text("kubernetes", list_yaml=text)
    assert section(found, "components") == {"nightly": {"kind": "function", "host": "cluster"}}
    assert {(aside.type, aside.known) for aside in found.aside} == {
        ("Deployment mail (mail catcher)", True),
        ("Namespace", True),
        ("x.io/Strange", False),
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Release.Name }}}\n", "template"),
        ("{{- if .Values.x }}\napiVersion: v1\n{{- end }}\n", "template"),
        ("replicas: 2\nimage: {repository: x}\n", "helm template"),
        ("apiVersion: v1\nkind: [\n", "not valid YAML"),
    ],
)
def test_templates_and_values_are_refused_with_what_to_do(read_text: ReadText, text: str, said: str) -> None:
    found = read_text("kubernetes", x_yaml=text)
    assert found.empty
    assert said in found.refusals[0].reason.en


def test_a_broken_document_costs_itself_alone(read_text: ReadText) -> None:
    good = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: redis}]}\n"
    found = read_text("kubernetes", x_yaml=f"{good}---\nkind: {{{{ x }}}}\n---\n{good.replace('name: p', 'name: q')}")
    assert section(found, "components").keys() == {"p", "q"}
    assert found.refusals[0].where.endswith(":6")


def test_strange_shapes_break_nothing(read_text: ReadText) -> None:
    text = "\n---\n".join(
        f"apiVersion: v1\nkind: {kind}\nmetadata: {metadata}\nspec: {spec}\ndata: 3\n"
        for kind in ("Deployment", "Service", "Ingress", "ConfigMap", "Secret", "List")
        for metadata in ("null", "[1]", "{name: 4}")
        for spec in ("null", "[1]", "{template: 3, rules: [1, {http: 2}], tls: 4, selector: []}")
    )
    assert read_text("kubernetes", x_yaml=text).refusals == ()


SERVED = """
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: registry/web}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}}
"""
GATEWAY = """
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge}
spec: {listeners: [{name: plain, protocol: HTTP, port: 80}, {name: safe, protocol: HTTPS, port: 443}]}
"""
ROUTE = """
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec: {hostnames: [app.exemple.fr], parentRefs: [PARENT], rules: [{backendRefs: [{name: web, port: 80}]}]}
"""
INGRESS = """
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, annotations: {NOTE}}
spec: {rules: [{host: app.exemple.fr, http: {paths: [{path: /, backend: {service: {name: web}}}]}}]}
"""


def way_in(found: Imported) -> object:
    (flow,) = section(found, "flows").values()
    return flow.get("transport", {}).get("tls")


@pytest.mark.parametrize(
    ("manifests", "tls"),
    [
        (ROUTE.replace("PARENT", "{name: edge}"), None),
        (GATEWAY + ROUTE.replace("PARENT", "{name: other}"), None),
        (GATEWAY + ROUTE.replace("PARENT", "{name: edge, sectionName: safe}"), True),
        (GATEWAY + ROUTE.replace("PARENT", "{name: edge, sectionName: plain}"), False),
        (GATEWAY + ROUTE.replace("PARENT", "{name: edge}"), False),
        (INGRESS.replace("NOTE", ""), False),
        (INGRESS.replace("NOTE", "alb.ingress.kubernetes.io/certificate-arn: arn"), True),
        (INGRESS.replace("NOTE", "networking.gke.io/managed-certificates: web"), True),
        (INGRESS.replace("NOTE", "nginx.ingress.kubernetes.io/force-ssl-redirect: 'true'"), None),
        (INGRESS.replace("NOTE", "nginx.ingress.kubernetes.io/force-ssl-redirect: 'false'"), False),
    ],
)
def test_the_way_in_is_protected_by_what_ends_it(read_text: ReadText, manifests: str, tls: bool | None) -> None:
    found = read_text("kubernetes", all_yaml=SERVED + manifests)
    assert way_in(found) is tls
    assert section(found, "endpoints").keys() == {f"{'http' if tls is False else 'https'}://app.exemple.fr"}


@pytest.mark.parametrize("note", ["alb.ingress.kubernetes.io/scheme: internal", "kubernetes.io/ingress.class: nginx-internal"])
def test_an_ingress_of_an_inner_network_is_no_way_in_from_the_internet(read_text: ReadText, note: str) -> None:
    found = read_text("kubernetes", all_yaml=SERVED + INGRESS.replace("NOTE", note))
    assert "internet_exposed" not in section(found, "components")["web"]
    assert "flows" not in found.data
    assert "endpoints" not in found.data


def test_a_route_that_only_redirects_leads_nowhere(read_text: ReadText) -> None:
    redirect = ROUTE.replace("PARENT", "{name: edge, sectionName: plain}").replace(
        "{backendRefs: [{name: web, port: 80}]}", "{filters: [{type: RequestRedirect}]}"
    )
    found = read_text("kubernetes", all_yaml=SERVED + GATEWAY + redirect + ROUTE.replace("PARENT", "{name: edge, sectionName: safe}"))
    assert way_in(found) is True
    assert section(found, "endpoints").keys() == {"https://app.exemple.fr"}


TWICE = """
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: db, namespace: NS}
spec: {template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: 'postgres:16'}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: database, namespace: NS}
spec: {selector: {app: db}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: NS}
data: {DATABASE_URL: 'postgres://database/x?sslmode=MODE'}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: NS}
spec: {template: {spec: {containers: [{name: web, image: registry/web, envFrom: [{configMapRef: {name: settings}}]}]}}}
"""


def test_each_namespace_has_its_own_names(read_text: ReadText) -> None:
    both = TWICE.replace("NS", "prod").replace("MODE", "require") + TWICE.replace("NS", "test").replace("MODE", "disable")
    flows = section(read_text("kubernetes", all_yaml=both), "flows").values()
    assert {(flow["from"], flow["to"], flow["transport"]["tls"]) for flow in flows} == {("web", "db", True), ("web-2", "db-2", False)}


@pytest.mark.parametrize(("name", "end"), [("database.prod", "db"), ("database.prod.svc.cluster.local", "db"), ("database", None)])
def test_a_name_of_another_namespace_is_asked_for_with_it(read_text: ReadText, name: str, end: str | None) -> None:
    client = f"""
---
apiVersion: v1
kind: Pod
metadata: {{name: job, namespace: tools}}
spec: {{containers: [{{name: job, image: registry/job, env: [{{name: DATABASE_HOST, value: {name}}}]}}]}}
"""
    both = TWICE.replace("NS", "prod") + TWICE.replace("NS", "test")
    flows = section(read_text("kubernetes", all_yaml=both + client), "flows").values()
    assert [flow["to"] for flow in flows if flow["from"] == "job"] == ([end] if end else [])


def test_a_public_name_is_no_inner_one(read_text: ReadText) -> None:
    relay = SERVED.replace("web", "smtp") + SERVED.replace(
        "image: registry/web", "image: registry/web, env: [{name: SMTP_HOST, value: smtp.mailjet.com}]"
    )
    flows = section(read_text("kubernetes", all_yaml=relay), "flows").values()
    assert [flow["to"] for flow in flows] == ["mailjet-email"]
