"""Targets: how far each dimension is from what the chosen level needs of it."""

from __future__ import annotations

from collections.abc import Iterator

import altair as alt
import pandas as pd

from lodestar.charts.level.marks import bands, ghosts, hollow, level_x, marks, moved, row_y, values
from lodestar.charts.theme import SOFT, finish
from lodestar.schema.numerals import numeral

__all__ = ["target_chart", "target_marks", "target_words"]

ROW, INDENT, PLOT = 34, 236, 560
LETTERS = 34


def target_chart(rows: pd.DataFrame, description: str = "") -> alt.LayerChart:
    """Return level and target of each dimension, the target that was reviewed in grey behind.

    Parameters
    ----------
    rows : pandas.DataFrame
        From `target_marks`, in the order to show.
    description : str
        Text alternative.

    Returns
    -------
    altair.LayerChart
        Dot = level, band = 80 % interval, hollow square = target, line and figure = way to go.
    """
    y, x = row_y(rows["label"].tolist(), INDENT, letters=LETTERS), level_x("estimate")
    ways = alt.Chart(rows).mark_rule(color=SOFT, strokeWidth=1.5)
    layers = [
        bands(rows, level_x("low"), y, 14),
        ways.transform_filter("isValid(datum.estimate)").encode(x=x, x2=alt.X2("target:Q"), y=y),
        *ghosts(rows, level_x("reviewed"), y),
        hollow(rows, level_x("target"), y, 90),
        marks(rows, x, y, 90),
        values(rows, level_x("edge"), y),
    ]
    return finish(alt.layer(*layers), description, PLOT, ROW * len(rows))


def target_marks(frame: pd.DataFrame) -> pd.DataFrame:
    """Return dimensions with the words and places of their marks.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``label, estimate, low, high, target, reviewed`` (target reviewed); NaN where unknown.

    Returns
    -------
    pandas.DataFrame
        Besides: ``kind, edge, text`` (way to go, in levels), ``moved, was`` (words, once).
    """
    ways, far = frame["target"] - frame["estimate"], moved(frame["target"], frame["reviewed"])
    return frame.assign(
        kind="present",
        edge=frame[["estimate", "high", "target"]].max(axis=1),
        text=["" if pd.isna(way) else numeral(way, "+.1f") for way in ways],
        moved=far,
        was=["reviewed" if own and before == 0 else "" for own, before in _counted(far)],
    )


def target_words(rows: pd.DataFrame) -> str:
    """Return targets in words: each dimension's level, its target, and the target reviewed."""
    said = [
        f"{row['label']}: {_level(row['estimate'])}, target {numeral(row['target'], '.1f')}"
        f"{', reviewed ' + _level(row['reviewed']) if row['moved'] else ''}."
        for row in rows.dropna(subset=["target"]).to_dict("records")
    ]
    return " ".join(["Present level and target of each dimension.", *said])


def _counted(far: pd.Series) -> Iterator[tuple[bool, int]]:
    """Yield what moved with how many moved before it."""
    return zip(far, far.cumsum() - far, strict=True)


def _level(estimate: float) -> str:
    return "not known" if pd.isna(estimate) else numeral(estimate, ".1f")
