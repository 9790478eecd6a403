"""The numbers that pages lead with: where each lies, its unit, interval and movement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lodestar.findings.differences import appeared, choice_moved, moved
from lodestar.findings.spans import quoted
from lodestar.review.noise import COUNTED, Movement, movement
from lodestar.review.sides import Side
from lodestar.review.tree import is_number, null_reason, same

__all__ = ["CHOICES", "HEADLINES", "Figure", "Headline", "Moved", "moved_headlines", "read"]


@dataclass(frozen=True)
class Headline:
    """A number that pages lead with.

    Parameters
    ----------
    id : str
        Dotted name, stable.
    label : str
        What it is, as a sentence begins.
    unit : str
        level, index, score, share, number, count or money.
    pointer : str
        JSON pointer; ``-1`` stands for a list's last entry; a list counts its entries.
    interval : int
        Per cent of the interval whose ends lie beside it as ``low`` and ``high``; 0 for none.
    table : str
        Without rows in this table a count of none tells nothing, and there is no number.
    """

    id: str
    label: str
    unit: str
    pointer: str
    interval: int = 0
    table: str = ""


HEADLINES = (
    Headline("level.required", "Required level", "level", "/level/required/estimate", 80),
    Headline("level.chosen", "Chosen level", "level", "/level/chosen"),
    Headline("level.present", "Present level", "level", "/level/present/estimate", 80),
    Headline("level.staged", "Present level, strict reading", "level", "/level/present/staged"),
    Headline("level.experienced", "Experienced level", "level", "/level/experienced/estimate", 80),
    Headline("alignment.index", "Alignment index", "index", "/alignment/corrected/index", 80),
    Headline(
        "alignment.raw", "Alignment index with rater noise left in", "index", "/alignment/index"
    ),
    Headline("alignment.distance", "Distance from targets", "level", "/alignment/distance"),
    Headline("alignment.built_for", "Level you are built for", "level", "/alignment/built_for"),
    Headline("alignment.coverage", "Coverage of ratings", "share", "/alignment/coverage"),
    Headline("conflicts.severe", "Severe conflicts", "count", "/conflicts/severe", table="metrics"),
    Headline(
        "conflicts.contested", "Contested pairs", "count", "/conflicts/contested", table="metrics"
    ),
    Headline(
        "conflicts.all", "Conflicts of any size", "count", "/conflicts/items_total", table="metrics"
    ),
    Headline(
        "conflicts.orphans",
        "Outcomes nobody is paid for",
        "count",
        "/conflicts/orphans",
        table="metrics",
    ),
    Headline(
        "conflicts.repairs",
        "Repairs of measures",
        "count",
        "/conflicts/repairs/changes",
        table="metrics",
    ),
    Headline("purpose.focus", "Effort tied to your purpose", "share", "/purpose/focus_index"),
    Headline("purpose.drift", "Effort that drifted", "share", "/purpose/drift/-1/value"),
    Headline(
        "purpose.recurring", "Revenue that keeps coming back", "share", "/purpose/recurring_share"
    ),
    Headline("purpose.customers", "Effective customers", "number", "/purpose/effective_customers"),
    Headline("purpose.top", "Revenue of the ten largest", "share", "/purpose/top_share"),
    Headline("inclusion.nps", "Customers' NPS", "score", "/inclusion/nps/score", 95),
    Headline("inclusion.enps", "Employees' eNPS", "score", "/inclusion/enps/score", 95),
    Headline(
        "inclusion.referral",
        "Employees' NPS of the offer",
        "score",
        "/inclusion/referral/score",
        95,
    ),
    Headline("inclusion.index", "Inclusion in decisions", "share", "/inclusion/inclusion_index"),
    Headline("inclusion.command", "Decisions by command", "share", "/inclusion/command_share"),
    Headline("roadmap.before", "Index before the plan", "index", "/roadmap/index_before"),
    Headline("roadmap.after", "Index after the plan", "index", "/roadmap/index_after"),
    Headline("roadmap.cost", "Cost of the plan", "money", "/roadmap/cost"),
    Headline(
        "roadmap.harmful",
        "Harms found in planned investments",
        "count",
        "/roadmap/harmful",
        table="investments",
    ),
    Headline("data.response", "Response rate", "share", "/data_quality/response_rate"),
)
CHOICES = (("roadmap.chosen", "Investments chosen", "/roadmap/chosen", "investment"),)
"""Lists of ids that pages lead with: id, label, pointer, kind of name."""


@dataclass(frozen=True)
class Figure:
    """A headline number on one side: value, interval, and why there is none."""

    value: float | None
    low: float | None = None
    high: float | None = None
    reason: str = ""


@dataclass(frozen=True)
class Moved:
    """A headline that differs: both sides, the movement, and the sentence that tells it.

    ``movement`` is None for choices and where a side has no number.
    """

    id: str
    label: str
    unit: str
    pointer: str
    interval: int
    before: Any
    after: Any
    movement: Movement | None
    sentence: str

    def as_dict(self) -> dict[str, Any]:
        """Return the headline as ``diff --json`` prints it."""
        return {
            "id": self.id,
            "label": self.label,
            "unit": self.unit,
            "pointer": self.pointer,
            "interval_percent": self.interval or None,
            "before": _plain(self.before),
            "after": _plain(self.after),
            "movement": self.movement.as_dict() if self.movement else None,
            "sentence": self.sentence,
        }


def moved_headlines(before: Side, after: Side) -> list[Moved]:
    """Return the headlines that differ between two sides, in the walk's order."""
    found = [_headline(one, before, after) for one in HEADLINES]
    found += [_choice(*one, before.results, after.results) for one in CHOICES]
    return [one for one in found if one is not None]


