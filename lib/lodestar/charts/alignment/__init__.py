"""Charts of 04: parts of misalignment, the matrix of gaps, functions, over-shoot."""

from lodestar.charts.alignment.bars import over_shoot_bars, part_bar, part_chart, part_marks
from lodestar.charts.alignment.matrix import gap_matrix
from lodestar.charts.alignment.scale import index_rows

__all__ = ["gap_matrix", "index_rows", "over_shoot_bars", "part_bar", "part_chart", "part_marks"]
