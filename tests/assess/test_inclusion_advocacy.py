"""Advocacy. Oracles: scores and intervals by hand; the gate's own rules; properties."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.assess.inclusion.advocacy import (
    MEASURES,
    advocacy_item,
    answers,
    gap,
    part_scores,
    score,
)
from lodestar.assess.inclusion.own_use import own_use
from lodestar.confidentiality import Gate
from lodestar.framework.model import Item
from lodestar.schema.tables import conform
from lodestar.stats.nps import nps
from tests.support.builders import small_framework

NPS, ENPS, REFERRAL = MEASURES


def people(groups: list[str], **columns: list) -> pd.DataFrame:
    ids = [f"p{i}" for i in range(len(groups))]
    return conform("respondents", pd.DataFrame({"respondent": ids, "group": groups, **columns}))


def responses(rows: list[tuple[str, str, float | None]]) -> pd.DataFrame:
    return conform("responses", pd.DataFrame(rows, columns=["respondent", "item", "value"]))


def test_each_measure_asks_its_own_group_on_its_own_subject() -> None:
    """I08 asks everybody on the offer, I09 employees on the employer."""
    persons = people(["customer", "employee", "manager"])
    given_ = responses(
        [("p0", "I08", 9), ("p1", "I08", 3), ("p2", "I08", 10), ("p1", "I09", 7), ("p1", "I01", 4)]
    )
    framework = small_framework()
    values = {m.name: answers(framework, persons, given_, m)["value"].tolist() for m in MEASURES}
    assert values == {"nps": [9], "enps": [7], "referral": [3]}


def test_equal_repeats_count_once_and_blanks_not_at_all() -> None:
    persons = people(["customer", "customer"])
    given_ = responses([("p0", "I08", 9), ("p0", "I08", 9), ("p1", "I08", None)])
    assert answers(small_framework(), persons, given_, NPS)["value"].tolist() == [9]


def test_of_two_items_the_more_answered_counts() -> None:
    extra = Item("I00", "nps", {"en": "Other"}, None, ("customer",), subject="offer")
    framework = small_framework(items=(*small_framework().items, extra))
    given_ = responses([("p0", "I08", 9), ("p1", "I08", 9), ("p2", "I00", 1)])
    assert advocacy_item(framework, given_, NPS, ["p0", "p1", "p2"]) == "I08"
    assert advocacy_item(framework, given_.head(0), NPS, ["p0"]) == "I00"
    assert advocacy_item(small_framework(items=()), given_, NPS, ["p0"]) is None


def test_score_by_hand() -> None:
    """3 promoters, 2 detractors of 6: 100/6; p = 3.75/9, q = 2.75/9, s = 1/9."""
    found = score(pd.Series([9.0, 10, 9, 6, 0, 7]), Gate())
    half = 1.96 * math.sqrt((6.5 / 9 - (1 / 9) ** 2) / 9)
    assert found["score"] == pytest.approx(100 / 6)
    assert found["low"] == pytest.approx(100 * (1 / 9 - half))
    assert found["high"] == pytest.approx(100 * (1 / 9 + half))


def test_few_answers_and_answers_at_one_end_are_held_back() -> None:
    few = score(pd.Series([9.0, 0, 7, 7]), Gate())
    assert (few["suppressed"], few["coarse"]) == (True, None)
    assert all(np.isnan(few[key]) for key in ("score", "low", "high", "n"))
    high = score(pd.Series([9.0] * 12), Gate())
    assert (high["suppressed"], high["coarse"]) == (True, "high end")
    assert score(pd.Series([0.0] * 12), Gate())["coarse"] == "low end"
    assert not score(pd.Series([8.0] * 12), Gate())["suppressed"]
    assert score(pd.Series([0.0] * 4), Gate())["coarse"] is None, "their end would be told too"


def parts(sizes: dict[str, list[float]]) -> pd.DataFrame:
    rows = [(name, value) for name, values in sizes.items() for value in values]
    frame = pd.DataFrame(rows, columns=["function", "value"])
    return part_scores(frame, "function", Gate()).set_index("part")


def test_a_small_part_takes_the_next_smallest_with_it() -> None:
    found = parts({"a": [9, 3, 7, 1], "b": [9, 3, 7, 1, 9, 9], "c": [9, 3] * 10})
    assert found["suppressed"].to_dict() == {"a": True, "b": True, "c": False}


def test_a_part_at_one_end_cannot_follow_from_the_total() -> None:
    found = parts({"a": [10.0] * 8, "b": [9, 3] * 6, "c": [9, 3] * 10})
    assert found["suppressed"].to_dict() == {"a": True, "b": True, "c": False}
    assert found["coarse"]["a"] == "high end"
    assert found[["score", "low", "high", "n"]].loc["a"].isna().all()


def test_no_word_for_a_part_beside_a_small_one() -> None:
    """Oracle: total less c leaves a and b; were a known to be all promoters, b's answers follow."""
    found = parts({"a": [10.0] * 8, "b": [1.0, 2.0, 9.0], "c": [9, 3] * 10})
    assert found["suppressed"].to_dict() == {"a": True, "b": True, "c": False}
    assert found["coarse"].isna().all()


