"""What a finding shows as its evidence: a chart, a table, notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lodestar.tables import Table

__all__ = ["Exhibit"]


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
    """

    chart: Any = None
    table: Table | None = None
    notes: tuple[str, ...] = ()
    open_table: bool = False
