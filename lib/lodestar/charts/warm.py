"""What the first chart of a process has to do once, done ahead."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.theme import finish

__all__ = ["warm_charts"]


def warm_charts() -> None:
    """Make the specification of one chart and forget it: Altair learns its schema on the way.

    Notes
    -----
    No picture is drawn: the converter starts threads, and a process with threads cannot be forked.
    """
    rows = pd.DataFrame({"name": ["a", "b"], "value": [1.0, 2.0]})
    bars = alt.Chart(rows).encode(
        x=alt.X("value:Q", title=None, scale=alt.Scale(domain=[0, 3]), axis=alt.Axis(grid=False)),
        y=alt.Y("name:N", sort=["a", "b"]),
        color=alt.condition("datum.value > 1", alt.value("#000000"), alt.value("#ffffff")),
        tooltip=[alt.Tooltip("value:Q", format=".1f")],
    )
    layered = alt.layer(bars.mark_bar(), bars.mark_text(dx=4).encode(text=alt.Text("value:Q")))
    finish(layered, "A chart to warm up with").to_dict()
