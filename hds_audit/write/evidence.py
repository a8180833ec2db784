"""Evidence as JSON: dated, with the words of the servers, in an order of its own so that two runs can be compared."""

from __future__ import annotations

import json
from datetime import datetime

from hds_audit.model.evidence import EVIDENCE_FORMAT, Endpoint, Evidence, Observation


def evidence_json(evidence: Evidence) -> str:
    """The text of an evidence file."""
    tree: dict[str, object] = {
        "format": EVIDENCE_FORMAT,
        "tool": evidence.tool,
        "started": moment(evidence.started),
        "ended": moment(evidence.ended),
        "complete": evidence.complete,
        "circumstances": [list(raw) for raw in evidence.circumstances],
        "targets": {
            "endpoints": [_endpoint(each) for each in evidence.targets.endpoints],
            "domains": [{"name": each.name, "dkim": list(each.dkim)} for each in evidence.targets.domains],
        },
        "observations": [_observation(each) for each in evidence.observations],
    }
    return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"


def _endpoint(each: Endpoint) -> dict[str, object]:
    found: dict[str, object] = {"url": each.url, "component": each.component, "pages": list(each.pages)}
    return found if each.login is None else {**found, "login": each.login}


def moment(at: datetime) -> str:
    """A moment in UTC, as RFC 3339 writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _observation(each: Observation) -> dict[str, object]:
    found: dict[str, object] = {
        "name": each.name,
        "subject": {"kind": each.subject.kind, "id": each.subject.id},
        "status": each.status,
        "at": moment(each.at),
    }
    if each.value is not None:
        found["value"] = list(each.value) if isinstance(each.value, tuple) else each.value
    if each.address:
        found["address"] = each.address
    if each.fault is not None:
        found["fault"] = each.fault
    if each.why is not None:
        found["why"] = {"en": each.why.en, "fr": each.why.fr}
    if each.raw:
        found["raw"] = [list(raw) for raw in each.raw]
    return found
