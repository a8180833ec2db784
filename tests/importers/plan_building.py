"""Plans made of resources, and ways to look at what was imported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hds_audit.importers.tf.resource import without_index
from hds_audit.model.imported import Imported

ReadText = Callable[..., Imported]
ReadPlan = Callable[..., Imported]


def resource(address: str, values: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A resource of a plan."""
    type_, name = without_index(address).rsplit(".", 2)[-2:]
    provider = f"registry.terraform.io/hashicorp/{type_.split('_')[0]}"
    return {"address": address, "mode": "managed", "type": type_, "name": name, "provider_name": provider, "values": dict(values), **more}


def plan_of(
    *resources: Mapping[str, Any],
    provider: Mapping[str, Any] | None = None,
    references: Mapping[str, Mapping[str, Any]] | None = None,
    unknown: Mapping[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A plan of these resources; `provider` has the settings of each provider block, `references` what attributes refer to."""
    blocks = {
        name: {
            "name": name,
            "expressions": {
                key: {"constant_value": value} if not isinstance(value, dict) else _expressed(value) for key, value in settings.items()
            },
        }
        for name, settings in (provider or {"aws": {"region": "eu-west-3"}}).items()
    }
    configured = [
        {
            **{key: one[key] for key in ("address", "mode", "type", "name")},
            "provider_config_key": one["type"].split("_")[0],
            "expressions": {path: {"references": names} for path, names in (references or {}).get(one["address"], {}).items()},
        }
        for one in resources
    ]
    changes = [{"address": address, "change": {"actions": ["create"], "after_unknown": tree}} for address, tree in (unknown or {}).items()]
    return {
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "planned_values": {"root_module": {"resources": list(resources)}},
        "resource_changes": changes,
        "configuration": {"provider_config": blocks, "root_module": {"resources": configured}},
        **more,
    }


def _expressed(value: Mapping[str, Any]) -> Any:
    return [{key: {"constant_value": inner} for key, inner in value.items()}]


def section(imported: Imported, name: str) -> dict[str, Any]:
    """A section of what was imported; its elements by their identifier where it is a list."""
    value = imported.data.get(name) or {}
    if isinstance(value, list):
        return {str(item.get("id") or item.get("url") or item.get("name")) if isinstance(item, dict) else str(item): item for item in value}
    assert isinstance(value, dict)
    return dict(value)


def unknown_paths(imported: Imported) -> set[str]:
    return {unknown.path for unknown in imported.unknowns}


def reason(imported: Imported, path: str) -> str:
    """Why a fact is unknown, in English."""
    return next(unknown.reason.en for unknown in imported.unknowns if unknown.path == path)
