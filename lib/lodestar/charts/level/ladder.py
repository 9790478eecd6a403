"""The ladder: four levels, never merged, each with its uncertainty."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from lodestar.charts.level.marks import bands, hollow, level_x, marks, row_y, values
from lodestar.charts.theme import FAINT, LEVEL_MARKS, WIDTH, finish

__all__ = ["ladder"]

ROW, INDENT = 44, 112
MOVED = 0.05
"""A what-if value this near to the reviewed one shows no second mark."""


def ladder(
    frame: pd.DataFrame,
    rung_names: Mapping[str, str] | None = None,
    description: str | None = None,
    width: int = WIDTH,
) -> alt.LayerChart:
    """Return the four levels on the ladder.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a known level: ``kind`` (required, chosen, present, experienced), ``estimate`` 1-5,
        ``low``, ``high`` (NaN: no band). With a column ``reviewed``, that value stays visible in
        grey beside a what-if value.
    rung_names : mapping of str to str, optional
        Name of each level by its number as text.
    description : str, optional
        Text alternative; made from the figures when absent.
    width : int
        Width in pixels, row labels included.

    Returns
    -------
    altair.LayerChart
        Mark = estimate, band = interval, figure beside it; rung names below.
    """
    shown = _prepared(frame)
    order = [str(look["label"]) for look in LEVEL_MARKS.values()]
    order = [label for label in order if label in set(shown["label"])]
    y = row_y(order, INDENT, strong=True)
    x = {name: level_x(name, rung_names) for name in ("low", "estimate", "edge", "reviewed")}
    layers = [
        bands(shown, x["low"], y),
        *_ghosts(shown, x["reviewed"], y),
        marks(shown, x["estimate"], y, 170),
        hollow(shown[shown["kind"] == "chosen"], x["estimate"], y),
        values(shown, x["edge"], y),
    ]
    said = description or _description(shown)
    return finish(alt.layer(*layers), said, width - INDENT, ROW * max(1, len(order)))


def _prepared(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with labels, figures and where the figures stand."""
    shown = frame.dropna(subset=["estimate"]).copy()
    shown["label"] = [str(LEVEL_MARKS[kind]["label"]) for kind in shown["kind"]]
    shown["text"] = [_figure(k, x) for k, x in zip(shown["kind"], shown["estimate"], strict=True)]
    shown["edge"] = shown[["estimate", "high"]].max(axis=1)
    return shown.reset_index(drop=True)


def _figure(kind: str, estimate: float) -> str:
    """Return a level with one decimal; a decided one without what it does not have."""
    said = f"{estimate:.1f}"
    return said.removesuffix(".0") if kind == "chosen" else said


def _ghosts(shown: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return the reviewed values in grey, where they differ from what is shown."""
    if "reviewed" not in shown:
        return []
    moved = shown[(shown["reviewed"] - shown["estimate"]).abs() >= MOVED].copy()
    pairs = zip(moved["kind"], moved["reviewed"], strict=True)
    moved["was"] = [f"reviewed {_figure(kind, value)}" for kind, value in pairs]
    base = alt.Chart(moved).encode(x=x, y=y)
    point = base.mark_point(shape="circle", size=90, filled=True, color=FAINT, opacity=0.45)
    text = base.mark_text(baseline="bottom", dy=-10, color=FAINT, fontSize=12)
    return [point, text.encode(text="was:N")]


def _description(shown: pd.DataFrame) -> str:
    """Return the ladder in words."""
    said = []
    for row in shown.to_dict("records"):
        range_ = "" if pd.isna(row["low"]) else f", from {row['low']:.1f} to {row['high']:.1f}"
        said.append(f"{row['label']} {row['text']}{range_}.")
    return " ".join(["Ladder from 1 to 5.", *said])
