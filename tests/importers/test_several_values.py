"""Resources whose parts differ, that are made from copies, that take TLS and plain connections alike, or that run containers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from plan_building import ReadPlan, reason, resource, section, unknown_paths

DISK = {"device_name": "/dev/sdb"}


def only_flow(found: Any) -> dict[str, Any]:
    (flow,) = found.data["flows"]
    return dict(flow["transport"])


@pytest.mark.parametrize(
    ("protocols", "tls"), [(["http", "https"], False), (["https", "http"], False), (["https", "ssl"], True), (["tcp", "https"], None)]
)
def test_one_listener_in_the_clear_is_enough(read_plan: ReadPlan, protocols: list[str], tls: bool | None) -> None:
    found = read_plan(resource("aws_elb.e", {"internal": False, "listener": [{"lb_protocol": name} for name in protocols]}))
    (flow,) = found.data["flows"]  # type: ignore[misc]
    assert flow.get("transport", {}).get("tls") is tls  # type: ignore[union-attr]


@pytest.mark.parametrize(("policy", "tls"), [("allow-all", False), ("redirect-to-https", ["1.2", "1.3"]), ("https-only", ["1.2", "1.3"])])
def test_a_distribution_that_takes_plain_http(read_plan: ReadPlan, policy: str, tls: Any) -> None:
    values = {
        "default_cache_behavior": [{"viewer_protocol_policy": policy}],
        "viewer_certificate": [{"minimum_protocol_version": "TLSv1.2_2021"}],
    }
    transport = only_flow(read_plan(resource("aws_cloudfront_distribution.d", values)))
    assert transport == {"protocol": "http" if tls is False else "https", "tls": tls}


@pytest.mark.parametrize(
    ("listeners", "more", "tls"),
    [
        (["Http", "Https"], {}, False),
        (
            ["Http", "Https"],
            {"redirect_configuration": [{"name": "r"}], "ssl_policy": [{"min_protocol_version": "TLSv1_2"}]},
            ["1.2", "1.3"],
        ),
        (["Https"], {}, True),
        (["Http"], {}, False),
    ],
)
def test_listeners_of_a_gateway_of_azure(read_plan: ReadPlan, listeners: list[str], more: dict[str, Any], tls: Any) -> None:
    values = {
        "http_listener": [{"protocol": name} for name in listeners],
        "frontend_ip_configuration": [{"public_ip_address_id": "/subscriptions/s/publicIPAddresses/p"}],
    }
    found = read_plan(resource("azurerm_application_gateway.g", values | more), provider={"azurerm": {}})
    assert only_flow(found)["tls"] == tls
    inner = values | {"frontend_ip_configuration": [{"subnet_id": "/subscriptions/s/subnets/p"}]}
    private = read_plan(resource("azurerm_application_gateway.g", inner), provider={"azurerm": {}})
    assert section(private, "components")["application-gateway-g"]["internet_exposed"] is False
    assert "flows" not in private.data


@pytest.mark.parametrize(
    ("disks", "bare"),
    [([], False), ([{**DISK, "encrypted": True}], False), ([{**DISK, "encrypted": True}, {**DISK, "encrypted": False}], True)],
)
def test_a_machine_is_encrypted_where_each_of_its_disks_is(read_plan: ReadPlan, disks: list[dict[str, Any]], bare: bool) -> None:
    found = read_plan(resource("aws_instance.i", {"root_block_device": [{"encrypted": True}], "ebs_block_device": disks}))
    layers = section(found, "components")["instance-i"]["encryption"]
    assert (layers == []) is bare
    template = {"block_device_mappings": [{"ebs": [{"encrypted": flag}]} for flag in ("true", "false" if bare else "true")]}
    assert (section(read_plan(resource("aws_launch_template.t", template)), "components")["launch-template-t"]["encryption"] == []) is bare


def test_a_disk_whose_encryption_is_not_known_yet_leaves_the_machine_open(read_plan: ReadPlan) -> None:
    machine = resource("aws_instance.i", {"root_block_device": [{"encrypted": True}], "ebs_block_device": [DISK]})
    found = read_plan(machine, unknown={machine["address"]: {"ebs_block_device": [{"encrypted": True}]}})
    assert "components.instance-i.encryption" in unknown_paths(found)


@pytest.mark.parametrize("origin", ["replicate_source_db", "snapshot_identifier"])
def test_what_is_made_from_another_takes_its_encryption(read_plan: ReadPlan, origin: str) -> None:
    found = read_plan(resource("aws_db_instance.d", {"engine": "postgres", "storage_encrypted": False, origin: "other"}))
    assert "encryption" not in section(found, "components")["db-instance-d"]
    assert "made from another" in reason(found, "components.db-instance-d.encryption")
    told = read_plan(resource("aws_db_instance.d", {"engine": "postgres", "storage_encrypted": True, origin: "other"}))
    assert section(told, "components")["db-instance-d"]["encryption"]


@pytest.mark.parametrize(
    ("address", "values", "attribute"),
    [
        ("azurerm_storage_account.a", {"https_traffic_only_enabled": False}, "https_traffic_only_enabled"),
        ("azurerm_storage_account.a", {"enable_https_traffic_only": False}, "enable_https_traffic_only"),
        ("azurerm_postgresql_server.a", {"ssl_enforcement_enabled": False}, "ssl_enforcement_enabled"),
        ("aws_elasticache_replication_group.a", {"transit_encryption_enabled": False}, "transit_encryption_enabled"),
        ("google_redis_instance.a", {"transit_encryption_mode": "DISABLED"}, "transit_encryption_mode"),
    ],
)
def test_a_store_that_takes_plain_connections_is_told(read_plan: ReadPlan, address: str, values: dict[str, Any], attribute: str) -> None:
    found = read_plan(resource(address, values))
    (component,) = section(found, "components")
    assert attribute in reason(found, f"flows.{component}")
    kept = read_plan(resource(address, {**values, attribute: "SERVER_AUTHENTICATION" if "mode" in attribute else True}))
    assert f"flows.{component}" not in unknown_paths(kept)


def test_a_bucket_is_private_where_policies_and_lists_are_both_kept_out(read_plan: ReadPlan) -> None:
    bucket = resource("aws_s3_bucket.b", {"bucket": "b"})
    for values, private in (
        ({"restrict_public_buckets": True}, False),
        ({"restrict_public_buckets": True, "ignore_public_acls": True}, True),
    ):
        block = resource("aws_s3_bucket_public_access_block.b", {"bucket": "b", **values})
        assert (section(read_plan(bucket, block), "components")["s3-bucket-b"].get("internet_exposed") is False) is private


def test_secrets_of_a_cluster_are_not_the_data_of_its_workloads(read_plan: ReadPlan) -> None:
    cluster = resource(
        "aws_eks_cluster.c", {"name": "c", "encryption_config": [{"provider": [{"key_arn": "arn:aws:kms:eu-west-3:1:key/a"}]}]}
    )
    assert "encryption" not in section(read_plan(cluster), "components")["eks-cluster-c"]


def test_containers_run_what_their_image_says(read_plan: ReadPlan) -> None:
    def pods(*images: str, env: list[dict[str, Any]] | None = None) -> dict[str, Any]:
        listed = [{"image": image, "env": env or []} for image in images]
        return {"spec": [{"template": [{"spec": [{"container": listed}]}]}]}

    found = read_plan(
        resource(
            "kubernetes_deployment.app", pods("registry.example.org/app:3", env=[{"name": "SMTP_HOST", "value": "in-v3.mailjet.com"}])
        ),
        resource("kubernetes_stateful_set_v1.db", pods("quay.io/prometheus/node-exporter", "postgres:16.2")),
        resource("kubernetes_deployment.mail", pods("mailhog/mailhog")),
        resource("helm_release.cache", {"chart": "bitnami/redis", "name": "cache"}),
        resource("helm_release.certs", {"chart": "cert-manager"}),
    )
    components = section(found, "components")
    assert {name: one["kind"] for name, one in components.items()} == {
        "deployment-app": "application",
        "stateful-set-v1-db": "database",
        "release-cache": "cache",
    }
    assert components["stateful-set-v1-db"]["product"] == {"name": "postgresql", "version": "16.2"}
    assert [flow["to"] for flow in found.data["flows"]] == ["mailjet-email"]  # type: ignore[union-attr,index,call-overload]
    assert {(aside.type, aside.known) for aside in found.aside} == {("kubernetes_deployment", True), ("helm_release", True)}


def test_settings_written_as_json_in_a_text_are_read(read_plan: ReadPlan) -> None:
    definitions = [
        {"image": "app", "environment": [{"name": "DATABASE_URL", "value": "postgres://u:hunter2@db.abc.eu-west-3.rds.amazonaws.com/a"}]}
    ]
    found = read_plan(resource("aws_ecs_task_definition.t", {"container_definitions": json.dumps(definitions)}))
    assert section(found, "components").keys() == {"ecs-task-definition-t", "aws-managed-database-eu-west-3-store"}
    assert "hunter2" not in str(found)
    for broken in ("[", "[" * 100_000, '{"a": 1}', "null"):
        assert section(read_plan(resource("aws_ecs_task_definition.t", {"container_definitions": broken})), "components")
