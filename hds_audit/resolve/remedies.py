"""What would cut a path: single changes of the description, each kept only where running again on the changed description ends it.

A change is made on plain data, the rest of which is shared, not copied. Nothing here knows in advance which change works:
every step of a path proposes, and the caller's own audit of the changed description decides.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from hds_audit.errors import AuditError
from hds_audit.model.exposure import Cut, Exposure, Role, Step
from hds_audit.resolve import remedy_words as words
from hds_audit.resolve.plain import Plain, edited, entry, fresh, listed, names, without

Rerun = Callable[[Plain], tuple[Exposure, ...]]
Key = tuple[str | None, str, str, str, str]

END_TO_END: Plain = {"held_by": ["end-users"], "place": "device", "managed_by": "end-users"}
_LISTS: Mapping[Role, str] = {
    "administrator": "administrators", "reader": "readers", "remote-access": "remote_access", "recipient": "transfers",
    "subcontractor": "subcontractors",
}  # fmt: skip
_SETTLED: Plain = {"country": "FR", "parent": False, "subject_to": [], "presence": []}


class Change(NamedTuple):
    """One change of a description: what it is, on what, and the description that results."""

    cut: Cut
    plain: Plain


class Tried(NamedTuple):
    """What was tried: the changes that end each exposure, and how many were left out because there were too many."""

    cuts: Mapping[Key, tuple[Cut, ...]]
    untried: int = 0


def key_of(each: Exposure) -> Key:
    """What makes an exposure the same one before and after a change."""
    return each.law, each.organisation, each.data, each.kind, each.component


def readable(each: Exposure) -> bool:
    """Whether more than ciphertext is read, or may be."""
    return each.degree not in ("ciphertext", "none")


def remedies(plain: Plain, found: tuple[Exposure, ...], wanted: Iterable[Exposure], rerun: Rerun, most: int = 200) -> Tried:
    """The changes that end each wanted exposure; `found` are all of the description as it is, `most` bounds the audits run.

    A change counts where the exposure is gone, or was readable and is ciphertext, and where nothing readable appears elsewhere.
    """
    changes: dict[Cut, Change] = {}
    aimed = list(wanted)
    for each in aimed:
        for change in proposals(plain, each):
            changes.setdefault(change.cut, change)
    before = {key_of(each): each for each in found}
    ended: dict[Key, list[Cut]] = {key_of(each): [] for each in aimed}
    tried = list(changes.values())[:most]
    for change in tried:
        after = _rerun(rerun, change.plain)
        if after is None or any(readable(each) and not _held(before, key) for key, each in after.items()):
            continue
        for each in aimed:
            if _ends(each, after.get(key_of(each))):
                ended[key_of(each)].append(change.cut)
    return Tried({key: tuple(cuts) for key, cuts in ended.items()}, len(changes) - len(tried))


def _rerun(rerun: Rerun, plain: Plain) -> Mapping[Key, Exposure] | None:
    """The exposures of a changed description; None where it no longer holds together."""
    try:
        return {key_of(each): each for each in rerun(plain)}
    except AuditError:
        return None


def _held(before: Mapping[Key, Exposure], key: Key) -> bool:
    return key in before and readable(before[key])


def _ends(before: Exposure, after: Exposure | None) -> bool:
    return after is None or (readable(before) and not readable(after))


def proposals(plain: Plain, exposure: Exposure) -> Iterator[Change]:
    """Every single change that a step of the path suggests."""
    place = exposure.component
    for step in exposure.path:
        match step.kind:
            case "host":
                yield _another_host(plain, step.id)
            case "key":
                yield _another_custodian(plain, step.id)
            case "flow":
                yield from _flow_changes(plain, step, exposure)
            case "template":
                yield from _stop_showing(plain, step.id, exposure.data)
            case "organisation":
                yield from _without_access(plain, exposure, step.id)
    if exposure.kind == "component" and isinstance(entry(plain, "components", place), dict):
        yield _end_to_end(plain, place)
        yield from _encrypted_elsewhere(plain, place, exposure.data)
        yield from _not_held(plain, place, exposure.data)


def _another_host(plain: Plain, host: str) -> Change:
    """The same service from a provider in the EEA that rests on nobody and that no such law is known to reach."""
    provider = fresh(plain, "organisations", "another-provider")
    old = entry(plain, "hosts", host)
    service = old.get("service") if isinstance(old, dict) else None
    new: Plain = {"provider": provider, "subcontractors": [], "location": {"country": "FR"}, **({"service": service} if service else {})}
    changed = edited(edited(plain, ("organisations", provider), dict(_SETTLED)), ("hosts", host), new)
    return Change(Cut("other-host", host, words.other_host(host)), changed)


def _another_custodian(plain: Plain, key: str) -> Change:
    """The key in an HSM that the customer manages, held by an organisation that no such law is known to reach."""
    custodian = fresh(plain, "organisations", "another-custodian")
    held: Plain = {"held_by": [custodian], "place": "hsm", "managed_by": "customer"}
    changed = edited(edited(plain, ("organisations", custodian), dict(_SETTLED)), ("keys", key), held)
    return Change(Cut("other-custodian", key, words.other_custodian(key)), changed)


def _end_to_end(plain: Plain, component: str) -> Change:
    """Encrypted on the users' devices before it is stored."""
    key = fresh(plain, "keys", "users-own-keys")
    layers = [*listed(entry(plain, "components", component), "encryption"), {"layer": "end-to-end", "key": key}]
    changed = edited(edited(plain, ("keys", key), dict(END_TO_END)), ("components", component, "encryption"), layers)
    return Change(Cut("end-to-end", component, words.end_to_end(component)), changed)