def read(headline: Headline, results: Mapping[str, Any]) -> Figure:
    """Return a headline number as one side published it."""
    parent, last = _lead(headline.pointer, results)
    value = parent.get(last)
    known = (results.get("data_quality") or {}).get("tables") or {}
    if headline.table and headline.table not in known:
        return Figure(None, reason=f"Table {headline.table} was not given.")
    if isinstance(value, list):
        return Figure(float(len(value)))
    if not is_number(value):
        return Figure(None, reason=null_reason(parent, last))
    ends = (parent.get("low"), parent.get("high")) if headline.interval else (None, None)
    return Figure(float(value or 0.0), *ends)


def _headline(headline: Headline, before: Side, after: Side) -> Moved | None:
    there, here = read(headline, before.results), read(headline, after.results)
    if headline.unit == "money":
        headline = replace(headline, label=f"{headline.label}, {after.results.get('currency')}")
    if same([there.value, there.low, there.high], [here.value, here.low, here.high]):
        return None
    way, sentence = None, ""
    if there.value is None or here.value is None:
        why = there.reason if there.value is None else here.reason
        sentence = appeared(headline.label, headline.unit, there.value, here.value, why)
    elif same(there.value, here.value):
        sentence = f"{headline.label} stands; only its interval changed."
    else:
        ends = (there.value, there.low, there.high), (here.value, here.low, here.high)
        way = movement(headline.id, before, after, *ends)
        sentence = _sentence(headline, there.value, here.value, way)
    return Moved(
        headline.id,
        headline.label,
        headline.unit,
        headline.pointer,
        headline.interval,
        there,
        here,
        way,
        sentence,
    )


def _sentence(headline: Headline, before: float, after: float, way: Movement) -> str:
    share = headline.interval or 80
    reason = "" if way.reason == COUNTED else way.reason
    return moved(
        headline.label, headline.unit, before, after, way.bounds, share, way.beyond_noise, reason
    )


def _choice(
    name: str,
    label: str,
    pointer: str,
    kind: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> Moved | None:
    there, here = (_ids(pointer, results) for results in (before, after))
    if there == here:
        return None
    labels = {**before.get("labels", {}).get(kind, {}), **after.get("labels", {}).get(kind, {})}
    added = [quoted(labels.get(one, one)) for one in here if one not in there]
    gone = [quoted(labels.get(one, one)) for one in there if one not in here]
    return Moved(
        name, label, "choice", pointer, 0, there, here, None, choice_moved(label, added, gone)
    )


def _ids(pointer: str, results: Mapping[str, Any]) -> list[str]:
    parent, last = _lead(pointer, results)
    return [str(one) for one in parent.get(last) or []]


def _lead(pointer: str, results: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
    """Return what holds a pointer's last key; empty where the way ends before it."""
    *steps, last = pointer.split("/")[1:]
    node: Any = results
    for step in steps:
        if isinstance(node, list):
            node = node[int(step)] if node else None
        else:
            node = node.get(step) if isinstance(node, Mapping) else None
    return (node if isinstance(node, Mapping) else {}), last


def _plain(value: Any) -> Any:
    if isinstance(value, Figure):
        return {"value": value.value, "low": value.low, "high": value.high, "reason": value.reason}
    return value
