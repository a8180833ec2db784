"""Policies of access in JSON, and the documents that Terraform makes them from: whether they let everybody in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from hds_audit.importers.tf.resource import Resource

_LONGEST = 1 << 20
_HARMLESS = frozenset({"aws:securetransport", "s3:tlsversion"})  # conditions that any visitor over HTTPS meets
_OTHERS = frozenset({"service", "federated"})
_DOCUMENT = "aws_iam_policy_document"


def lets_everybody_in(policy: object) -> bool | None:
    """True where a statement allows everybody without a condition that narrows it; None otherwise, since others may open it too."""
    tree = _parsed(policy) if isinstance(policy, str) else policy
    statements = tree.get("Statement") if isinstance(tree, Mapping) else None
    listed = statements if isinstance(statements, list) else [statements]
    return True if any(_public(each) for each in listed if isinstance(each, Mapping)) else None


def _parsed(text: str) -> object:
    try:
        return json.loads(text) if len(text) <= _LONGEST else None
    except (ValueError, RecursionError):
        return None


def _public(statement: Mapping[str, object]) -> bool:
    if str(statement.get("Effect")).lower() != "allow" or not _harmless(statement.get("Condition")):
        return False
    return "NotPrincipal" in statement or _everybody(statement.get("Principal"))


def _everybody(principal: object) -> bool:
    if isinstance(principal, Mapping):
        return any("*" in _several(named) for kind, named in principal.items() if kind.lower() not in _OTHERS)
    return principal == "*"


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _harmless(condition: object) -> bool:
    if not condition:
        return True
    tests = condition.values() if isinstance(condition, Mapping) else ()
    names = [str(name).lower() for test in tests if isinstance(test, Mapping) for name in test]
    return bool(names) and _HARMLESS.issuperset(names)


def with_documents(resource: Resource, documents: Mapping[str, Mapping[str, object]]) -> Resource:
    """A resource whose policies are those of the documents that it refers to, by address without index, where it has none itself."""
    found = {
        attribute: policy
        for attribute, bases in resource.references.items()
        if "." not in attribute and resource.values.get(attribute) is None
        for base in bases
        if base in documents and (policy := _policy(documents[base])) is not None
    }
    if not found:
        return resource
    return resource._replace(values={**resource.values, **found}, unknown=resource.unknown - found.keys())


def is_document(type_: object) -> bool:
    """Whether a data source is one that makes a policy."""
    return type_ == _DOCUMENT


def _policy(document: Mapping[str, object]) -> object:
    if isinstance(document.get("json"), str):
        return document["json"]
    statements = [_statement(each) for each in _maps(document.get("statement"))]
    return {"Statement": statements} if statements else None


def _statement(raw: Mapping[str, object]) -> dict[str, object]:
    principals = {str(each.get("type")): each.get("identifiers") for each in _maps(raw.get("principals"))}
    conditions = {str(number): {str(each.get("variable")): None} for number, each in enumerate(_maps(raw.get("condition")))}
    made: dict[str, object] = {"Effect": raw.get("effect") or "Allow", "Principal": principals, "Condition": conditions}
    if any(_maps(raw.get("not_principals"))):
        made["NotPrincipal"] = {}
    return made


def _maps(value: object) -> Iterator[Mapping[str, object]]:
    listed: Iterable[object] = value if isinstance(value, list) else [value]
    yield from (each for each in listed if isinstance(each, Mapping))
