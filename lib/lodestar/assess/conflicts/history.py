"""What history says of pairs of measures: which are asked, and how strongly they move together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import combinations
from math import ceil, isfinite

import numpy as np
import pandas as pd

from lodestar.assess.conflicts.net import effects
from lodestar.assess.conflicts.pairtest import PairTest, Question
from lodestar.assess.conflicts.register import Register
from lodestar.stats.multiplicity import adjust
from lodestar.stats.series import LEAST_POINTS, Association, lagged_association

__all__ = ["LONGEST_LAG", "ask", "family", "monthly", "movements"]

YEAR = 12

LONGEST_LAG = 6
"""Months that an effect is searched over; a longer declared lag widens the search."""

MOST_SERIES = 40
"""Most series of which every pair is asked where the register names neither pay nor links."""


def monthly(history: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return history as one column a node on an unbroken grid of months.

    Parameters
    ----------
    history : DataFrame
        Columns node, date, value.
    as_of : date
        "Today": later values are not looked at.

    Notes
    -----
    Several values of a month are averaged; a month without one is NaN.
    """
    past = history[(history["date"] <= pd.Timestamp(as_of)) & history["value"].notna()]
    if past.empty:
        return pd.DataFrame()
    month = past["date"].dt.to_period("M").rename("month")
    table = past.groupby([month, "node"])["value"].mean().unstack("node").sort_index()
    grid = pd.period_range(table.index.min(), table.index.max(), freq="M", name="month")
    return table.reindex(grid).sort_index(axis=1)


def family(register: Register, series: Iterable[str]) -> list[Question]:
    """Return the pairs whose history could matter, sorted.

    Parameters
    ----------
    register : Register
        Metrics, outcomes, nodes and links.
    series : iterable of str
        Ids with a history.

    Notes
    -----
    Structurally linked pairs (a direct link, or a way of up to five links from a rewarded metric
    or a policy to a rewarded metric or an outcome) and all pairs of rewarded metrics in different
    functions. Where the register names neither pay nor links, every pair of series.
    """
    linked = _linked(register)
    known = {frozenset(pair) for pair in linked}
    paid = [register.ids[place] for place in register.rewarded]
    across = [
        pair
        for pair in combinations(paid, 2)
        if register.function[register.at(pair[0])] != register.function[register.at(pair[1])]
        and frozenset(pair) not in known
    ]
    if not linked and not paid:
        across = list(combinations(sorted(set(series) & set(register.ids))[:MOST_SERIES], 2))
    asked = [*linked.values(), *(Question(a, b, directed=False) for a, b in across)]
    return sorted(asked, key=lambda q: (q.a, q.b))


def _linked(register: Register) -> dict[tuple[str, str], Question]:
    """Return a question for each pair that the map joins, by (source, target)."""
    direct = {(row.source, row.target): row.lag or 0.0 for row in register.links.rows}
    sources = np.unique(
        [*register.rewarded, *register.places("node", "policy"), *register.links.source]
    ).astype(int)
    found = effects(register.links, sources)
    matters = np.zeros(found.gross.shape, dtype=bool)
    ends = np.concatenate([register.rewarded, register.places("outcome")])
    starts = np.isin(sources, [*register.rewarded, *register.places("node", "policy")])
    matters[np.ix_(starts, ends)] = True
    asked: dict[tuple[str, str], Question] = {}
    for row, end in zip(*np.nonzero(found.gross > 0), strict=True):
        pair = register.ids[sources[row]], register.ids[end]
        if pair[0] != pair[1] and (pair in direct or matters[row, end]):
            sign = int(found.sign[row, end])
            asked[pair] = Question(*pair, expected=sign, lag=direct.get(pair, 0.0))
    return asked


def ask(questions: list[Question], series: pd.DataFrame) -> tuple[PairTest, ...]:
    """Return history's answers.

    Parameters
    ----------
    questions : list of Question
        The family; q counts those that could be tested.
    series : DataFrame
        Monthly values, one column a node, as :func:`monthly` gives them.

    Notes
    -----
    Each series is differenced and whitened, lags 0–6 months (or the declared lag) are searched,
    and p is corrected for the lags tried and, where either may lead, for both directions; q is
    Benjamini–Hochberg over the family.
    """
    answers = [_answer(question, series) for question in questions]
    q = adjust([answer.p for answer in answers], "bh")
    return tuple(
        PairTest(t.question, t.status, t.r, t.lag, t.n, t.p, float(adjusted))
        for t, adjusted in zip(answers, q, strict=True)
    )


def _answer(question: Question, series: pd.DataFrame) -> PairTest:
    if question.a not in series or question.b not in series:
        return PairTest(question, "none")
    lags = max(LONGEST_LAG, ceil(question.lag))
    orders = [(question.a, question.b), (question.b, question.a)][: 1 if question.directed else 2]
    found = [lagged_association(series[x], series[y], lags) for x, y in orders]
    n = found[0].n
    if n < LEAST_POINTS or not any(isfinite(one.p) for one in found):
        return PairTest(question, "too_short", n=n)
    best = min(range(len(found)), key=lambda i: found[i].p if isfinite(found[i].p) else np.inf)
    return _told(question, orders[best], found[best], len(found))


def _told(
    question: Question, order: tuple[str, str], found: Association, directions: int
) -> PairTest:
    asked = Question(*order, question.directed, question.expected, question.lag)
    p = min(1.0, found.p * directions)
    return PairTest(asked, "tested", found.r, found.lag, found.n, p)


def movements(register: Register, history: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return how each measured id moved over the year.

    Parameters
    ----------
    register : Register
        For the direction in which a metric is rewarded.
    history : DataFrame
        Columns node, date, value.
    as_of : date
        "Today".

    Returns
    -------
    DataFrame
        node; last month; last_12 and before_12, means of the last twelve months and the twelve
        before; change, as a share of the latter; wanted, whether it moved as rewarded (None where
        nothing is wanted of it). Only ids with all 24 months, and a mean other than 0 before.

    Notes
    -----
    Whole years are compared, so that season does not tell.
    """
    series = monthly(history, as_of).dropna(how="all")
    rows = []
    for node in (name for name in series.columns if name in register.links.position):
        values = series[node].loc[: series[node].last_valid_index()]
        if len(values) < 2 * YEAR or values[-2 * YEAR :].isna().any():
            continue
        last, before = values[-YEAR:].mean(), values[-2 * YEAR : -YEAR].mean()
        if before:
            rows.append(_movement(register, str(node), values.index[-1], last, before))
    columns = ["node", "month", "last_12", "before_12", "change", "wanted"]
    return pd.DataFrame(rows, columns=columns)


def _movement(
    register: Register, node: str, month: pd.Period, last: float, before: float
) -> tuple[str, str, float, float, float, bool | None]:
    change = (last - before) / abs(before)
    way = register.wanted[register.at(node)] * change
    has_wish = register.group[register.at(node)] != "node" and isfinite(way) and way != 0
    wanted = bool(way > 0) if has_wish else None
    return node, str(month), float(last), float(before), float(change), wanted
