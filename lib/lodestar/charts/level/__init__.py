"""Charts of 02: the ladder, the profile, what drives the market's level, the customers' view."""

from lodestar.charts.level.drivers import drivers
from lodestar.charts.level.informants import rater_views
from lodestar.charts.level.ladder import ladder, ladder_chart, ladder_marks, ladder_words
from lodestar.charts.level.offer import offer_map
from lodestar.charts.level.profile import climb, profile
from lodestar.charts.level.segments import segment_levels
from lodestar.charts.level.steps import step_bars
from lodestar.charts.level.targets import target_chart, target_marks, target_words
from lodestar.charts.level.trend import trend_lines
from lodestar.charts.level.views import two_views

__all__ = [
    "climb",
    "drivers",
    "ladder",
    "ladder_chart",
    "ladder_marks",
    "ladder_words",
    "offer_map",
    "profile",
    "rater_views",
    "segment_levels",
    "step_bars",
    "target_chart",
    "target_marks",
    "target_words",
    "trend_lines",
    "two_views",
]
