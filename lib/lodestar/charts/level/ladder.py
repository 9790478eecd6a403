"""The ladder: four levels, never merged, each with its uncertainty."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from lodestar.charts.level.marks import bands, ghosts, hollow, level_x, marks, moved, row_y, values
from lodestar.charts.theme import LEVEL_MARKS, WIDTH, finish
from lodestar.findings.words import level
from lodestar.schema.numerals import numeral

__all__ = ["ladder", "ladder_chart", "ladder_marks", "ladder_words"]

ROW, INDENT = 44, 112
ORDER = [str(look["label"]) for look in LEVEL_MARKS.values()]


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
    rows = ladder_marks(frame)
    return ladder_chart(rows, rung_names, description or ladder_words(rows), width)


def ladder_chart(
    rows: pd.DataFrame,
    rung_names: Mapping[str, str] | None = None,
    description: str = "",
    width: int = WIDTH,
) -> alt.LayerChart:
    """Return the ladder of rows made by `ladder_marks`; any such rows give the same grammar."""
    y = row_y(ORDER, INDENT, strong=True, letters=12)
    x = {name: level_x(name, rung_names) for name in ("low", "estimate", "edge", "reviewed")}
    decided = hollow(rows, x["estimate"], y).transform_filter("datum.kind === 'chosen'")
    layers = [
        bands(rows, x["low"], y),
        *ghosts(rows, x["reviewed"], y),
        marks(rows, x["estimate"], y, 170),
        decided,
        values(rows, x["edge"], y),
    ]
    return finish(alt.layer(*layers), description, width - INDENT, alt.Step(ROW))


def ladder_marks(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the known levels with labels, figures, where the figures stand, and what was.

    Parameters
    ----------
    frame : pandas.DataFrame
        As for `ladder`.

    Returns
    -------
    pandas.DataFrame
        Besides: ``label, text, edge, reviewed, moved, was`` (words).
    """
    shown = frame.dropna(subset=["estimate"]).reset_index(drop=True)
    shown["label"] = [str(LEVEL_MARKS[kind]["label"]) for kind in shown["kind"]]
    shown["text"] = [_figure(k, x) for k, x in zip(shown["kind"], shown["estimate"], strict=True)]
    shown["edge"] = shown[["estimate", "high"]].max(axis=1)
    if "reviewed" not in shown:
        shown["reviewed"] = float("nan")
    shown["moved"] = moved(shown["estimate"], shown["reviewed"])
    shown["was"] = [
        f"reviewed {_figure(row['kind'], row['reviewed'])}" if row["moved"] else ""
        for row in shown.to_dict("records")
    ]
    return shown


def ladder_words(rows: pd.DataFrame) -> str:
    """Return the ladder in words, from rows made by `ladder_marks`."""
    said = []
    for row in rows.to_dict("records"):
        range_ = (
            ""
            if pd.isna(row["low"])
            else f", from {numeral(row['low'], '.1f')} to {numeral(row['high'], '.1f')}"
        )
        before = f", {row['was']}" if row["was"] else ""
        said.append(f"{row['label']} {row['text']}{range_}{before}.")
    return " ".join(["Ladder from 1 to 5.", *said])


def _figure(kind: str, estimate: float) -> str:
    """Return a level with one decimal; a decided one without what it does not have."""
    return level(estimate) if kind == "chosen" else numeral(estimate, ".1f")
