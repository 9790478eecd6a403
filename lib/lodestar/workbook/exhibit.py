"""What a finding shows as its evidence: a chart, a table, notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lodestar.tables import Table

__all__ = ["Exhibit", "Fold"]


@dataclass(frozen=True)
class Fold:
    """One of several things to choose from, or more than most readers need; opened by a click.

    Parameters
    ----------
    title : str
        What a reader clicks on: says what is inside.
    chart : altair chart, optional
        As for an exhibit.
    table : lodestar.tables.Table, optional
        Figures.
    notes : tuple of str
        Lines under them.
    open : bool
        Open from the start.
    """

    title: str
    chart: Any = None
    table: Table | None = None
    notes: tuple[str, ...] = ()
    open: bool = False


@dataclass(frozen=True)
class Exhibit:
    """Evidence beside a finding.

    Parameters
    ----------
    chart : altair chart, optional
        Already finished by ``lodestar.charts.theme.finish``.
    table : lodestar.tables.Table, optional
        The figures behind the chart, folded away when there is a chart and `open_table` is false.
    notes : tuple of str
        Lines under the exhibit: what is left out, what the reader should know.
    open_table : bool
        Show the table unfolded although there is a chart.
    folds : tuple of Fold
        Shown last, of which one is open at a time; they need no kernel and no script.
    """

    chart: Any = None
    table: Table | None = None
    notes: tuple[str, ...] = ()
    open_table: bool = False
    folds: tuple[Fold, ...] = ()
