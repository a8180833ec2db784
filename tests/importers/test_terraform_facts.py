"""What resources say: who runs them and where, encryption and keys, backups, traffic, mail."""

from __future__ import annotations

from typing import Any

import pytest
from plan_building import ReadPlan, reason, resource, section, unknown_paths

PROVIDER_KEY = "aws-managed-database-eu-west-3-provider-key"


def test_a_database_with_all_that_its_resource_says(read_plan: ReadPlan) -> None:
    found = read_plan(
        resource(
            "aws_db_instance.d",
            {
                "engine": "postgres",
                "engine_version": "15.4",
                "storage_encrypted": True,
                "multi_az": True,
                "publicly_accessible": False,
                "backup_retention_period": 7,
            },
        )
    )
    components = section(found, "components")
    assert components["db-instance-d"] == {
        "kind": "database",
        "host": "aws-managed-database-eu-west-3",
        "configuration_as_code": True,
        "product": {"name": "postgresql", "version": "15.4"},
        "internet_exposed": False,
        "zones": 2,
        "encryption": [{"layer": "volume", "key": PROVIDER_KEY}],
    }
    assert components["db-instance-d-backup"]["copy_of"] == ["db-instance-d"]
    assert components["db-instance-d-backup"]["retention"] == "P7D"
    assert section(found, "keys")[PROVIDER_KEY]["managed_by"] == "provider"
    assert "components.db-instance-d.stores" in unknown_paths(found)
    assert "components.db-instance-d-backup.stores" not in unknown_paths(found)


def test_every_fact_has_a_source(read_plan: ReadPlan) -> None:
    found = read_plan(
        resource("aws_db_instance.d", {"engine": "postgres", "storage_encrypted": True}), resource("aws_s3_bucket.b", {"bucket": "x"})
    )

    def leaves(value: Any, path: str) -> list[str]:
        return [leaf for key, item in value.items() for leaf in leaves(item, f"{path}.{key}")] if isinstance(value, dict) else [path]

    for name in ("hosts", "components", "keys"):
        for entry, value in section(found, name).items():
            assert f"{name}.{entry}" in found.origins
            assert [path for path in leaves(value, f"{name}.{entry}") if path not in found.origins] == []
    assert all(source.address for source in found.origins.values())


@pytest.mark.parametrize(
    ("values", "unknown", "expected"),
    [
        ({"storage_encrypted": False}, {}, []),
        ({}, {}, []),  # AWS documents what it does where the attribute is left out
        ({"storage_encrypted": None}, {"storage_encrypted": True}, None),
    ],
)
def test_encryption_that_is_not_there_or_not_known(
    read_plan: ReadPlan, values: dict[str, Any], unknown: dict[str, Any], expected: object
) -> None:
    found = read_plan(resource("aws_db_instance.d", values), unknown={"aws_db_instance.d": unknown})
    assert section(found, "components")["db-instance-d"].get("encryption") == expected
    assert ("components.db-instance-d.encryption" in unknown_paths(found)) is (expected is None)


def test_a_key_of_the_customer_is_found_by_reference(read_plan: ReadPlan) -> None:
    found = read_plan(
        resource("aws_kms_key.k", {"enable_key_rotation": True}),
        resource("aws_db_instance.d", {"storage_encrypted": True}),
        references={"aws_db_instance.d": {"kms_key_id": ["aws_kms_key.k.arn", "aws_kms_key.k"]}},
        unknown={"aws_db_instance.d": {"kms_key_id": True}},
    )
    assert section(found, "components")["db-instance-d"]["encryption"] == [{"layer": "volume", "key": "kms-key-k"}]
    key = section(found, "keys")["kms-key-k"]
    assert (key["managed_by"], key["place"], key["rotation"]) == ("customer", "host-kms", "P1Y")
    assert "keys.kms-key-k.held_by" in unknown_paths(found)


