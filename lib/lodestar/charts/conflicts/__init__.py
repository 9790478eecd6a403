"""Charts of 03: who collides with whom, by which path, how badly, and what history says."""

from lodestar.charts.conflicts.bars import before_after, severity_bars
from lodestar.charts.conflicts.direction import direction_dots
from lodestar.charts.conflicts.history import history_dots
from lodestar.charts.conflicts.matrix import GLYPHS, sign_matrix
from lodestar.charts.conflicts.network import path_network
from lodestar.charts.conflicts.plan import relief_dots
from lodestar.charts.conflicts.roof import roof

__all__ = [
    "GLYPHS",
    "before_after",
    "direction_dots",
    "history_dots",
    "path_network",
    "relief_dots",
    "roof",
    "severity_bars",
    "sign_matrix",
]
