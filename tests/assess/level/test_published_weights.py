"""Oracle: MKTOR (Narver & Slater 1990), whose overall score is the mean of its 15 items."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.level.profile import by_dimension, overall, weigh
from lodestar.framework.model import Capability, Dimension, Framework
from tests.support.builders import IDENTITY, small_framework

COMPONENTS = {"customer": 6, "competitor": 4, "coordination": 5}
"""Items of each component of MKTOR."""


def mktor(weights: dict[str, float]) -> Framework:
    """A dimension a component, a capability an item."""
    return small_framework(
        dimensions=tuple(Dimension(name, name, weight=w) for name, w in weights.items()),
        capabilities=tuple(
            Capability(f"{name}{i}", name, f"{name} {i}", target=IDENTITY)
            for name, items in COMPONENTS.items()
            for i in range(items)
        ),
    )


def scores(items: list[float], weights: dict[str, float]) -> tuple[np.ndarray, float]:
    """Return the components and the overall score of one function's items."""
    x = np.array(items, dtype=float)[:, None]
    used = mktor(weights)
    components = by_dimension(used, np.ones(1), ~np.isnan(x))
    return weigh(x, components), float(weigh(x, overall(used, components))[0])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(1, 5), min_size=15, max_size=15))
def test_dimensions_weighed_by_their_items_give_mktors_mean_of_all_items(
    items: list[float],
) -> None:
    components, level = scores(items, COMPONENTS)
    assert components == pytest.approx(
        [np.mean(items[:6]), np.mean(items[6:10]), np.mean(items[10:])]
    )
    assert level == pytest.approx(np.mean(items))


def test_dimensions_weighed_alike_do_not() -> None:
    """Components 4, 3, 2: the mean of means is 3, of all items (6·4 + 4·3 + 5·2)/15 = 46/15."""
    items = [4.0] * 6 + [3.0] * 4 + [2.0] * 5
    assert scores(items, dict.fromkeys(COMPONENTS, 1.0))[1] == pytest.approx(3.0)
    assert scores(items, COMPONENTS)[1] == pytest.approx(46 / 15)
