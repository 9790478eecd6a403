"""Permutation test and bootstrap of Cliff's delta, for one comparison or for many at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lodestar.stats.draws import DRAWS

__all__ = [
    "PERMUTATIONS",
    "bootstrap_delta",
    "few_answers",
    "permutation_p",
    "permutation_p_alike",
    "relabellings",
]

PERMUTATIONS = 10_000

BLOCK = 1 << 16
"""Persons × draws worked on at once, so that they stay in the processor's cache."""

PERSONS_AN_ANSWER = 25
"""From how many persons for each further answer counting beats relabelling (timed)."""

PICKS_AN_ANSWER = 11
"""From how many persons for each answer counting beats picking them one by one (timed)."""


def permutation_p(
    a: ArrayLike, b: ArrayLike, rng: np.random.Generator, permutations: int = PERMUTATIONS
) -> float:
    """Return the two-sided permutation p of Cliff's delta between two groups.

    Parameters
    ----------
    a, b : array-like of float
        Scores of two groups; NaN = no answer.
    rng : numpy.random.Generator
        The result's own generator.
    permutations : int, default 10,000
        Number of relabellings.

    Returns
    -------
    float
        (hits + 1) / (permutations + 1); NaN when a group has no answer.

    Notes
    -----
    A hit is a random relabelling of persons whose |delta| is at least the observed one. Only how
    many of each answer fall to the first group matters, so that a relabelling is one draw from the
    multivariate hypergeometric distribution.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> permutation_p([1, 1, 1, 1, 2, 2, 2, 2], [4, 4, 4, 4, 5, 5, 5, 5], rng) < 0.002
    True
    """
    first, second = _given(a), _given(b)
    if not first.size or not second.size:
        return float("nan")
    _, codes, counts = _tally(first, second)
    balance = _balance(counts)
    observed = abs(int(balance[codes[: len(first)]].sum()))
    few = _few(len(counts), len(codes))
    method: Literal["marginals", "count"] = "marginals" if few else "count"
    hits = 0
    for done in range(0, permutations, PERMUTATIONS):
        rows = min(PERMUTATIONS, permutations - done)
        drawn = rng.multivariate_hypergeometric(counts, len(first), rows, method=method)
        hits += int((np.abs(drawn @ balance) >= observed).sum())
    return (hits + 1) / (permutations + 1)


def few_answers(a: NDArray[np.float64], b: NDArray[np.float64]) -> bool:
    """Tell whether two groups give so few different answers that counting them is quickest.

    Parameters
    ----------
    a, b : numpy.ndarray of float
        Scores of two groups, none missing.

    Examples
    --------
    >>> few_answers(np.ones(30), np.zeros(30))
    True
    """
    return _few(len(np.unique(np.concatenate([a, b]))), len(a) + len(b))


