"""Oracles: views by plain loops over votes, laws of pairing and naming, counts of survey raters."""

from __future__ import annotations

from collections import defaultdict
from statistics import mean, median
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.cells import cell_matrix
from lodestar.assess.level import present
from lodestar.assess.level.informants import informant_views
from lodestar.assess.level.publish import present_section
from lodestar.engagement.model import Engagement
from tests.support.builders import engagement

FUNCTIONS = ("sales", "service", "finance")
CAPABILITIES = ("C01", "C02", "C03", "C04")
NUMBERS = ("own", "others", "difference", "low", "high", "n", "n_others", "cells")


def vote(capability: str, function: str, by: str, number: int, level: float, **more: Any) -> Any:
    """One rating by a person of a function."""
    return {
        "capability": capability,
        "function": function,
        "rater": f"{by} {number}",
        "rater_function": by,
        "level": level,
        **more,
    }


def client(votes: list[Any], **more: Any) -> Engagement:
    return engagement({"ratings": votes}, functions=FUNCTIONS, **more)


def section(shown: Engagement) -> dict[str, Any]:
    return present_section(shown, present(shown))


def by_loops(votes: list[Any], function: str, of: str | None = None) -> tuple[float, float] | None:
    """Mean of own and of others' cell means over the cells that both rated."""
    own, others = defaultdict(list), defaultdict(list)
    for row in votes:
        side = own if row["rater_function"] == function else others
        side[row["capability"], row["function"]].append(row["level"])
    both = [cell for cell in own if cell in others and of in (None, cell[1])]
    if not both:
        return None
    return mean(mean(own[c]) for c in both), mean(mean(others[c]) for c in both)


VOTES = st.dictionaries(
    st.tuples(
        st.sampled_from(CAPABILITIES),
        st.sampled_from(FUNCTIONS),
        st.sampled_from(FUNCTIONS),
        st.integers(1, 3),
    ),
    st.integers(2, 10).map(lambda half: half / 2),
    min_size=1,
    max_size=40,
).map(lambda told: [vote(c, f, by, k, level) for (c, f, by, k), level in told.items()])


@settings(max_examples=40, deadline=None)
@given(VOTES)
def test_views_are_means_over_the_cells_that_both_rated(votes: list[Any]) -> None:
    rows = {row["function"]: row for row in section(client(votes))["informants"]}
    wanted = {f: by_loops(votes, f) for f in FUNCTIONS}
    assert bool(rows) == any(wanted.values())
    for function, row in rows.items():
        for view, want in (
            (row, wanted[function]),
            (row["self_view"], by_loops(votes, function, of=function)),
        ):
            if want is None:
                assert view["own"] is None
                assert view["own_reason"]
                assert view["cells"] == 0
            else:
                assert (view["own"], view["others"]) == pytest.approx(want)
                assert view["difference"] == pytest.approx(want[0] - want[1])


@settings(max_examples=25, deadline=None)
@given(VOTES)
def test_an_interval_includes_its_difference_and_the_order_of_rows_changes_nothing(
    votes: list[Any],
) -> None:
    rows = section(client(votes))["informants"]
    assert rows == section(client(votes[::-1]))["informants"]
    for view in [v for row in rows for v in (row, row["self_view"]) if v["low"] is not None]:
        assert view["low"] <= view["difference"] <= view["high"]


def test_what_only_one_function_rated_confounds_nothing() -> None:
    """Sales rates its own easy cells at 5; on the shared cell both say 3."""
    votes = [vote("C01", "service", by, k, 3) for by in ("sales", "service") for k in range(3)]
    votes += [vote(c, "sales", "sales", k, 5) for c in CAPABILITIES for k in range(3)]
    sales = section(client(votes))["informants"][0]
    assert (sales["own"], sales["others"], sales["difference"]) == (3, 3, 0)
    assert (sales["n"], sales["n_others"], sales["cells"]) == (3, 3, 1)
    assert sales["self_view"]["own"] is None


