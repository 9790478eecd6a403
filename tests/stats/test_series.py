"""Lagged association under inertia, season and trend, against simulation and closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.stats.series import (
    LEAST_POINTS,
    associations,
    lagged_association,
    terms_spent,
    weakest_found,
)
from lodestar.stats.whitening import whiten
from tests.support.series import inert, pair_by_pair


@pytest.mark.parametrize("steps", [36, 60, 120])
@pytest.mark.parametrize("inertia", [0.0, 0.5, 0.8, 0.95])
def test_unrelated_series_are_called_related_as_often_as_promised(steps, inertia):
    """Oracle: 5 %, less what Bonferroni costs (naive correlation: 6 % to 58 %). 1,500 pairs, so
    that chance alone moves a share by 0.6 points (one standard error)."""
    rng = np.random.default_rng([steps, int(100 * inertia)])
    whitened = whiten(np.column_stack([inert(rng, steps, inertia) for _ in range(600)]))
    first, second = np.divmod(rng.permutation(600 * 600)[:1500], 600)
    apart = first != second
    for most, either in ((0, False), (6, False), (6, True)):
        p = associations(whitened, first[apart], second[apart], most, either).p
        assert 0.022 <= np.mean(p <= 0.05) <= 0.07


def test_a_planted_lag_is_found_with_its_sign() -> None:
    """Oracle: planted: the second falls two months after the first rises; 60 months, 40 pairs."""
    rng = np.random.default_rng(2)
    found = []
    for _ in range(40):
        x, y = inert(rng, 60, 0.8), inert(rng, 60, 0.8)
        y[2:] -= 0.9 * x[:-2]
        found.append(lagged_association(x, y))
    assert np.mean([one.lag == 2 and one.p <= 0.05 and one.r < 0 for one in found]) > 0.9


def test_short_or_flat_series_are_refused() -> None:
    """Oracle: 24 points after differencing need 25 months."""
    rng = np.random.default_rng(3)
    assert np.isnan(lagged_association(rng.normal(size=24), rng.normal(size=24)).p)
    assert lagged_association(rng.normal(size=24), rng.normal(size=24)).n == 23
    assert np.isfinite(lagged_association(rng.normal(size=25), rng.normal(size=25)).p)
    assert np.isnan(lagged_association(np.ones(40), rng.normal(size=40)).p)


def test_missing_months_cost_their_neighbours_only() -> None:
    """Oracle: one hole costs two changes."""
    rng = np.random.default_rng(4)
    x, y = rng.normal(size=60), rng.normal(size=60)
    x[30] = np.nan
    assert lagged_association(x, y).n == 57


def test_units_and_offsets_do_not_matter() -> None:
    rng = np.random.default_rng(5)
    x, y = inert(rng, 48, 0.5), inert(rng, 48, 0.5)
    plain, scaled = lagged_association(x, y), lagged_association(1000 * x + 7, 0.01 * y - 3)
    assert (plain.lag, plain.n) == (scaled.lag, scaled.n)
    assert (plain.r, plain.p) == pytest.approx((scaled.r, scaled.p))
    assert lagged_association(x, -y).r == pytest.approx(-plain.r)


@st.composite
def panels(draw: st.DrawFn) -> np.ndarray:
    """A few series over the same months: holes, late starts, flat and copied ones among them."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    months, count = draw(st.sampled_from([20, 26, 37, 49, 60, 75])), draw(st.integers(2, 6))
    panel = np.column_stack([inert(rng, months, 0.9) for _ in range(count)])
    panel *= 10.0 ** rng.integers(-4, 6, count)
    panel[rng.random(panel.shape) < draw(st.sampled_from([0, 0, 0.03, 0.2]))] = np.nan
    panel[: draw(st.integers(0, months // 2)), 0] = np.nan
    if draw(st.booleans()):
        panel[:, -1] = 7.0 if draw(st.booleans()) else np.roll(panel[:, 0], 2)
    return panel


@given(panels(), st.integers(0, 9), st.booleans())
def test_many_pairs_at_once_are_each_pair_by_itself(panel, most, either):
    """Oracle: one pair after the other, by lstsq and Student's t at every lag.

    Least squares on series of 10^5 beside a season of 1 agree to about nine digits.
    """
    places = np.arange(panel.shape[1])
    first, second = (side.ravel() for side in np.meshgrid(places, places, indexing="ij"))
    keep = first != second
    found = associations(whiten(panel), first[keep], second[keep], most, either)
    for place, (a, b) in enumerate(zip(first[keep], second[keep], strict=True)):
        r, lag, p, n = pair_by_pair(panel[:, a], panel[:, b], most, either)
        assert found.n[place] == n
        assert found.r[place] == pytest.approx(r, abs=1e-8, nan_ok=True)
        assert found.p[place] == pytest.approx(p, rel=1e-6, abs=1e-8, nan_ok=True)
        assert found.lag[place] == lag or np.isnan(r)


def test_the_weakest_correlation_found_is_the_one_whose_p_is_five_per_cent():
    """Oracle: published critical values, 0.25 for 60 points and 0.40 for 24; and any pair's p."""
    assert weakest_found(60, 0) == pytest.approx(0.254, abs=0.001)
    assert weakest_found(LEAST_POINTS, 0) == pytest.approx(0.404, abs=0.001)
    assert np.isnan(weakest_found(10, 5))
    rng = np.random.default_rng(9)
    whitened = whiten(np.column_stack([inert(rng, 60, 0.0) for _ in range(60)]))
    first, second = np.divmod(np.arange(3600), 60)
    first, second = first[first < second], second[first < second]
    whole = np.isfinite(whitened.residuals).sum(axis=0)
    found = associations(whitened, first, second, 0)
    spent = terms_spent(whitened, first, second)
    for place, n in enumerate(np.minimum(whole[first], whole[second])):
        stands = abs(found.r[place]) >= weakest_found(int(n), int(spent[place]))
        assert stands == (found.p[place] <= 0.05)
