"""Exhibits of 04: matrix of gaps, parts, functions, over-shoot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from lodestar.charts.alignment import gap_matrix, index_rows, over_shoot_bars, part_bar
from lodestar.findings.alignment.rows import SHORT, part_rows
from lodestar.findings.alignment.whole import PART_NAMES, shown_index
from lodestar.findings.spans import span
from lodestar.findings.words import level, money, named, plural, points, start
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["EXHIBITS"]

SHOWN = 10
PLACE = [Column("capability", "Capability"), Column("function", "Function")]
LEVELS = [
    Column("present", "Present", "number"),
    Column("target", "Target", "number"),
    Column("gap", "Gap in levels", "signed"),
]


def _index(results: Mapping[str, Any]) -> Exhibit:
    alignment, names = results["alignment"], results["labels"]["function"]
    rows = [
        {**row, **shown_index(row), "label": named(names, row["function"])}
        for row in alignment["functions"]
    ]
    rows.sort(key=lambda row: (row["index"], row["label"]))
    whole = {**shown_index(alignment), "label": "All functions"}
    frame = pd.DataFrame([whole, *rows]).astype(dict.fromkeys(("index", "low", "high"), float))
    frame["text"] = [points(x) for x in frame["index"]]
    said = "; ".join(f"{row['label']} {row['text']}" for row in frame.to_dict("records"))
    columns = [
        Column("label", "Function"),
        Column("index", "Index 0–100", "integer"),
        Column("low", "From", "integer"),
        Column("high", "To", "integer"),
        Column("gap", "Mean gap in levels", "signed"),
        Column("share", "Share of misalignment", "percent"),
    ]
    return Exhibit(
        chart=index_rows(frame, f"Alignment index of 100: {said}."),
        table=table(frame, columns, "Each function against its own targets; interval 80 %."),
        notes=tuple(_index_notes(alignment)),
    )


def _index_notes(alignment: Mapping[str, Any]) -> list[str]:
    """Return the uncorrected index and how sharply *built for* is determined."""
    notes = []
    if alignment["corrected"]["index"] is not None:
        notes.append(f"Before the correction for rater noise: {points(alignment['index'])} of 100.")
    built = f"{level(alignment['built_for'])}{span(alignment['built_for_range'])}"
    notes.append(f"Built for: the level whose target profile lies nearest, {built}.")
    if alignment["cells"]["withheld"]:
        withheld = plural(alignment["cells"]["withheld"], "cell")
        notes.append(f"{start(withheld)} withheld to protect raters, counted as missing.")
    return notes


def _parts(results: Mapping[str, Any]) -> Exhibit:
    alignment = results["alignment"]
    frame = part_rows(alignment)
    said = ", ".join(f"{row['name'].lower()} {row['text']}" for row in frame.to_dict("records"))
    chart = None if frame.empty else part_bar(frame, f"Misalignment: {said}.")
    columns = [
        Column("name", "Part"),
        Column("observed", "Squared levels", "precise"),
        Column("value", "Without rater noise", "precise"),
        Column("low", "From", "precise"),
        Column("high", "To", "precise"),
    ]
    rows = [
        {"name": SHORT[k], "observed": alignment["parts"][k], **alignment["corrected"]["parts"][k]}
        for k in PART_NAMES
    ]
    caption = f"Parts of misalignment; {alignment['misalignment']:.2f} squared levels in all."
    noise = alignment["corrected"]["noise"]
    notes = () if noise is None else (f"Rater noise is {noise:.2f} squared levels.",)
    return Exhibit(chart=chart, table=table(pd.DataFrame(rows), columns, caption), notes=notes)


def _gaps(results: Mapping[str, Any]) -> Exhibit:
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
    rows = _named(results, results["alignment"]["gaps"][:SHOWN])
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
    frame = pd.DataFrame(_named(results, results["alignment"]["gaps"][:SHOWN]))
    return table(frame, columns, "The ten cells that weigh most.")


def _named(results: Mapping[str, Any], rows: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with names in place of ids."""
    labels = results["labels"]
    return [
        {
            **row,
            "capability": named(labels["capability"], row["capability"]),
            "function": named(labels["function"], row["function"]),
            "basis": str(row.get("basis", "")).replace(";", ", "),
        }
        for row in rows
    ]


def _overshoot(results: Mapping[str, Any]) -> Exhibit:
    above = results["alignment"]["overshoot"]
    rows = _named(results, above["cells"][:SHOWN])
    if not rows:
        return Exhibit()
    currency, costed = str(results["currency"]), above["cost_year"] is not None
    shown = pd.DataFrame(
        [
            {
                "label": f"{row['capability']} · {row['function']}",
                "size": (row["cost_year"] or 0.0) if costed else row["gap"],
                "text": _held(row, currency) if costed else f"+{row['gap']:.1f}",
            }
            for row in rows
        ]
    )
    said = "; ".join(f"{row['label']} {row['text']}" for row in shown.to_dict("records"))
    columns = [
        *PLACE,
        *LEVELS,
        Column("cost_year", f"Cost a year, {currency}", "integer"),
        Column("share", "Share of misalignment", "percent"),
    ]
    every = _named(results, above["cells"])
    chart = over_shoot_bars(shown, f"Cells above target: {said}.")
    return Exhibit(chart=chart, table=table(pd.DataFrame(every), columns, "Cells above target."))


def _held(row: Mapping[str, Any], currency: str) -> str:
    cost = row["cost_year"]
    return "not costed" if cost is None else money(cost, currency)


def _functions(results: Mapping[str, Any]) -> Exhibit:
    labels = results["labels"]
    rows = [
        {
            **row,
            "pair": f"{named(labels['function'], row['function_a'])} and "
            f"{named(labels['function'], row['function_b'])}",
            "apart": row["distance"] if row["corrected"] is None else row["corrected"],
            "capability": named(labels["capability"], row["capability"]),
        }
        for row in results["alignment"]["pairs"]
    ]
    columns = [
        Column("pair", "Functions"),
        Column("apart", "Apart, levels", "number"),
        Column("low", "From", "number"),
        Column("high", "To", "number"),
        Column("capability", "Most apart on"),
        Column("difference", "Difference there", "signed"),
    ]
    caption = "Every pair, furthest apart first; difference = first minus second."
    return Exhibit(table=table(pd.DataFrame(rows), columns, caption), open_table=True)


EXHIBITS: dict[str, Callable[[Mapping[str, Any]], Exhibit]] = {
    "alignment.index": _index,
    "alignment.parts": _parts,
    "alignment.gaps": _gaps,
    "alignment.overshoot": _overshoot,
    "alignment.functions": _functions,
}
"""Finding id: what makes its exhibit from results."""
