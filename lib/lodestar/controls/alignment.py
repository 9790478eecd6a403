"""What if another level were chosen: how aligned would you be, and what would come first?"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import ipywidgets as widgets

from lodestar.assess.alignment.scenarios import LEVELS, Scenarios
from lodestar.charts.alignment import part_chart, part_marks
from lodestar.charts.live import Live
from lodestar.controls.alignment_shown import gaps_table
from lodestar.controls.said import reviewed_figure, sentences
from lodestar.findings.alignment import answer
from lodestar.findings.alignment.rows import part_rows
from lodestar.findings.words import level
from lodestar.schema.numerals import spoken

__all__ = ["AlignmentWhatIf", "what_if"]

MIDDLE = 3.0


def what_if(scenarios: Scenarios, results: Mapping[str, Any]) -> widgets.Widget:
    """Return the control of 04.

    Parameters
    ----------
    scenarios : Scenarios
        What is computed from at other figures; nothing said in confidence is in it.
    results : mapping
        The reviewed results.

    Returns
    -------
    ipywidgets.Widget
        The chosen level; index, parts and the heaviest gaps follow. A sentence without ratings.
    """
    if not scenarios.sections:
        reason = str(results["alignment"]["index_reason"])
        return widgets.HTML(f"<p>{escape(reason)}</p>")
    return AlignmentWhatIf(scenarios, results)


class AlignmentWhatIf(widgets.VBox):
    """Chosen level, with index, parts and heaviest gaps at it.

    Parameters
    ----------
    scenarios : Scenarios
        What is computed from at other figures; nothing said in confidence is in it.
    results : mapping
        The reviewed results.
    """

    def __init__(self, scenarios: Scenarios, results: Mapping[str, Any]) -> None:
        self.results, self._scenarios = results, scenarios
        self._bar = Live(part_chart)
        reviewed = results["alignment"]["chosen"]
        self._start = MIDDLE if reviewed is None else float(reviewed)
        self.chosen = widgets.SelectionSlider(
            options=[(level(x), x) for x in sorted({*LEVELS, self._start})],
            value=self._start,
            continuous_update=False,
            description="What if we choose level",
            style={"description_width": "initial"},
            layout=widgets.Layout(width="460px", max_width="100%"),
        )
        self.reset = widgets.Button(
            description="Back to the reviewed level", layout=widgets.Layout(width="auto")
        )
        self.output = widgets.HTML()
        self.chosen.observe(self._show, names="value")
        self.reset.on_click(self._reset)
        self._show()
        said = reviewed_figure("none" if reviewed is None else level(reviewed))
        row = widgets.HBox([self.chosen, widgets.HTML(said), self.reset])
        row.layout = widgets.Layout(flex_flow="row wrap", align_items="center")
        super().__init__([row, self.output])

    def take(self, value: float) -> None:
        """Start from what was chosen on the page, where it can be chosen here."""
        if value in [option for _, option in self.chosen.options]:
            self.chosen.value = value

    def _reset(self, *_: object) -> None:
        self.chosen.value = self._start

    @spoken
    def _show(self, *_: object) -> None:
        reviewed = self.results["alignment"]
        same = reviewed["chosen"] is not None and self.chosen.value == self._start
        now = reviewed if same else self._scenarios.at(float(self.chosen.value))
        labels = self.results["labels"]
        said, was = (answer({"alignment": s, "labels": labels}) for s in (now, reviewed))
        self.output.value = "".join(
            [sentences(said, was), self._parts(now), gaps_table(labels, now)]
        )

    def _parts(self, now: Mapping[str, Any]) -> str:
        """Return the parts as one bar, where there is anything to divide."""
        frame = part_rows(now)
        if frame.empty:
            return ""
        said = ", ".join(f"{row['name'].lower()} {row['text']}" for row in frame.to_dict("records"))
        return self._bar.html(part_marks(frame), f"Misalignment: {said}.")