def test_a_key_that_is_named_but_not_in_the_input_stays_unknown(read_plan: ReadPlan) -> None:
    found = read_plan(resource("aws_db_instance.d", {"storage_encrypted": True, "kms_key_id": "arn:aws:kms:eu-west-3:1:key/abc"}))
    assert section(found, "components")["db-instance-d"]["encryption"] == [{"layer": "volume"}]
    assert "components.db-instance-d.encryption.key" in unknown_paths(found)
    assert "keys" not in found.data


def test_counted_satellites_speak_of_the_resource_of_the_same_index(read_plan: ReadPlan) -> None:
    resources = [resource(f"aws_s3_bucket.b[{number}]", {"bucket": f"b{number}"}) for number in range(2)]
    block = resource("aws_s3_bucket_public_access_block.p[1]", {"restrict_public_buckets": True, "ignore_public_acls": True})
    found = read_plan(
        *resources, block, references={block["address"]: {"bucket": ["aws_s3_bucket.b[1].id", "aws_s3_bucket.b[1]", "aws_s3_bucket.b"]}}
    )
    components = section(found, "components")
    assert components["s3-bucket-b-1"]["internet_exposed"] is False
    assert "internet_exposed" not in components["s3-bucket-b-0"]


def test_a_satellite_that_could_mean_several_speaks_of_none(read_plan: ReadPlan) -> None:
    resources = [resource(f"aws_s3_bucket.b[{number}]", {"bucket": f"b{number}"}) for number in range(2)]
    block = resource("aws_s3_bucket_public_access_block.p", {"restrict_public_buckets": True})
    found = read_plan(*resources, block, references={block["address"]: {"bucket": ["aws_s3_bucket.b"]}})
    assert all("internet_exposed" not in entry for entry in section(found, "components").values())


@pytest.mark.parametrize(
    ("address", "values", "provider", "expected"),
    [
        ("aws_s3_bucket.b", {}, {"aws": {"region": "eu-west-3"}}, {"provider": "aws", "region": "eu-west-3"}),
        ("aws_s3_bucket.b", {}, {"aws": {}}, {"provider": "aws"}),
        (
            "aws_s3_bucket.b",
            {},
            {"aws": {"region": "us-east-1", "endpoints": {"s3": "https://s3.rbx.io.cloud.ovh.net"}}},
            {"provider": "ovhcloud", "region": "rbx"},
        ),
        (
            "aws_s3_bucket.b",
            {},
            {"aws": {"region": "fr-par", "endpoints": {"s3": "https://s3.fr-par.scw.cloud"}}},
            {"provider": "scaleway", "region": "fr-par"},
        ),
        (
            "aws_s3_bucket.b",
            {},
            {"aws": {"region": "eu-west-2", "endpoints": {"s3": "https://oos.eu-west-2.outscale.com"}}},
            {"provider": "outscale", "region": "eu-west-2"},
        ),
        ("aws_s3_bucket.b", {}, {"aws": {"region": "eu-west-1", "endpoints": {"s3": "https://minio.hopital.fr"}}}, {}),
        ("aws_s3_bucket.b", {}, {"aws": {"region": "eu-west-1", "endpoints": {"s3": "http://localhost:9000"}}}, {}),
        ("aws_s3_bucket.b", {}, {"aws": {"region": "gra", "skip_region_validation": True}}, {}),
        (
            "openstack_objectstorage_container_v1.b",
            {"region": "GRA11"},
            {"openstack": {"auth_url": "https://auth.cloud.ovh.net/v3"}},
            {"provider": "ovhcloud", "region": "gra"},
        ),
        ("openstack_objectstorage_container_v1.b", {"region": "RegionOne"}, {"openstack": {}}, {"region": "regionone"}),
        ("google_storage_bucket.b", {"location": "EUROPE-WEST9"}, {"google": {}}, {"provider": "gcp", "region": "europe-west9"}),
        (
            "google_storage_bucket.b",
            {"location": "u-france-east1"},
            {"google": {"universe_domain": "s3nsapis.fr"}},
            {"provider": "s3ns", "region": "u-france-east1"},
        ),
        (
            "ovh_cloud_project_storage.b",
            {"region_name": "EU-WEST-PAR"},
            {"ovh": {"endpoint": "ovh-eu"}},
            {"provider": "ovhcloud", "region": "eu-west-par", "offer": "ovhcloud-object-storage"},
        ),
        ("scaleway_object_bucket.b", {"region": None}, {"scaleway": {}}, {"provider": "scaleway", "offer": "scaleway-object-storage"}),
        (
            "scaleway_object_bucket.b",
            {},
            {"scaleway": {"zone": "nl-ams-1"}},
            {"provider": "scaleway", "region": "nl-ams", "offer": "scaleway-object-storage"},
        ),
    ],
)
def test_who_runs_it_is_told_by_the_endpoint_before_the_prefix(
    read_plan: ReadPlan, address: str, values: dict[str, Any], provider: dict[str, Any], expected: dict[str, Any]
) -> None:
    found = read_plan(resource(address, values), provider=provider)
    (name, host), *others = section(found, "hosts").items()
    assert others == []
    assert host == {"service": "object-storage", **expected}
    assert {key for key in ("provider", "region") if f"hosts.{name}.{key}" in unknown_paths(found)} == {
        "provider",
        "region",
    } - expected.keys()


