"""History of 2,000 measures: time beside one pair after the other; what is found that is not so,
and what is so and found."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

from lodestar.assess.conflicts.family import family
from lodestar.assess.conflicts.history import LONGEST_LAG, ask
from lodestar.assess.conflicts.register import Register
from lodestar.assess.conflicts.sampling import intervals
from lodestar.stats.multiplicity import adjust
from lodestar.stats.series import associations
from lodestar.stats.whitening import whiten
from tests.benchmarks.harness import Row, seconds
from tests.support.registers import register
from tests.support.series import inert, pair_by_pair

ABOUT = "History of 2,000 measures: time, false alarms, planted ties recalled (two minutes)."

METRICS, MONTHS, LINKS, FUNCTIONS, SAMPLE = 2000, 60, 8000, 12, 100
PAIRS = 4000
"""Unrelated pairs of a rate; its standard error is 0.34 points at 5 %."""
INERTIA = (0.0, 0.5, 0.8, 0.95)
PLANTED, TIES, UNRELATED = (0.4, 0.5, 0.6), 100, 400
END = date(2026, 12, 31)


def run() -> list[Row]:
    """Measure time, then rates."""
    return [*_times(), *_rates(), *_recall(), *_cover()]


def _times() -> Iterator[Row]:
    rng = np.random.default_rng(1)
    made = _register(rng)
    series = _frame(rng.normal(size=(MONTHS, METRICS)).cumsum(axis=0), made.ids)
    linked = family(made, series.columns).query("directed")
    everything = family(made, series.columns)
    for what, asked in (("linked", linked), ("all of different functions", everything)):
        begun = time.process_time()
        taken = seconds(lambda asked=asked: ask(asked, made.ids, series), 3)
        busy = (time.process_time() - begun) / 3
        some = asked.sample(SAMPLE, random_state=1)
        slow = seconds(lambda some=some: _one_by_one(some, series)) / SAMPLE * len(asked)
        yield {
            "pairs": f"{what}, {len(asked):,}",
            "time": f"{taken:.2f} s",
            "of processors": f"{busy:.2f} s",
            "one pair after the other": f"{slow:,.0f} s (from {SAMPLE} pairs)",
            "ratio": f"{slow / taken:,.0f}",
        }


def _register(rng: np.random.Generator) -> Register:
    """A register of paid metrics, each linked to four others on average."""
    names = [f"m{place:04d}" for place in range(METRICS)]
    ends = rng.integers(0, METRICS, (2 * LINKS, 2))
    chosen = sorted({(names[a], names[b]) for a, b in ends if a < b})
    strength = rng.choice([-0.5, 0.5], len(chosen))
    rows = [(a, b, float(s)) for (a, b), s in zip(chosen, strength, strict=True)][:LINKS]
    return register({n: (f"f{i % FUNCTIONS}", 1.0, 0.2) for i, n in enumerate(names)}, rows)


def _frame(values: np.ndarray, names: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        values, columns=list(names), index=pd.period_range(end=END, periods=len(values), freq="M")
    )


def _one_by_one(asked: pd.DataFrame, series: pd.DataFrame) -> None:
    values = series.to_numpy()
    for row in asked.itertuples():
        pair_by_pair(values[:, row.a], values[:, row.b], LONGEST_LAG, not row.directed)


def _rates() -> Iterator[Row]:
    """How many of unrelated pairs have p of 0.05 or less."""
    for months in (36, 60, 120):
        for inertia in INERTIA:
            rng = np.random.default_rng([2, months, int(100 * inertia)])
            both = np.column_stack([inert(rng, months, inertia) for _ in range(2 * PAIRS)])
            first, second = np.arange(PAIRS), np.arange(PAIRS, 2 * PAIRS)
            white = whiten(both)
            tried = ((0, False), (LONGEST_LAG, False), (LONGEST_LAG, True))
            p = [associations(white, first, second, *how).p for how in tried]
            naive = _naive(both[:, first], both[:, second])
            yield {
                "months": str(months),
                "inertia": f"{inertia:g}",
                "one lag": _percent(p[0] <= 0.05),
                "lags 0–6": _percent(p[1] <= 0.05),
                "lags 0–6, either leads": _percent(p[2] <= 0.05),
                "Pearson's r, trend and season out": _percent(naive),
            }


def _naive(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Whether Pearson's r of two series is significant at 5 % when inertia is left in."""
    month = np.arange(len(x))
    season = np.column_stack([np.eye(12)[month % 12], month])
    x, y = (side - season @ np.linalg.lstsq(season, side, rcond=None)[0] for side in (x, y))
    r = (x * y).sum(axis=0) / np.sqrt((x**2).sum(axis=0) * (y**2).sum(axis=0))
    freedom = len(x) - 2 - 12
    return np.abs(r) * np.sqrt(freedom / (1 - r * r)) >= stats.t.ppf(0.975, freedom)


