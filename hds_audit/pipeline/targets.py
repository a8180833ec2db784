"""What a description lets be looked at: its endpoints and its domains, and nothing else."""

from __future__ import annotations

from urllib.parse import urlsplit

from hds_audit.errors import InputError, Problem
from hds_audit.model.description import Description
from hds_audit.model.evidence import Domain, Endpoint, Targets
from hds_audit.model.record import Record


def targets_of(path: str) -> Targets:
    """The endpoints and domains of the description at a path; raises InputError with every problem of it."""
    from datetime import date

    from hds_audit.pipeline.audit import Request
    from hds_audit.pipeline.check import known, read

    knowledge = known()
    reading = read(path, knowledge, Request(date.max))
    return targets_in(reading.description)


def targets_in(description: Description) -> Targets:
    """The endpoints and domains of a description; raises InputError for urls that lead nowhere."""
    problems: list[Problem] = []
    endpoints = tuple(_endpoint(record) for record in description.listed("endpoints"))
    for record, endpoint in zip(description.listed("endpoints"), endpoints, strict=True):
        if not _leads_somewhere(endpoint.url):
            where = str(description.files.value_place(record.marks["url"]))
            fr = f"{endpoint.url} : pas une adresse http ou https ; écrire https://hôte/"
            problems.append(Problem(where, f"{endpoint.url} is no http or https address; write https://host/", fr))
    if problems:
        raise InputError(*problems)
    return Targets(endpoints, tuple(_domain(record) for record in description.listed("domains")))


def _leads_somewhere(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and parts.username is None
    except ValueError:
        return False


def _endpoint(record: Record) -> Endpoint:
    login = record.values.get("login")
    component = record.values.get("component")
    return Endpoint(
        str(record.values.get("url", "")),
        component if isinstance(component, str) else "",
        _texts(record, "pages"),
        login if isinstance(login, bool) else None,
    )


def _domain(record: Record) -> Domain:
    return Domain(str(record.values.get("name", "")).lower().rstrip("."), _texts(record, "dkim"))


def _texts(record: Record, key: str) -> tuple[str, ...]:
    found = record.values.get(key)
    listed = found if isinstance(found, tuple) else (found,)
    return tuple(each for each in listed if isinstance(each, str))
