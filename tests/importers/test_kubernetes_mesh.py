"""Mutual TLS of a service mesh: what PeerAuthentication and DestinationRule say of the flows between workloads."""

from __future__ import annotations

import pytest
from plan_building import ReadText, reason, section

APPS = """
---
apiVersion: v1
kind: Namespace
metadata: {name: prod, labels: {NAMESPACE}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: prod}
spec: {template: {metadata: {labels: {app: web, WEB}}, spec: {containers: [{name: web, image: registry/web, env: [{name: API_URL, value: 'ADDRESS'}]}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: prod}
spec: {template: {metadata: {labels: {app: api, POD}}, spec: {containers: [{name: api, image: registry/api}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: prod}
spec: {selector: {app: api}}
"""
INJECTED, OUT = "istio-injection: enabled", "sidecar.istio.io/inject: 'false'"


def apps(namespace: str = INJECTED, pod: str = "a: b", web: str = "a: b", address: str = "http://api:8080") -> str:
    return APPS.replace("NAMESPACE", namespace).replace("POD", pod).replace("WEB", web).replace("ADDRESS", address)


def peers(mode: str, namespace: str = "prod", more: str = "", name: str = "default") -> str:
    return (
        f"\n---\napiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {{name: {name}, namespace: {namespace}}}\n"
        f"spec: {{mtls: {{mode: {mode}}}{more}}}\n"
    )


def rule(mode: str, host: str = "api.prod.svc.cluster.local") -> str:
    return (
        "\n---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: api, namespace: prod}\n"
        f"spec: {{host: {host}, trafficPolicy: {{tls: {{mode: {mode}}}}}}}\n"
    )


SELECTED = ", selector: {matchLabels: {app: api}}"


@pytest.mark.parametrize(
    ("manifests", "tls"),
    [
        (apps(), False),
        (apps() + peers("STRICT"), True),
        (apps() + peers("STRICT", "istio-system"), True),
        (apps() + peers("STRICT", "other"), False),
        (apps() + peers("PERMISSIVE"), False),
        (apps() + peers("DISABLE"), False),
        (apps() + peers("STRICT", "istio-system") + peers("PERMISSIVE"), False),
        (apps() + peers("STRICT") + peers("DISABLE", more=SELECTED, name="api"), False),
        (apps() + peers("DISABLE") + peers("STRICT", more=SELECTED, name="api"), True),
        (apps() + peers("UNSET") + peers("STRICT", "istio-system"), True),
        (apps() + peers("STRICT", more=SELECTED + ", portLevelMtls: {8080: {mode: DISABLE}}"), None),
        (apps() + peers("STRICT", more=SELECTED + ", portLevelMtls: {8080: {mode: STRICT}}"), True),
        (apps() + peers("STRICT") + peers("PERMISSIVE", name="second"), None),
        (apps("a: b") + peers("STRICT"), None),
        (apps("a: b", pod="sidecar.istio.io/inject: 'true'") + peers("STRICT"), True),
        (apps("istio.io/rev: stable") + peers("STRICT"), True),
        (apps("istio.io/dataplane-mode: ambient") + peers("STRICT"), True),
        (apps(pod=OUT) + peers("STRICT"), False),
        (apps() + rule("ISTIO_MUTUAL"), True),
        (apps() + rule("SIMPLE", "api"), True),
        (apps() + rule("ISTIO_MUTUAL", "'*.local'"), True),
        (apps() + rule("ISTIO_MUTUAL", "'*.prod.svc.cluster.local'"), True),
        (apps() + rule("ISTIO_MUTUAL", "'*.other.svc.cluster.local'"), False),
        (apps() + rule("ISTIO_MUTUAL", "'*.local'") + rule("DISABLE"), None),
        (apps() + rule("DISABLE"), False),
        (apps() + peers("STRICT") + rule("DISABLE"), None),
        (apps(web=OUT) + rule("ISTIO_MUTUAL"), False),
        (apps("a: b") + rule("ISTIO_MUTUAL"), None),
        (apps(address="https://api:8443") + peers("DISABLE"), True),
    ],
)
def test_a_mesh_protects_the_flows_between_workloads_that_have_its_proxy(read_text: ReadText, manifests: str, tls: bool | None) -> None:
    found = read_text("kubernetes", all_yaml=manifests)
    flow = section(found, "flows")["web--api"]
    assert flow["transport"].get("tls") is tls
    if tls is None:
        assert "Istio" in reason(found, "flows.web--api.transport.tls")


def test_a_fact_of_the_mesh_points_at_what_says_it(read_text: ReadText) -> None:
    found = read_text("kubernetes", all_yaml=apps() + peers("STRICT"))
    assert found.origins["flows.web--api.transport.tls"].address == "PeerAuthentication/default"


def test_nothing_is_said_of_what_comes_from_outside_the_cluster(read_text: ReadText) -> None:
    ingress = (
        "\n---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: api, namespace: prod}\n"
        "spec: {defaultBackend: {service: {name: api}}}\n"
    )
    found = read_text("kubernetes", all_yaml=apps() + peers("STRICT") + ingress)
    assert section(found, "flows")["internet--api"]["transport"]["tls"] is False


def test_an_entry_of_the_mesh_names_an_outside_service(read_text: ReadText) -> None:
    entry = (
        "\n---\napiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: out, namespace: prod}\n"
        "spec: {hosts: [s3.gra.io.cloud.ovh.net, db.prod.internal], location: MESH_EXTERNAL}\n"
    )
    found = read_text("kubernetes", all_yaml=apps() + entry)
    assert "ovhcloud-object-storage-gra" in section(found, "hosts")
    assert [aside for aside in found.aside if not aside.known] == []
