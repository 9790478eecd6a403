"""Charts of 04: index, fit, trend, parts, matrix of gaps, what waits, over-shoot, assets."""

from lodestar.charts.alignment.bars import over_shoot_bars, part_bar, part_chart, part_marks
from lodestar.charts.alignment.curve import distance_curve
from lodestar.charts.alignment.matrix import gap_matrix
from lodestar.charts.alignment.rests import asset_rows, lifted_bars
from lodestar.charts.alignment.scale import index_rows
from lodestar.charts.alignment.time import index_lines

__all__ = [
    "asset_rows",
    "distance_curve",
    "gap_matrix",
    "index_lines",
    "index_rows",
    "lifted_bars",
    "over_shoot_bars",
    "part_bar",
    "part_chart",
    "part_marks",
]
