"""Advocacy in the results: three scores on one scale, their gap, and employees' own use."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.inclusion.advocacy import (
    MEASURES,
    UNSTATED,
    Measure,
    answers,
    gap,
    part_scores,
    score,
)
from lodestar.assess.inclusion.own_use import OwnUse, own_use
from lodestar.assess.nulls import absent
from lodestar.assess.plain import leaf, listing, plain
from lodestar.confidentiality import Gate
from lodestar.engagement.model import Engagement

__all__ = ["advocacy_section"]

SCORE_KEYS = ("score", "low", "high", "n")
NO_ANSWERS = {
    "nps": "No customer answered whether they would recommend the offer.",
    "enps": "No employee answered whether they would recommend you as an employer.",
    "referral": "No employee answered whether they would recommend the offer.",
}
TOO_FEW = "Fewer people answered than may be shown."
FOLLOWS = "Too few people answered, here or in a part that would follow from this one."
ONE_END = "All answers lie at one end, so the number would tell everybody's answer."
NO_PARTS = "No answer can be split by function or segment."
NO_GAP = "The gap needs the scores of both employees and customers."
NO_USE = "No employee said whether they use the offer."
SEGMENT, OTHER = "segment", "other"


def advocacy_section(engagement: Engagement) -> dict[str, Any]:
    """Return nps, enps, referral, the referral gap, parts of each, and own use.

    Parameters
    ----------
    engagement : Engagement
        Its respondents, responses and nps items are used.

    Notes
    -----
    Every number passes the confidentiality gate.
    """
    gate = Gate.of(engagement.settings)
    given = {measure.name: _answers(engagement, measure, gate) for measure in MEASURES}
    scores = {name: _score(name, rows["value"], gate) for name, rows in given.items()}
    parts = [part for name, rows in given.items() for part in _parts(name, rows, gate)]
    return {
        **scores,
        "referral_gap": _gap(scores, given),
        "own_use": _own_use(own_use(gate.open(engagement.confidential("respondents")), gate)),
        **listing("advocacy_parts", parts, NO_PARTS),
    }


def _answers(engagement: Engagement, measure: Measure, gate: Gate) -> pd.DataFrame:
    """Return who answered a measure and what."""
    people = gate.open(engagement.confidential("respondents"))
    responses = gate.open(engagement.confidential("responses"))
    return answers(engagement.framework, people, responses, measure)


def _score(name: str, values: pd.Series, gate: Gate) -> dict[str, Any]:
    """Return one score's leaves."""
    shown = score(values, gate)
    if not values.size:
        return {**absent(SCORE_KEYS, NO_ANSWERS[name]), "suppressed": False}
    if shown["suppressed"]:
        reason = ONE_END if shown["coarse"] else TOO_FEW
        end = {"coarse": shown["coarse"]} if shown["coarse"] else {}
        return {**absent(SCORE_KEYS, reason), "suppressed": True, **end}
    numbers = {key: plain(shown[key]) for key in ("score", "low", "high")}
    return {**numbers, "n": len(values), "suppressed": False}


def _parts(name: str, rows: pd.DataFrame, gate: Gate) -> list[dict[str, Any]]:
    """Return employees' scores by function and customers' by segment, where these are known."""
    column = SEGMENT if name == "nps" else "function"
    if column not in rows or rows[column].dropna().nunique() < 2:
        return []
    out, found = [], part_scores(rows, column, gate)
    for part in found.to_dict("records"):
        entry = {"measure": name, "by": column, **{str(k): plain(v) for k, v in part.items()}}
        reason = ONE_END if entry["coarse"] else FOLLOWS
        hidden = absent(SCORE_KEYS, reason) if entry["suppressed"] else {"n": int(part["n"])}
        entry |= hidden
        out.append({k: v for k, v in entry.items() if k != "coarse" or v})
    return out + _merged(name, rows, column, found, gate)


def _merged(
    name: str, rows: pd.DataFrame, column: str, found: pd.DataFrame, gate: Gate
) -> list[dict[str, Any]]:
    """Return the hidden parts as one, where it may be shown and another part stands beside it.

    They are the whole, which is published, less the parts shown: nothing new is told.
    """
    hidden = found.loc[found["suppressed"], "part"].tolist()
    if len(hidden) < 2 or len(hidden) == len(found) or OTHER in set(found["part"]):
        return []
    values = rows.loc[rows[column].fillna(UNSTATED).isin(hidden), "value"]
    shown = score(values, gate)
    if shown["suppressed"]:
        return []
    numbers = {key: plain(shown[key]) for key in ("score", "low", "high")}
    return [
        {
            "measure": name,
            "by": column,
            "part": OTHER,
            "members": hidden,
            **numbers,
            "n": len(values),
            "suppressed": False,
        }
    ]


def _gap(scores: dict[str, dict[str, Any]], given: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """Return referral − nps with its interval, null unless both may be shown."""
    if scores["referral"]["score"] is None or scores["nps"]["score"] is None:
        return absent(["value", "low", "high"], NO_GAP)
    value, low, high = gap(given["referral"]["value"], given["nps"]["value"])
    return {"value": value, "low": low, "high": high}


def _own_use(found: OwnUse) -> dict[str, Any]:
    """Return employees' own use of the offer."""
    reason = ONE_END if found.coarse else TOO_FEW if found.suppressed else NO_USE
    n = None if np.isnan(found.n) else int(found.n)
    return {
        **leaf("share", found.share, reason),
        **leaf("low", found.low, reason),
        **leaf("high", found.high, reason),
        **leaf("n", n, reason),
        "suppressed": found.suppressed,
        **({"coarse": found.coarse} if found.coarse else {}),
    }
