"""Classical scaling against the laws of the plane."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lodestar.stats.scaling import classical_scaling


@settings(max_examples=50, deadline=None)
@given(arrays(float, (6, 2), elements=st.floats(-9, 9, width=16)))
def test_places_on_a_plane_come_back(points: np.ndarray) -> None:
    """Law: distances that lie in a plane are shown exactly."""
    d = np.linalg.norm(points[:, None] - points[None], axis=2)
    places = classical_scaling(d)
    again = np.linalg.norm(places.points[:, None] - places.points[None], axis=2)
    np.testing.assert_allclose(again, d, atol=1e-5)
    assert places.stress < 1e-4 or d.max() < 1e-3


def test_distances_that_no_plane_holds_say_so() -> None:
    """Oracle: a regular tetrahedron spreads over three equal directions: two hold 2/3."""
    places = classical_scaling(np.ones((4, 4)) - np.eye(4))
    assert places.share == pytest.approx(2 / 3)
    assert places.stress > 0.1
