"""Oracles: medians counted by hand, and the draws recomputed by an obvious loop."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.cells import cell_draws, cell_matrix, draw_cells, few_raters, rater_spread
from lodestar.engagement.model import Engagement
from lodestar.stats.draws import generator
from tests.support.builders import engagement


def rating(capability: str, function: str, rater: str, level: Any, **more: str) -> dict[str, Any]:
    return {"capability": capability, "function": function, "rater": rater, "level": level, **more}


def panel(
    raters: int, functions: tuple[str, ...] = ("sales", "service"), seed: int = 3
) -> list[dict[str, Any]]:
    """Every rater rates two or three capabilities of one function, in halves."""
    rng = np.random.default_rng(seed)
    rows = []
    for function in functions:
        for person in range(raters):
            chosen = rng.choice(["C01", "C02", "C03", "C04"], 3, replace=False)
            rows += [
                rating(c, function, f"{function}{person}", rng.integers(2, 11) / 2) for c in chosen
            ]
    return rows


def of(rows: list[dict[str, Any]], **more: Any) -> Engagement:
    return engagement({"ratings": rows}, **more)


def test_median_over_raters_with_na_apart() -> None:
    """Levels 2, 3, 5 and one `na`: median 3 of three; all `na`: does not apply; nobody: missing."""
    rows = [rating("C01", "sales", r, v) for r, v in (("a", 2), ("b", 3), ("c", 5), ("d", "na"))]
    rows += [
        rating("C02", "sales", "a", "na"),
        rating("C03", "sales", "a", 2.5),
        rating("C03", "sales", "b", 3),
    ]
    cells = cell_matrix(of(rows))
    assert cells.x.loc["C01", "sales"] == 3
    assert cells.raters.loc["C01", "sales"] == 3
    assert cells.x.loc["C03", "sales"] == 2.75
    assert not cells.applicable.loc["C02", "sales"]
    assert cells.applicable.loc["C04", "sales"]
    assert not cells.present.loc["C04", "sales"]
    assert cells.basis.loc["C01", "sales"] == "workshop"


def test_no_ratings_leave_an_empty_applicable_matrix() -> None:
    cells = cell_matrix(engagement())
    assert cells.x.shape == (4, 2)
    assert not cells.present.to_numpy().any()
    assert cells.applicable.to_numpy().all()
    draws = draw_cells(cells, 7, "level.present")
    assert draws is not None
    assert np.isnan(draws).all()


def test_one_to_four_survey_raters_hide_the_cell_and_workshop_raters_do_not() -> None:
    rows = [rating("C01", "sales", f"s{i}", 2 + i / 2, basis="survey") for i in range(4)]
    rows += [rating("C01", "sales", "w", 5), rating("C02", "sales", "w", 4)]
    rows += [rating("C03", "sales", f"s{i}", 2 + i / 2, basis="survey") for i in range(5)]
    cells = cell_matrix(of(rows))
    assert cells.hidden.loc["C01", "sales"]
    assert np.isnan(cells.x.loc["C01", "sales"])
    assert cells.raters.loc["C01", "sales"] == 0
    assert cells.x.loc["C02", "sales"] == 4
    assert cells.x.loc["C03", "sales"] == 3
    assert "C01" not in set(cells.votes["capability"])


def test_answers_of_na_do_not_carry_a_cell_over_the_threshold() -> None:
    """Five survey raters, one of them `na`: the median would rest on four."""
    rows = [rating("C01", "sales", f"s{i}", 2 + i / 2, basis="survey") for i in range(4)]
    rows += [rating("C01", "sales", "s4", "na", basis="survey")]
    cells = cell_matrix(of(rows))
    assert cells.hidden.loc["C01", "sales"]
    assert cells.applicable.loc["C01", "sales"]


def test_everybody_at_one_extreme_is_hidden_only_in_surveys() -> None:
    rows = [rating("C01", "sales", f"s{i}", 5, basis="survey") for i in range(6)]
    rows += [rating("C02", "sales", f"w{i}", 5) for i in range(6)]
    rows += [rating("C03", "sales", f"s{i}", 4.5, basis="survey") for i in range(6)]
    cells = cell_matrix(of(rows))
    assert cells.hidden["sales"].tolist() == [True, False, False, False]
    assert cells.x.loc["C02", "sales"] == 5
    assert cells.x.loc["C03", "sales"] == 4.5


def test_draws_equal_the_obvious_loop() -> None:
    """Each draw: pick raters, collect their ratings, take medians with numpy; same generator."""
    shown = of(panel(5))
    cells = cell_matrix(shown)
    got = draw_cells(cells, 7, "level.present", draws=60)
    assert got is not None
    rng = generator(7, "level.present")
    for j, function in enumerate(("sales", "service")):
        votes = cells.votes[cells.votes["function"] == function]
        people = sorted(votes["person"].unique())
        picks = rng.integers(0, len(people), size=(60, len(people)), dtype=np.int32)
        for draw in range(60):
            taken = pd.concat([votes[votes["person"] == people[p]] for p in picks[draw]])
            for i, capability in enumerate(cells.x.index):
                levels = taken.loc[taken["capability"] == capability, "level"]
                want = np.median(levels) if len(levels) else cells.x.iloc[i, j]
                assert got[draw, i, j] == want


def test_raters_of_another_function_are_resampled_with_all_they_rated() -> None:
    """One sales person rates both functions: picked twice here is picked twice there."""
    rows = [
        rating("C01", f, f"p{i}", 1 + i, rater_function="sales")
        for f in ("sales", "service")
        for i in range(4)
    ]
    got = cell_draws(of(rows), "level.present")
    assert got is not None
    assert np.array_equal(got[:, 0, 0], got[:, 0, 1])
    assert got[:, 0, 0].std() > 0


def test_spread_of_raters_by_hand() -> None:
    """sales: a rates 2 and 2, b rates 3 and 4; medians 2.5 and 3; mean deviations -0.75 and 0.75.

    Pooled variance = (0.75² + 0.75²) / 1 = 1.125; service has one rater and adds nothing.
    """
    rows = [rating("C01", "sales", "a", 2), rating("C02", "sales", "a", 2)]
    rows += [rating("C01", "sales", "b", 3), rating("C02", "sales", "b", 4)]
    rows += [rating("C01", "service", "c", 4)]
    cells = cell_matrix(of(rows))
    assert rater_spread(cells) == pytest.approx(np.sqrt(1.125))
    assert few_raters(cells) == {"sales": 2, "service": 1}


def test_few_raters_shift_a_whole_function_by_one_normal() -> None:
    rows = [rating("C01", "sales", "a", 2), rating("C02", "sales", "a", 2)]
    rows += [rating("C01", "sales", "b", 3), rating("C02", "sales", "b", 4)]
    cells = cell_matrix(of(rows))
    got = draw_cells(cells, 7, "level.present", draws=40)
    z = generator(7, "level.present").standard_normal(40)
    shift = z * np.sqrt(1.125) / np.sqrt(2)
    assert got is not None
    np.testing.assert_allclose(got[:, 0, 0], np.clip(2.5 + shift, 1, 5))
    np.testing.assert_allclose(got[:, 1, 0], np.clip(3.0 + shift, 1, 5))


def test_no_spread_no_draws() -> None:
    assert cell_draws(of([rating("C01", "sales", "a", 2)]), "level.present") is None


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(random: Any) -> None:
    rows = panel(4)
    shuffled = list(rows)
    random.shuffle(shuffled)
    one, two = cell_draws(of(rows), "k"), cell_draws(of(shuffled), "k")
    assert one is not None
    assert two is not None
    assert np.array_equal(one, two, equal_nan=True)