def test_resampled_persons_by_brute_force() -> None:
    """Two sides of three raters on one cell: the 27 x 27 equally likely resamples, enumerated."""
    levels = {"sales": (2.0, 3.0, 4.5), "service": (1.0, 2.0, 2.5)}
    votes = [
        vote("C01", "service", by, k, level)
        for by, own in levels.items()
        for k, level in enumerate(own)
    ]
    shown = client(votes)
    draws = informant_views(shown, cell_matrix(shown)).all["sales"].draws
    assert draws is not None
    picks = np.array(np.meshgrid(*[range(3)] * 3)).reshape(3, -1)
    means = {by: np.array(own)[picks].mean(axis=0) for by, own in levels.items()}
    exact = (means["sales"][:, None] - means["service"][None]).ravel()
    for share in (0.1, 0.5, 0.9):
        assert np.quantile(draws, share) == pytest.approx(np.quantile(exact, share), abs=0.17)
    assert draws.mean() == pytest.approx(exact.mean(), abs=0.05)
    assert draws.std() == pytest.approx(exact.std(), rel=0.06)


def test_a_side_of_two_is_shifted_by_the_spread_of_raters() -> None:
    """Sales has two raters who agree: resampling them would say nothing, s / sqrt(2) does."""
    votes = [vote(c, "service", "sales", k, 4) for c in CAPABILITIES for k in range(2)]
    votes += [vote(c, "service", "service", k, 2 + k / 2) for c in CAPABILITIES for k in range(4)]
    shown = client(votes)
    found = section(shown)
    draws = informant_views(shown, cell_matrix(shown)).all["sales"].draws
    assert draws is not None
    own = found["rater_spread"] / np.sqrt(2)
    others = np.std([2, 2.5, 3, 3.5]) / np.sqrt(4)
    assert draws.std() == pytest.approx(np.hypot(own, others), rel=0.06)


def test_nobody_rating_another_function_says_which_column_would_answer() -> None:
    votes = [vote(c, "sales", "sales", k, 3) for c in CAPABILITIES for k in range(3)]
    unnamed = [{k: v for k, v in row.items() if k != "rater_function"} for row in votes]
    for rows in (votes, unnamed):
        found = section(client(rows))
        assert found["informants"] == []
        assert "rater_function" in found["informants_reason"]
        assert found["balanced"]["estimate"] is None
        assert found["balanced"]["estimate_reason"]


def test_balanced_counts_each_function_once_a_cell() -> None:
    """Five of sales say 4, one of service says 2: pooled 4, balanced 3; other cells as they are."""
    votes = [vote("C01", "service", "sales", k, 4) for k in range(5)]
    votes += [vote("C01", "service", "service", 1, 2)]
    found = section(client(votes))
    assert found["estimate"] == 4
    assert found["balanced"] == {"estimate": 3, "difference": -1, "cells": 1}


@settings(max_examples=30, deadline=None)
@given(VOTES)
def test_balanced_level_by_plain_loops(votes: list[Any]) -> None:
    """Each cell's median over functions' medians, fed in as one vote, gives the balanced level."""
    groups: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in votes:
        groups[row["capability"], row["function"]][row["rater_function"]].append(row["level"])
    mixed = {cell: own for cell, own in groups.items() if len(own) > 1}
    found = section(client(votes))
    assert found["balanced"]["cells"] == len(mixed)
    if not mixed:
        return
    shown = client(votes)
    cells = present(shown)
    x = cells.cells.x.copy()
    for (capability, function), own in mixed.items():
        x.loc[capability, function] = mean(median(levels) for levels in own.values())
    want = float((x.fillna(0).to_numpy() * cells.shares).sum())
    assert found["balanced"]["estimate"] == pytest.approx(want)


def survey(votes: list[Any]) -> list[Any]:
    return [{**row, "basis": "survey"} for row in votes]


