"""What measures carry of their function's reward, several of them otherwise at once."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import ipywidgets as widgets
import traitlets

from lodestar.findings.conflicts.pairs_words import listed
from lodestar.findings.conflicts.told import node
from lodestar.findings.conflicts.what_if_words import pay_words
from lodestar.findings.names import short
from lodestar.findings.words import named
from lodestar.schema.numerals import spoken

__all__ = ["Pay"]

STYLE = {"description_width": "initial"}
WIDE = widgets.Layout(width="620px", max_width="100%")
NAME = 34


class Pay(widgets.VBox):
    """A measure, its share of reward, and every share that was changed so far.

    Parameters
    ----------
    results : mapping
        The reviewed results.

    Attributes
    ----------
    changes : dict
        Share (0–1) of each metric that stands otherwise than reviewed; observed by its owner.
    """

    changes = traitlets.Dict()

    def __init__(self, results: Mapping[str, Any]) -> None:
        self.results = results
        nodes = results["conflicts"]["register"]["nodes"]
        self._reviewed = {n["id"]: float(n["incentive"]) for n in nodes if n["group"] == "metric"}
        self.metric = widgets.Dropdown(
            options=self._named(nodes),
            value=self._first(),
            description="What if",
            style=STYLE,
            layout=WIDE,
        )
        self.share = widgets.IntSlider(
            value=self._percent(self.metric.value),
            min=0,
            max=100,
            continuous_update=False,
            description="carries this % of its function’s reward",
            style=STYLE,
            layout=WIDE,
        )
        self.list = widgets.VBox()
        self.metric.observe(self._follow, names="value")
        self.share.observe(self._note, names="value")
        self.observe(self._tell, names="changes")
        super().__init__([self.metric, self.share, self.list])

    def reset(self) -> None:
        """Take every change back."""
        self.changes = {}

    def _named(self, nodes: list[Mapping[str, Any]]) -> list[tuple[str, str]]:
        """Every metric with its function, those that are paid for first."""
        names = self.results["labels"]["function"]
        told = [
            (f"{node(self.results, n['id'])} ({named(names, n['function'])})", n["id"])
            for n in nodes
            if n["group"] == "metric" and n["function"]
        ]
        return sorted(told, key=lambda pair: (self._reviewed[pair[1]] <= 0, pair))

    def _first(self) -> str:
        """The measure behind the worst conflict, else the first that is paid for."""
        paid = sorted(key for key, share in self._reviewed.items() if share > 0)
        worst = [item["a"] for item in listed(self.results["conflicts"])]
        return next((key for key in worst if key in paid), paid[0])

    def _percent(self, metric: str) -> int:
        """Share in whole per cent as it stands now."""
        return round(100 * self.changes.get(metric, self._reviewed[metric]))

    @spoken
    def _follow(self, *_: object) -> None:
        """Set the slider to the share of the metric that was chosen."""
        self.share.value = self._percent(self.metric.value)

    @spoken
    def _note(self, *_: object) -> None:
        """Remember a share that was moved, forget one that was moved back."""
        metric = self.metric.value
        others = {key: share for key, share in self.changes.items() if key != metric}
        same = self.share.value == round(100 * self._reviewed[metric])
        kept = others if same else others | {metric: self.share.value / 100}
        if self.share.value != self._percent(metric):
            self.changes = kept

    def _tell(self, *_: object) -> None:
        """List what was changed, each with a button that takes it back."""
        self._follow()
        self.list.children = [self._row(key, self.changes[key]) for key in sorted(self.changes)]

    def _row(self, metric: str, share: float) -> widgets.HBox:
        said = pay_words(self.results, metric, share, self._reviewed[metric])
        name = short(node(self.results, metric), NAME)
        back = widgets.Button(description=f"Take back: {name}", layout=_auto())
        back.on_click(lambda _: self._take_back(metric))
        layout = widgets.Layout(flex_flow="row wrap", align_items="center")
        return widgets.HBox([widgets.HTML(f"<p>{escape(said)}.</p>"), back], layout=layout)

    def _take_back(self, metric: str) -> None:
        self.changes = {key: share for key, share in self.changes.items() if key != metric}


def _auto() -> widgets.Layout:
    return widgets.Layout(width="auto", max_width="100%")