def _encrypted_elsewhere(plain: Plain, component: str, datum: str) -> Iterator[Change]:
    """Encrypted before it is stored, by a component on another host, with a key that this one cannot use."""
    organisation, host = fresh(plain, "organisations", "another-provider"), fresh(plain, "hosts", "another-host")
    encrypting, key = fresh(plain, "components", "encrypting"), fresh(plain, "keys", "application-key")
    layer: Plain = {"layer": "application", "key": key, "by": encrypting, "data": [datum]}
    layers = [*listed(entry(plain, "components", component), "encryption"), layer]
    new: Plain = {"provider": organisation, "service": "iaas", "subcontractors": [], "location": {"country": "FR"}}
    changed = edited(edited(plain, ("organisations", organisation), dict(_SETTLED)), ("hosts", host), new)
    changed = edited(changed, ("components", encrypting), {"kind": "application", "host": host, "processes": [datum]})
    changed = edited(changed, ("keys", key), {"held_by": [organisation], "place": "hsm", "managed_by": "customer"})
    yield Change(
        Cut("encrypt-first", f"{component}.{datum}", words.encrypt_first(component, datum)),
        edited(changed, ("components", component, "encryption"), layers),
    )


def _not_held(plain: Plain, component: str, datum: str) -> Iterator[Change]:
    """The component does without the datum."""
    held, changed = entry(plain, "components", component), plain
    copied = _copied(plain, held)
    if datum in copied:
        changed = edited(changed, ("components", component, "stores"), [each for each in copied if each != datum])
    for role in ("stores", "processes", "relays"):
        if datum in names(held, role):
            changed = edited(changed, ("components", component, role), without(held, role, datum))
    if changed is not plain:
        for number, flow in enumerate(_flows(plain)):
            if component in (flow.get("from"), flow.get("to")) and datum in names(flow, "data"):
                changed = edited(changed, ("flows", number, "data"), without(flow, "data", datum))
        yield Change(Cut("keep-away", f"{component}.{datum}", words.keep_away(component, datum)), changed)


def _copied(plain: Plain, held: object) -> list[str]:
    """What a copy holds of what is copied, where its own list does not say."""
    if not isinstance(held, dict) or "stores" in held:
        return []
    sources = (entry(plain, "components", name) for name in names(held, "copy_of"))
    return list(dict.fromkeys(each for source in sources for each in names(source, "stores")))


def _flows(plain: Plain) -> list[Plain]:
    said = plain.get("flows")
    return [flow for flow in said if isinstance(flow, dict)] if isinstance(said, list) else []


