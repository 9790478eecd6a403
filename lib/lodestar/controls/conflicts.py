"""What if less counted as severe, only near effects counted, links were doubted, pay otherwise?"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import ipywidgets as widgets

from lodestar.assess.conflicts.links import REACH
from lodestar.assess.conflicts.scenario import Scenario
from lodestar.assess.conflicts.scenarios import Scenarios
from lodestar.controls.conflicts_doubts import Doubts
from lodestar.controls.conflicts_pay import Pay
from lodestar.controls.conflicts_shown import Shown, plan_table
from lodestar.controls.said import WORKING, reviewed_figure
from lodestar.findings.conflicts.pairs_words import nothing
from lodestar.findings.conflicts.what_if_words import excess_words
from lodestar.findings.words import named
from lodestar.schema.numerals import numeral, spoken

__all__ = ["ConflictWhatIf", "what_if"]

ALL = ""
STYLE = {"description_width": "initial"}
WIDE = widgets.Layout(width="620px", max_width="100%")
LENGTHS = [("direct links only", 1), *((f"up to {k} links", k) for k in range(2, REACH + 1))]


def what_if(scenarios: Scenarios, results: Mapping[str, Any]) -> widgets.Widget:
    """Return the control of 03.

    Parameters
    ----------
    scenarios : Scenarios
        What is computed from at other figures; nothing said in confidence is in it.
    results : mapping
        The reviewed results.

    Returns
    -------
    ipywidgets.Widget
        Threshold, length of paths, links to doubt, what measures are paid for, a function to look
        at; and what they change.
    """
    reviewed = results["conflicts"]
    if nothing(reviewed) or not reviewed["register"]["rewarded"]:
        reason = reviewed.get("items_reason") or reviewed["repairs"]["changes_reason"]
        return widgets.HTML(f"<p>{escape(reason)}</p>")
    return ConflictWhatIf(scenarios, results)


class ConflictWhatIf(widgets.VBox):
    """Threshold, length, doubts and pay; conflicts and repairs are solved again.

    Parameters
    ----------
    scenarios : Scenarios
        What is computed from at other figures; nothing said in confidence is in it.
    results : mapping
        The reviewed results.

    Attributes
    ----------
    said, bars, roof, plan : ipywidgets.HTML
        Sentences beside the reviewed ones, the worst conflicts, the functions, the changes.

    Notes
    -----
    Controls that stand at their reviewed value change nothing. While one move is solved the page
    keeps only the latest of those that follow.
    """

    def __init__(self, scenarios: Scenarios, results: Mapping[str, Any]) -> None:
        self.results, self._shown = results, Shown(results)
        self._scenarios = scenarios
        self._last: tuple[Scenario, Mapping[str, Any]] = (Scenario(), results)
        self._resetting = False
        self.threshold, self.length = self._threshold(), _length()
        self.doubts, self.pay = Doubts(results), Pay(results)
        self.function = widgets.Dropdown(
            options=self._functions(), description="Show conflicts of", style=STYLE, layout=WIDE
        )
        self.reset = widgets.Button(
            description="Back to the reviewed figures", layout=widgets.Layout(width="auto")
        )
        self.working = widgets.HTML(layout=widgets.Layout(min_height="30px"))
        self.said, self.bars, self.roof, self.plan = (widgets.HTML() for _ in range(4))
        self._watch()
        self._show()
        super().__init__(self._rows())

    def take(self, value: float) -> None:
        """Start from the severity chosen on the page, where it can be chosen here."""
        if self.threshold.min <= value <= self.threshold.max:
            self.threshold.value = value

    def _rows(self) -> list[widgets.Widget]:
        """Return each control with its reviewed value beside it, then what follows from them."""
        severe = numeral(self.results["conflicts"]["threshold"], ".3f")
        return [
            _beside(self.threshold, severe),
            _beside(self.length, f"up to {REACH} links"),
            self.pay,
            self.doubts,
            widgets.HBox([self.reset]),
            self.working,
            self.said,
            self.function,
            *(self.bars, self.roof, self.plan),
        ]

    def _watch(self) -> None:
        for control in (self.threshold, self.length, self.function):
            control.observe(self._show, names="value")
        self.pay.observe(self._show, names="changes")
        self.doubts.observe(self._show, names="doubted")
        self.reset.on_click(self._reset)

    def _threshold(self) -> widgets.FloatSlider:
        reviewed = self.results["conflicts"]["threshold"]
        return widgets.FloatSlider(
            value=reviewed,
            min=0.0,
            max=max(0.2, 2 * reviewed),
            step=0.005,
            readout_format=".3f",
            continuous_update=False,
            description="What if a conflict is severe from",
            style=STYLE,
            layout=WIDE,
        )

    def _functions(self) -> list[tuple[str, str]]:
        nodes = self.results["conflicts"]["register"]["nodes"]
        found = {n["function"] for n in nodes if n["group"] == "metric"} - {None}
        names = self.results["labels"]["function"]
        return [("all functions", ALL), *sorted((named(names, f), f) for f in found)]

    def _reset(self, *_: object) -> None:
        self._resetting = True
        self.threshold.value = self.results["conflicts"]["threshold"]
        self.length.value, self.function.value = REACH, ALL
        self.pay.reset()
        self.doubts.reset()
        self._resetting = False
        self._show()

    def _scenario(self) -> Scenario:
        """Return what stands otherwise than reviewed."""
        threshold, length = float(self.threshold.value), int(self.length.value)
        return Scenario(
            None if threshold == self.results["conflicts"]["threshold"] else threshold,
            None if length == REACH else length,
            self.doubts.doubted,
            dict(self.pay.changes),
        )

    def _solved(self, scenario: Scenario) -> Mapping[str, Any]:
        """Return the reviewed results, or those of the scenario."""
        if not scenario.changes:
            return self.results
        if self._last[0] != scenario:
            made = self._scenarios.at(scenario)
            told = {"history": self.results["conflicts"]["history"], **made}
            self._last = (scenario, {"labels": self.results["labels"], "conflicts": told})
        return self._last[1]

    @spoken
    def _show(self, *_: object) -> None:
        if self._resetting:
            return
        scenario = self._scenario()
        over = scenario.excess(self._scenarios.register)
        if over:
            why = " ".join(excess_words(self.results, one) for one in over)
            self.said.value = f"<p><b>{escape(why)}</b></p>"
            self.bars.value = self.roof.value = self.plan.value = ""
            return
        self.working.value = WORKING
        try:
            self._follow(scenario)
        finally:
            self.working.value = ""

    def _follow(self, scenario: Scenario) -> None:
        now = self._solved(scenario)
        self.said.value = self._shown.words(now, scenario)
        self.plan.value = plan_table(now)
        self.bars.value = self._shown.bars(now, self.function.value)
        self.roof.value = self._shown.roof(now)


def _length() -> widgets.SelectionSlider:
    return widgets.SelectionSlider(
        options=LENGTHS,
        value=REACH,
        continuous_update=False,
        description="What if effects count over",
        style=STYLE,
        layout=WIDE,
    )


def _beside(slider: widgets.Widget, reviewed: str) -> widgets.HBox:
    layout = widgets.Layout(flex_flow="row wrap", align_items="center")
    return widgets.HBox([slider, widgets.HTML(reviewed_figure(reviewed))], layout=layout)
