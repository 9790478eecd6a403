"""Exhibit of robustness: how often each investment would be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.roadmap import share_bars
from lodestar.findings.roadmap.robust import SURE
from lodestar.findings.roadmap.told import investment, telling
from lodestar.findings.words import between, percent
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["robust"]

LABEL = 56


def robust(results: Mapping[str, Any]) -> Exhibit:
    """Return the share of draws in which each investment would be chosen."""
    made = results["roadmap"]["robustness"]
    rows = sorted(made["investments"], key=lambda row: (-row["share_chosen"], row["investment"]))
    names = telling(results, [row["investment"] for row in rows], LABEL)
    frame = pd.DataFrame([_bar(row, names[row["investment"]]) for row in rows])
    said = "; ".join(f"{row['label']} {row['text']}" for row in frame.to_dict("records"))
    same = percent(made["same_set_share"])
    head = f"The whole set of the plan is chosen in {same} of {made['draws']} draws"
    chart = share_bars(frame, SURE, f"{head}. By investment: {said}.")
    return Exhibit(chart, _figures(results, rows), _notes(results))


def _bar(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return one bar with what stands at its end."""
    state = "in the plan" if row["chosen"] else "left out"
    text = f"{percent(row['share_chosen'])} · {state}"
    return {"label": name, "share": row["share_chosen"], "text": text, "state": state}


def _figures(results: Mapping[str, Any], rows: list[dict[str, Any]]) -> Any:
    """Return the same as a table."""
    shown = [{**row, "name": investment(results, row["investment"])} for row in rows]
    columns = [
        Column("name", "Investment"),
        Column("chosen", "In the plan", "yesno"),
        Column("share_chosen", "Chosen in share of draws", "percent"),
    ]
    return table(pd.DataFrame(shown), columns)


def _notes(results: Mapping[str, Any]) -> tuple[str, ...]:
    """Return how often the very set comes back, and where the index ends with the plan."""
    made = results["roadmap"]["robustness"]
    band = between(made["index_after"]["low"], made["index_after"]["high"])
    return (
        f"The very set of the plan comes back in {percent(made['same_set_share'])} of draws; with "
        f"the plan as it is, the index at the horizon lies at {band} in 95 % of them.",
        f"The dashed line stands at {percent(SURE)} of draws.",
    )