def relabellings(
    n_a: int, n_b: int, rng: np.random.Generator, permutations: int = PERMUTATIONS
) -> Iterator[NDArray[np.float32]]:
    """Yield random choices of n_a out of n_a + n_b persons, one a row, block by block.

    Parameters
    ----------
    n_a, n_b : int
        Persons in each group, 1 or more.
    rng : numpy.random.Generator
        Source of the choices.
    permutations : int, default 10,000
        Number of choices, even.

    Yields
    ------
    numpy.ndarray of float32, shape (rows, n_a + n_b)
        1 where the person counts as one of the first group, else 0. Blocks fit a processor's own
        memory; how rows fall into blocks changes none of them.

    Notes
    -----
    Each person draws a 32-bit number, half of a raw draw; the n_a smallest are chosen. Two equal
    numbers at the edge (one row in millions) choose one person more, which p hardly feels.

    Examples
    --------
    >>> blocks = list(relabellings(2, 3, np.random.default_rng(1)))
    >>> sum(len(block) for block in blocks), {int(n) for b in blocks for n in b.sum(axis=1)}
    (10000, {2})
    """
    persons = n_a + n_b
    step = max(2, BLOCK // persons // 2 * 2)
    for first in range(0, permutations, step):
        rows = min(step, permutations - first)
        bits = rng.bit_generator.random_raw(rows // 2 * persons)
        keys = bits.view(np.uint32).reshape(rows, persons)
        last = np.partition(keys, n_a - 1, axis=1)[:, n_a - 1]
        yield (keys <= last[:, None]).view(np.uint8).astype(np.float32)


def permutation_p_alike(
    samples: Sequence[tuple[NDArray[np.float64], NDArray[np.float64]]],
    rng: np.random.Generator,
    generators: Sequence[np.random.Generator],
    permutations: int = PERMUTATIONS,
) -> NDArray[np.float64]:
    """Return the permutation p of many comparisons whose groups have the same two sizes.

    Parameters
    ----------
    samples : sequence of pairs of numpy.ndarray
        Scores of the first and the second group of each comparison, none missing.
    rng : numpy.random.Generator
        Source of the relabellings that all these comparisons share.
    generators : sequence of numpy.random.Generator
        Each comparison's own; it shuffles the persons before they meet the shared relabellings.
    permutations : int, default 10,000
        Number of relabellings, even.

    Returns
    -------
    numpy.ndarray, shape (comparisons,)
        (hits + 1) / (permutations + 1), as :func:`permutation_p` defines them.

    Notes
    -----
    With s_i = persons below i less persons above i, delta is Σ s_i over the first group divided
    by n_a·n_b: all relabellings of all comparisons are one matrix product of exact integers.

    Examples
    --------
    >>> far = (np.arange(10.0), np.arange(20.0, 30.0))
    >>> rng, own = np.random.default_rng(1), np.random.default_rng(2)
    >>> permutation_p_alike([far], rng, [own]).round(6).tolist()
    [0.0001]
    """
    first, second = samples[0]
    exact = np.float32 if len(first) * len(second) < 1 << 24 else np.float64
    tallies = [_tally(a, b) for a, b in samples]
    columns = [_balance(counts)[codes].astype(exact) for _, codes, counts in tallies]
    observed = np.array([abs(column[: len(first)].sum()) for column in columns])
    shuffled = [own.permutation(c) for own, c in zip(generators, columns, strict=True)]
    scores = np.stack(shuffled, axis=1)
    hits = np.zeros(len(samples), dtype=np.intp)
    for labels in relabellings(len(first), len(second), rng, permutations):
        hits += (np.abs(labels @ scores) >= observed).sum(axis=0)
    return (hits + 1) / (permutations + 1)


def bootstrap_delta(
    a: ArrayLike, b: ArrayLike, rng: np.random.Generator, draws: int = DRAWS
) -> NDArray[np.float64]:
    """Return draws of Cliff's delta with the persons of each group resampled.

    Parameters
    ----------
    a, b : array-like of float
        Scores of two groups; NaN = no answer.
    rng : numpy.random.Generator
        The result's own generator.
    draws : int, default 2000
        Number of resamples.

    Returns
    -------
    numpy.ndarray, shape (draws,)
        Values −1 to 1; NaN when a group has no answer.

    Examples
    --------
    >>> bootstrap_delta([2, 3], [1, 1], np.random.default_rng(1), draws=3).tolist()
    [1.0, 1.0, 1.0]
    """
    first, second = _given(a), _given(b)
    if not first.size or not second.size:
        return np.full(draws, np.nan)
    values, codes, _ = _tally(first, second)
    counts_a = _resampled(codes[: len(first)], len(values), rng, draws)
    counts_b = _resampled(codes[len(first) :], len(values), rng, draws)
    below = np.cumsum(counts_b, axis=1)
    balance = 2 * below - counts_b - len(second)
    return (counts_a * balance).sum(axis=1) / (len(first) * len(second))


def _resampled(
    codes: NDArray[np.intp], size: int, rng: np.random.Generator, draws: int
) -> NDArray[np.intp]:
    """Return how often each value occurs in each resample of persons (draws × values)."""
    counts = np.bincount(codes, minlength=size)
    if size * PICKS_AN_ANSWER < len(codes):
        return rng.multinomial(len(codes), counts / len(codes), size=draws)
    narrow = np.uint16 if len(codes) < 1 << 16 else np.uint32
    picks = rng.integers(0, len(codes), size=(draws, len(codes)), dtype=narrow)
    out = np.empty((draws, size), dtype=np.intp)
    step = max(1, BLOCK // len(codes))
    rows = size * np.arange(step)[:, None]
    for first in range(0, draws, step):
        places = codes.take(picks[first : first + step])
        places += rows[: len(places)]
        tallied = np.bincount(places.ravel(), minlength=size * len(places))
        out[first : first + step] = tallied.reshape(-1, size)
    return out


def _given(values: ArrayLike) -> NDArray[np.float64]:
    """Return the answers given."""
    answers = np.asarray(values, dtype=float).ravel()
    return answers[np.isfinite(answers)]


def _tally(
    a: NDArray[np.float64], b: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.intp], NDArray[np.intp]]:
    """Return the distinct answers of both groups, each person's answer as a code, and counts."""
    values, codes, counts = np.unique(
        np.concatenate([a, b]), return_inverse=True, return_counts=True
    )
    return values, codes, counts


def _few(answers: int, persons: int) -> bool:
    """Tell whether so many different answers of so many persons are counted quickest."""
    return answers - 1 < persons / PERSONS_AN_ANSWER


def _balance(counts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return, for each answer of both groups, persons below less persons above."""
    return 2 * np.cumsum(counts) - counts - counts.sum()
