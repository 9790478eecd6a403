"""Names of everything that results speak of by id."""

from __future__ import annotations

from typing import Any

from lodestar.engagement.model import Engagement

__all__ = ["labels"]

NODE_TABLES = (("nodes", "node"), ("outcomes", "outcome"), ("metrics", "metric"))
NAMED_TABLES = {
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


def labels(engagement: Engagement) -> dict[str, dict[str, str]]:
    """Return ids and the names people read, kind by kind.

    Parameters
    ----------
    engagement : Engagement
        The client's settings, framework and tables.

    Returns
    -------
    dict
        ``{kind: {id: name}}`` for level, dimension, capability, item, factor, function, group,
        purpose, node (metrics, outcomes and nodes together) and the named tables. An id without a
        name is its own name.
    """
    settings, framework = engagement.settings, engagement.framework
    language = settings.language
    named: dict[str, dict[str, str]] = {
        "level": {str(level.level): level.name for level in framework.levels},
        "dimension": {d.id: d.name for d in framework.dimensions},
        "capability": {c.id: c.name for c in framework.capabilities},
        "item": {i.id: i.text.get(language, i.text.get("en", i.id)) for i in framework.items},
        "factor": {f.id: f.name for f in framework.factors},
        "function": {f.id: f.name for f in settings.functions},
        "group": dict(GROUPS),
        "purpose": {p.id: p.text for p in settings.purpose},
        "node": {},
    }
    for table, key in NODE_TABLES:
        named["node"].update(_names(engagement, table, key, "name"))
    for kind, (table, key, name) in NAMED_TABLES.items():
        named[kind] = _names(engagement, table, key, name)
    return named


def _names(engagement: Engagement, table: str, key: str, name: str) -> dict[str, str]:
    rows = engagement.table(table)
    pairs = zip(rows[key], rows[name], strict=True)
    return {str(found): str(found if _blank(said) else said) for found, said in pairs}


def _blank(value: Any) -> bool:
    return value is None or value != value
