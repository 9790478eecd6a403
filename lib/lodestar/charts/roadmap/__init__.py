"""Charts of 07: what each investment adds, the way of the index, money, and the plan."""

from lodestar.charts.roadmap.bars import impact_bars
from lodestar.charts.roadmap.gantt import gantt
from lodestar.charts.roadmap.lines import frontier_lines, index_path
from lodestar.charts.roadmap.shares import share_bars

__all__ = ["frontier_lines", "gantt", "impact_bars", "index_path", "share_bars"]
