"""The place of a key in a YAML text, looked for only once something is wrong with it."""

from __future__ import annotations

from hds_audit.model.place import Place


def locate(name: str, text: str, keys: tuple[str, ...]) -> Place:
    """Where the deepest of these keys that is there is written; the head of the file where none is."""
    import yaml

    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return Place(name, 1, 1)
    line, column = 1, 1
    for key in keys:
        found = _child(node, key)
        if found is None:
            break
        mark, node = found
        line, column = mark.line + 1, mark.column + 1
    return Place(name, line, column)


def _child(node: object, key: str):  # type: ignore[no-untyped-def]  # PyYAML's nodes and marks carry no types worth naming
    import yaml

    if isinstance(node, yaml.MappingNode):
        return next(((name.start_mark, value) for name, value in node.value if name.value == key), None)
    if isinstance(node, yaml.SequenceNode) and key.isdigit() and int(key) < len(node.value):
        return node.value[int(key)].start_mark, node.value[int(key)]
    return None
