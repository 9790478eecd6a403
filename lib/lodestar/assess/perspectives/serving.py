"""Blind spots along the chain: those who serve rate high, those whom they serve rate low."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from lodestar.assess.perspectives.groups import EMPLOYEE
from lodestar.assess.perspectives.insular import insular_views
from lodestar.confidentiality import Gate
from lodestar.framework.model import Framework

__all__ = ["serving_functions", "serving_views"]

CUSTOMER = "customer"
COLUMNS = ["serving", "served", "dimension", "basis", "mean_serving", "mean_served", "distance"]
COLUMNS += ["delta", "low", "high", "same_items", "blind", "suppressed"]


def serving_functions(value_chain: pd.DataFrame, nodes: pd.DataFrame) -> list[tuple[str, str]]:
    """Return which function serves which, sorted.

    Parameters
    ----------
    value_chain, nodes : DataFrame
        Typed tables: the source serves the target; a node may name its function.
    """
    function = nodes.dropna(subset=["function"]).set_index("node")["function"]
    ends = zip(
        value_chain["source"].map(function), value_chain["target"].map(function), strict=True
    )
    named = {(str(a), str(b)) for a, b in ends if pd.notna(a) and pd.notna(b)}
    return sorted(pair for pair in named if pair[0] != pair[1])


def serving_views(
    gaps: pd.DataFrame,
    cells: pd.DataFrame,
    ratings: pd.DataFrame,
    chain: list[tuple[str, str]],
    framework: Framework,
    gate: Gate,
) -> pd.DataFrame:
    """Return how those who serve and those whom they serve see the same subject.

    Parameters
    ----------
    gaps, cells : DataFrame
        As ``compare`` and ``scale_cells`` return them.
    ratings : DataFrame
        Typed table.
    chain : list of tuple of str
        As :func:`serving_functions` returns it.
    framework : Framework
        Capabilities, their dimensions and weights.
    gate : Gate
        Thresholds.

    Returns
    -------
    DataFrame
        ``serving, served, dimension, basis`` (survey or ratings), ``mean_serving, mean_served,
        distance``, ``delta, low, high`` (survey: Cliff's delta of serving against served, 95 %),
        ``same_items, blind, suppressed``, the widest distance first.

    Notes
    -----
    Survey: employees serve customers; blind where employees rate higher beyond chance. Ratings:
    along the value chain between functions, the serving function's view of its own work against
    the served function's; blind at one level or more. A row is hidden where a side, or the raters
    left over, are one to four of a survey.
    """
    rows = [*_survey(gaps, cells), *_ratings(ratings, chain, framework, gate)]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    order = frame.assign(far=-frame["distance"].astype(float).round(9))
    keys = ["far", "serving", "served", "dimension"]
    return order.sort_values(keys, na_position="last")[COLUMNS].reset_index(drop=True)


def _survey(gaps: pd.DataFrame, cells: pd.DataFrame) -> Iterator[dict[str, object]]:
    """Yield what employees and customers see of each subject."""
    pair = (gaps["group_a"] == CUSTOMER) & (gaps["group_b"] == EMPLOYEE)
    means = cells.set_index(["scale", "group"])["mean"]
    for row in gaps[pair & gaps["scale"].str.endswith(".level")].to_dict("records"):
        scale, hidden = str(row["scale"]), bool(row["suppressed"])
        said: dict[str, object] = {"serving": EMPLOYEE, "served": CUSTOMER, "basis": "survey"}
        said |= {"dimension": scale.removesuffix(".level"), "suppressed": hidden}
        said |= {"same_items": bool(row["same_items"]), "blind": False}
        if not hidden:
            own, other = float(means[scale, EMPLOYEE]), float(means[scale, CUSTOMER])
            said |= {"mean_serving": own, "mean_served": other, "distance": own - other}
            said |= {"delta": -row["delta"], "low": -row["high"], "high": -row["low"]}
            said["blind"] = bool(row["high"] < 0)
        yield said


def _ratings(
    ratings: pd.DataFrame, chain: list[tuple[str, str]], framework: Framework, gate: Gate
) -> Iterator[dict[str, object]]:
    """Yield what a serving function and the one it serves see of the first one's work."""
    told = ratings[ratings["applies"] & ratings["level"].notna()]
    dimension = {c.id: c.dimension for c in framework.capabilities}
    for serving, served in chain:
        work = told[told["function"] == serving]
        both = work["rater_function"].isin([serving, served])
        left = gate.protect_cells(work[~both], by=["capability"])[1]
        few = set(left["capability"].map(dimension))
        for row in insular_views(work[both], framework, {}, gate).to_dict("records"):
            hidden = bool(row["suppressed"]) or row["dimension"] in few
            said: dict[str, object] = {"serving": serving, "served": served, "basis": "ratings"}
            said |= {"dimension": row["dimension"], "suppressed": hidden, "same_items": True}
            said["blind"] = not hidden and bool(row["insular"])
            if not hidden:
                said |= {"mean_serving": row["own"], "mean_served": row["others"]}
                said["distance"] = row["distance"]
            yield said
