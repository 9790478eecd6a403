"""Exhibit of pairs that the map speaks for and against, with the path of each sign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from lodestar.findings.conflicts.cells import amount
from lodestar.findings.conflicts.doubt_words import balanced, lasting, pressed
from lodestar.findings.conflicts.told import counter, node, told
from lodestar.findings.words import joined, plural, start
from lodestar.tables import Column, Table, table
from lodestar.workbook.exhibit import Exhibit, Fold

__all__ = ["contested"]

SHOWN = 10
COLUMNS = (
    Column("severity", "Severity (0–1)"),
    Column("determinacy", "Determinacy (0–1)", "precise"),
    Column("sign_share", "Way it points holds", "percent"),
    Column("told", "The path for"),
    Column("counter", "The path against"),
)
SETTLES = Column("press", "A lasting rise settles it")


def contested(results: Mapping[str, Any]) -> Exhibit:
    """Return the contested pairs with the path for and the path against, and those outweighed."""
    section = results["conflicts"]
    doubted = [item for item in section["items"] if item["contested"]]
    decided = balanced(section)
    fold = Fold(
        f"Paths both ways, one outweighs: {_shown(len(decided))}",
        table=_rows(results, decided),
    )
    return Exhibit(
        table=_rows(results, doubted),
        notes=(*_loops(doubted), *_open_pairs(results), *_conditional(results)),
        open_table=True,
        folds=(fold,) if decided else (),
    )


def _shown(many: int) -> str:
    return f"the {SHOWN} worst of {many}" if many > SHOWN else plural(many, "pair")


def _rows(results: Mapping[str, Any], items: Iterable[Mapping[str, Any]]) -> Table | None:
    rows = [
        {
            "severity": amount(item["severity"]),
            "determinacy": item["determinacy"],
            "sign_share": item.get("sign_share"),
            "told": told(results, item),
            "counter": counter(results, item),
            "press": pressed(item),
        }
        for item in items
    ][:SHOWN]
    settles = [SETTLES] if any(row["press"] for row in rows) else []
    return table(pd.DataFrame(rows), [*COLUMNS, *settles]) if rows else None


def _loops(items: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """What a lasting rise is, where one is told."""
    return (lasting(),) if any(pressed(item) for item in items) else ()


def _open_pairs(results: Mapping[str, Any]) -> tuple[str, ...]:
    """Conflicts of which the search could not tell whether a path works the other way."""
    left = [item for item in results["conflicts"]["items"] if item["sign"] == "undecided"]
    if not left:
        return ()
    return (
        f"{start(plural(len(left), 'conflict'))} listed elsewhere on this page may have a path the "
        "other way: undecided, the map is too tangled to search to the end.",
    )


def _conditional(results: Mapping[str, Any]) -> tuple[str, ...]:
    """Which target metrics have no value yet, and how many pairs hang on them."""
    section = results["conflicts"]
    if not section["conditional"]:
        return ()
    nodes = section["register"]["nodes"]
    open_ones = [n["id"] for n in nodes if n["group"] == "metric" and n["direction"] is None]
    names = joined([f"“{node(results, key)}”" for key in open_ones if key in _ends(section)])
    pairs = plural(section["conditional"], "pair")
    verb = "hangs" if section["conditional"] == 1 else "hang"
    return (
        f"{start(pairs)} {verb} on a target without a value yet ({names}): conditional, never "
        "severe until its history is filled.",
    )


def _ends(section: Mapping[str, Any]) -> set[str]:
    items = [item for item in section["items"] if item["conditional"]]
    return {item[end] for item in items for end in ("a", "b")}
