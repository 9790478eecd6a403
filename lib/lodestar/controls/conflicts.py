"""What if a conflict were severe from elsewhere, or a measure were paid for less or more?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from html import escape
from typing import Any

import ipywidgets as widgets
import pandas as pd

from lodestar.assess.conflicts.changes import price_of
from lodestar.assess.conflicts.measured import measure
from lodestar.assess.conflicts.register import Register, register_of
from lodestar.assess.conflicts.reviews import reviews_by_pair
from lodestar.assess.conflicts.section import section
from lodestar.charts.conflicts import severity_bars
from lodestar.charts.render import chart_html
from lodestar.charts.theme import FAINT
from lodestar.engagement.model import Engagement
from lodestar.findings.conflicts.pairs_words import count_sentence, listed, nothing
from lodestar.findings.conflicts.repair_words import change_words, left_words, plan_sentence
from lodestar.findings.conflicts.rows import severity_rows
from lodestar.findings.conflicts.told import node
from lodestar.findings.words import named
from lodestar.tables import Column, table

__all__ = ["ConflictWhatIf", "what_if"]

ALL = ""
SHOWN = 10
STYLE = {"description_width": "initial"}
WIDE = widgets.Layout(width="460px")


def what_if(engagement: Engagement, results: Mapping[str, Any]) -> widgets.Widget:
    """Return the control of 03.

    Parameters
    ----------
    engagement : Engagement
        The client's material, for computing again.
    results : mapping
        The reviewed results.

    Returns
    -------
    ipywidgets.Widget
        Threshold, one measure's share of reward, a function to look at, and what they change.
    """
    reviewed = results["conflicts"]
    if nothing(reviewed) or not reviewed["register"]["rewarded"]:
        reason = reviewed.get("items_reason") or reviewed["repairs"]["changes_reason"]
        return widgets.HTML(f"<p>{escape(reason)}</p>")
    return ConflictWhatIf(engagement, results)


class ConflictWhatIf(widgets.VBox):
    """Threshold and incentive of one measure; conflicts and repairs are solved again.

    Parameters
    ----------
    engagement : Engagement
        The client's material.
    results : mapping
        The reviewed results.
    """

    def __init__(self, engagement: Engagement, results: Mapping[str, Any]) -> None:
        self._engagement, self._results = engagement, results
        reviewed = results["conflicts"]
        self.threshold = widgets.FloatSlider(
            value=reviewed["threshold"],
            min=0.0,
            max=max(0.2, 2 * reviewed["threshold"]),
            step=0.005,
            readout_format=".3f",
            continuous_update=False,
            description="What if a conflict is severe from",
            style=STYLE,
            layout=WIDE,
        )
        self.metric = widgets.Dropdown(
            options=self._metrics(),
            value=self._first_metric(),
            description="What if",
            style=STYLE,
            layout=WIDE,
        )
        self.incentive = widgets.IntSlider(
            min=0,
            max=100,
            step=1,
            continuous_update=False,
            description="carries this % of its function’s reward",
            style=STYLE,
            layout=WIDE,
        )
        self.function = widgets.Dropdown(
            options=self._functions(), description="Show conflicts of", style=STYLE, layout=WIDE
        )
        self.reset = widgets.Button(
            description="Back to the reviewed figures", layout=widgets.Layout(width="auto")
        )
        self.output = widgets.HTML()
        self._follow_metric()
        self._watch()
        self._show()
        rows = [self.threshold, self.metric, self.incentive, self.function, self.reset]
        super().__init__([*rows, self.output])

    def _watch(self) -> None:
        self.metric.observe(self._follow_metric, names="value")
        for control in (self.threshold, self.incentive, self.function):
            control.observe(self._show, names="value")
        self.reset.on_click(self._reset)

    def _metrics(self) -> list[tuple[str, str]]:
        nodes = self._results["conflicts"]["register"]["nodes"]
        paid = [n for n in nodes if n.get("incentive", 0) > 0]
        names = self._results["labels"]["function"]
        told = [
            (f"{node(self._results, n['id'])} ({named(names, n['function'])})", n["id"])
            for n in paid
        ]
        return sorted(told)

    def _first_metric(self) -> str:
        """The measure behind the worst conflict, else the first that is paid for."""
        paid = [key for _, key in self._metrics()]
        worst = [item["a"] for item in listed(self._results["conflicts"])]
        return next((key for key in worst if key in paid), paid[0])

    def _functions(self) -> list[tuple[str, str]]:
        items = self._results["conflicts"]["items"]
        found = {item[key] for item in items for key in ("function_a", "function_b")} - {None}
        names = self._results["labels"]["function"]
        return [("all functions", ALL), *sorted((named(names, f), f) for f in found)]

    def _follow_metric(self, *_: object) -> None:
        """Set the slider to the reviewed share of the metric that was chosen."""
        self.incentive.value = round(100 * self._reviewed_incentive(self.metric.value))

    def _reviewed_incentive(self, metric: str) -> float:
        nodes = self._results["conflicts"]["register"]["nodes"]
        return float(next(n["incentive"] for n in nodes if n["id"] == metric))

    def _reset(self, *_: object) -> None:
        self.threshold.value = self._results["conflicts"]["threshold"]
        self.function.value = ALL
        self._follow_metric()

    @cached_property
    def _register(self) -> Register:
        """The register with its history, made when a figure is first changed."""
        history = self._engagement.table("history")
        return measure(register_of(self._engagement), history, self._engagement.period.as_of)

    def _changed(self) -> bool:
        reviewed = round(100 * self._reviewed_incentive(self.metric.value))
        same_threshold = self.threshold.value == self._results["conflicts"]["threshold"]
        return not same_threshold or self.incentive.value != reviewed

    def _solved(self) -> Mapping[str, Any]:
        """Reviewed results, or those of the figures chosen."""
        if not self._changed():
            return self._results
        register = self._register.with_threshold(self.threshold.value)
        if self.incentive.value != round(100 * self._reviewed_incentive(self.metric.value)):
            register = register.with_incentives({self.metric.value: self.incentive.value / 100})
        price = price_of(self._engagement.table("repairs"))
        reviews = reviews_by_pair(self._engagement)
        made = section(register, price, reviews)
        return {"labels": self._results["labels"], "conflicts": made}

    def _show(self, *_: object) -> None:
        solved = self._solved()
        self.output.value = "".join([self._sentences(solved), self._bars(solved), _plan(solved)])

    def _sentences(self, solved: Mapping[str, Any]) -> str:
        """What follows now, and beside it in grey what was reviewed."""
        said = _both(solved)
        html = f"<p><b>{escape(said)}</b></p>"
        if not self._changed():
            return html
        return f"{html}<p style='color:{FAINT}'>Reviewed: {escape(_both(self._results))}</p>"

    def _bars(self, solved: Mapping[str, Any]) -> str:
        function, shown = self.function.value, listed(solved["conflicts"])
        if function:
            shown = [i for i in shown if function in (i["function_a"], i["function_b"])]
        if not shown:
            return "<p>No clear conflict of this function.</p>"
        bars = severity_rows(solved, shown[:SHOWN])
        threshold = solved["conflicts"]["threshold"]
        words = f"The worst of {len(shown)}: {bars['label'].iloc[0]}."
        return chart_html(severity_bars(bars, threshold, words))


def _both(solved: Mapping[str, Any]) -> str:
    return f"{count_sentence(solved)}. {plan_sentence(solved['conflicts'])}."


def _plan(solved: Mapping[str, Any]) -> str:
    """The cheapest changes as a table."""
    changes = solved["conflicts"]["repairs"]["changes"]
    notes = "".join(f"<p>{escape(note)}</p>" for note in left_words(solved))
    if not changes:
        return notes
    rows = [{"change": change_words(solved, c), "cost": c["cost"]} for c in changes]
    columns = [Column("change", "Cheapest changes"), Column("cost", "Cost", "number")]
    return table(pd.DataFrame(rows), columns).html() + notes