@pytest.mark.parametrize(
    ("address", "values", "kind", "region"),
    [
        (
            "exoscale_database.d",
            {"zone": "ch-gva-2", "type": "pg", "pg": [{"version": "16", "ip_filter": ["0.0.0.0/0"]}]},
            "database",
            "ch-gva-2",
        ),
        ("hcloud_server.s", {"datacenter": "fsn1-dc14"}, "application", "fsn1"),
        ("outscale_vm.v", {"placement": [{"subregion_name": "eu-west-2a"}]}, "application", "eu-west-2"),
        ("clevercloud_redis.r", {"region": "parhds"}, "cache", "parhds"),
        ("scalingo_addon.a", {"provider_id": "postgresql"}, "database", ""),
        ("cloudflare_r2_bucket.b", {"jurisdiction": "eu"}, "object-storage", "eu"),
        ("google_cloud_run_v2_service.s", {"location": "europe-west1"}, "application", "europe-west1"),
        ("azurerm_linux_web_app.w", {"location": "westeurope"}, "application", "westeurope"),
        ("ovh_cloud_project_kube.k", {"region": "SBG5"}, "application", "sbg"),
        ("ovh_cloud_project_database.d", {"engine": "postgresql", "nodes": [{"region": "GRA"}, {"region": "GRA"}]}, "database", "gra"),
        ("scaleway_k8s_cluster.k", {"region": "fr-par"}, "application", "fr-par"),
        ("aws_cloudwatch_log_group.l", {"retention_in_days": 180}, "log", "eu-west-3"),
        ("mongodbatlas_cluster.c", {"provider_region_name": "EU_WEST_3"}, "database", ""),
    ],
)
def test_types_of_many_clouds(read_plan: ReadPlan, address: str, values: dict[str, Any], kind: str, region: str) -> None:
    found = read_plan(resource(address, values))
    component = next(iter(section(found, "components").values()))
    assert component["kind"] == kind
    assert section(found, "hosts")[component["host"]].get("region", "") == region


def test_listeners_give_flows_with_the_versions_that_their_policy_names(read_plan: ReadPlan) -> None:
    balancer = resource("aws_lb.l", {"internal": False})
    listeners = [
        resource(
            "aws_lb_listener.https",
            {"protocol": "HTTPS", "ssl_policy": "ELBSecurityPolicy-2016-08", "default_action": [{"type": "forward"}]},
        ),
        resource(
            "aws_lb_listener.http", {"protocol": "HTTP", "default_action": [{"type": "redirect", "redirect": [{"protocol": "HTTPS"}]}]}
        ),
    ]
    found = read_plan(
        balancer, *listeners, references={one["address"]: {"load_balancer_arn": ["aws_lb.l.arn", "aws_lb.l"]} for one in listeners}
    )
    flow = section(found, "flows")["internet--lb-l"]
    assert flow["transport"] == {"protocol": "https", "tls": ["1.0", "1.1", "1.2"]}


