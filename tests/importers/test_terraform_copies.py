"""Copies that Terraform makes: on, off, and kept elsewhere."""

from __future__ import annotations

from plan_building import ReadPlan, resource, section, unknown_paths


def test_switched_off_backups_are_no_backup_and_are_said(read_plan: ReadPlan) -> None:
    found = read_plan(resource("scaleway_rdb_instance.d", {"engine": "PostgreSQL-15", "disable_backup": True}), provider={"scaleway": {}})
    assert section(found, "components").keys() == {"rdb-instance-d"}
    assert "components.rdb-instance-d-backup" in unknown_paths(found)


def test_backups_that_leave_the_region_are_on_a_host_of_unknown_region(read_plan: ReadPlan) -> None:
    found = read_plan(
        resource(
            "scaleway_rdb_instance.d",
            {
                "region": "fr-par",
                "disable_backup": False,
                "backup_same_region": False,
                "backup_schedule_retention": 30,
                "backup_schedule_frequency": 24,
            },
        ),
        provider={"scaleway": {}},
    )
    copy = section(found, "components")["rdb-instance-d-backup"]
    assert (copy["retention"], copy["frequency"]) == ("P30D", "PT24H")
    assert section(found, "hosts")[copy["host"]] == {"provider": "scaleway", "service": "managed-database"}
    assert f"hosts.{copy['host']}.region" in unknown_paths(found)


def test_a_geo_replicated_account_has_a_second_copy_elsewhere(read_plan: ReadPlan) -> None:
    found = read_plan(
        resource("azurerm_storage_account.s", {"location": "France Central", "account_replication_type": "GRS"}), provider={"azurerm": {}}
    )
    components = section(found, "components")
    assert components["storage-account-s"]["host"] == "azure-object-storage-francecentral"
    assert components["storage-account-s-replica"]["copy_of"] == ["storage-account-s"]
    assert "region" not in section(found, "hosts")[components["storage-account-s-replica"]["host"]]
