"""What was given, what was left out, and how many answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.assess.nulls import absent
from lodestar.assess.perspectives.topics import rows_may_be_told
from lodestar.confidentiality import Gate
from lodestar.engagement.model import Engagement

__all__ = ["data_quality", "response_rates"]

BY_RESPONDENT = ("respondents", "responses", "comments", "recall")
"""Tables whose every row is a person's who answered."""

FEW = "Fewer people answered than may be counted."
FEW_COMMENTED = "Fewer people commented than may be counted, in all or beside the topics shown."


def data_quality(engagement: Engagement, results: Mapping[str, Any]) -> dict[str, Any]:
    """Return rows and left-out rows of each table, coverage and response rate.

    Parameters
    ----------
    engagement : Engagement
        The client's material.
    results : mapping
        Other sections; ``alignment`` gives the coverage.

    Returns
    -------
    dict
        ``tables: {name: {rows, left_out}}`` (null of answers of too few persons), ``coverage``
        (share 0-1 of the weight of applicable cells that carry a rating), ``response_rate`` (share
        0-1) and ``response_rates`` by group.
    """
    wave, gate = engagement.wave, Gate.of(engagement.settings)
    tables = {
        name: _counts(name, frame, int(wave.left_out.get(name, 0)), gate)
        for name, frame in sorted(wave.tables.items())
    }
    coverage = results["alignment"].get("coverage")
    reason = "No capability was rated: fill table ratings."
    return {
        "tables": tables,
        **({"coverage": coverage} if coverage is not None else absent(["coverage"], reason)),
        **_response(engagement),
    }


def _counts(name: str, frame: pd.DataFrame, left_out: int, gate: Gate) -> dict[str, Any]:
    """Return how many rows a table has; of answers of too few persons no number."""
    if name == "comments":
        few = len(frame) > 0 and not rows_may_be_told(frame, gate)
    else:
        few = name in BY_RESPONDENT and 0 < frame["respondent"].nunique() < gate.minimum
    if few:
        return absent(["rows", "left_out"], FEW_COMMENTED if name == "comments" else FEW)
    return {"rows": len(frame), "left_out": left_out}


def _response(engagement: Engagement) -> dict[str, Any]:
    if not (engagement.has("population") and engagement.has("responses")):
        reason = "Fill tables population and responses to learn how many of those invited answered."
        return {
            **absent(["response_rate"], reason),
            "response_rates": [],
            "response_rates_reason": reason,
        }
    gate = Gate.of(engagement.settings)
    frame = response_rates(
        engagement.table("population"),
        gate.open(engagement.confidential("respondents")),
        gate.open(engagement.confidential("responses")),
    )
    invited = frame["invited"].sum()
    rate = float(min(1.0, frame["n"].sum() / invited)) if invited else None
    shown = gate.release(frame.assign(total="all"), ["invited", "rate"], parent="total")
    rows = shown.drop(columns="total").astype(object).where(shown.notna(), None).to_dict("records")
    overall = (
        absent(["response_rate"], "Nobody was invited.")
        if rate is None
        else {"response_rate": rate}
    )
    return {**overall, "response_rates": rows}


def response_rates(
    population: pd.DataFrame, respondents: pd.DataFrame, responses: pd.DataFrame
) -> pd.DataFrame:
    """Return how many of those invited answered anything, by group.

    Parameters
    ----------
    population, respondents, responses : pandas.DataFrame
        The tables of those names.

    Returns
    -------
    pandas.DataFrame
        Columns group, invited, n (persons with at least one answer), rate (share, at most 1), by
        group in alphabetical order; groups that nobody was invited from are left out.
    """
    answered = responses.loc[responses["value"].notna(), "respondent"].unique()
    persons = respondents[respondents["respondent"].isin(answered)].groupby("group").size()
    invited = population.groupby("group")["invited"].sum().sort_index()
    frame = pd.DataFrame({"invited": invited[invited > 0]})
    frame["n"] = persons.reindex(frame.index).fillna(0)
    frame["rate"] = (frame["n"] / frame["invited"]).clip(upper=1.0)
    return frame.reset_index()
