"""Charts of 02: the ladder, the profile, what drives the market's level, the customers' view."""

from lodestar.charts.level.drivers import drivers
from lodestar.charts.level.ladder import ladder
from lodestar.charts.level.profile import climb, profile
from lodestar.charts.level.views import two_views

__all__ = ["climb", "drivers", "ladder", "profile", "two_views"]
