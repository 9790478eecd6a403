"""The matrix of gaps and its heaviest cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.alignment import gap_matrix
from lodestar.findings.words import named
from lodestar.tables import Column, table
from lodestar.workbook.alignment.columns import LEVELS, PLACE, SHOWN, named_rows
from lodestar.workbook.exhibit import Exhibit

__all__ = ["gaps"]


def gaps(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``alignment.gaps``: the matrix and the ten heaviest cells."""
    labels, rows = results["labels"], results["alignment"]["gaps"]
    heaviest = {(r["capability"], r["function"]) for r in rows[:SHOWN] if abs(r["gap"]) > 1e-9}
    gaps = {(r["capability"], r["function"]): r["gap"] for r in rows}
    cells = pd.DataFrame(
        [
            {
                "label": named(labels["capability"], cell["capability"]),
                "function": named(labels["function"], cell["function"]),
                "gap": gaps.get((cell["capability"], cell["function"])),
                "text": _cell_text(cell, gaps),
                "worst": (cell["capability"], cell["function"]) in heaviest,
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
        notes=(
            "· not rated; × too few to show; empty: does not apply. Underlined: the ten heaviest.",
        ),
        open_table=True,
    )


def _cell_text(cell: Mapping[str, Any], gaps: Mapping[tuple[str, str], float]) -> str:
    """Return what a cell of the matrix says."""
    if cell["suppressed"]:
        return "×"
    gap = gaps.get((cell["capability"], cell["function"]))
    if gap is not None:
        return f"{gap + 0:+.1f}".replace("-", "−") if abs(gap) >= 0.05 else "0"
    return "·" if cell["applies"] else ""


def _gaps_said(results: Mapping[str, Any]) -> str:
    rows = named_rows(results, results["alignment"]["gaps"][:SHOWN])
    said = [f"{row['capability']} in {row['function']} {row['gap']:+.1f}" for row in rows]
    return "Gap of each capability in each function. Heaviest: " + "; ".join(said) + "."


def _gap_table(results: Mapping[str, Any]) -> Any:
    """Return the heaviest cells with what stands behind them."""
    columns = [
        *PLACE,
        *LEVELS,
        Column("n", "Raters", "integer"),
        Column("basis", "Basis"),
        Column("share", "Share of misalignment", "percent"),
        Column("gain", "Points gained if closed", "number"),
    ]
    frame = pd.DataFrame(named_rows(results, results["alignment"]["gaps"][:SHOWN]))
    return table(frame, columns, "The ten cells that weigh most.")
