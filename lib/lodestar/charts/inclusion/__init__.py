"""Charts of 06: advocacy, decisions, needs, the value chain, leading indicators, workforce."""

from lodestar.charts.inclusion.advocacy import advocacy_intervals
from lodestar.charts.inclusion.chain import chain_map
from lodestar.charts.inclusion.decisions import decision_matrix, mode_steps
from lodestar.charts.inclusion.leading import indicator_panels
from lodestar.charts.inclusion.needs import needs_strip
from lodestar.charts.inclusion.workforce import workforce_columns

__all__ = [
    "advocacy_intervals",
    "chain_map",
    "decision_matrix",
    "indicator_panels",
    "mode_steps",
    "needs_strip",
    "workforce_columns",
]