def test_blank_parts_are_a_part() -> None:
    found = parts({None: [9, 3] * 4, "c": [9, 3] * 10})
    assert found["n"].to_dict() == {"c": 20, "not stated": 8}


def test_gap_by_hand() -> None:
    ours, theirs = pd.Series([9.0] * 6 + [0] * 2), pd.Series([9.0] * 2 + [0] * 6)
    value, low, high = gap(ours, theirs)
    assert value == pytest.approx(100)
    v = (9.5 - 16 / 11) / 11 / 11
    assert (high - low) / 2 == pytest.approx(100 * 1.96 * math.sqrt(2 * v))


scores = st.lists(st.integers(0, 10).map(float), min_size=5, max_size=60)


@given(scores, scores)
def test_gap_turns_round_with_its_groups(a: list[float], b: list[float]) -> None:
    there, back = gap(pd.Series(a), pd.Series(b)), gap(pd.Series(b), pd.Series(a))
    assert there == pytest.approx((-back[0], -back[2], -back[1]))
    assert there[1] <= there[0] <= there[2]


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.integers(0, 10)), min_size=1, max_size=60))
def test_no_small_part_follows_from_the_total(rows: list[tuple[str, int]]) -> None:
    """Total less the shown parts is nobody, everybody, or at least five in two parts or more."""
    frame = pd.DataFrame(rows, columns=["function", "value"]).astype({"value": float})
    found = part_scores(frame, "function", Gate()).set_index("part")
    sizes = frame.groupby("function").size()
    hidden = found.index[found["suppressed"]]
    shown = found[~found["suppressed"]]
    assert (shown["n"] == sizes[shown.index]).all()
    assert (shown["n"] >= 5).all()
    if len(hidden) and len(shown):
        assert len(hidden) >= 2
        assert sizes[hidden].sum() >= 5
    for part, rest in frame[frame["function"].isin(shown.index)].groupby("function"):
        assert shown.loc[part, "score"] == pytest.approx(nps(rest["value"]).score)


def test_own_use_by_hand() -> None:
    """6 of 8 employees use it; na and blank apart; managers are not asked here."""
    uses = ["yes"] * 6 + ["no"] * 2 + ["na", None, "yes"]
    found = own_use(people(["employee"] * 10 + ["manager"], uses_offer=uses), Gate())
    assert (found.share, found.n) == (0.75, 8)
    assert found.low < 0.75 < found.high


@pytest.mark.parametrize(
    ("uses", "suppressed", "coarse"),
    [
        (["yes", "no", "yes", "no"], True, None),
        (["yes"] * 9, True, "high end"),
        (["no"] * 9, True, "low end"),
        (["na"] * 9, False, None),
    ],
)
def test_own_use_passes_the_gate(uses: list[str], suppressed: bool, coarse: str | None) -> None:
    found = own_use(people(["employee"] * len(uses), uses_offer=uses), Gate())
    assert (found.suppressed, found.coarse) == (suppressed, coarse)
    assert math.isnan(found.share)