def test_an_inner_balancer_is_not_reached_from_the_internet(read_plan: ReadPlan) -> None:
    listener = resource("aws_lb_listener.l", {"protocol": "HTTP"})
    found = read_plan(
        resource("aws_lb.l", {"internal": True}), listener, references={listener["address"]: {"load_balancer_arn": ["aws_lb.l"]}}
    )
    assert section(found, "components")["lb-l"]["internet_exposed"] is False
    assert "flows" not in found.data


def test_variables_give_flows_to_resources_and_services(read_plan: ReadPlan) -> None:
    values = {
        "environment_variables": {"SMTP_HOST": "smtp-relay.brevo.com", "LOG": "1"},
        "secret_environment_variables": {"SENTRY_DSN": "https://k@o1.ingest.sentry.io/1"},
    }
    found = read_plan(
        resource("scaleway_container.c", values, sensitive_values={"secret_environment_variables": True}),
        resource("scaleway_rdb_instance.d", {"engine": "PostgreSQL-16"}),
        provider={"scaleway": {"region": "fr-par"}},
        references={"scaleway_container.c": {"environment_variables": ["scaleway_rdb_instance.d.endpoint_ip", "scaleway_rdb_instance.d"]}},
    )
    assert section(found, "flows").keys() == {"container-c--brevo-email", "container-c--rdb-instance-d", "container-c--error-monitoring"}
    assert "hosts.error-monitoring.provider" in unknown_paths(found)


def test_records_name_mail_relays_domains_and_platforms(read_plan: ReadPlan) -> None:
    def record(name: str, type_: str, data: str) -> dict[str, Any]:
        return resource(
            f"scaleway_domain_record.{name}",
            {"dns_zone": "exemple-sante.fr", "name": name.replace("apex", ""), "type": type_, "data": data},
        )

    found = read_plan(
        record("apex", "TXT", "v=spf1 include:spf.brevo.com include:_spf.inconnu.fr ~all"),
        record("www", "CNAME", "exemple.osc-fr1.scalingo.io."),
        record("mta-sts", "CNAME", "mta-sts.osc-fr1.scalingo.io."),
        {
            **record("x", "CNAME", "dkim.example.org."),
            "values": {"dns_zone": "exemple-sante.fr", "name": "k1._domainkey", "type": "CNAME", "data": "dkim.mcsv.net"},
        },
        provider={"scaleway": {}},
    )
    assert section(found, "hosts").keys() == {"brevo-email", "scalingo-paas-osc-fr1", "mailchimp-email"}
    assert section(found, "domains") == {"exemple-sante.fr": {"name": "exemple-sante.fr", "dkim": ["k1"]}}
    assert section(found, "endpoints").keys() == {"https://www.exemple-sante.fr"}
    assert "flows.brevo-email" in unknown_paths(found)


def test_a_record_whose_zone_is_not_known_gives_no_address(read_plan: ReadPlan) -> None:
    found = read_plan(
        resource("scaleway_domain_record.r", {"name": "api.dora", "type": "CNAME", "data": "x.osc-fr1.scalingo.io"}),
        provider={"scaleway": {}},
    )
    assert "endpoints" not in found.data


def test_log_drains_reach_their_service(read_plan: ReadPlan) -> None:
    drain = resource("clevercloud_drain_datadog.d", {"url": "https://http-intake.logs.datadoghq.eu/v1/input/SECRET"})
    found = read_plan(
        resource("clevercloud_nodejs.n", {"region": "par"}),
        drain,
        references={drain["address"]: {"resource_id": ["clevercloud_nodejs.n.id", "clevercloud_nodejs.n"]}},
    )
    assert section(found, "flows")["nodejs-n--datadog-logging"]["transport"] == {"protocol": "https", "tls": True}


