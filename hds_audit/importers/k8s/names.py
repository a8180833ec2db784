"""The inner names of a cluster, and the component behind each: `db`, `db.namespace`, `db.namespace.svc.cluster.local`."""

from __future__ import annotations


class Names:
    """Names by namespace; one that its namespace does not have is looked for elsewhere where it is the only one."""

    def __init__(self) -> None:
        self._own: dict[tuple[str, str], str] = {}
        self._everywhere: dict[str, dict[str, None]] = {}

    def add(self, namespace: str, name: str, component: str) -> None:
        """A name that a component answers to; the first to have it keeps it."""
        self._own.setdefault((namespace, name), component)
        self._everywhere.setdefault(name, {})[component] = None

    def has(self, namespace: str, name: str) -> bool:
        """Whether a namespace has a name of its own."""
        return (namespace, name) in self._own

    def component(self, namespace: str, asked: str) -> str:
        """The component behind a name that is asked for in a namespace; '' for none, or where it could be several."""
        name, *rest = asked.split(".")
        own = self._own.get((rest[0] if rest else namespace, name), "")
        if len(rest) > 1 and rest[1] != "svc":
            return ""  # a name of the public DNS
        if len(rest) == 1 and not own:
            return ""
        elsewhere = list(self._everywhere.get(name, ()))
        return own or (elsewhere[0] if len(elsewhere) == 1 else "")