def _flow_named(plain: Plain, name: str) -> int | None:
    """The place of a flow in its list, by its identifier or by its ends and rank among those with the same ends."""
    counted: dict[str, int] = {}
    for number, flow in enumerate(_flows(plain)):
        plainly = str(flow.get("id") or f"{flow.get('from')}->{flow.get('to')}")
        counted[plainly] = counted.get(plainly, 0) + 1
        if name == (plainly if counted[plainly] == 1 else f"{plainly}#{counted[plainly]}"):
            return number
    return None


def _flow_changes(plain: Plain, step: Step, exposure: Exposure) -> Iterator[Change]:
    """Stop sending, stop ending the encryption on the way, or encrypt end to end."""
    number = _flow_named(plain, step.id)
    if number is None:
        return
    flow = _flows(plain)[number]
    if exposure.data in names(flow, "data"):
        changed = edited(plain, ("flows", number, "data"), without(flow, "data", exposure.data))
        yield Change(Cut("stop-sending", f"{step.id}.{exposure.data}", words.stop_sending(step.id, exposure.data)), changed)
    if names(flow, "terminated_by"):
        said = words.stop_terminating(step.id)
        yield Change(Cut("stop-terminating", step.id, said), edited(plain, ("flows", number, "terminated_by"), []))
    key = fresh(plain, "keys", "users-own-keys")
    layers = [*listed(flow, "encryption"), {"layer": "end-to-end", "key": key}]
    changed = edited(edited(plain, ("keys", key), dict(END_TO_END)), ("flows", number, "encryption"), layers)
    yield Change(Cut("end-to-end-flow", step.id, words.end_to_end_flow(step.id)), changed)


def _stop_showing(plain: Plain, name: str, datum: str) -> Iterator[Change]:
    emails = plain.get("emails")
    templates = emails.get("templates") if isinstance(emails, dict) else None
    for number, template in enumerate(templates if isinstance(templates, list) else []):
        if isinstance(template, dict) and str(template.get("path", number + 1)) == name and datum in names(template, "data"):
            changed = edited(plain, ("emails", "templates", number, "data"), without(template, "data", datum))
            yield Change(Cut("stop-showing", f"{name}.{datum}", words.stop_showing(name, datum)), changed)


def _without_access(plain: Plain, exposure: Exposure, organisation: str) -> Iterator[Change]:
    """An administrator, a reader, an access from abroad, a recipient, a subcontractor or a signing party less."""
    key = _LISTS.get(exposure.role, "")
    if exposure.role in ("administrator", "reader") and exposure.kind == "component":
        held = entry(plain, "components", exposure.component)
        yield from _dropped(plain, ("components", exposure.component, key), held, key, organisation)
    for host in dict.fromkeys(step.id for step in exposure.path if step.kind == "host"):
        held = entry(plain, "hosts", host)
        yield from _dropped(plain, ("hosts", host, key), held, key, organisation)
        contract = held.get("contract") if isinstance(held, dict) else None
        if exposure.role == "party" and isinstance(contract, dict) and contract.get("party") == organisation:
            changed = edited(plain, ("hosts", host, "contract"), {key: value for key, value in contract.items() if key != "party"})
            yield Change(Cut("other-party", host, words.other_party(host, organisation)), changed)


def _dropped(plain: Plain, path: tuple[str | int, ...], held: object, key: str, organisation: str) -> Iterator[Change]:
    if organisation in names(held, key):
        changed = edited(plain, path, without(held, key, organisation))
        if key == "subcontractors":
            changed = _performing_itself(changed, str(path[1]), organisation)
        said = words.dropped(key, str(path[1]), organisation)
        yield Change(Cut(f"no-{key.replace('_', '-')}", f"{path[1]}.{organisation}", said), changed)


def _performing_itself(plain: Plain, host: str, organisation: str) -> Plain:
    """A host without a subcontractor performs no activity through it either."""
    held = entry(plain, "hosts", host)
    said = held.get("responsibilities") if isinstance(held, dict) else None
    if not isinstance(said, dict):
        return plain
    kept = {activity: by for activity, by in said.items() if organisation not in names({"by": by}, "by")}
    return edited(plain, ("hosts", host, "responsibilities"), kept)
