"""What the what-if of 07 says and shows of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.assess.roadmap.choice import Choice
from lodestar.assess.roadmap.portfolio import Portfolio
from lodestar.assess.roadmap.problem import OUT
from lodestar.findings.roadmap.choice import broken, choice_sentence, proof
from lodestar.findings.roadmap.rules import relax_words
from lodestar.findings.roadmap.told import investment
from lodestar.findings.words import joined
from lodestar.tables import Column, Table, table

__all__ = ["said", "starts_of", "starts_table"]


def said(results: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Return the sentence of a plan, the way out where there is none, what is not proven.

    Parameters
    ----------
    results : mapping
        The reviewed results; labels and currency are used.
    now : mapping
        The section ``roadmap`` with the plan.
    """
    shown = {**{key: results[key] for key in ("labels", "currency")}, "roadmap": now}
    way = [f"The smallest way out: {joined(relax_words(shown))}."] if broken(now) else []
    doubt = [proof(now)] if now["optimal"] is False else []
    return [f"{choice_sentence(shown)}.", *way, *doubt]


def starts_table(results: Mapping[str, Any], now: Mapping[str, Any]) -> Table:
    """Return when each investment starts now, beside what was reviewed."""
    reviewed = results["roadmap"]["investments"]
    starts = now.get("starts", {row["investment"]: row["start"] for row in reviewed})
    rows = [
        {
            "name": investment(results, row["investment"]),
            "now": starts.get(row["investment"]),
            "reviewed": row["start"],
            "cost": row["cost"],
        }
        for row in reviewed
    ]
    columns = [
        Column("name", "Investment"),
        Column("now", "Starts now in"),
        Column("reviewed", "Reviewed"),
        Column("cost", f"Cost as reviewed, {results['currency']}", "integer"),
    ]
    return table(pd.DataFrame(rows), columns)


def starts_of(made: Choice, found: Portfolio | None) -> dict[str, str]:
    """Return the quarter in which each chosen investment starts."""
    if found is None:
        return {}
    problem = made.problem
    places = zip(problem.ids, found.starts, strict=True)
    return {name: problem.calendar.quarters[at] for name, at in places if at != OUT}
