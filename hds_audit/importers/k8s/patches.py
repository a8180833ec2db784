"""Patches of Kustomize: strategic merges and the operations of RFC 6902; what they bring is placed where the patched object is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hds_audit.importers.k8s.objects import Thing
from hds_audit.importers.placed import PlacedList, PlacedMap, Scalar

Value = Scalar | PlacedMap | PlacedList
Place = tuple[int, int]

_KEYS: Mapping[str, str] = {
    **dict.fromkeys(("containers", "initContainers", "ephemeralContainers", "env", "volumes", "imagePullSecrets"), "name"),
    "volumeMounts": "mountPath",
}
_DEEPEST = 64
_LABEL = re.compile(r"([\w./-]+)\s*==?\s*([\w./-]*)")


def merge(into: PlacedMap, patch: PlacedMap, place: Place, depth: int = 0) -> None:
    """Lay a patch over an object: mappings merge, null deletes, lists replace, save those whose elements have names."""
    for key, value in patch.items() if depth < _DEEPEST else ():
        if key.startswith("$"):
            continue
        there = into.get(key)
        if value is None:
            into.pop(key, None)
        elif isinstance(value, PlacedMap) and isinstance(there, PlacedMap) and value.text("$patch") != "replace":
            merge(_own(into, key, there), value, place, depth + 1)
        elif isinstance(value, PlacedList) and isinstance(there, PlacedList) and key in _KEYS:
            _merge_named(_own_list(into, key, there), value, _KEYS[key], place, depth + 1)
        else:
            into[key] = _placed(value, place)
            into.lines.setdefault(key, place)


def _copied(there: PlacedMap) -> PlacedMap:
    """A mapping of one's own: through an anchor of YAML, others may have the same."""
    made = PlacedMap()
    made.update(there)
    made.lines = dict(there.lines)
    return made


def _own(into: PlacedMap, key: str, there: PlacedMap) -> PlacedMap:
    made = _copied(there)
    into[key] = made
    return made


def _own_list(into: PlacedMap, key: str, there: PlacedList) -> PlacedList:
    made = PlacedList()
    made.extend(there)
    made.lines = list(there.lines)
    into[key] = made
    return made


def _merge_named(into: PlacedList, patch: PlacedList, key: str, place: Place, depth: int) -> None:
    for element, _ in patch.maps():
        name = element.text(key)
        index = next((at for at, item in enumerate(into) if isinstance(item, PlacedMap) and item.text(key) == name), None)
        there = into[index] if index is not None else None
        if element.text("$patch") == "delete":
            if index is not None:
                remove(into, str(index))
        elif isinstance(there, PlacedMap) and index is not None:
            into[index] = there = _copied(there)
            merge(there, element, place, depth)
        else:
            add(into, "-", element, place)


def _placed(value: Value, place: Place) -> Value:
    """The value with every place in it that of the object which it now belongs to: its own are of another file."""
    left: list[Value] = [value]
    while left:
        here = left.pop()
        if isinstance(here, PlacedMap):
            here.lines = dict.fromkeys(here, place)
            left.extend(here.values())
        elif isinstance(here, PlacedList):
            here.lines = [place] * len(here)
            left.extend(here)
    return value


def operate(content: PlacedMap, operations: PlacedList, place: Place) -> bool:
    """Apply operations of RFC 6902 that add, replace and remove; False where one is of another kind, or leads nowhere."""
    done = [_operate(content, operation, place) for operation, _ in operations.maps()]
    return all(done)


def _operate(content: PlacedMap, operation: PlacedMap, place: Place) -> bool:
    *way, last = [part.replace("~1", "/").replace("~0", "~") for part in operation.text("path").split("/")[1:]] or [""]
    holder: Value = content
    kind, value = operation.text("op"), operation.get("value")
    for part in way:
        if kind == "add" and isinstance(holder, PlacedMap) and holder.get(part) is None:
            add(holder, part, PlacedMap(), place)
        holder = _step(holder, part)
    if kind == "remove":
        return remove(holder, last)
    if kind == "replace" and isinstance(holder, PlacedList):
        return remove(holder, last) and add(holder, last, value, place)
    return kind in {"add", "replace"} and add(holder, last, value, place)


def _step(holder: Value, part: str) -> Value:
    """What a part of the way leads to, as the holder's own."""
    if isinstance(holder, PlacedMap):
        inner = holder.get(part)
        if isinstance(inner, PlacedMap):
            return _own(holder, part, inner)
        return _own_list(holder, part, inner) if isinstance(inner, PlacedList) else inner
    if not isinstance(holder, PlacedList) or not part.isdecimal() or int(part) >= len(holder):
        return None
    inner = holder[int(part)]
    if isinstance(inner, PlacedMap):
        inner = holder[int(part)] = _copied(inner)
    return inner


def add(holder: Value, part: str, value: Value, place: Place) -> bool:
    """Set a key, or put an element into a list (`-` at its end); whether there was a place for it."""
    if isinstance(holder, PlacedMap):
        holder[part] = _placed(value, place)
        holder.lines.setdefault(part, place)
        return True
    if not isinstance(holder, PlacedList) or not (part == "-" or (part.isdecimal() and int(part) <= len(holder))):
        return False
    index = len(holder) if part == "-" else int(part)
    holder.insert(index, _placed(value, place))
    holder.lines.insert(index, place)
    return True


def remove(holder: Value, part: str) -> bool:
    """Take away a key or an element; whether it was there."""
    if isinstance(holder, PlacedMap):
        return holder.pop(part, None) is not None
    if not isinstance(holder, PlacedList) or not part.isdecimal() or int(part) >= len(holder):
        return False
    del holder[int(part)], holder.lines[int(part) : int(part) + 1]
    return True


def reaches(target: PlacedMap, thing: Thing) -> bool:
    """Whether a patch with this target is for that object: names are whole regular expressions, labels are equal."""
    told = (
        (target.text("kind"), thing.kind),
        (target.text("name"), *thing.names),
        (target.text("group"), thing.group),
        (target.text("namespace"), thing.namespace),
    )
    return all(not asked or any(_fits(asked, name) for name in names) for asked, *names in told) and all(
        _labelled(target.text(f"{part}Selector"), thing.content.under("metadata").under(f"{part}s")) for part in ("label", "annotation")
    )


def _fits(pattern: str, name: str) -> bool:
    if pattern == name:
        return True
    try:
        return len(pattern) <= 200 and re.fullmatch(pattern, name[:253]) is not None
    except re.error:
        return False


def _labelled(selector: str, labels: PlacedMap) -> bool:
    """Whether labels are as a selector of equalities asks; one of another form reaches nothing."""
    pairs = [_LABEL.fullmatch(part.strip()) for part in selector.split(",")] if selector else []
    return all(pair is not None and labels.text(pair[1]) == pair[2] for pair in pairs)
