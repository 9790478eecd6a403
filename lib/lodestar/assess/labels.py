"""Names of everything that results speak of by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lodestar.engagement.model import Engagement
from lodestar.schema.personal import OpenTable

__all__ = ["labels"]

Named = tuple[OpenTable, str, str]

NODE_TABLES: tuple[Named, ...] = (
    ("nodes", "node", "name"),
    ("outcomes", "outcome", "name"),
    ("metrics", "metric", "name"),
)
NAMED_TABLES: dict[str, Named] = {
    "activity": ("activities", "activity", "name"),
    "decision": ("decisions", "decision", "name"),
    "indicator": ("indicators", "indicator", "name"),
    "investment": ("investments", "investment", "name"),
    "priority": ("priorities", "id", "text"),
}
GROUPS = {
    "executive": "Executives",
    "manager": "Managers",
    "employee": "Employees",
    "customer": "Customers",
    "partner": "Partners",
}


def labels(engagement: Engagement) -> Mapping[str, dict[str, str]]:
    """Return ids and the names people read, kind by kind.

    Parameters
    ----------
    engagement : Engagement
        The client's settings, framework and tables.

    Returns
    -------
    mapping
        ``{kind: {id: name}}`` for level, dimension, capability, item, factor, function, group,
        purpose, node (metrics, outcomes and nodes together) and the named tables. An id without a
        name is its own name.

    Notes
    -----
    A kind named in tables reads them when it is first asked for: a page rests on no table whose
    names it never shows.
    """
    return _Labels(engagement)


class _Labels(Mapping[str, dict[str, str]]):
    """Names by kind, each kind read on demand."""

    def __init__(self, engagement: Engagement) -> None:
        self._engagement = engagement
        self._settled = _of_settings(engagement)
        self._read: dict[str, tuple[dict[str, str], set[str]]] = {}

    def __getitem__(self, kind: str) -> dict[str, str]:
        if kind in self._settled:
            return self._settled[kind]
        reads = self._engagement.reads
        if kind not in self._read:
            with reads.within() as touched:
                named = self._of(*(NODE_TABLES if kind == "node" else (NAMED_TABLES[kind],)))
            self._read[kind] = named, touched
        named, touched = self._read[kind]
        reads.add(*touched)
        return named

    def __iter__(self) -> Iterator[str]:
        return iter((*self._settled, "node", *NAMED_TABLES))

    def __len__(self) -> int:
        return len(list(iter(self)))

    def _of(self, *tables: Named) -> dict[str, str]:
        named: dict[str, str] = {}
        for table in tables:
            named |= _names(self._engagement, *table)
        return named


def _of_settings(engagement: Engagement) -> dict[str, dict[str, str]]:
    """Return the names that settings and framework give."""
    settings, framework = engagement.settings, engagement.framework
    language = settings.language
    return {
        "level": {str(level.level): level.name for level in framework.levels},
        "dimension": {d.id: d.name for d in framework.dimensions},
        "capability": {c.id: c.name for c in framework.capabilities},
        "item": {i.id: i.text.get(language, i.text.get("en", i.id)) for i in framework.items},
        "factor": {f.id: f.name for f in framework.factors},
        "function": {f.id: f.name for f in settings.functions},
        "group": dict(GROUPS),
        "purpose": {p.id: p.text for p in settings.purpose},
    }


def _names(engagement: Engagement, table: OpenTable, key: str, name: str) -> dict[str, str]:
    rows = engagement.table(table)
    pairs = zip(rows[key], rows[name], strict=True)
    return {str(found): str(found if _blank(said) else said) for found, said in pairs}


def _blank(value: Any) -> bool:
    return value is None or value != value
