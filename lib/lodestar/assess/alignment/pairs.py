"""Function pairs: how far apart two functions stand, each seen from its own targets."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from lodestar.assess.alignment.noise import correct
from lodestar.stats.rounding import settle

__all__ = ["pair_frame"]


def pair_frame(gaps: pd.DataFrame, weights: pd.Series, draws: np.ndarray | None) -> pd.DataFrame:
    """Return how far apart each pair of functions is.

    Parameters
    ----------
    gaps : pandas.DataFrame
        Gap x − t of each capability (rows) in each function (columns); NaN where missing.
    weights : pandas.Series
        w_c by capability.
    draws : numpy.ndarray, optional
        The same gaps in bootstrap draws, shape (draws, capabilities, functions).

    Returns
    -------
    pandas.DataFrame
        ``function_a, function_b`` (a before b), ``distance`` (levels, root of the weighted mean
        squared difference of gaps over capabilities that both have), ``corrected, low, high``
        (without rater noise, 80 %; NaN without draws), ``capability`` where they differ most and
        the ``difference`` there (a − b, levels), ``shared`` (capabilities compared); furthest
        first by the corrected distance where there is one, then ids.
    """
    names = sorted(gaps.columns)
    rows = [_pair(gaps, weights, draws, a, b) for a, b in combinations(names, 2)]
    frame = pd.DataFrame([row for row in rows if row], columns=COLUMNS)
    ranked = settle(frame["corrected"].fillna(frame["distance"]).astype(float).to_numpy())
    order = frame.assign(rank=-ranked).sort_values(["rank", "function_a", "function_b"])
    return order.drop(columns="rank").reset_index(drop=True)


COLUMNS = [
    "function_a",
    "function_b",
    "distance",
    "corrected",
    "low",
    "high",
    "capability",
    "difference",
    "shared",
]


def _pair(
    gaps: pd.DataFrame, weights: pd.Series, draws: np.ndarray | None, a: str, b: str
) -> dict[str, object]:
    """Return one pair's row; nothing when no capability is seen in both."""
    difference = (gaps[a] - gaps[b]).to_numpy()
    both = np.isfinite(difference)
    if not both.any():
        return {}
    omega = weights.reindex(gaps.index).to_numpy()[both]
    omega = omega / omega.sum()
    observed = float(omega @ difference[both] ** 2)
    bounds = {"corrected": np.nan, "low": np.nan, "high": np.nan}
    if draws is not None:
        columns = [gaps.columns.get_loc(f) for f in (a, b)]
        drawn = np.square(draws[:, both, columns[0]] - draws[:, both, columns[1]]) @ omega
        found = correct(observed, drawn)
        bounds = dict(
            zip(bounds, np.sqrt([found.value, found.low, found.high]).tolist(), strict=True)
        )
    most = int(np.argmax(settle(np.where(both, np.abs(difference), -1.0))))
    return {
        "function_a": a,
        "function_b": b,
        "distance": float(np.sqrt(observed)),
        **bounds,
        "capability": gaps.index[most],
        "difference": float(difference[most]),
        "shared": int(both.sum()),
    }
