"""Every entry of the mapping tables holds together with the format and with the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hds_audit.errors import InputError
from hds_audit.importers.addresses import owner_of
from hds_audit.importers.images import image_of, run_of
from hds_audit.importers.table_types import Cloud, ResourceType
from hds_audit.importers.tables import Tables
from hds_audit.importers.tf.values import _CONVERSIONS, _UNITS
from hds_audit.model.catalogue import Catalogue
from hds_audit.model.format import words
from hds_audit.pipeline.kinds import kind_at

CONVERSIONS = {"", "every", "version", "region", "lower", *_UNITS, *_CONVERSIONS}


def types(tables: Tables) -> Iterator[tuple[Cloud, str, ResourceType]]:
    for cloud in tables.clouds:
        for name, type_ in cloud.resources.items():
            yield cloud, name, type_


def test_there_are_types_of_every_cloud_that_is_promised(tables: Tables) -> None:
    counts = {cloud.organisation: len(cloud.resources) for cloud in tables.clouds}
    promised = {"aws", "azure", "gcp", "ovhcloud", "scaleway", "outscale", "scalingo", "clever-cloud", "cloudflare", "exoscale", "hetzner"}
    assert {name for name in promised if counts.get(name, 0) < 4} == set()


def test_every_type_begins_with_a_prefix_of_its_cloud(tables: Tables) -> None:
    assert [name for cloud, name, _ in types(tables) if tables.cloud(name) is not cloud] == []


def test_no_type_is_both_mapped_and_useless(tables: Tables) -> None:
    useless = [
        name
        for _, name, t in types(tables)
        if not (t.kind.attributes or t.kind.absent or t.key or t.about or t.record or t.domain or t.address or t.flows)
    ]
    assert useless == []


def test_kinds_services_and_layers_are_words_of_the_format(tables: Tables) -> None:
    wrong = []
    for _, name, type_ in types(tables):
        kinds = [type_.kind.absent, *(value for _, value in type_.kind.words)]
        services = [type_.service.absent, *(value for _, value in type_.service.words)]
        wrong += [(name, kind) for kind in kinds if kind not in (None, False) and kind not in words.COMPONENT_KINDS]
        wrong += [(name, service) for service in services if service is not None and service not in words.SERVICES]
        wrong += [(name, layer.layer) for layer in type_.layers if layer.layer not in words.LAYERS]
    assert wrong == []


def test_kinds_of_custom_resources_and_charts_are_words_of_the_format(tables: Tables) -> None:
    wrong = [
        (name, known.kind) for name, known in (*tables.custom.items(), *tables.charts.items()) if known.kind not in words.COMPONENT_KINDS
    ]
    assert wrong == []


def test_facts_are_paths_of_the_format(tables: Tables) -> None:
    wrong = []
    for _, name, type_ in types(tables):
        section = "keys" if type_.key else "components"
        wrong += [(name, ".".join(path)) for path, _ in type_.facts if kind_at((section, "x", *path)) is None]
    assert wrong == []


def test_conversions_exist(tables: Tables) -> None:
    used = {reading.convert for _, _, type_ in types(tables) for _, reading in type_.facts}
    used |= {layer.reading.convert for _, _, type_ in types(tables) for layer in type_.layers}
    used |= {part.convert for _, _, t in types(tables) if t.backup for part in (t.backup.retention, t.backup.frequency, t.backup.without)}
    assert used <= CONVERSIONS


def test_organisations_are_in_the_catalogue(tables: Tables, catalogue: Catalogue) -> None:
    named = {cloud.organisation for cloud in tables.clouds} | {address.organisation for address in tables.addresses}
    named |= (
        {entry.organisation for entry in tables.named} | {name for _, name in tables.signs} | {name for _, name in tables.organisations}
    )
    missing = {name for name in named - {""} - tables.unlisted.keys() if name not in catalogue.organisations}
    assert missing == set()


def test_offers_are_in_the_catalogue_under_the_same_organisation(tables: Tables, catalogue: Catalogue) -> None:
    wrong = []
    for cloud, name, type_ in types(tables):
        offer = type_.offer.absent
        if isinstance(offer, str):
            found = catalogue.offer(offer)
            wrong += [(name, offer)] if found is None or found.organisation != cloud.organisation else []
    assert wrong == []


def test_a_new_resource_type_is_one_entry(tmp_path: Path) -> None:
    (tmp_path / "terraform-x.yaml").write_text(
        "organisation: aws\nprefixes: [x_]\nresources:\n  x_store: {kind: database, service: managed-database}\n"
    )
    tables = Tables(tmp_path)
    cloud = tables.cloud("x_store")
    assert cloud is not None
    assert cloud.resources["x_store"].kind.absent == "database"


@pytest.mark.parametrize(
    ("name", "text", "ask", "said"),
    [
        (
            "terraform-x",
            "organisation: aws\nprefixes: [x_]\nresources:\n  x_store: {kind: database, fact: {}}\n",
            lambda tables: tables.cloud("x_store"),
            "x_store: fact is no key",
        ),
        ("images", "images: [{match: '('}]\n", lambda tables: tables.images, "does not hold together"),
        ("models", "{", lambda tables: tables.technologies, "models.yaml:2"),
        ("variables", "schemes: 3\n", lambda tables: tables.schemes, "a mapping is due"),
    ],
)
def test_a_table_that_does_not_hold_together_says_which_and_why(
    tmp_path: Path, name: str, text: str, ask: Callable[[Tables], object], said: str
) -> None:
    (tmp_path / f"{name}.yaml").write_text(text)
    with pytest.raises(InputError) as raised:
        ask(Tables(tmp_path))
    assert name in raised.value.problems[0].where
    assert said in raised.value.problems[0].said("en")


def test_a_folder_without_tables_knows_nothing(tmp_path: Path) -> None:
    tables = Tables(tmp_path)
    assert (tables.cloud("aws_s3_bucket"), tables.addresses, tables.clouds) == (None, (), ())


@pytest.mark.parametrize(
    ("host", "organisation", "service", "region"),
    [
        ("s3.rbx.io.cloud.ovh.net", "ovhcloud", "object-storage", "rbx"),
        ("s3.gra.perf.cloud.ovh.net", "ovhcloud", "object-storage", "gra"),
        ("my-bucket.s3.fr-par.scw.cloud", "scaleway", "object-storage", "fr-par"),
        ("oos.eu-west-2.outscale.com", "outscale", "object-storage", "eu-west-2"),
        ("oos.cloudgouv-eu-west-1.outscale.com", "outscale", "object-storage", "cloudgouv-eu-west-1"),
        ("s3.eu-west-2.amazonaws.com", "aws", "object-storage", "eu-west-2"),
        ("db.abc.eu-west-3.rds.amazonaws.com", "aws", "managed-database", "eu-west-3"),
        ("email-smtp.eu-west-3.amazonaws.com", "aws", "email", "eu-west-3"),
        ("sos-ch-gva-2.exo.io", "exoscale", "object-storage", "ch-gva-2"),
        ("x.osc-secnum-fr1.scalingo.io", "scalingo", "paas", "osc-secnum-fr1"),
        ("o1.ingest.de.sentry.io", "sentry", "error-monitoring", ""),
        ("smtp-relay.brevo.com", "brevo", "email", ""),
        ("aspmx.l.google.com", "gcp", "email", ""),
        ("alt1.aspmx.l.google.com", "gcp", "email", ""),
        ("_spf.google.com", "gcp", "email", ""),
        ("smtp-relay.gmail.com", "gcp", "email", ""),
        ("accounts.google.com", "gcp", "saas", ""),
        ("analytics.google.com", "google-analytics", "analytics", ""),
        ("spf.protection.outlook.com", "azure", "email", ""),
        ("auth.cloud.ovh.net", "ovhcloud", "iaas", ""),
        ("ovh-eu", "ovhcloud", "", ""),
        ("s3nsapis.fr", "s3ns", "iaas", ""),
    ],
)
def test_whose_an_address_is(tables: Tables, host: str, organisation: str, service: str, region: str) -> None:
    owner = owner_of(host, tables)
    assert owner is not None
    assert (owner.organisation, owner.service, owner.region) == (organisation, service, region)


@pytest.mark.parametrize(
    "host",
    ["notamazonaws.com", "s3.amazonaws.com.evil.org", "mybrevo.com", "scw.cloud.example.fr", "intranet.hopital.fr", "www.google.com"],
)
def test_an_address_that_only_looks_like_another_is_nobodys(tables: Tables, host: str) -> None:
    assert owner_of(host, tables) is None


@pytest.mark.parametrize(
    ("image", "kind", "product", "version"),
    [
        ("postgres:16.6", "database", "postgresql", "16.6"),
        ("registry.example.com:5000/team/postgis/postgis:15-3.4", "database", "postgresql", "15"),
        ("ghcr.io/cloudnative-pg/postgresql:16", "database", "postgresql", "16"),
        ("docker.elastic.co/elasticsearch/elasticsearch:7.10.2", "search", "elasticsearch", "7.10.2"),
        ("bitnami/redis:7", "cache", "redis", "7"),
        ("minio/minio", "object-storage", "minio", ""),
        ("memcached:1.6", "cache", "memcached", "1.6"),
        ("valkey/valkey:8", "cache", "valkey", "8"),
        ("mcr.microsoft.com/azure-storage/azurite", "object-storage", "azurite", ""),
        ("timescale/timescaledb:2.11.2-pg14", "database", "timescaledb", "2.11.2"),
        ("opensearchproject/opensearch:2.4.0", "search", "opensearch", "2.4.0"),
        ("influxdb:1.8", "database", "influxdb", "1.8"),
        ("nginx:1.27-alpine", "gateway", "nginx", "1.27"),
        ("jitsi/web:stable", "video", "jitsi", ""),
        ("my-company/agent:1.0", "", "", ""),
        ("my-company/app-postgres:1.0", "database", "postgresql", ""),
        ("my-company/wait-for-postgres", "", "", ""),
        ("jsurf/rpi-mariadb", "database", "mariadb", ""),
        ("openemr/openemr:7.0.3", "application", "openemr", "7.0.3"),
        ("dhis2/core:42", "application", "dhis2", "42"),
        ("quay.io/keycloak/keycloak:26", "application", "keycloak", "26"),
        ("hapiproject/hapi:latest", "application", "hapi fhir", ""),
        ("our-hospital/postgres:1.0.0", "database", "postgresql", ""),
        ("my-company/api:1.0", "", "", ""),
    ],
)
def test_what_an_image_runs(tables: Tables, image: str, kind: str, product: str, version: str) -> None:
    assert image_of(image, tables) == (kind, product, version, False)


def test_an_unknown_image_is_told_by_where_it_keeps_data(tables: Tables) -> None:
    assert run_of("our/clinic-db:1.0", ["/docker-entrypoint-initdb.d", "/var/lib/mysql"], tables) == ("database", "mysql", "", False)
    assert run_of("our/clinic-db:1.0", ["/var/lib/mysqlite", ""], tables) == ("", "", "", False)
    assert run_of("adminer", ["/var/lib/mysql"], tables).aside


@pytest.mark.parametrize(
    "image", ["maildev/maildev:2", "mailhog/mailhog", "adminer", "dpage/pgadmin4", "cars10/elasticvue", "minio/mc", "alpine:3"]
)
def test_tools_of_developers_are_left_aside(tables: Tables, image: str) -> None:
    assert image_of(image, tables).aside
