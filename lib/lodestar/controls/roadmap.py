"""What if there were other money, level or time, or an investment that must be in or out?"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import ipywidgets as widgets

from lodestar.assess.alignment import index_of
from lodestar.assess.roadmap.choice import Choice
from lodestar.assess.roadmap.portfolio import choose
from lodestar.assess.roadmap.publish import infeasible, planned
from lodestar.assess.roadmap.scenarios import Scenarios
from lodestar.controls.roadmap_shown import said, starts_of, starts_table
from lodestar.controls.said import WORKING, reviewed_figure, sentences
from lodestar.errors import FaultError
from lodestar.findings.roadmap.told import investment
from lodestar.findings.words import level, money, plural
from lodestar.schema.numerals import spoken

__all__ = ["RoadmapWhatIf", "what_if"]

STYLE = {"description_width": "initial"}
NAME = {"description_width": "270px"}
WIDE = widgets.Layout(width="560px", max_width="100%")
CHOICE = widgets.Layout(width="360px", max_width="100%")
MOST, STEPS = 2.0, 40
"""The slider of money ends at twice the budget, in steps of a twentieth of it."""

SHORTEST, QUARTER = 12, 3
"""Months of the shortest horizon, and of a step of its slider."""

FREE, IN, OUT = "may", "in", "out"


def what_if(scenarios: Scenarios, results: Mapping[str, Any]) -> widgets.Widget:
    """Return the control of 07.

    Parameters
    ----------
    scenarios : Scenarios
        What is computed from at other figures; nothing said in confidence is in it.
    results : mapping
        The reviewed results.

    Returns
    -------
    ipywidgets.Widget
        Budget, chosen level, horizon and each investment; the plan follows. A sentence without a
        choice.
    """
    section = results["roadmap"]
    if not section["investments"] or section["index_before"] is None:
        return widgets.HTML(f"<p>{escape(str(section['chosen_reason']))}</p>")
    return RoadmapWhatIf(scenarios, results)


class RoadmapWhatIf(widgets.VBox):
    """Budget, chosen level, horizon and what is in or out, with the plan that follows.

    Parameters
    ----------
    scenarios : Scenarios
        What is computed from at other figures; nothing said in confidence is in it.
    results : mapping
        The reviewed results.

    Notes
    -----
    A budget is changed in all its quarters and kinds alike; what falls after a shorter horizon
    is not spent. Controls that stand at their reviewed value change nothing.
    """

    def __init__(self, scenarios: Scenarios, results: Mapping[str, Any]) -> None:
        self._scenarios, self.results = scenarios, results
        self._section, self._level = results["roadmap"], results["alignment"]["chosen"]
        self._made: dict[int, Choice] = {}
        self.budget = self._money()
        self.chosen = widgets.FloatSlider(
            value=self._level,
            min=1.0,
            max=5.0,
            step=0.5,
            readout_format=".1f",
            continuous_update=False,
            description="What if we choose level",
            style=STYLE,
            layout=WIDE,
        )
        self.horizon = self._months()
        self.choices = {r["investment"]: self._choice(r) for r in self._section["investments"]}
        self._resetting = False
        self.reset = widgets.Button(
            description="Back to the reviewed plan", layout=widgets.Layout(width="220px")
        )
        self.working = widgets.HTML(layout=widgets.Layout(min_height="30px"))
        self.output = widgets.HTML()
        self._watched = [
            w for w in (self.budget, self.chosen, self.horizon, *self.choices.values()) if w
        ]
        self._initial = [w.value for w in self._watched]
        for control in self._watched:
            control.observe(self._show, names="value")
        self.reset.on_click(self._reset)
        self._show()
        super().__init__([*self._rows(), self.reset, self.working, self.output])

    def _money(self) -> widgets.FloatSlider | None:
        """Return the slider of money, where there is a budget to change."""
        budget = self._section["budget"]
        if not budget:
            return None
        return widgets.FloatSlider(
            value=budget,
            min=0.0,
            max=MOST * budget,
            step=MOST * budget / STEPS,
            readout_format=",.0f",
            continuous_update=False,
            description=f"What if the budget were, {self.results['currency']}",
            style=STYLE,
            layout=WIDE,
        )

    def _months(self) -> widgets.SelectionSlider:
        """Return the slider of the horizon, in quarters, from one year to what was reviewed."""
        reviewed = int(self._section["horizon_months"])
        steps = sorted({*range(SHORTEST, reviewed, QUARTER), reviewed})
        return widgets.SelectionSlider(
            options=[(f"{months} months", months) for months in steps],
            value=reviewed,
            continuous_update=False,
            description="What if the plan were judged in",
            style=STYLE,
            layout=WIDE,
        )

    def _choice(self, row: Mapping[str, Any]) -> widgets.Dropdown:
        """Return what may be decided about one investment."""
        return widgets.Dropdown(
            options=[FREE, IN, OUT],
            value={"must": IN, "may": FREE, "must-not": OUT}[row["choice"]],
            description=investment(self.results, row["investment"], 38),
            tooltip=investment(self.results, row["investment"]),
            style=NAME,
            layout=CHOICE,
        )

    def _rows(self) -> list[widgets.Widget]:
        """Return each control with its reviewed value beside it."""
        term = plural(int(self._section["horizon_months"]), "month")
        rows = [_beside(self.chosen, level(self._level)), _beside(self.horizon, term)]
        if self.budget is not None:
            said = money(self._section["budget"], self.results["currency"])
            rows = [_beside(self.budget, said), *rows]
        boxes = widgets.Box(list(self.choices.values()))
        boxes.layout = widgets.Layout(flex_flow="row wrap")
        return [
            *rows,
            widgets.HTML(
                "<p>Judged earlier, the plan has the money and people of the quarters until then."
                "</p><p>What if an investment must be in, or out? (may: the plan decides)</p>"
            ),
            boxes,
        ]

    def _reset(self, *_: object) -> None:
        self._resetting = True
        for control, value in zip(self._watched, self._initial, strict=True):
            control.value = value
        self._resetting = False
        self._show()

    def _changed(self) -> bool:
        return [control.value for control in self._watched] != self._initial

    def _plan(self) -> Mapping[str, Any]:
        """Return the section at the figures chosen, or the reviewed one."""
        if not self._changed():
            return self._section
        made = self._choices().at(float(self.chosen.value)).with_choices(self._rules())
        if self.budget is not None:
            made = made.with_budget(float(self.budget.value) / self._section["budget"])
        found = choose(made.problem, quick=True)
        told = infeasible(made) if found is None else planned(made, found)
        before = float(index_of(made.problem.weighed(made.problem.gap)))
        return {
            **self._section,
            **{"path": [], "relax": [], "index_before": before},
            "horizon_months": made.problem.calendar.horizon,
            **told,
            "starts": starts_of(made, found),
        }

    def _choices(self) -> Choice:
        """Return the choice at the horizon chosen, made once."""
        horizon = int(self.horizon.value)
        if horizon not in self._made:
            self._made[horizon] = self._scenarios.at(self._level, horizon)
        return self._made[horizon]

    def _rules(self) -> dict[str, str]:
        """Return what was decided about each investment, as the table writes it."""
        words = {FREE: "may", IN: "must", OUT: "must-not"}
        return {name: words[box.value] for name, box in self.choices.items()}

    @spoken
    def _show(self, *_: object) -> None:
        if self._resetting:
            return
        self.working.value = WORKING
        try:
            self._tell(self._plan())
        except FaultError as fault:
            self.output.value = f"<p>{escape(str(fault))}</p>"
        finally:
            self.working.value = ""

    def _tell(self, now: Mapping[str, Any]) -> None:
        """Show a plan beside the reviewed one."""
        reviewed = said(self.results, self._section)
        shown = starts_table(self.results, now).html()
        self.output.value = sentences(said(self.results, now), reviewed) + shown


def _beside(slider: widgets.Widget, reviewed: str) -> widgets.HBox:
    layout = widgets.Layout(flex_flow="row wrap", align_items="center")
    return widgets.HBox([slider, widgets.HTML(reviewed_figure(reviewed))], layout=layout)
