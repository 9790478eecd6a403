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
from lodestar.tables import Column, Picture, Table, table
from lodestar.workbook.exhibit import Fold

__all__ = ["conflict_table", "folded"]

SHOWN = 20
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


def conflict_table(results: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> Table | None:
    """Return conflicts one a row, the worst first; None where there is none.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    items : sequence of mapping
        Entries of ``conflicts.items``.
    """
    shown = list(items)[:SHOWN]
    if not shown:
        return None
    labels = pair_labels(results, shown)
    rows = [_row(results, item, label) for item, label in zip(shown, labels, strict=True)]
    frame = pd.DataFrame(rows)
    columns = [column for column in COLUMNS if _said(frame[column.name])]
    more = f", the {SHOWN} worst of {len(items)}" if len(items) > SHOWN else ""
    return table(frame, columns, f"Conflicts{more}, the severe ones first{_legend(frame)}.")


def folded(results: Mapping[str, Any]) -> tuple[Fold, ...]:
    """Return the conflicts that people dismissed, folded away."""
    items = [item for item in listed(results["conflicts"]) if dismissed(item)]
    if not items:
        return ()
    title = f"{start(plural(len(items), 'conflict'))} you have dismissed"
    return (Fold(title, table=conflict_table(results, items)),)


def _row(results: Mapping[str, Any], item: Mapping[str, Any], label: str) -> dict[str, Any]:
    doubt = SIGNS.get(item["sign"], "")
    return {
        "severity": f"{item['severity']:.3f}{' severe' if item['severe'] else ''}",
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
    known = [end for end in (item["a"], item["b"]) if end in series]
    if not known:
        return None
    values = [_values(series[end]) for end in known]
    said = [f"{node(results, end)}: {_ran(run)}" for end, run in zip(known, values, strict=True)]
    return Picture(spark(values), "; ".join(said))


def _values(entry: Mapping[str, Any]) -> list[float | None]:
    return list(entry["values"])


def _ran(values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return "no value"
    return f"from {known[0]:g} to {known[-1]:g} over {plural(len(values), 'month')}"
