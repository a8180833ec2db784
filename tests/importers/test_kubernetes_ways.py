"""Ways into a cluster: Istio, the Gateway API, Traefik, Contour, OpenShift, and what of them stays inside."""

from __future__ import annotations

import pytest
from plan_building import ReadText, section, unknown_paths

from hds_audit.model.imported import Imported

SERVED = """
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: prod}
spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: registry/web}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: prod}
spec: {selector: {app: web}}
"""


def thing(kind: str, group: str, spec: str, name: str = "edge", namespace: str = "prod", more: str = "") -> str:
    return f"\n---\napiVersion: {group}/v1\nkind: {kind}\nmetadata: {{name: {name}, namespace: {namespace}{more}}}\nspec: {spec}\n"


def istio(servers: str, virtual: str = "gateways: [edge]", hosts: str = "[app.exemple.fr]", selector: str = "ingressgateway") -> str:
    gateway = thing("Gateway", "networking.istio.io", f"{{selector: {{istio: {selector}}}, servers: [{servers}]}}")
    route = "http: [{route: [{destination: {host: web.prod.svc.cluster.local}}]}]"
    return gateway + thing("VirtualService", "networking.istio.io", f"{{hosts: {hosts}, {virtual}, {route}}}", "web")


def traefik(spec: str, kind: str = "IngressRoute", group: str = "traefik.io") -> str:
    return thing(kind, group, spec, "web")


def gateway_api(listeners: str, route: str = "parentRefs: [{name: edge}]", kind: str = "HTTPRoute") -> str:
    gateway = thing("Gateway", "gateway.networking.k8s.io", f"{{gatewayClassName: x, listeners: [{listeners}]}}")
    hosts = "hostnames: [app.exemple.fr]"
    return gateway + thing(kind, "gateway.networking.k8s.io", f"{{{hosts}, {route}, rules: [{{backendRefs: [{{name: web}}]}}]}}", "web")


HTTP, HTTPS = (
    "{port: {number: 80, protocol: HTTP}, hosts: ['*']}",
    "{port: {number: 443, protocol: HTTPS}, hosts: ['*'], tls: {mode: SIMPLE}}",
)
REDIRECT = "{port: {number: 80, protocol: HTTP}, hosts: ['*'], tls: {httpsRedirect: true}}"
PLAIN, SAFE = "{name: plain, protocol: HTTP, port: 80}", "{name: safe, protocol: HTTPS, port: 443}"
SENT = "services: [{name: web, port: 80}]"
HOST = "match: 'Host(`app.exemple.fr`) && PathPrefix(`/`)'"


def way_in(found: Imported) -> object:
    (flow,) = section(found, "flows").values()
    assert (flow["from"], flow["to"]) == ("internet", "web")
    return flow.get("transport", {}).get("tls")


@pytest.mark.parametrize(
    ("manifests", "tls"),
    [
        (istio(HTTPS), True),
        (istio(HTTP), False),
        (istio(f"{HTTP}, {HTTPS}"), False),
        (istio(f"{REDIRECT}, {HTTPS}"), True),
        (istio(HTTPS.replace("SIMPLE", "PASSTHROUGH").replace("HTTPS", "TLS")), True),
        (istio(f"{HTTPS}, {HTTP}".replace("hosts: ['*']}", "hosts: [other.exemple.fr]}")), True),
        (istio(HTTPS, "gateways: [mesh, edge]"), True),
        (istio(HTTPS, "gateways: [prod/edge]"), True),
        (istio(HTTPS, "gateways: [infra/edge]"), None),
        (gateway_api(SAFE), True),
        (gateway_api(f"{SAFE}, {PLAIN}".replace("port: 80", "port: 80, hostname: other.exemple.fr")), True),
        (gateway_api(f"{SAFE}, {PLAIN}", "parentRefs: [{name: edge, port: 443}]"), True),
        (gateway_api(SAFE, "parentRefs: [{name: edge, namespace: infra}]"), None),
        (gateway_api("{name: raw, protocol: TCP, port: 5432}", kind="TCPRoute"), None),
        (gateway_api("{name: safe, protocol: TLS, port: 5432}", kind="TLSRoute"), True),
        (traefik(f"{{entryPoints: [websecure], routes: [{{{HOST}, {SENT}}}], tls: {{certResolver: le}}}}"), True),
        (traefik(f"{{entryPoints: [websecure], routes: [{{{HOST}, {SENT}}}], tls: {{}}}}", group="traefik.containo.us"), True),
        (traefik(f"{{entryPoints: [websecure], routes: [{{{HOST}, {SENT}}}]}}"), None),
        (traefik(f"{{entryPoints: [web], routes: [{{{HOST}, {SENT}}}]}}"), False),
        (traefik(f"{{routes: [{{{HOST}, {SENT}}}]}}"), None),
        (traefik(f"{{entryPoints: [web], routes: [{{{HOST}, {SENT}, middlewares: [{{name: to-https}}]}}]}}"), None),
        (
            thing(
                "HTTPProxy", "projectcontour.io", f"{{virtualhost: {{fqdn: app.exemple.fr, tls: {{secretName: s}}}}, routes: [{{{SENT}}}]}}"
            ),
            True,
        ),
        (thing("HTTPProxy", "projectcontour.io", f"{{virtualhost: {{fqdn: app.exemple.fr}}, routes: [{{{SENT}}}]}}"), False),
        (
            thing(
                "HTTPProxy",
                "projectcontour.io",
                f"{{virtualhost: {{fqdn: app.exemple.fr, tls: {{secretName: s}}}}, routes: [{{permitInsecure: true, {SENT}}}]}}",
            ),
            False,
        ),
        (thing("Route", "route.openshift.io", "{host: app.exemple.fr, to: {name: web}, tls: {termination: edge}}"), True),
        (
            thing(
                "Route",
                "route.openshift.io",
                "{host: app.exemple.fr, to: {name: web}, tls: {termination: edge, insecureEdgeTerminationPolicy: Allow}}",
            ),
            False,
        ),
        (thing("Route", "route.openshift.io", "{host: app.exemple.fr, to: {name: web}}"), False),
    ],
)
def test_tls_of_a_way_in(read_text: ReadText, manifests: str, tls: bool | None) -> None:
    found = read_text("kubernetes", all_yaml=SERVED + manifests)
    assert way_in(found) is tls
    assert section(found, "components")["web"]["internet_exposed"] is True
    assert section(found, "endpoints").keys() == {f"{'http' if tls is False else 'https'}://app.exemple.fr"}
    assert [aside for aside in found.aside if not aside.known] == []


