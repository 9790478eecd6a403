"""The matrix of gaps and its heaviest cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.alignment import gap_matrix
from lodestar.findings.alignment.rated import seen, unsettled
from lodestar.findings.words import named
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, table
from lodestar.workbook.alignment.columns import LEVELS, PLACE, SHOWN, named_rows
from lodestar.workbook.exhibit import Exhibit

__all__ = ["gaps"]

CAPTION = (
    "The ten cells that weigh most. Apart: raters’ mean distance from their mean, levels; share of "
    "misalignment; gains: index points if closed; waits: another capability has to come first."
)
LEGEND = (
    "· not rated; × too few to show; empty: does not apply. Underlined: the ten heaviest. Letter: "
    "best evidence, A measured, B documented, C stated; none named where there is no letter."
)


def gaps(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``alignment.gaps``: the matrix and the ten heaviest cells."""
    labels, rows = results["labels"], results["alignment"]["gaps"]
    heaviest = {(r["capability"], r["function"]) for r in rows[:SHOWN] if abs(r["gap"]) > 1e-9}
    gaps = {(r["capability"], r["function"]): r["gap"] for r in rows}
    grades = {(r["capability"], r["function"]): r["evidence"] or "" for r in rows}
    cells = pd.DataFrame(
        [
            {
                "label": named(labels["capability"], cell["capability"]),
                "function": named(labels["function"], cell["function"]),
                "gap": gaps.get((cell["capability"], cell["function"])),
                "text": _cell_text(cell, gaps),
                "worst": (cell["capability"], cell["function"]) in heaviest,
                "evidence": grades.get((cell["capability"], cell["function"]), ""),
            }
            for cell in results["level"]["present"]["cells"]
        ]
    ).astype({"gap": float})
    order = pd.DataFrame(
        [
            {"label": named(labels["capability"], c["capability"]), "dimension": c["dimension"]}
            for c in results["level"]["present"]["capabilities"]
        ]
    )
    return Exhibit(
        chart=gap_matrix(cells, order, list(labels["function"].values()), _gaps_said(results)),
        table=_gap_table(results),
        notes=tuple(
            note for note in (LEGEND, unsettled(rows, labels), seen(results["alignment"])) if note
        ),
        open_table=True,
    )


def _cell_text(cell: Mapping[str, Any], gaps: Mapping[tuple[str, str], float]) -> str:
    """Return what a cell of the matrix says."""
    if cell["suppressed"]:
        return "×"
    gap = gaps.get((cell["capability"], cell["function"]))
    if gap is not None:
        return numeral(gap + 0, "+.1f") if abs(gap) >= 0.05 else "0"
    return "·" if cell["applies"] else ""


def _gaps_said(results: Mapping[str, Any]) -> str:
    rows = named_rows(results, results["alignment"]["gaps"][:SHOWN])
    said = [
        f"{row['capability']} in {row['function']} {numeral(row['gap'], '+.1f')}" for row in rows
    ]
    return "Gap of each capability in each function. Heaviest: " + "; ".join(said) + "."


def _gap_table(results: Mapping[str, Any]) -> Any:
    """Return the heaviest cells with what stands behind them."""
    columns = [
        *PLACE,
        *LEVELS,
        Column("n", "Raters", "integer"),
        Column("basis", "Basis"),
        Column("evidence", "Evidence"),
        Column("average_deviation", "Apart", "number"),
        Column("share", "Share", "percent"),
        Column("gain", "Gains", "number"),
        Column("waits", "Waits", "yesno"),
    ]
    rows = [
        {
            **row,
            "evidence": row["evidence"] or "–",
            "waits": bool(row["blocked_by"]),
        }
        for row in named_rows(results, results["alignment"]["gaps"][:SHOWN])
    ]
    frame = pd.DataFrame(rows).astype({"average_deviation": float})
    return table(
        frame,
        columns,
        CAPTION,
    )
