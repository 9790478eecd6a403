"""Charts of 05: views, gaps, the map of groups, agreement, paired questions, topics."""

from lodestar.charts.perspectives.bars import agreement_dots, topic_bars
from lodestar.charts.perspectives.dumbbell import Series, dumbbells
from lodestar.charts.perspectives.gaps import gap_intervals
from lodestar.charts.perspectives.places import place_map
from lodestar.charts.perspectives.quadrant import quadrant
from lodestar.charts.perspectives.topics import topic_shares
from lodestar.charts.perspectives.views import Panel, view_map

__all__ = [
    "Panel",
    "Series",
    "agreement_dots",
    "dumbbells",
    "gap_intervals",
    "place_map",
    "quadrant",
    "topic_bars",
    "topic_shares",
    "view_map",
]
