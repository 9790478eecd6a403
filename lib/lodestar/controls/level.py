"""What if the market were otherwise, or another level were chosen?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets
import pandas as pd

from lodestar.assess.level import Inputs, again, inputs
from lodestar.charts.level import ladder
from lodestar.charts.live import live_html
from lodestar.controls.said import reviewed_figure, sentences
from lodestar.engagement.model import Engagement
from lodestar.findings.level import answer
from lodestar.findings.level.rows import ladder_rows
from lodestar.findings.words import level, named
from lodestar.tables import Column, table

__all__ = ["LevelWhatIf", "what_if"]

STYLE = {"description_width": "300px"}
WIDE = widgets.Layout(width="620px", max_width="100%")
MIDDLE = 3.0


def what_if(engagement: Engagement, results: Mapping[str, Any]) -> widgets.Widget:
    """Return the control of 02.

    Parameters
    ----------
    engagement : Engagement
        The client's material, for computing again.
    results : mapping
        The reviewed results.

    Returns
    -------
    ipywidgets.Widget
        The chosen level and every scored factor; the ladder, the sentences and the targets follow.
    """
    return LevelWhatIf(engagement, results)


class LevelWhatIf(widgets.VBox):
    """Chosen level and factor scores, with what follows from them.

    Parameters
    ----------
    engagement : Engagement
        The client's material.
    results : mapping
        The reviewed results.

    Notes
    -----
    A factor that is moved is held at its score in every draw; the others keep varying with their
    raters. Controls that stand at their reviewed value change nothing.
    """

    def __init__(self, engagement: Engagement, results: Mapping[str, Any]) -> None:
        self._results, self._material = results, inputs(engagement)
        self.chosen = _slider("What if we choose level", self._start(), 0.5)
        self.factors = self._factors()
        self._initial = {name: slider.value for name, slider in self.factors.items()}
        self.reset = widgets.Button(
            description="Back to the reviewed figures", layout=widgets.Layout(width="auto")
        )
        self.output = widgets.HTML()
        for slider in (self.chosen, *self.factors.values()):
            slider.observe(self._show, names="value")
        self.reset.on_click(self._reset)
        self._show()
        super().__init__([*self._rows(), widgets.HBox([self.reset]), self.output])

    def _start(self) -> float:
        """Return where the slider of the chosen level starts."""
        chosen = self._results["level"]["chosen"]
        return MIDDLE if chosen is None else float(chosen)

    def _factors(self) -> dict[str, widgets.FloatSlider]:
        """Return a slider for each scored factor, where they make a level."""
        if not self._material.required.known:
            return {}
        names = self._results["labels"]["factor"]
        scores = zip(self._material.required.market.factors, self._material.required.x, strict=True)
        return {f: _slider(named(names, f), round(float(x), 1), 0.1) for f, x in scores}

    def _rows(self) -> list[widgets.Widget]:
        """Return each control with its reviewed value beside it."""
        chosen = self._results["level"]["chosen"]
        said = "none" if chosen is None else level(chosen)
        rows = [_beside(self.chosen, said)]
        return rows + [_beside(s, level(self._initial[f])) for f, s in self.factors.items()]

    def _reset(self, *_: object) -> None:
        self.chosen.value = self._start()
        for name, slider in self.factors.items():
            slider.value = self._initial[name]

    def _moved(self) -> dict[str, float]:
        """Return the factors that were moved, with their scores."""
        return {
            name: float(slider.value)
            for name, slider in self.factors.items()
            if slider.value != self._initial[name]
        }

    def _changed(self) -> bool:
        return bool(self._moved()) or self.chosen.value != self._start()

    def _material_now(self) -> Inputs:
        untouched = self.chosen.value == self._start()
        chosen = self._results["level"]["chosen"] if untouched else float(self.chosen.value)
        return self._material.at(chosen, self._moved())

    def _show(self, *_: object) -> None:
        reviewed = self._results["level"]
        now = again(self._material_now(), reviewed) if self._changed() else reviewed
        said, was = (answer({"level": section}) for section in (now, reviewed))
        self.output.value = "".join([sentences(said, was), self._ladder(now), self._targets(now)])

    def _ladder(self, now: Mapping[str, Any]) -> str:
        """Return the ladder, the reviewed marks in grey behind it."""
        frame, was = ladder_rows(now), ladder_rows(self._results["level"])
        if frame.empty:
            return ""
        before = was.set_index("kind")["estimate"]
        shown = frame.assign(reviewed=frame["kind"].map(before))
        return live_html(lambda: ladder(shown, self._results["labels"]["level"]))

    def _targets(self, now: Mapping[str, Any]) -> str:
        """Return what the chosen level needs of each dimension, beside what was reviewed."""
        if now["chosen"] is None:
            return ""
        before = self._results["level"]["present"]["dimensions"]
        rows = [
            {
                "name": named(self._results["labels"]["dimension"], row["dimension"]),
                "present": row["estimate"],
                "target": row["target"],
                "reviewed": was["target"],
            }
            for row, was in zip(now["present"]["dimensions"], before, strict=True)
        ]
        columns = [
            Column("name", "Dimension"),
            Column("present", "Present", "number"),
            Column("target", "Target at this level", "number"),
            Column("reviewed", "Target reviewed", "number"),
        ]
        return table(pd.DataFrame(rows), columns, "Levels 1–5.").html()


def _slider(words: str, value: float, step: float) -> widgets.FloatSlider:
    return widgets.FloatSlider(
        value=value,
        min=1.0,
        max=5.0,
        step=step,
        readout_format=".1f",
        continuous_update=False,
        description=words,
        style=STYLE,
        layout=WIDE,
    )


def _beside(slider: widgets.FloatSlider, reviewed: str) -> widgets.HBox:
    layout = widgets.Layout(flex_flow="row wrap", align_items="center")
    return widgets.HBox([slider, widgets.HTML(reviewed_figure(reviewed))], layout=layout)
