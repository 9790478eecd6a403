"""Capability × function cells: their levels, who rated them, and their draws."""

from lodestar.assess.cells.draws import FEWEST, cell_draws, draw_cells, few_raters, rater_spread
from lodestar.assess.cells.matrix import Cells, cell_matrix

__all__ = [
    "FEWEST",
    "Cells",
    "cell_draws",
    "cell_matrix",
    "draw_cells",
    "few_raters",
    "rater_spread",
]
