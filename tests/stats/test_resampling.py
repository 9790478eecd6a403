"""Oracle: counting the picks of the same generator by hand."""

from __future__ import annotations

import numpy as np

from lodestar.stats.resampling import person_counts


def test_counts_are_the_picks_of_the_generator_whatever_the_chunk() -> None:
    picks = np.random.default_rng(4).integers(0, 7, size=(50, 7), dtype=np.int32)
    want = np.array([[int((row == person).sum()) for person in range(7)] for row in picks])
    for chunk in (1, 21, 10_000):
        got = person_counts(7, np.random.default_rng(4), draws=50, chunk=chunk)
        assert got.tolist() == want.tolist()


def test_every_draw_picks_as_many_as_there_are() -> None:
    counts = person_counts(11, np.random.default_rng(0), draws=30)
    assert (counts.sum(axis=1) == 11).all()
