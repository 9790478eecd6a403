"""Would customers and employees recommend you: NPS, eNPS and referral, through the gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lodestar.confidentiality import Gate
from lodestar.framework.model import Framework
from lodestar.stats.nps import nps

__all__ = ["MEASURES", "Measure", "advocacy_item", "answers", "gap", "part_scores", "score"]

DETRACTOR_MAX, PROMOTER_MIN = 6, 9
Z95 = 1.96
SCORES = ("score", "low", "high")
UNSTATED = "not stated"


@dataclass(frozen=True)
class Measure:
    """Whose recommendation of what: a stakeholder group and the subject of its nps item."""

    name: str
    group: str
    subject: str


MEASURES = (
    Measure("nps", "customer", "offer"),
    Measure("enps", "employee", "employer"),
    Measure("referral", "employee", "offer"),
)


def advocacy_item(
    framework: Framework, responses: pd.DataFrame, measure: Measure, persons: Sequence[str]
) -> str | None:
    """Return the item that answers a measure, None when the framework has none.

    Parameters
    ----------
    framework : Framework
        Items of kind ``nps`` with their subject and audience.
    responses : DataFrame
        Table ``responses``.
    measure : Measure
        Whose recommendation of what.
    persons : sequence of str
        Respondents of the measure's group.

    Notes
    -----
    Of several items that fit, the one that most of these persons answered, ties by id: one person,
    one answer.
    """
    fitting = [
        item.id
        for item in framework.items
        if item.kind == "nps"
        and item.subject == measure.subject
        and (not item.audience or measure.group in item.audience)
    ]
    given = responses[responses["respondent"].isin(list(persons)) & responses["value"].notna()]
    counts = given.drop_duplicates(["respondent", "item"])["item"].value_counts()
    return min(fitting, key=lambda item: (-int(counts.get(item, 0)), item), default=None)


def answers(
    framework: Framework,
    respondents: pd.DataFrame,
    responses: pd.DataFrame,
    measure: Measure,
) -> pd.DataFrame:
    """Return the answers to a measure with what is known of who gave them.

    Returns
    -------
    DataFrame
        The respondents' columns and ``value`` 0-10, one row a person who answered.
    """
    group = respondents[respondents["group"] == measure.group]
    item = advocacy_item(framework, responses, measure, group["respondent"].tolist())
    given = responses[(responses["item"] == item) & responses["value"].notna()]
    given = given.drop_duplicates("respondent")[["respondent", "value"]]
    return group.merge(given, on="respondent", how="inner")


def score(values: pd.Series, gate: Gate) -> dict[str, object]:
    """Return one score as it may be shown.

    Parameters
    ----------
    values : Series
        Answers 0-10, one a person.
    gate : Gate
        The engagement's confidentiality gate.

    Returns
    -------
    dict
        score, low, high (-100 to 100), n, suppressed, coarse; NaN numbers where under the gate, or
        where all answers lie at one end (``coarse`` then says which).
    """
    rows = part_scores(pd.DataFrame({"part": "all", "value": values}), "part", gate, whole=False)
    if rows.empty:
        return {**dict.fromkeys([*SCORES, "n"], np.nan), "suppressed": False, "coarse": None}
    shown = rows.drop(columns="part").iloc[0]
    return {str(name): value for name, value in shown.items()}


def part_scores(given: pd.DataFrame, by: str, gate: Gate, whole: bool = True) -> pd.DataFrame:
    """Return scores part by part as they may be shown.

    Parameters
    ----------
    given : DataFrame
        From :func:`answers`.
    by : str
        Column to split by; blank becomes ``not stated``.
    gate : Gate
        The engagement's confidentiality gate.
    whole : bool
        Whether the score of all parts together is published too, so that no part may follow from it
        by subtraction.

    Returns
    -------
    DataFrame
        Columns part, score, low, high, n, suppressed, coarse; ordered by part. A part whose answers
        are all promoters' or all detractors' loses its numbers, as a small one does, and keeps the
        word ``high end`` or ``low end`` unless a small part beside it would follow.
    """
    rows = given.assign(part=given[by].fillna(UNSTATED))
    found = [_part(str(name), part["value"], gate) for name, part in rows.groupby("part")]
    out = pd.DataFrame(found, columns=["part", *SCORES, "n", "coarse"])
    small = out["n"] < gate.minimum
    # Beside a small part the word would tell that part's answers: all others' would be known.
    told = ~small & (not (whole and bool(small.any())))
    out["coarse"] = out["coarse"].astype(object)
    alike = out["coarse"].notna() & ~small
    out["coarse"] = out["coarse"].where(told, None)
    # A cell at one end would tell everybody's answer: for the gate it counts as too small.
    out["n"] = out["n"].mask(alike, gate.minimum - 1)
    released = gate.release(out.assign(of="all"), list(SCORES), parent="of" if whole else None)
    return released.drop(columns="of")


def gap(referral: pd.Series, customers: pd.Series) -> tuple[float, float, float]:
    """Return referral − nps with its 95 % interval, in points from -200 to 200.

    Parameters
    ----------
    referral, customers : Series
        Answers 0-10 of employees and of customers on the offer; two separate groups of persons.

    Notes
    -----
    Estimate from raw counts; interval s_r − s_c ± 1.96 √(v_r + v_c), s and v = (p + q − s²)/(n + 3)
    from the adjusted shares of :func:`lodestar.stats.nps.nps`, widened to include the estimate.
    """
    estimate = nps(referral).score - nps(customers).score
    (s_r, v_r), (s_c, v_c) = _moments(referral), _moments(customers)
    half = 100 * Z95 * float(np.sqrt(v_r + v_c))
    centre = 100 * (s_r - s_c)
    return estimate, min(centre - half, estimate), max(centre + half, estimate)


def _part(name: str, values: pd.Series, gate: Gate) -> dict[str, object]:
    """Return one part's score, with the word for a part at one end."""
    found = nps(values)
    low, high = (values <= DETRACTOR_MAX).mean(), (values >= PROMOTER_MIN).mean()
    return {
        "part": name,
        "score": found.score,
        "low": found.low,
        "high": found.high,
        "n": found.n,
        "coarse": gate.extreme(float(low), float(high)),
    }


def _moments(values: pd.Series) -> tuple[float, float]:
    """Return adjusted score and variance as shares."""
    n = len(values) + 3
    p = (int((values >= PROMOTER_MIN).sum()) + 0.75) / n
    q = (int((values <= DETRACTOR_MAX).sum()) + 0.75) / n
    return p - q, (p + q - (p - q) ** 2) / n
