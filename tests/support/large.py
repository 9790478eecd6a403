"""Registers as large as those of a hospital or a group, made up: layers, and links back."""

from __future__ import annotations

import numpy as np

from lodestar.assess.conflicts.links import EVIDENCE, Link, Links
from lodestar.assess.conflicts.register import Register

LAYERS = 8
NEGATIVE = 0.3


def large(
    metrics: int, links: int, rewarded: int, back: float = 0.0, outcomes: int = 0, seed: int = 1
) -> Register:
    """A register of some size; `back` is the share of links that may lead anywhere.

    Each link leads from one of eight layers to a later one, three in ten lower what they lead to,
    and so many places, spread evenly, are metrics that are paid for, in eight functions.
    """
    chance = np.random.default_rng(seed)
    ids = tuple(f"m{i:06d}" for i in range(metrics))
    pairs = _pairs(chance, metrics, links, back)
    strength = chance.uniform(0.1, 0.9, len(pairs)) * chance.choice(
        [-1, 1], len(pairs), p=[NEGATIVE, 1 - NEGATIVE]
    )
    word = chance.choice(list(EVIDENCE), len(pairs))
    rows = [
        Link(ids[a], ids[b], float(s), str(w))
        for (a, b), s, w in zip(pairs, strength, word, strict=True)
    ]
    ends = np.arange(metrics) >= metrics - outcomes
    paid = np.zeros(metrics, dtype=bool)
    paid[np.linspace(0, metrics - outcomes - 1, rewarded).astype(int)] = True
    return Register(
        links=Links(ids, tuple(rows)),
        group=tuple("outcome" if end else "metric" for end in ends),
        function=tuple(
            None if end else f"f{i}"
            for i, end in zip(chance.integers(0, 8, metrics), ends, strict=True)
        ),
        kind=tuple("customer" if end else "operational" for end in ends),
        incentive=np.where(paid, chance.uniform(0.05, 0.35, metrics), 0.0),
        direction=np.where(ends, 0.0, chance.choice([-1.0, 1.0], metrics, p=[0.3, 0.7])),
        importance=np.where(ends, 0.5, 0.0),
        serves=(True,) * metrics,
    )


def _pairs(
    chance: np.random.Generator, metrics: int, links: int, back: float
) -> list[tuple[int, int]]:
    """Distinct (source, target), sorted."""
    found: set[tuple[int, int]] = set()
    first = metrics // LAYERS
    while len(found) < links:
        source = int(chance.integers(0, metrics))
        anywhere = chance.random() < back
        low = 0 if anywhere else (source // first + 1) * first
        if low < metrics:
            target = int(chance.integers(low, metrics if anywhere else min(low + first, metrics)))
            found |= {(source, target)} if source != target else set()
    return sorted(found)
