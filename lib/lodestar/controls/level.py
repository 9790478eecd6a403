"""What if the market were otherwise, or another level were chosen?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets

from lodestar.assess.level.scenarios import Scenarios
from lodestar.controls.level_shown import STEPS, Shown
from lodestar.controls.said import reviewed_figure
from lodestar.findings.words import level, named
from lodestar.schema.numerals import spoken

__all__ = ["LevelWhatIf", "what_if"]

STYLE = {"description_width": "300px"}
WIDE = widgets.Layout(width="620px", max_width="100%")
MIDDLE = 3.0
NEARLY = (
    "What if your market scored otherwise, from 1 to 5? Once a factor is moved, intervals are "
    "drawn from what is published of the answers; they may be off by a tenth of a level."
)


def what_if(scenarios: Scenarios, results: Mapping[str, Any]) -> widgets.Widget:
    """Return the control of 02.

    Parameters
    ----------
    scenarios : Scenarios
        What is computed from at other figures; nothing said in confidence is in it.
    results : mapping
        The reviewed results.

    Returns
    -------
    ipywidgets.Widget
        The chosen level and every scored factor; the four levels, the sentences and the targets of
        the dimensions follow while a slider is dragged.
    """
    return LevelWhatIf(scenarios, results)


class LevelWhatIf(widgets.VBox):
    """Chosen level and factor scores, with what follows from them.

    Parameters
    ----------
    scenarios : Scenarios
        What is computed from at other figures; nothing said in confidence is in it.
    results : mapping
        The reviewed results.

    Attributes
    ----------
    four, said, aims : ipywidgets.HTML
        The ladder with the four levels, the sentences, the targets of the dimensions.

    Notes
    -----
    A factor that is moved is held at its score in every draw; the others keep varying with their
    raters. Controls that stand at their reviewed value change nothing. While one move is computed
    the page keeps only the latest of those that follow, so that a drag never falls behind.
    """

    def __init__(self, scenarios: Scenarios, results: Mapping[str, Any]) -> None:
        self.results, self._scenarios = results, scenarios
        self._shown, self._resetting = Shown(results), False
        self.chosen = self._levels()
        self.factors = self._factors()
        self._initial = {name: slider.value for name, slider in self.factors.items()}
        self.reset = widgets.Button(
            description="Back to the reviewed figures", layout=widgets.Layout(width="auto")
        )
        self.four, self.said, self.aims = (widgets.HTML() for _ in range(3))
        for slider in (self.chosen, *self.factors.values()):
            slider.observe(self._show, names="value")
        self.reset.on_click(self._reset)
        self._show()
        super().__init__(
            [*self._rows(), widgets.HBox([self.reset]), self.said, self.aims],
        )

    def take(self, value: float) -> None:
        """Start from what was chosen on the page, where it can be chosen here."""
        if value in [option for _, option in self.chosen.options]:
            self.chosen.value = value

    def _start(self) -> float:
        """Return where the slider of the chosen level starts."""
        chosen = self.results["level"]["chosen"]
        return MIDDLE if chosen is None else float(chosen)

    def _levels(self) -> widgets.SelectionSlider:
        """Return the slider of the chosen level, in halves and at the level reviewed."""
        values = sorted({*STEPS, self._start()})
        return widgets.SelectionSlider(
            options=[(f"level {level(x)}", x) for x in values],
            value=self._start(),
            description="What if we choose",
            style=STYLE,
            layout=WIDE,
        )

    def _factors(self) -> dict[str, widgets.FloatSlider]:
        """Return a slider for each scored factor, where they make a level."""
        names, scores = self.results["labels"]["factor"], self._scenarios.scores
        return {f: _score(named(names, f), round(x, 1)) for f, x in scores.items()}

    def _rows(self) -> list[widgets.Widget]:
        """Return each control with its reviewed value beside it, the ladder among them."""
        chosen = self.results["level"]["chosen"]
        rows = [_beside(self.chosen, "none" if chosen is None else level(chosen)), self.four]
        if self.factors:
            rows.append(widgets.HTML(f"<p>{NEARLY}</p>"))
        return rows + [_beside(s, level(self._initial[f])) for f, s in self.factors.items()]

    def _reset(self, *_: object) -> None:
        self._resetting = True
        self.chosen.value = self._start()
        for name, slider in self.factors.items():
            slider.value = self._initial[name]
        self._resetting = False
        self._show()

    def _moved(self) -> dict[str, float]:
        """Return the factors that were moved, with their scores."""
        return {
            name: float(slider.value)
            for name, slider in self.factors.items()
            if slider.value != self._initial[name]
        }

    def _section(self) -> Mapping[str, Any]:
        """Return the section at the figures chosen, or the reviewed one."""
        reviewed: Mapping[str, Any] = self.results["level"]
        untouched = self.chosen.value == self._start()
        if not self._moved() and untouched:
            return reviewed
        chosen = reviewed["chosen"] if untouched else float(self.chosen.value)
        return self._scenarios.at(chosen, self._moved(), reviewed)

    @spoken
    def _show(self, *_: object) -> None:
        if self._resetting:
            return
        now = self._section()
        self.four.value = self._shown.ladder(now)
        self.said.value = self._shown.words(now)
        self.aims.value = self._shown.targets(now)


def _score(words: str, value: float) -> widgets.FloatSlider:
    return widgets.FloatSlider(
        value=value,
        min=1.0,
        max=5.0,
        step=0.1,
        readout_format=".1f",
        description=words,
        style=STYLE,
        layout=WIDE,
    )


def _beside(slider: widgets.Widget, reviewed: str) -> widgets.HBox:
    layout = widgets.Layout(flex_flow="row wrap", align_items="center")
    return widgets.HBox([slider, widgets.HTML(reviewed_figure(reviewed))], layout=layout)
