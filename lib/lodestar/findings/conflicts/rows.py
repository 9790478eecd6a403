"""Conflicts as rows for a chart: short labels, severity, evidence, what history says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from lodestar.findings.conflicts.told import EVIDENCE_WORDS, VERDICT_WORDS, bare, node
from lodestar.findings.names import short
from lodestar.findings.words import named, start

__all__ = ["against", "severity_rows"]


def severity_rows(results: Mapping[str, Any], items: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return one row a conflict, as ``lodestar.charts.conflicts.severity_bars`` takes them.

    Parameters
    ----------
    results : mapping
        Sections of results.json; names are read.
    items : iterable of mapping
        Entries of ``conflicts.items``.

    Returns
    -------
    DataFrame
        Columns label (all different), severity (0–1), evidence, text.
    """
    columns = ["label", "severity", "evidence", "text"]
    rows = pd.DataFrame([_row(results, item) for item in items], columns=columns)
    again = rows.groupby("label").cumcount()
    return rows.assign(label=rows["label"] + [" " * int(k) for k in again])


def against(results: Mapping[str, Any], item: Mapping[str, Any], limit: int = 26) -> str:
    """Return both ends of a conflict in short."""
    first = start(short(bare(node(results, item["a"])), limit))
    return f"{first} → {short(node(results, item['b']), limit)}"


def _row(results: Mapping[str, Any], item: Mapping[str, Any]) -> dict[str, Any]:
    who = named(results["labels"]["function"], item["function_a"] or "rule")
    said = f"{EVIDENCE_WORDS[item['evidence']]}, {VERDICT_WORDS[item['measured']]}"
    return {
        "label": against(results, item),
        "severity": item["severity"],
        "evidence": item["evidence"],
        "text": f"{item['severity']:.2f}  {said}; {who}",
    }
