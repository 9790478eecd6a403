"""Exhibits of outcomes nobody is paid for, and of promises that pay works against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.findings.conflicts.promise_words import broken, lowering
from lodestar.findings.conflicts.told import node
from lodestar.findings.words import named, plural
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit, Fold

__all__ = ["orphans", "promises"]

PROMISED = (
    Column("activity", "Activity"),
    Column("outcome", "Promises"),
    Column("metrics", "Lowered by pay for"),
)

DUTIES = (
    Column("metric", "Unpaid measure"),
    Column("function", "Function"),
    Column("outcome", "Helps"),
    Column("effect", "Net effect (0–1)", "precise"),
)

COLUMNS = (
    Column("outcome", "Outcome nobody is paid to help"),
    Column("severity", "Importance (0–1)", "precise"),
    Column("helpers", "Helped by, unpaid"),
)


def orphans(results: Mapping[str, Any]) -> Exhibit:
    """Return orphan outcomes with the unpaid measures that help them."""
    section = results["conflicts"]
    rows = [
        {
            "outcome": node(results, row["outcome"]),
            "severity": row["severity"],
            "helpers": _helpers(results, row["outcome"]),
        }
        for row in section["orphans"]
    ]
    shown = table(pd.DataFrame(rows), COLUMNS) if rows else None
    return Exhibit(table=shown, notes=_notes(results), open_table=True, folds=_duties(results))


def _duties(results: Mapping[str, Any]) -> tuple[Fold, ...]:
    """Every measure that helps an outcome and that nobody is paid for."""
    duties = results["conflicts"]["duties"]
    if not duties:
        return ()
    names = results["labels"]["function"]
    rows = [
        {
            "metric": node(results, duty["metric"]),
            "function": named(names, duty["function"]) if duty["function"] else "nobody",
            "outcome": node(results, duty["outcome"]),
            "effect": duty["effect"],
        }
        for duty in duties
    ]
    title = "Helps an outcome and nobody is paid for it: " + plural(len(rows), "duty", "duties")
    return (Fold(title, table=table(pd.DataFrame(rows), DUTIES)),)


def promises(results: Mapping[str, Any]) -> Exhibit:
    """Return live activities with what they promise, and the pay that works against it."""
    section = results["conflicts"]
    names = results["labels"]["activity"]
    rows = [
        {
            "activity": named(names, row["activity"]),
            "outcome": node(results, row["outcome"]),
            "metrics": _lowering(results, row),
        }
        for row in broken(section, severe=True) or broken(section)
    ]
    shown = table(pd.DataFrame(rows), PROMISED) if rows else None
    return Exhibit(table=shown, open_table=True)


def _lowering(results: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """The measures that lower a promised outcome, the first three by name."""
    metrics = lowering(results["conflicts"], row)
    more = f"; {len(metrics) - 3} more" if len(metrics) > 3 else ""
    return "; ".join(node(results, metric) for metric in metrics[:3]) + more


def _helpers(results: Mapping[str, Any], outcome: str) -> str:
    names = results["labels"]["function"]
    duties = [duty for duty in results["conflicts"]["duties"] if duty["outcome"] == outcome]
    told = (f"{node(results, d['metric'])} ({named(names, d['function'])})" for d in duties)
    return "; ".join(told) or "nobody: no measure leads there"


def _notes(results: Mapping[str, Any]) -> tuple[str, ...]:
    stray = results["conflicts"]["untraceable"]
    if not stray:
        return ()
    names = ", ".join(node(results, metric) for metric in stray)
    return (f"Untraceable, serving no purpose and leading to no outcome in five links: {names}.",)