@pytest.mark.parametrize(
    "manifests",
    [
        istio(HTTPS, "gateways: [mesh]"),
        istio(HTTPS, "exportTo: ['.']"),
        istio(HTTPS, selector="internal-ingressgateway"),
        istio(HTTPS, selector="egressgateway"),
        gateway_api(SAFE, "parentRefs: [{kind: Service, group: '', name: web}]"),
        gateway_api(SAFE).replace("gatewayClassName: x", "gatewayClassName: nginx-internal"),
        traefik(f"{{entryPoints: [internal], routes: [{{{HOST}, {SENT}}}]}}"),
        thing("Ingress", "networking.k8s.io", "{ingressClassName: tailscale, defaultBackend: {service: {name: web}}}"),
        thing(
            "Ingress",
            "networking.k8s.io",
            "{defaultBackend: {service: {name: web}}}",
            more=", annotations: {nginx.ingress.kubernetes.io/whitelist-source-range: '10.0.0.0/8, 192.168.0.0/16'}",
        ),
        thing("VirtualService", "appmesh.k8s.aws", "{hosts: [app.exemple.fr]}"),
        thing("Route", "serving.knative.dev", "{host: app.exemple.fr, to: {name: web}}"),
    ],
)
def test_what_stays_inside_is_no_way_in(read_text: ReadText, manifests: str) -> None:
    found = read_text("kubernetes", all_yaml=SERVED + manifests)
    assert "internet_exposed" not in section(found, "components")["web"]
    assert "flows" not in found.data
    assert "endpoints" not in found.data


@pytest.mark.parametrize(
    ("manifests", "names"),
    [
        (traefik(f"{{routes: [{{match: 'Host(`a.exemple.fr`, `b.exemple.fr`)', {SENT}}}], tls: {{}}}}"), {"a", "b"}),
        (traefik(f"{{routes: [{{match: 'Host(\"a.exemple.fr\") || Host(`b.exemple.fr`)', {SENT}}}], tls: {{}}}}"), {"a", "b"}),
        (traefik(f"{{routes: [{{match: 'HostSNI(`a.exemple.fr`)', {SENT}}}], tls: {{}}}}", "IngressRouteTCP"), {"a"}),
        (istio(HTTPS.replace("'*'", "a.exemple.fr, 'prod/*.b.exemple.fr'"), hosts="['*']"), {"a", "b"}),
        (gateway_api(SAFE.replace("port", "hostname: a.exemple.fr, port")).replace("hostnames: [app.exemple.fr], ", ""), {"a"}),
    ],
)
def test_the_names_of_a_way_in(read_text: ReadText, manifests: str, names: set[str]) -> None:
    found = read_text("kubernetes", all_yaml=SERVED + manifests)
    assert section(found, "endpoints").keys() == {f"https://{name}.exemple.fr" for name in names}
    assert way_in(found) is True


def test_an_ingress_without_a_name_is_a_way_in_all_the_same(read_text: ReadText) -> None:
    found = read_text("kubernetes", all_yaml=SERVED + thing("Ingress", "networking.k8s.io", "{defaultBackend: {service: {name: web}}}"))
    assert way_in(found) is False
    assert section(found, "components")["web"]["internet_exposed"] is True
    assert "endpoints" not in found.data


