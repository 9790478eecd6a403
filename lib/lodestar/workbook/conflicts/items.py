"""Table of conflicts: how severe, what against what, how sure, what history and people say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from lodestar.charts.spark import spark
from lodestar.findings.conflicts.pairs_words import listed
from lodestar.findings.conflicts.review_words import dismissed, verdict_word
from lodestar.findings.conflicts.rows import pair_labels
from lodestar.findings.conflicts.tension_words import TENSION_WORDS
from lodestar.findings.conflicts.told import EVIDENCE_WORDS, VERDICT_WORDS, node
from lodestar.findings.words import plural, start
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, Picture, Table, table
from lodestar.workbook.exhibit import Fold

__all__ = ["conflict_table", "folded"]

FIRST, SHOWN = 10, 50
"""Conflicts in sight, and at most in all."""

KINDS = {
    "structural": "measure on measure",
    "customer": "measure on customers",
    "outcome": "measure on another outcome",
    "shared-lever": "one lever moves both",
    "policy": "rule on customers",
    "measured": "seen in history alone",
    "within": "inside one function",
}
SIGNS = {
    "opposing": "",
    "mixed": "on balance",
    "loop-only": "a loop works the other way",
    "undecided": "other paths undecided",
}
COLUMNS = (
    Column("severity", "Severity (0–1)"),
    Column("pair", "What against what"),
    Column("tension", "Class"),
    Column("kind", "Kind"),
    Column("determinacy", "Determinacy", "precise"),
    Column("sign_share", "Way holds", "percent"),
    Column("evidence", "Weakest link"),
    Column("measured", "History"),
    Column("series", "Series", "picture"),
    Column("review", "Verdict"),
)


def conflict_table(
    results: Mapping[str, Any], items: Sequence[Mapping[str, Any]], most: int = FIRST
) -> Table | None:
    """Return conflicts one a row, the worst first; None where there is none.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    items : sequence of mapping
        Entries of ``conflicts.items``.
    most : int
        How many rows at most.
    """
    shown = list(items)[:most]
    if not shown:
        return None
    labels = pair_labels(results, shown)
    rows = [_row(results, item, label) for item, label in zip(shown, labels, strict=True)]
    frame = pd.DataFrame(rows)
    columns = [column for column in COLUMNS if _said(frame[column.name])]
    more = f", the {most} worst of {len(items)}" if len(items) > most else ""
    return table(frame, columns, f"Conflicts{more}, the severe ones first{_legend(frame)}.")


def folded(results: Mapping[str, Any]) -> tuple[Fold, ...]:
    """Return more conflicts than are in sight, and those that people dismissed, folded away."""
    listing = listed(results["conflicts"])
    held = [item for item in listing if not dismissed(item)]
    apart = [item for item in listing if dismissed(item)]
    folds = []
    if len(held) > FIRST:
        many = f"The {SHOWN} worst of" if len(held) > SHOWN else "All"
        title = f"{many} {len(held)} conflicts, one a row"
        folds.append(Fold(title, table=conflict_table(results, held, SHOWN)))
    if apart:
        title = f"{start(plural(len(apart), 'conflict'))} you have dismissed"
        folds.append(Fold(title, table=conflict_table(results, apart, SHOWN)))
    return tuple(folds)


def _row(results: Mapping[str, Any], item: Mapping[str, Any], label: str) -> dict[str, Any]:
    doubt = SIGNS.get(item["sign"], "")
    return {
        "severity": f"{numeral(item['severity'], '.3f')}{' severe' if item['severe'] else ''}",
        "pair": f"{label}{f' ({doubt})' if doubt else ''}",
        "tension": TENSION_WORDS.get(item.get("tension") or "", ""),
        "kind": KINDS[item["kind"]],
        "determinacy": item["determinacy"],
        "sign_share": item.get("sign_share"),
        "evidence": EVIDENCE_WORDS[item["evidence"]],
        "measured": VERDICT_WORDS[item["measured"]],
        "series": _picture(results, item),
        "review": verdict_word(item),
    }


def _said(column: Iterable[Any]) -> bool:
    """Tell whether a column says anything."""
    return any(isinstance(value, Picture) or (value != "" and pd.notna(value)) for value in column)


def _legend(frame: pd.DataFrame) -> str:
    if not _said(frame["series"]):
        return ""
    return "; series: the first measure whole, the second dashed, each on its own scale"


def _picture(results: Mapping[str, Any], item: Mapping[str, Any]) -> Picture | None:
    """How both ends ran, where history has them."""
    series = results["conflicts"]["history"].get("series") or {}
    entries = [series.get(end) for end in (item["a"], item["b"])]
    if not any(entries):
        return None
    runs = _aligned(entries)
    pairs = zip((item["a"], item["b"]), runs, strict=True)
    said = [f"{node(results, end)}: {_ran(run)}" for end, run in pairs if run]
    return Picture(spark(runs), "; ".join(said))


def _aligned(entries: Sequence[Mapping[str, Any] | None]) -> list[list[float | None]]:
    """Series over the same months, None where one of them has no value; empty without history."""
    begins = [_month(entry["start"]) for entry in entries if entry]
    ends = [_month(entry["start"]) + len(entry["values"]) for entry in entries if entry]
    return [_padded(entry, min(begins), max(ends)) if entry else [] for entry in entries]


def _padded(entry: Mapping[str, Any], first: int, end: int) -> list[float | None]:
    before = _month(entry["start"]) - first
    values = [None] * before + list(entry["values"])
    return values + [None] * (end - first - len(values))


def _month(start: str) -> int:
    """Months since the year 0 of a month such as ``2024-01``."""
    return 12 * int(start[:4]) + int(start[5:7])


def _ran(values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return "no value"
    return (
        f"from {numeral(known[0], ',.4g')} to {numeral(known[-1], ',.4g')} in "
        f"{plural(len(known), 'month')}"
    )
