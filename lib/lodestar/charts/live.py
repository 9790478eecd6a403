"""Charts redrawn while somebody moves a control: the same picture, without checking the grammar."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
from altair.utils.schemapi import debug_mode

from lodestar.charts.render import chart_html

__all__ = ["live_html"]


def live_html(make: Callable[[], alt.TopLevelMixin]) -> str:
    """Return the chart as an offline figure, built without Altair's own validation.

    Parameters
    ----------
    make : callable
        Builds the chart; tests validate what it builds, so that a live redraw need not.
    """
    with debug_mode(False):
        spec = make().to_dict(validate=False)
    return chart_html(spec)