@pytest.mark.parametrize("host", ["app.corp.local", "grafana.internal"])
def test_a_name_for_inner_use_does_not_say_that_the_internet_comes_in(read_text: ReadText, host: str) -> None:
    rules = f"{{rules: [{{host: {host}, http: {{paths: [{{backend: {{service: {{name: web}}}}}}]}}}}]}}"
    found = read_text("kubernetes", all_yaml=SERVED + thing("Ingress", "networking.k8s.io", rules))
    assert "internet_exposed" not in section(found, "components")["web"]
    assert "flows" not in found.data
    assert "components.web.internet_exposed" in unknown_paths(found)


def test_a_middleware_that_redirects_leads_nowhere(read_text: ReadText) -> None:
    plain = traefik(f"{{entryPoints: [web], routes: [{{{HOST}, {SENT}, middlewares: [{{name: to-https}}]}}]}}")
    middleware = thing("Middleware", "traefik.io", "{redirectScheme: {scheme: https, permanent: true}}", "to-https")
    safe = traefik(f"{{entryPoints: [websecure], routes: [{{{HOST}, {SENT}}}], tls: {{}}}}")
    found = read_text("kubernetes", all_yaml=SERVED + plain + middleware + safe)
    assert way_in(found) is True
    assert section(found, "endpoints").keys() == {"https://app.exemple.fr"}


def test_https_that_an_ingress_does_not_insist_on_is_not_known(read_text: ReadText) -> None:
    rules = "{tls: [{hosts: [app.exemple.fr]}], rules: [{host: app.exemple.fr, http: {paths: [{backend: {service: {name: web}}}]}}]}"
    note = ", annotations: {nginx.ingress.kubernetes.io/ssl-redirect: 'false'}"
    assert way_in(read_text("kubernetes", all_yaml=SERVED + thing("Ingress", "networking.k8s.io", rules))) is True
    assert way_in(read_text("kubernetes", all_yaml=SERVED + thing("Ingress", "networking.k8s.io", rules, more=note))) is None


def test_a_certificate_serves_every_ingress_of_its_host(read_text: ReadText) -> None:
    rules = "rules: [{host: app.exemple.fr, http: {paths: [{backend: {service: {name: web}}}]}}]"
    safe = thing("Ingress", "networking.k8s.io", f"{{tls: [{{hosts: [app.exemple.fr], secretName: s}}], {rules}}}", "one")
    found = read_text("kubernetes", all_yaml=SERVED + safe + thing("Ingress", "networking.k8s.io", f"{{{rules}}}", "two"))
    assert way_in(found) is True
    assert section(found, "endpoints").keys() == {"https://app.exemple.fr"}


@pytest.mark.parametrize(
    ("annotation", "exposed"),
    [
        ("a: b", True),
        ("service.beta.kubernetes.io/aws-load-balancer-internal: 'true'", None),
        ("service.beta.kubernetes.io/aws-load-balancer-internal: 'false'", True),
        ("service.beta.kubernetes.io/aws-load-balancer-scheme: internal", None),
        ("service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing", True),
        ("networking.gke.io/load-balancer-type: Internal", None),
        ("service.beta.kubernetes.io/scw-loadbalancer-private: 'true'", None),
    ],
)
def test_a_balancer_of_an_inner_network(read_text: ReadText, annotation: str, exposed: bool | None) -> None:
    balanced = SERVED.replace(
        "{name: web, namespace: prod}\nspec: {selector",
        f"{{name: web, namespace: prod, annotations: {{{annotation}}}}}\nspec: {{type: LoadBalancer, selector",
    )
    found = read_text("kubernetes", all_yaml=balanced)
    assert section(found, "components")["web"].get("internet_exposed") is exposed


def test_strange_shapes_of_ways_in_break_nothing(read_text: ReadText) -> None:
    kinds = [
        ("Gateway", "networking.istio.io"), ("VirtualService", "networking.istio.io"), ("DestinationRule", "networking.istio.io"),
        ("PeerAuthentication", "security.istio.io"), ("ServiceEntry", "networking.istio.io"), ("IngressRoute", "traefik.io"),
        ("IngressRouteTCP", "traefik.io"), ("Middleware", "traefik.io"), ("HTTPProxy", "projectcontour.io"), ("TCPRoute", "gateway.networking.k8s.io"),
    ]  # fmt: skip
    specs = ("null", "[1]", "3", "{hosts: 1, gateways: {a: 1}, http: [1, {route: [{destination: x}]}], servers: [{port: 3, tls: x, hosts: [1]}]}",
             "{routes: [1, {match: [a], services: [1, {name: [x]}]}], entryPoints: {}, tls: 4, virtualhost: 4, mtls: 1, trafficPolicy: x, selector: 1}")  # fmt: skip
    text = "".join(thing(kind, group, spec) for kind, group in kinds for spec in specs)
    assert read_text("kubernetes", all_yaml=SERVED + text).refusals == ()
