"""Which pairs of measures history is asked about."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from lodestar.assess.conflicts.links import Links
from lodestar.assess.conflicts.net import joined
from lodestar.assess.conflicts.pairtest import ASKED
from lodestar.assess.conflicts.register import Register

__all__ = ["family"]

MOST_SERIES = 40
"""Most series of which every pair is asked where the register names neither pay nor links."""


def family(register: Register, series: Iterable[str]) -> pd.DataFrame:
    """Return the pairs whose history could matter, sorted.

    Parameters
    ----------
    register : Register
        Metrics, outcomes, nodes and links.
    series : iterable of str
        Ids with a history.

    Returns
    -------
    DataFrame
        Columns as `lodestar.assess.conflicts.pairtest.ASKED`.

    Notes
    -----
    Structurally linked pairs (a direct link, or a way of up to five links from a rewarded metric
    or a policy to a rewarded metric or an outcome) and all pairs of rewarded metrics in different
    functions. Where the register names neither pay nor links, every pair of series.
    """
    measured = set(series).intersection(register.ids)
    linked = _linked(register, measured)
    across = _across(register, linked["a"].to_numpy(), linked["b"].to_numpy())
    if linked.empty and not len(register.rewarded):
        some = sorted(measured)[:MOST_SERIES]
        across = _pairs(np.array([register.at(name) for name in some], dtype=np.int64))
    free = {"directed": False, "expected": 0, "declared": 0.0}
    others = pd.DataFrame(across, columns=["a", "b"]).assign(**free).astype(ASKED)
    return pd.concat([linked, others]).sort_values(["a", "b"], ignore_index=True)


def _across(register: Register, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return pairs of rewarded metrics of different functions beyond those the map joins."""
    paid, size = np.sort(register.rewarded), len(register.ids)
    codes = pd.factorize(np.array(register.function, dtype=object), use_na_sentinel=False)[0]
    pairs = _pairs(paid)
    apart = codes[pairs[:, 0]] != codes[pairs[:, 1]]
    known = np.isin(pairs @ [size, 1], np.minimum(a, b) * size + np.maximum(a, b))
    return pairs[apart & ~known]


def _pairs(places: np.ndarray) -> np.ndarray:
    """Return every unordered pair of places, one a row."""
    return np.column_stack([places[side] for side in np.triu_indices(len(places), 1)])


def _linked(register: Register, measured: set[str]) -> pd.DataFrame:
    """Return the pairs that the map joins; a direct link without history expects nothing."""
    links = register.links
    paid, policies = register.rewarded, register.places("node", "policy")
    starts, ends = np.union1d(paid, policies), np.union1d(paid, register.places("outcome"))
    ways = joined(links, starts.astype(np.int64), ends.astype(np.int64))
    far = pd.DataFrame({"a": ways.source, "b": ways.end, "expected": ways.sign})
    lag = [row.lag or 0.0 for row in links.rows]
    direct = pd.DataFrame({"a": links.source, "b": links.target, "declared": lag})
    near = _expected(links, np.array([i in measured for i in links.ids], dtype=bool))
    pairs = pd.concat([far, direct.merge(near, "left", ["a", "b"])[["a", "b", "expected"]]])
    pairs = pairs[pairs["a"] != pairs["b"]].drop_duplicates(["a", "b"])
    found = pairs.merge(direct.drop_duplicates(["a", "b"], keep="last"), "left", ["a", "b"])
    found = found.fillna({"expected": 0, "declared": 0.0}).assign(directed=True)
    return found[list(ASKED)].astype(ASKED)


def _expected(links: Links, measured: np.ndarray) -> pd.DataFrame:
    """Return the net sign of directly linked pairs of which both ends are measured."""
    both = measured[links.source] & measured[links.target]
    ways = joined(links, np.unique(links.source[both]), np.unique(links.target[both]))
    return pd.DataFrame({"a": ways.source, "b": ways.end, "expected": ways.sign})
