"""CycloneDX bills, Threagile models and Scalingo manifests."""

from __future__ import annotations

import json
from typing import Any

import pytest
from plan_building import ReadText, section, unknown_paths

THREAGILE = """
threagile_version: 1.0.0
title: Dossier
data_assets:
  Patient Records: {id: records, confidentiality: strictly-confidential}
technical_assets:
  Browser: {id: browser, type: external-entity, technology: browser, communication_links: {Web: {target: web, protocol: https, data_assets_sent: [records]}}}
  Web: {id: web, type: process, technology: web-application, internet: true, encryption: none, data_assets_processed: [records], data_assets_stored: , communication_links: {
    Sql: {target: db, protocol: jdbc, data_assets_sent: [records], data_assets_received: [records]}, Nowhere: {target: gone, protocol: http}, Self: {target: web, protocol: http}}}
  Database: {id: db, type: datastore, technology: database, internet: false, encryption: data-with-symmetric-shared-key, data_assets_stored: [records, unknown-id], tags: [aws:rds]}
trust_boundaries:
  Cloud: {id: cloud, type: network-cloud-provider, tags: [aws], trust_boundaries_nested: [zone]}
  Zone: {id: zone, type: network-cloud-security-group, technical_assets_inside: [db]}
"""


def test_a_threagile_model(read_text: ReadText) -> None:
    found = read_text("threagile", model_yaml=THREAGILE)
    components, flows = section(found, "components"), section(found, "flows")
    assert found.data["application"] == {"name": "Dossier"}
    assert section(found, "data")["records"] == {"description": "Patient Records", "classification": "strictly-confidential"}
    assert components["web"]["stores"] == []
    assert components["web"]["internet_exposed"] is True
    assert components["web"]["encryption"] == []
    assert components["db"]["stores"] == ["records"]
    assert components["db"]["encryption"] == [{"layer": "application"}]
    assert section(found, "hosts")[components["db"]["host"]] == {"provider": "aws", "service": "iaas"}
    assert flows["internet--web"]["transport"] == {"protocol": "https", "tls": True}
    assert flows["web--db"] == {
        "id": "web--db",
        "from": "web",
        "to": "db",
        "transport": {"protocol": "jdbc", "tls": False},
        "data": ["records"],
    }
    assert {"data.records.health", "components.db.encryption.key"} <= unknown_paths(found)


def test_boundaries_that_hold_one_another_end(read_text: ReadText) -> None:
    text = "technical_assets:\n  A: {id: a, type: process}\ntrust_boundaries:\n  X: {id: x, type: execution-environment, technical_assets_inside: [a], trust_boundaries_nested: [y]}\n  Y: {id: y, type: execution-environment, trust_boundaries_nested: [x]}\n"
    assert section(read_text("threagile", model_yaml=text), "components").keys() == {"a"}


def test_includes_stay_in_the_folder_and_missing_ones_are_said(read_text: ReadText) -> None:
    found = read_text(
        "threagile",
        main_yaml="threagile_version: 1\nincludes: [assets.yaml, gone.yaml, ../out.yaml, main.yaml]\n",
        assets_yaml="technical_assets:\n  A: {id: a, type: process}\nincludes: [main.yaml]\n",
    )
    assert "a" in section(found, "components")
    assert {refusal.where.rpartition("/")[2] for refusal in found.refusals} >= {"gone.yaml", "out.yaml"}


def bill(**parts: Any) -> str:
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", **parts})


def test_services_of_a_bill(read_text: ReadText) -> None:
    services = [
        {"bom-ref": "api", "name": "API", "provider": {"name": "Société Exemple"}, "endpoints": ["https://api.exemple.fr/v1"], "x-trust-boundary": True,
         "data": [{"classification": "PHI", "flow": "inbound", "destination": ["db"]}],
         "services": [{"bom-ref": "db", "name": "Postgres", "version": "14.1", "provider": {"name": "AWS"}, "data": [{"classification": "PHI", "flow": "inbound"}]}]},
        {"bom-ref": "files", "name": "Storage", "endpoints": ["https://b.s3.fr-par.scw.cloud"]},
    ]  # fmt: skip
    found = read_text(
        "cyclonedx",
        bom_json=bill(
            metadata={"component": {"name": "Demo"}}, services=services, dependencies=[{"ref": "api", "dependsOn": ["files", "gone"]}]
        ),
    )
    components = section(found, "components")
    assert components["db"]["kind"] == "database"
    assert components["db"]["product"] == {"name": "postgresql", "version": "14.1"}
    assert section(found, "organisations") == {"societe-exemple": {"name": "Société Exemple"}}
    assert section(found, "hosts")[components["db"]["host"]] == {"provider": "aws"}
    assert section(found, "hosts")[components["files"]["host"]]["region"] == "fr-par"
    assert section(found, "flows").keys() == {"api--files", "api--db"}
    assert section(found, "flows")["api--db"]["data"] == ["phi"]
    assert section(found, "endpoints").keys() == {"https://api.exemple.fr/v1"}
    assert {"data.phi.health", "components.db.stores"} <= unknown_paths(found)
    assert section(found, "components")["db"]["stores"] is True


def test_the_address_of_somebody_elses_service_is_no_endpoint_of_ours(read_text: ReadText) -> None:
    services = [
        {"bom-ref": "mail", "name": "Mailjet", "endpoints": ["https://api.mailjet.com/v3"], "x-trust-boundary": True},
        {"bom-ref": "app", "name": "Portal", "endpoints": ["https://demo.osc-fr1.scalingo.io"], "x-trust-boundary": True},
    ]
    found = read_text("cyclonedx", bom_json=bill(services=services))
    assert section(found, "endpoints").keys() == {"https://demo.osc-fr1.scalingo.io"}
    assert {each["provider"] for each in section(found, "hosts").values()} == {"mailjet", "scalingo"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (bill(components=[{"type": "cryptographic-asset", "name": "AES"}]), "no service in this bill"),
        ('{"format_version": "1.2"}', "not a CycloneDX bill"),
        ("<bom/>", "not a CycloneDX bill"),
        ('{"bomFormat": "CycloneDX", "services": [', "not valid YAML"),
        (bill(services=3), "no service in this bill"),
        (bill(services=[[], 3, None]), "no service in this bill"),
    ],
)
def test_bills_that_say_nothing_of_data_are_refused(read_text: ReadText, text: str, said: str) -> None:
    found = read_text("cyclonedx", bom_json=text)
    assert found.empty
    assert said in found.refusals[0].reason.en


def test_a_scalingo_manifest(read_text: ReadText) -> None:
    manifest = {
        "name": "rdv",
        "env": {"SECRET_KEY_BASE": {"generator": "secret"}, "MAILJET_KEY": {"value": ""}, "SMTP_HOST": {"value": "smtp-relay.brevo.com"}},
        "addons": [{"plan": "postgresql:postgresql-sandbox"}, {"plan": "unknown:x"}],
    }
    found = read_text("scalingo", scalingo_json=json.dumps(manifest))
    assert section(found, "components").keys() == {"rdv", "postgresql"}
    assert section(found, "flows").keys() == {"rdv--postgresql", "rdv--brevo-email"}
    assert [(aside.type, aside.known) for aside in found.aside] == [("addon unknown", False)]
    assert "hosts.scalingo-paas.region" in unknown_paths(found)


@pytest.mark.parametrize("text", ["{}", '{"env": {}, "strange": 1}', "[]", "{"])
def test_what_is_no_manifest_is_refused(read_text: ReadText, text: str) -> None:
    assert read_text("scalingo", scalingo_json=text).empty
