"""The numbers that pages lead with: where each lies, its unit and interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lodestar.schema.leaves import is_number, null_reason

__all__ = ["CHOICES", "HEADLINES", "Figure", "Headline", "holder", "read"]


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


def read(headline: Headline, results: Mapping[str, Any]) -> Figure:
    """Return a headline number as one side published it."""
    parent, last = holder(headline.pointer, results)
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


def holder(pointer: str, results: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
    """Return what holds a pointer's last key; empty where the way ends before it."""
    *steps, last = pointer.split("/")[1:]
    node: Any = results
    for step in steps:
        if isinstance(node, list):
            node = node[int(step)] if node else None
        else:
            node = node.get(step) if isinstance(node, Mapping) else None
    return (node if isinstance(node, Mapping) else {}), last