def spread_votes(by: str, count: int, function: str = "service") -> list[Any]:
    return [vote(c, function, by, k, 2 + k % 3) for c in CAPABILITIES for k in range(count)]


@pytest.mark.parametrize("few", [1, 4])
def test_few_survey_raters_on_either_side_are_named_without_numbers(few: int) -> None:
    votes = survey(spread_votes("service", 6) + spread_votes("sales", few))
    rows = section(client(votes))["informants"]
    for row in rows[:2]:
        assert row["suppressed"]
        assert all(row[key] is None for key in NUMBERS)
    assert not rows[2]["suppressed"]


def test_few_do_not_follow_from_the_others_by_subtraction() -> None:
    """Three of sales among fives: each larger side stands alone, all together give sales away."""
    votes = survey(
        spread_votes("service", 5) + spread_votes("finance", 5) + spread_votes("sales", 3)
    )
    rows = {row["function"]: row for row in section(client(votes))["informants"]}
    assert rows["sales"]["suppressed"]
    assert rows["service"]["suppressed"] or rows["finance"]["suppressed"]


def test_enough_survey_raters_are_shown_and_those_at_one_extreme_are_not() -> None:
    votes = survey(spread_votes("service", 5) + spread_votes("sales", 5))
    assert not any(row["suppressed"] for row in section(client(votes))["informants"])
    extreme = survey(spread_votes("service", 5)) + survey(
        [vote(c, "service", "sales", k, 5) for c in CAPABILITIES for k in range(5)]
    )
    found = section(client(extreme))
    assert all(row["suppressed"] for row in found["informants"][:2])
    assert found["balanced"]["cells"] == 0


LAYOUT = st.tuples(
    st.lists(st.integers(0, 7), min_size=3, max_size=3), st.integers(0, 2**31), st.booleans()
)


def functionals(votes: list[Any], rows: list[Any], least: int) -> tuple[np.ndarray, list[Any]]:
    """Each published mean as weights over votes, by the rule on the page."""
    cells = sorted({row["capability"] for row in votes})
    out = []
    for entry in rows:
        for shown, own_work in ((entry, False), (entry["self_view"], True)):
            if shown["own"] is None or (own_work and entry["function"] != "service"):
                continue
            sides = [
                [
                    [
                        i
                        for i, row in enumerate(votes)
                        if row["capability"] == c
                        and (row["rater_function"] == entry["function"]) is own
                    ]
                    for c in cells
                ]
                for own in (True, False)
            ]
            used = [k for k in range(len(cells)) if all(len(side[k]) >= least for side in sides)]
            assert shown["cells"] == len(used)
            for side in sides:
                weights = np.zeros(len(votes))
                for k in used:
                    weights[side[k]] += 1 / len(side[k]) / len(used)
                out.append(weights)
    return np.array(out), cells


@settings(max_examples=60, deadline=None)
@given(LAYOUT)
def test_no_few_persons_follow_from_all_that_is_published(
    layout: tuple[list[int], int, bool],
) -> None:
    """Exactly, vote by vote: no combination of shown means rests on few persons of one function."""
    sizes, seed, patchy = layout
    rng = np.random.default_rng(seed)
    votes = survey(
        [
            vote(c, "service", by, k, rng.integers(2, 11) / 2)
            for by, size in zip(FUNCTIONS, sizes, strict=True)
            for k in range(size)
            for c in CAPABILITIES
            if not patchy or rng.random() < 0.8
        ]
    )
    if not votes:
        return
    rows = section(client(votes))["informants"]
    shown, _ = functionals(votes, rows, 5)
    if not len(shown):
        return
    rank = np.linalg.matrix_rank(shown)
    for by in FUNCTIONS:
        mine = np.array([row["rater_function"] == by for row in votes])
        persons = {row["rater"] for row in votes if row["rater_function"] == by}
        if 0 < len(persons) < 5:
            assert np.linalg.matrix_rank(shown[:, ~mine]) == rank, by
