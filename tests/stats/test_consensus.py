"""Strategic consensus against its published table."""

from __future__ import annotations

import numpy as np
import pytest

from lodestar.stats.consensus import (
    between_consensus,
    consensus_p,
    standard_profiles,
    within_consensus,
)
from tests.support.rankings import RANKS


def test_published_table_of_nine_managers() -> None:
    """Oracle: alpha .5650, W .319224; TMT1–4 and 5–9: .874, .723 within, .0226 between."""
    profiles = standard_profiles(RANKS)
    assert within_consensus(profiles) == pytest.approx(0.5650, abs=5e-5)
    assert within_consensus(profiles) ** 2 == pytest.approx(0.319224, abs=5e-7)
    assert within_consensus(profiles[:4]) == pytest.approx(0.874, abs=5e-4)
    assert within_consensus(profiles[4:]) == pytest.approx(0.723, abs=5e-4)
    camps = profiles[:4].mean(axis=0), profiles[4:].mean(axis=0)
    assert between_consensus(*camps) == pytest.approx(0.0226, abs=5e-5)


def test_square_is_the_mean_correlation_of_all_pairs() -> None:
    """Oracle: numpy's correlation matrix of the nine managers."""
    found = within_consensus(standard_profiles(RANKS)) ** 2
    assert found == pytest.approx(np.corrcoef(RANKS).mean())


def test_chance_consensus_is_told_from_agreement() -> None:
    """Oracle: the two camps' p against random rankings; chi-square's limit at 301 persons."""
    rng = np.random.default_rng(1)
    assert consensus_p(standard_profiles(RANKS[:4]), rng) < 0.05
    noise = standard_profiles(rng.permuted(np.tile(np.arange(7.0), (300, 1)), axis=1))
    near = consensus_p(noise, rng)
    limit = consensus_p(np.vstack([noise, noise[:1]]), rng)
    assert near == pytest.approx(limit, abs=0.1)


def test_nobody_and_people_who_order_nothing_give_no_number() -> None:
    nobody = standard_profiles(np.full((3, 4), 2.0))
    assert nobody.shape == (0, 4)
    assert np.isnan(within_consensus(nobody))
    everybody = standard_profiles(RANKS).mean(axis=0)
    assert np.isnan(between_consensus(np.full(7, np.nan), everybody))
    assert np.isnan(consensus_p(nobody, np.random.default_rng(1)))
