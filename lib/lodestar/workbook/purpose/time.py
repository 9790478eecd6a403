"""Exhibits of time: drift, the life of work, when the purpose was last revisited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.labels import spread
from lodestar.charts.purpose import drift_slopes, life_steps
from lodestar.findings.names import headline, purpose_name
from lodestar.findings.purpose.time import drift_sentence
from lodestar.findings.purpose.time import lifetimes as lifetimes_finding
from lodestar.findings.words import named, percent
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["drift", "lifetimes", "revisited"]

STRONG = 3
SHOWN = 7
MOVES = 10
LABEL = 34


def drift(results: Mapping[str, Any]) -> Exhibit:
    """Return the slopes of the latest drift, with the activities that moved effort."""
    last = results["purpose"]["drift"][-1]
    lines, labels = _slopes(results, last)
    periods = [last["from"], last["to"]]
    description = f"{drift_sentence(results)}. {_changes(results, last)}"
    chart = drift_slopes(lines, labels, periods, description)
    return Exhibit(chart, _moves(results, last), _drift_notes(results, last), open_table=True)


def lifetimes(results: Mapping[str, Any]) -> Exhibit:
    """Return how long work runs, and how it ends."""
    part = results["purpose"]["lifetimes"]
    curve = pd.DataFrame(part["curve"])
    survival = curve.reindex(columns=["month", "survival", "low", "high"]).astype(float)
    steps = pd.DataFrame(part["incidence"])
    longest = float(survival["month"].max())
    steps = pd.concat([steps, steps.tail(1).assign(month=longest)], ignore_index=True)
    endings = steps.melt("month", ["finished", "abandoned"], "ending", "share")
    description = headline(lifetimes_finding(results))
    chart = life_steps(survival, endings, _life_labels(part, survival), description)
    rows = survival.assign(at_risk=curve["at_risk"]).iloc[1:]
    columns = [
        Column("month", "Months since it began", "number"),
        Column("at_risk", "Running until then", "integer"),
        Column("survival", "Share still running", "percent"),
        Column("low", "From", "percent"),
        Column("high", "To", "percent"),
    ]
    return Exhibit(chart, table(rows, columns))


def revisited(results: Mapping[str, Any]) -> Exhibit:
    """Return when each purpose was last revisited."""
    rows = [
        {**row, "name": purpose_name(results, row["id"], 400)}
        for row in results["purpose"]["last_revisited"]
    ]
    columns = [
        Column("name", "Purpose"),
        Column("kind", "Kind"),
        Column("date", "Last revisited"),
        Column("months", "Months ago", "integer"),
    ]
    return Exhibit(table=table(pd.DataFrame(rows), columns))


def _slopes(
    results: Mapping[str, Any], last: Mapping[str, Any]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return lines and labels of the slope chart."""
    rows = sorted(last["shares"], key=lambda r: (-abs(r["change"]), r["key"]))[:SHOWN]
    lines, labels = [], []
    for side, period, column in (("left", "from", "share_from"), ("right", "to", "share_to")):
        top = max(max(r["share_from"], r["share_to"]) for r in rows)
        places = spread([r[column] for r in rows], top * 0.042, -0.05 * top, top * 1.04)
        for place, (row, y) in enumerate(zip(rows, places, strict=True)):
            strong = place < STRONG and abs(row["change"]) > 0
            name = purpose_name(results, row["key"], LABEL)
            shared = {"key": row["key"], "name": name, "period": last[period], "strong": strong}
            lines.append({**shared, "share": row[column], "purpose": row["purpose"]})
            text = percent(row[column])
            words = f"{text}  {name}" if side == "right" else text
            labels.append({**shared, "side": side, "y": y, "label": words})
    return pd.DataFrame(lines), pd.DataFrame(labels)


def _moves(results: Mapping[str, Any], last: Mapping[str, Any]) -> Any:
    """Return the activities that moved effort, largest first."""
    rows = [
        {
            **move,
            "function": named(results["labels"]["function"], move["function"]),
            "before": _served(results, move["key_from"]),
            "after": _served(results, move["key_to"]),
        }
        for move in last["moves"][:MOVES]
    ]
    columns = [
        Column("name", "Activity"),
        Column("function", "Function"),
        Column("kind", "What happened"),
        Column("before", f"Served in {last['from']}"),
        Column("after", f"Serves in {last['to']}"),
        Column("change", "Part of the drift", "percent"),
    ]
    frame = pd.DataFrame(rows, columns=[c.name for c in columns])
    return table(frame, columns, "Activities that moved effort, largest first")


def _served(results: Mapping[str, Any], key: str | None) -> str | None:
    """Return what an activity serves, in words."""
    return None if key is None else purpose_name(results, key, LABEL)


def _drift_notes(results: Mapping[str, Any], last: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what is not drawn, and earlier drifts."""
    notes = ["Solid: declared purposes; dashed: other purposes. Ink: those that moved most."]
    if len(last["shares"]) > SHOWN:
        notes.append(f"{len(last['shares']) - SHOWN} purposes that moved less are not drawn.")
    earlier = results["purpose"]["drift"][:-1]
    if earlier:
        said = [f"{step['from']} to {step['to']} {percent(step['value'])}" for step in earlier]
        notes.append(f"Earlier drift: {', '.join(said)}.")
    return tuple(notes)


def _changes(results: Mapping[str, Any], last: Mapping[str, Any]) -> str:
    """Return every share before and after, in words."""
    return "; ".join(
        f"{purpose_name(results, row['key'], LABEL)} from {percent(row['share_from'])} to "
        f"{percent(row['share_to'])}"
        for row in last["shares"]
    )


def _life_labels(part: Mapping[str, Any], survival: pd.DataFrame) -> pd.DataFrame:
    """Return the labels at the right end of the three lines."""
    ends = {
        "still running": float(survival["survival"].iloc[-1]),
        "finished": part["finished"],
        "abandoned": part["abandoned"],
    }
    places = spread(list(ends.values()), 0.07, 0.02, 0.98)
    rows = [
        (float(survival["month"].max()), y, f"{percent(share)} {name}", name == "still running")
        for (name, share), y in zip(ends.items(), places, strict=True)
    ]
    return pd.DataFrame(rows, columns=["month", "y", "label", "strong"])