def _recall() -> Iterator[Row]:
    """Planted falls among unrelated pairs: how many are found, and how many finds are false."""
    for months in (36, 60, 120):
        for strength in PLANTED:
            rng = np.random.default_rng([3, months, int(100 * strength)])
            x, y = (_many(rng, months) for _ in range(2))
            lags = rng.integers(0, LONGEST_LAG + 1, TIES)
            for place, lag in enumerate(lags):
                y[:, place] = _following(rng, x[:, place], int(lag), strength)
            places = np.arange(TIES + UNRELATED)
            values = np.hstack([x, y]).cumsum(axis=0)
            found = associations(whiten(values), places, places + len(places), LONGEST_LAG)
            hit = adjust(found.p, "bh") <= 0.05
            right = hit[:TIES] & (found.r[:TIES] < 0) & (found.lag[:TIES] == lags)
            yield {
                "months": str(months),
                "planted r": f"−{strength:g}",
                "found, with sign and lag": _percent(right),
                "q ≤ 0.05": str(hit.sum()),
                "of them false": _percent(hit[TIES:].sum() / max(hit.sum(), 1)),
            }


def _many(rng: np.random.Generator, months: int) -> np.ndarray:
    return rng.normal(size=(months, TIES + UNRELATED))


def _following(rng: np.random.Generator, x: np.ndarray, lag: int, strength: float) -> np.ndarray:
    """Changes that fall after x rises, as correlated as asked for."""
    own = rng.normal(size=len(x))
    led = np.r_[rng.normal(size=lag), x[: len(x) - lag]]
    return -strength * led + np.sqrt(1 - strength**2) * own


def _cover() -> Iterator[Row]:
    """How often the 95 % interval holds the correlation that was planted, at its lag."""
    for months in (36, 60, 120):
        rng = np.random.default_rng([4, months])
        x = _many(rng, months)[:, :UNRELATED]
        y = np.column_stack([_following(rng, column, 2, 0.5) for column in x.T])
        names = tuple(f"s{place:03d}" for place in range(2 * UNRELATED))
        series = _frame(np.hstack([x, y]).cumsum(axis=0), names)
        pairs = {"a": np.arange(UNRELATED), "b": np.arange(UNRELATED) + UNRELATED}
        asked = pd.DataFrame(pairs).assign(directed=True, expected=-1, declared=2.0)
        tests = ask(asked, names, series)
        places = np.flatnonzero(tests.frame["lag"].to_numpy() == 2)
        bounds = intervals(tests, places, 2026)
        held = (bounds[:, 0] <= -0.5) & (bounds[:, 1] >= -0.5)
        width = (bounds[:, 1] - bounds[:, 0]).mean()
        yield {"months": str(months), "interval holds r": _percent(held), "width": f"{width:.2f}"}


def _percent(share: ArrayLike) -> str:
    return f"{100 * np.mean(share):.1f} %"
