"""Attacks on segments: subtraction from totals, between columns, between pages, at one extreme.

Oracle: the row space of everything published about customers, by matrix rank over persons; a group
is given away when its row of ones adds no rank.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.inclusion.advocacy import part_scores
from lodestar.assess.level import segment_gate, segment_merged
from lodestar.confidentiality import Gate

GATE = Gate(5, 10)


def frames(levels: list[float | None], **columns: list[str | None]) -> Any:
    people = pd.Index([f"p{i:02}" for i in range(len(levels))], name="respondent")
    labels = pd.DataFrame(columns, index=people, dtype=object)
    return labels, pd.DataFrame({"D1": levels}, index=people, dtype=float)


def shown(levels: list[float | None], **columns: list[str | None]) -> set[tuple[str, str]]:
    labels, found = frames(levels, **columns)
    fit = segment_gate.segments_shown(labels, found, [], GATE)
    return {place for place, visible in fit.items() if visible}


def mixed(persons: int) -> list[float | None]:
    return [1.5 + i % 3 for i in range(persons)]


def given_away(rows: np.ndarray, persons: np.ndarray, fewest: int) -> bool:
    """Whether any union of atoms with fewer persons, tried one by one, adds no rank."""
    atoms, sizes = np.unique(rows[:, persons], axis=1, return_counts=True)
    rank = np.linalg.matrix_rank(atoms)
    small = np.flatnonzero(sizes < fewest)
    for count in range(1, fewest):
        for chosen in combinations(small, count):
            if sizes[list(chosen)].sum() < fewest:
                unit = np.isin(np.arange(len(sizes)), chosen).astype(float)
                if np.linalg.matrix_rank(np.vstack([atoms, unit])) == rank:
                    return True
    return False


def test_one_small_segment_takes_the_next_smallest_with_it() -> None:
    """Oracle: 24 of all less 12 and 9 would leave 3; so the 9 go too."""
    got = shown(mixed(24), region=["a"] * 12 + ["b"] * 9 + ["c"] * 3)
    assert got == {("region", "a")}


def test_few_without_a_value_take_a_segment_with_them() -> None:
    """Oracle: 24 less the two regions would leave the three who gave none."""
    got = shown(mixed(24), region=["a"] * 12 + ["b"] * 9 + [None] * 3)
    assert got == {("region", "a")}


def test_enough_without_a_value_hide_nothing() -> None:
    got = shown(mixed(26), region=["a"] * 12 + ["b"] * 9 + [None] * 5)
    assert got == {("region", "a"), ("region", "b")}


def test_those_without_a_value_all_at_one_end_do_not_follow() -> None:
    """Oracle: six without a value all say 5; the total less both regions would tell."""
    levels = mixed(21) + [5.0] * 6
    assert shown(levels, region=["a"] * 12 + ["b"] * 9 + [None] * 6) == {("region", "a")}


def test_a_segment_all_at_one_end_does_not_follow() -> None:
    levels = mixed(21) + [1.0] * 7
    assert shown(levels, region=["a"] * 12 + ["b"] * 9 + ["c"] * 7) == {("region", "a")}


def test_a_column_that_refines_another_by_few_gives_nobody_away() -> None:
    """Oracle: north (20) less town (17) would leave 3, although each column alone is safe."""
    region = ["north"] * 20 + ["south"] * 20
    place = ["town"] * 17 + ["land"] * 13 + ["coast"] * 10
    got = shown(mixed(40), region=region, place=place)
    assert not {("region", "north"), ("place", "town")} <= got
    assert ("region", "south") in got or ("place", "coast") in got


def test_few_persons_in_three_places_of_a_third_column_do_not_follow() -> None:
    """Oracle: north less town leaves three, each in another kind: no two of them suffice."""
    region = ["north"] * 20 + ["south"] * 22
    place = ["town"] * 17 + ["land"] * 15 + ["coast"] * 10
    kind = [*"abc" * 5, *"aa", *"abc", *"abc" * 7, "c"]
    got = shown(mixed(42), region=region, place=place, kind=kind)
    assert not {("region", "north"), ("place", "town")} <= got


def test_a_dimension_that_few_of_a_segment_answered_hides_the_segment() -> None:
    labels, levels = frames(mixed(30), region=["a"] * 10 + ["b"] * 10 + ["c"] * 10)
    levels["D2"] = [3.0, 2.0] * 5 + [2.0, 4.0] * 5 + [3.0, 4.0, 2.0] + [np.nan] * 7
    fit = segment_gate.segments_shown(labels, levels, [], GATE)
    assert not fit["region", "c"]
    assert fit.sum() == 1


def test_another_page_of_the_same_customers_counts() -> None:
    """Oracle: page 05 shows a seniority of 17; region a (20) less it would leave three."""
    labels, levels = frames(mixed(40), region=["a"] * 20 + ["b"] * 20)
    senior = np.arange(40) < 17
    assert segment_gate.segments_shown(labels, levels, [], GATE).all()
    assert not segment_gate.segments_shown(labels, levels, [senior], GATE)["region", "a"]


@settings(deadline=None, max_examples=1000)
@given(st.data())
def test_nobody_follows_from_random_columns(data: st.DataObject) -> None:
    """1,000 surveys: two or three columns, blanks, gaps, ends; totals and counts published."""
    persons = data.draw(st.integers(10, 34))
    seed = data.draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    columns = {}
    for c in range(data.draw(st.integers(1, 3))):
        values = [*"wxyz"[: data.draw(st.integers(2, 4))]]
        shares = rng.dirichlet([1.0] * len(values))
        columns[f"c{c}"] = rng.choice(values, persons, p=shares).astype(object)
        columns[f"c{c}"][rng.random(persons) < data.draw(st.sampled_from([0, 0, 0.15]))] = None
    if len(columns) > 1 and data.draw(st.booleans()):
        moved = rng.choice(persons, 2, replace=False)
        columns["c1"] = columns["c0"].copy()
        columns["c1"][moved] = "new"
    levels: list[float | None] = [
        None if rng.random() < 0.1 else float(rng.choice([1, 5, 5, 3])) for _ in range(persons)
    ]
    labels, found = frames(levels, **{name: list(value) for name, value in columns.items()})
    fit = segment_gate.segments_shown(labels, found, [], GATE)
    members = segment_gate.members(labels).to_numpy()
    seen = found["D1"].notna().to_numpy()
    if seen.sum() < 5:
        assert not fit[members[:, seen].any(axis=1)].any()
        return
    merged = segment_merged.merged_segments(labels, found, fit, [], GATE)
    wholes = [labels[column].isin(names) for (column, _), names in merged.items()]
    rows = np.vstack([np.ones(persons), members[fit.to_numpy()], *wholes]).astype(float)
    assert not given_away(rows, seen, 5)
    for column in labels:
        for segment in [*labels[column].dropna().unique(), None]:
            own = labels[column].isna() if segment is None else labels[column] == segment
            own = own.to_numpy(dtype=bool) & seen
            end = set(found["D1"][own]) in ({1.0}, {5.0})
            rank = np.linalg.matrix_rank(rows[:, seen])
            if end and own.any() and not own[seen].all():
                told = np.linalg.matrix_rank(np.vstack([rows[:, seen], own[seen]])) == rank
                assert not told, (column, segment)


@pytest.mark.parametrize("seed", range(60))
def test_scores_here_and_on_the_page_of_advocacy_give_nobody_away(seed: int) -> None:
    """Oracle: rank of all customers, the page's own parts and the further columns together."""
    rng = np.random.default_rng(seed)
    persons = int(rng.integers(12, 45))
    people = pd.Index([f"p{i:02}" for i in range(persons)], name="respondent")
    labels = pd.DataFrame(index=people)
    for name, kinds in (("area", 3), ("segment", 4)):
        shares = rng.dirichlet([1.5] * kinds)
        labels[name] = rng.choice([*"wxyz"[:kinds]], persons, p=shares).astype(object)
    labels["near"] = labels["segment"].where(rng.random(persons) > 0.06, "v")
    scores = pd.Series(rng.choice([0, 3, 7, 9, 10], persons).astype(float), index=people)
    found = segment_gate.all_scores(scores, labels, ["area", "near", "segment"], GATE)
    page = part_scores(labels.assign(value=scores), "segment", GATE)
    own = found[found["column"] == "segment"].set_index("part")["suppressed"]
    assert own.to_dict() == page.set_index("part")["suppressed"].to_dict()
    kept = found[~found["suppressed"]]
    rows = [labels[row.column].fillna("not stated") == row.part for row in kept.itertuples()]
    small = found[found["suppressed"] & (found["part"] != "not stated")].groupby("column")["part"]
    together = {(str(c), "other"): tuple(parts) for c, parts in small if len(parts) > 1}
    told = segment_merged.merged_scores(scores, labels, together, found, GATE)
    rows += [labels[c].isin(together[c, o]) for (c, o), own in told.items() if own["n"] > 0]
    everything = np.vstack([np.ones(persons), *(row.to_numpy(dtype=float) for row in rows)])
    assert not given_away(everything, np.ones(persons, dtype=bool), 5)
