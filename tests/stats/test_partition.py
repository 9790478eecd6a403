"""Groups sorted into partitions, against sums one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from lodestar.stats.partition import partitions

membership = arrays(bool, array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=9))


@given(membership)
def test_each_group_with_somebody_lies_in_one_partition_beside_strangers(
    members: np.ndarray,
) -> None:
    """Oracle: membership itself: nobody twice in a partition, every group with somebody once."""
    found = partitions(members)
    groups = sorted(int(g) for part in found for g in part.groups)
    assert groups == np.flatnonzero(members.any(axis=1)).tolist()
    for part in found:
        assert len(set(part.order.tolist())) == len(part.order)
        for place, row in enumerate(part.groups):
            start = part.starts[place]
            own = part.order[start : start + part.sizes[place]]
            assert own.tolist() == np.flatnonzero(members[row]).tolist()


@given(membership, st.integers(0, 1000))
def test_sums_and_spread_are_those_of_each_group(members: np.ndarray, seed: int) -> None:
    """Oracle: sums over each group's persons, one group at a time."""
    values = np.random.default_rng(seed).normal(size=(2, members.shape[1]))
    for part in partitions(members):
        sums = part.sums(part.sort(values)).T
        expected = [values[:, members[row]].sum(axis=1) for row in part.groups]
        assert sums == pytest.approx(np.array(expected))
        beside = part.spread(part.groups)
        assert members[beside, part.order].all()
