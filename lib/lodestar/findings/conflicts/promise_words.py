"""Sentences on promises that pay works against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.conflicts.pairs_words import WORKBOOK
from lodestar.findings.conflicts.told import node
from lodestar.findings.model import Absent, Finding
from lodestar.findings.words import count, named, plural, start
from lodestar.schema.numerals import written

__all__ = ["broken", "lowering", "promises"]


def promises(results: Mapping[str, Any]) -> Finding | Absent:
    """Return how many activities promise an outcome that rewarded measures lower."""
    section = results["conflicts"]
    if not section["promised"]:
        tables = ("activities", "outcomes", "metrics", "links")
        reason = "No live activity names the outcome that it promises."
        return Absent("conflicts.promises", WORKBOOK, reason, tables)
    severe = broken(section, severe=True)
    shown = severe or broken(section)
    many = plural(section["promised"], "activity", "activities")
    badly = "severely " if severe else ""
    if not shown:
        one = section["promised"] == 1
        headline = f"No reward works against what {many} {'promises' if one else 'promise'}"
        advice = "Keep the promises and the rewards in one list; read them together each quarter."
    else:
        promising = start(count(len(shown)))
        promise = "promises" if len(shown) == 1 else "promise"
        headline = f"{promising} of {many} {promise} what rewards {badly}work against"
        advice = _advice(results, shown[0])
    reading = (
        "Live activities with the outcome each promises, and the rewarded measures that lower it "
        f"(determinacy {written('0.5')} or more), the severe ones first."
    )
    return Finding(
        "conflicts.promises",
        WORKBOOK,
        headline,
        advice,
        ("/conflicts/promises", "/conflicts/promised"),
        reading,
    )


def broken(section: Mapping[str, Any], severe: bool = False) -> list[dict[str, Any]]:
    """Return promises that pay works against, the most harmed outcome first.

    Parameters
    ----------
    section : mapping
        The conflicts section.
    severe : bool
        Only those that a severe conflict works against.
    """
    harm: dict[str, float] = {}
    for item in section["items"]:
        if item["severe"] and item["kind"] in ("customer", "outcome"):
            harm[item["b"]] = harm.get(item["b"], 0.0) + item["severity"]
    rows = [row for row in section["promises"] if not severe or row["outcome"] in harm]
    return sorted(rows, key=lambda r: (-round(harm.get(r["outcome"], 0.0), 9), r["activity"]))


def lowering(section: Mapping[str, Any], row: Mapping[str, Any]) -> list[str]:
    """Return the measures that lower a promised outcome: the severe ones, worst first, else all.

    Parameters
    ----------
    section : mapping
        The conflicts section.
    row : mapping
        An entry of ``promises``.
    """
    severe = [i["a"] for i in section["items"] if i["severe"] and i["b"] == row["outcome"]]
    paid = [metric for metric in dict.fromkeys(severe) if metric in row["metrics"]]
    return paid or list(row["metrics"])


def _advice(results: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    activity = named(results["labels"]["activity"], row["activity"])
    metric = node(results, lowering(results["conflicts"], row)[0])
    outcome = node(results, row["outcome"])
    return (
        f"“{activity}” promises “{outcome}” while pay for {metric} lowers it: change the pay or "
        "withdraw the promise."
    )
