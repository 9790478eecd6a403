"""What the section publishes of history: its answers, their intervals and the series themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.conflicts.drivers import without_driver
from lodestar.assess.conflicts.history import LONGEST_LAG
from lodestar.assess.conflicts.model import Conflict
from lodestar.assess.conflicts.pairtest import VERDICTS, PairTests
from lodestar.assess.conflicts.register import Register
from lodestar.assess.conflicts.sampling import intervals
from lodestar.assess.plain import leaf, listing, plain, records
from lodestar.stats.series import LEAST_POINTS, terms_spent, weakest_found

__all__ = ["MOST_DRAWN", "MOST_PAIRS", "history_entry"]

MOST_PAIRS = 2000
"""Most pairs listed: those of listed conflicts, then the least q."""

MOST_DRAWN = 200
"""Most pairs with an interval, in the same order."""

MOST_SERIES = 60
MONTHS = 36

NOT_DRAWN = f"Drawn for the {MOST_DRAWN} pairs of conflicts or of least q only."
NOT_MOVED = {
    "wanted": "It has no wanted direction, or did not move.",
    "on_target": "It has no target, or no direction.",
}
NO_DRIVER = "The map has no measured driver of both."


def history_entry(
    register: Register, items: Iterable[Conflict], moved: pd.DataFrame | None
) -> dict[str, Any]:
    """Return what history says.

    Parameters
    ----------
    register : Register
        With its tests.
    items : iterable of Conflict
        The conflicts listed, worst first: their pairs come first where not all can be shown.
    moved : DataFrame, optional
        Last twelve months against the twelve before, by node.
    """
    tests = register.tests
    ends = [(item.a, item.b) for item in items]
    ranked = _ranked(tests, [sorted(map(register.at, pair)) for pair in ends])
    drawn = {p: place for place, p in enumerate(ranked[:MOST_DRAWN].tolist())}
    bounds = intervals(tests, ranked[:MOST_DRAWN], register.seed)
    shown = sorted(ranked[:MOST_PAIRS].tolist(), key=lambda place: _order(tests, place))
    pairs = [
        _pair(tests, place)
        | _drawn(bounds[drawn[place]] if place in drawn else None)
        | _driven(register, place if place in drawn else None)
        for place in shown
    ]
    rows = [] if moved is None else records(moved, NOT_MOVED)
    nodes = [node for pair in ends for node in pair]
    nodes += [pair[end] for pair in pairs for end in ("a", "b")]
    return {
        "family": len(tests),
        "tested": int(tests.tested.sum()),
        "verdicts": {w: int((tests.verdicts == i).sum()) for i, w in enumerate(VERDICTS)},
        **_weakest(tests),
        **listing("pairs", pairs, "No pair of measures has 24 monthly changes in common."),
        **listing("movements", rows, "No measure has 24 months of history."),
        **_series(tests.series, nodes),
    }


def _ranked(tests: PairTests, ends: list[list[int]]) -> np.ndarray:
    """Return the places of the tested pairs: those of conflicts, then by q, strength and ids."""
    keys = np.array([low * len(tests.ids) + high for low, high in ends], dtype=np.int64)
    frame = tests.frame[tests.tested].round({"q": 9, "r": 9})
    frame = frame.assign(
        other=~np.isin(tests.pairs[tests.tested], keys), weak=-frame["r"].abs()
    ).sort_values(["other", "q", "weak", "a", "b"])
    return frame.index.to_numpy()


def _order(tests: PairTests, place: int) -> tuple[float, float, str, str]:
    test = tests[place]
    return round(test.q, 9), -abs(round(test.r, 9)), test.a, test.b


def _pair(tests: PairTests, place: int) -> dict[str, Any]:
    """Return one answer, and whether the map, history or both hold the pair."""
    test = tests[place]
    seen = {(True, True): "both", (True, False): "map", (False, True): "history"}
    return {
        **{name: getattr(test, name) for name in ("a", "b", "directed", "expected", "n")},
        **{name: getattr(test, name) for name in ("r", "lag", "p", "q")},
        "verdict": VERDICTS[tests.verdicts[place]],
        "seen_in": seen.get((test.directed, test.significant), "neither"),
    }


def _drawn(bounds: np.ndarray | None) -> dict[str, Any]:
    low, high = (None, None) if bounds is None else bounds
    return {**leaf("low", low, NOT_DRAWN), **leaf("high", high, NOT_DRAWN)}


def _driven(register: Register, place: int | None) -> dict[str, Any]:
    """Return the common driver of a pair, and r without it."""
    found = None if place is None else without_driver(register, place)
    why = NOT_DRAWN if place is None else NO_DRIVER
    driver, r = (None, None) if found is None else found
    return {**leaf("driver", driver, why), **leaf("r_without_driver", r, why)}


def _weakest(tests: PairTests) -> dict[str, Any]:
    """Return the weakest r that a pair of middling length can be found with, over all lags."""
    none = "No pair of measures has 24 monthly changes in common."
    if not tests.tested.any():
        return {**leaf("weakest_r", None, none), **leaf("changes", None, none)}
    frame = tests.frame[tests.tested]
    column = tests.series.columns.get_indexer(pd.Index(tests.ids))
    ends = (column[frame[end].to_numpy()] for end in ("a", "b"))
    spent = int(np.median(terms_spent(tests.whitened, *ends)))
    n = max(int(frame["n"].median()), LEAST_POINTS)
    return {"weakest_r": plain(weakest_found(n, spent, LONGEST_LAG + 1)), "changes": n}


def _series(series: pd.DataFrame, nodes: list[str]) -> dict[str, Any]:
    """Return the last three years of the nodes named, in their order, the first sixty of them."""
    known = [node for node in dict.fromkeys(nodes) if node in series][:MOST_SERIES]
    found: Mapping[str, Any] = {node: _recent(series[node]) for node in sorted(known)}
    return leaf("series", found or None, "No measure of a listed pair has a history.")


def _recent(values: pd.Series) -> dict[str, Any]:
    last = values.loc[values.first_valid_index() : values.last_valid_index()].iloc[-MONTHS:]
    told = [None if np.isnan(value) else float(f"{value:.6g}") for value in last]
    gaps = {"values_reason": "A month without a value is null."} if None in told else {}
    return {"start": str(last.index[0]), "values": told, **gaps}
