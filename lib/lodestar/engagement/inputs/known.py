"""The ids that tables may refer to: of the settings, the framework and the tables themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lodestar.engagement.inputs.table import TableRead
from lodestar.engagement.model import Settings
from lodestar.framework.model import Framework
from lodestar.schema.columns import GROUPS
from lodestar.schema.tables import TABLES

__all__ = ["DEFINED_IN", "Known", "known_ids"]

DEFINED_IN = {
    "functions": ("function", "functions of engagement.yml"),
    "groups": ("group", "the groups"),
    "purpose": ("purpose", "purpose of engagement.yml"),
    "items": ("item", "the framework"),
    "factors": ("factor", "the framework"),
    "capabilities": ("capability", "the framework"),
    "respondents": ("respondent", "table respondents"),
    "priorities": ("priority", "table priorities"),
    "metrics": ("metric", "table metrics"),
    "outcomes": ("outcome", "table outcomes"),
    "nodes": ("node", "table nodes"),
    "investments": ("investment", "table investments"),
    "customers": ("customer", "table customers"),
}
"""What an id is called, and where it is defined."""

_TABLES = tuple(name for name in DEFINED_IN if name in TABLES)


@dataclass(frozen=True)
class Known:
    """The ids known by their kind; a kind whose source could not be read is None.

    ``absent`` names the kinds whose table is not there at all.
    """

    ids: Mapping[str, frozenset[str] | None]
    absent: frozenset[str] = frozenset()

    def of(self, kinds: Iterable[str]) -> frozenset[str] | None:
        """Return the ids of these kinds together; None when one of them cannot be told."""
        sets = [self.ids[kind] for kind in kinds]
        found = [ids for ids in sets if ids is not None]
        return frozenset().union(*found) if len(found) == len(sets) else None


def known_ids(
    settings: Settings | None,
    framework: Framework | None,
    tables: Mapping[str, TableRead],
    unreadable: Iterable[str] = (),
) -> Known:
    """Return every id that a period's tables may refer to.

    Parameters
    ----------
    settings, framework
        None when they could not be read.
    tables : mapping
        The period's tables; ids count even where other cells of their row are at fault.
    unreadable : iterable of str
        Tables that are there and could not be read.
    """
    closed = set(unreadable)
    ids = {**_of_settings(settings), **_of_framework(framework)}
    for name in _TABLES:
        ids[name] = None if name in closed else _of_table(name, tables.get(name))
    absent = {name for name in _TABLES if name not in tables and name not in closed}
    return Known(ids, frozenset(absent))


def _of_settings(settings: Settings | None) -> dict[str, frozenset[str] | None]:
    groups = frozenset(GROUPS)
    if settings is None:
        return {"functions": None, "purpose": None, "groups": groups}
    return {
        "functions": frozenset(function.id for function in settings.functions),
        "purpose": frozenset(purpose.id for purpose in settings.purpose),
        "groups": groups,
    }


def _of_framework(framework: Framework | None) -> dict[str, frozenset[str] | None]:
    if framework is None:
        return {"items": None, "factors": None, "capabilities": None}
    return {
        "items": frozenset(item.id for item in framework.items),
        "factors": frozenset(factor.id for factor in framework.factors),
        "capabilities": frozenset(capability.id for capability in framework.capabilities),
    }


def _of_table(name: str, read: TableRead | None) -> frozenset[str] | None:
    """Return the ids that a table defines; None when some of its rows could not be read."""
    if read is None:
        return frozenset()
    key = TABLES[name].key[0]
    if key not in read.sheet.cells or not read.sheet.intact:
        return None
    return frozenset(read.frame[key].dropna())
