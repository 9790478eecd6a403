"""The ladder: four levels, never merged, each with its uncertainty."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from lodestar.charts.level.marks import (
    bands,
    level_x,
    marks,
    row_y,
    rows,
    rungs,
    track,
    values,
)
from lodestar.charts.theme import FAINT, LEVEL_MARKS, WIDTH, finish

__all__ = ["ladder"]

KINDS = ("required", "chosen", "present", "experienced")
ROW, INDENT = 44, 112
NARROW, STACKED = 520, 56
"""Under this width labels stand above their rows, and only numbers below the rungs."""


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
        Width in pixels, row labels included; a narrow one (a phone's) stacks labels over rows.

    Returns
    -------
    altair.LayerChart
        Mark = estimate, band = interval, figure beside it; rung names below.
    """
    shown = _prepared(frame)
    order = [str(LEVEL_MARKS[kind]["label"]) for kind in KINDS]
    order = [label for label in order if label in set(shown["label"])]
    narrow = width < NARROW
    indent, height = (0 if narrow else INDENT), (STACKED if narrow else ROW) * max(1, len(order))
    layers = [*rungs(rung_names, height, every=not narrow), track(shown, order)]
    layers += _ghosts(shown, order)
    for kind in [k for k in KINDS if k in set(shown["kind"])]:
        own = shown[shown["kind"] == kind]
        layers += [bands(own, order, kind), marks(own, order, kind, size=_size(kind))]
    layers += [values(shown, order, "edge"), rows(shown, order, indent)]
    said = description or _description(shown)
    return finish(alt.layer(*layers), said, width - indent, height)


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


def _size(kind: str) -> int:
    return 200 if kind == "required" else 150


def _ghosts(shown: pd.DataFrame, order: list[str]) -> list[alt.Chart]:
    """Return the reviewed values in grey, where they differ from what is shown."""
    if "reviewed" not in shown:
        return []
    moved = shown[(shown["reviewed"] - shown["estimate"]).abs() >= 0.05].copy()
    moved["was"] = [
        f"reviewed {_figure(k, x)}" for k, x in zip(moved["kind"], moved["reviewed"], strict=True)
    ]
    base = alt.Chart(moved).encode(y=row_y(order))
    point = base.mark_point(shape="circle", size=90, filled=True, color=FAINT, opacity=0.45)
    text = base.mark_text(align="center", baseline="bottom", dy=-10, color=FAINT, fontSize=12)
    return [point.encode(x=level_x("reviewed")), text.encode(x=level_x("reviewed"), text="was:N")]


def _description(shown: pd.DataFrame) -> str:
    """Return the ladder in words."""
    said = []
    for row in shown.to_dict("records"):
        range_ = "" if pd.isna(row["low"]) else f", from {row['low']:.1f} to {row['high']:.1f}"
        said.append(f"{row['label']} {row['text']}{range_}.")
    return " ".join(["Ladder from 1 to 5.", *said])
