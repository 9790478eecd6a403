"""Charts of 01: effort, its drift, the life of work, revenue."""

from lodestar.charts.purpose.effort import focus_map, why_how_bars
from lodestar.charts.purpose.revenue import concentration_line, revenue_columns, runway_line
from lodestar.charts.purpose.time import drift_slopes, life_steps

__all__ = [
    "concentration_line",
    "drift_slopes",
    "focus_map",
    "life_steps",
    "revenue_columns",
    "runway_line",
    "why_how_bars",
]