def test_unknown_types_are_counted_apart_from_plumbing(read_plan: ReadPlan) -> None:
    found = read_plan(
        resource("aws_s3_bucket.b", {}),
        resource("aws_iam_role.r", {}),
        resource("aws_brand_new.x", {}),
        resource("zzz_thing.y", {}),
        resource("random_password.p", {}),
    )
    assert {(aside.type, aside.known) for aside in found.aside} == {
        ("aws_iam_role", True),
        ("aws_brand_new", False),
        ("zzz_thing", False),
        ("random_password", True),
    }


def test_only_secret_parameters_count_as_a_key_store(read_plan: ReadPlan) -> None:
    found = read_plan(resource("aws_ssm_parameter.a", {"type": "SecureString"}), resource("aws_ssm_parameter.b", {"type": "String"}))
    assert section(found, "components").keys() == {"ssm-parameter-a"}


def test_a_name_that_is_a_word_of_the_format_is_given_another(read_plan: ReadPlan) -> None:
    found = read_plan(resource("x_y.z", {}), resource("aws_instance.internet", {}))
    assert set(section(found, "components")).isdisjoint({"internet"})


def test_what_a_provider_does_by_default_is_not_claimed_of_another(read_plan: ReadPlan) -> None:
    elsewhere = {"aws": {"region": "gra", "endpoints": {"s3": "https://s3.gra.io.cloud.ovh.net", "rds": "https://rds.example.org"}}}
    bucket = resource("aws_s3_bucket.b", {"bucket": "b"})
    database = resource("aws_db_instance.d", {"engine": "postgres"})
    found = read_plan(bucket, database, provider=elsewhere)
    components = section(found, "components")
    assert "encryption" not in components["s3-bucket-b"]
    assert "keys" not in found.data
    assert {"components.s3-bucket-b.encryption", "components.db-instance-d.encryption"} <= unknown_paths(found)
    assert "internet_exposed" not in components["db-instance-d"]
    said = resource(
        "aws_s3_bucket_server_side_encryption_configuration.b",
        {"bucket": "b", "rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": "AES256"}]}]},
    )
    layers = section(read_plan(bucket, said, provider=elsewhere), "components")["s3-bucket-b"]["encryption"]
    assert [layer["layer"] for layer in layers] == ["storage-service"]


def test_an_endpoint_of_no_known_value_leaves_the_operator_open(read_plan: ReadPlan) -> None:
    bucket = resource("aws_s3_bucket.b", {"bucket": "b"})
    plan = read_plan(bucket)
    assert section(plan, "hosts")["aws-object-storage-eu-west-3"]["provider"] == "aws"
    blocks = {
        "aws": {
            "name": "aws",
            "expressions": {"region": {"constant_value": "eu-west-3"}, "endpoints": [{"s3": {"references": ["local.s3"]}}]},
        }
    }
    found = read_plan(bucket, configuration={"provider_config": blocks, "root_module": {"resources": []}})
    (host,) = section(found, "hosts")
    assert "provider" not in section(found, "hosts")[host]
    assert "address that the tables do not know" in reason(found, f"hosts.{host}.provider")


def test_a_cluster_is_public_where_one_of_its_instances_is(read_plan: ReadPlan) -> None:
    cluster = resource("aws_rds_cluster.c", {"cluster_identifier": "c", "engine": "aurora-postgresql"})
    instances = [
        resource(f"aws_rds_cluster_instance.{name}", {"cluster_identifier": "c", "publicly_accessible": public})
        for name, public in (("a", True), ("b", False))
    ]
    assert section(read_plan(cluster, *instances), "components")["rds-cluster-c"]["internet_exposed"] is True
    assert "internet_exposed" not in section(read_plan(cluster, instances[1]), "components")["rds-cluster-c"]
