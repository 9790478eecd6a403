"""Oracles: segments by hand, every relabelling of a small survey, and laws of the section."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lodestar.assess.level import assess
from lodestar.assess.level.segment_columns import customer_labels, split_columns
from lodestar.assess.level.segment_contrast import clearest
from lodestar.engagement.model import Engagement
from tests.support.builders import engagement

COLUMNS = {
    "region": ["north"] * 6 + ["south"] * 6,
    "weight": ["0.7", "1,3"] * 6,
    "email": [f"p{i}@x.org" for i in range(12)],
    "note": ["Always asks for the manager by name, on every single visit made."] * 6 + ["no"] * 6,
    "country": ["here"] * 12,
    "tier": ["gold"] * 10 + ["lead"] * 2,
    "blank": ["not stated", " "] * 6,
}


def survey(persons: int = 12, **columns: list[str | None]) -> Engagement:
    people = [
        {
            "respondent": f"p{i:02}",
            "group": "customer",
            **{name: values[i] for name, values in columns.items()},
        }
        for i in range(persons)
    ]
    answers = [
        {"respondent": f"p{i:02}", "item": item, "value": float(value)}
        for i in range(persons)
        for item, value in (("I01", 1 + i % 4), ("I03", 2 + i // 6 % 4), ("I08", 4 + i % 7))
    ]
    return engagement({"respondents": people, "responses": answers})


def test_which_columns_make_segments_and_why_the_others_do_not() -> None:
    labels = customer_labels(survey(**COLUMNS).wave.tables["respondents"])
    columns, reasons = split_columns(labels, 5)
    assert columns == ["region"]
    assert reasons.keys() == COLUMNS.keys() - {"region", "blank"}
    assert "numbers" in reasons["weight"]
    assert "60 characters" in reasons["note"]
    assert reasons["country"].startswith("All customers")
    assert reasons["tier"].startswith("No two")


def test_thirteen_values_are_names_and_twelve_are_not() -> None:
    for values, fit in ((12, ["c"]), (13, [])):
        labels = pd.DataFrame({"c": [f"v{i % values}" for i in range(130)]})
        assert split_columns(labels, 5)[0] == fit


def test_segments_by_hand() -> None:
    """North: D1 (1+2+3+4+1+2)/6, D2 2 for all six; south: D1 (3+4+1+2+3+4)/6, D2 3."""
    rows = assess(survey(region=COLUMNS["region"]), {})["segments"]
    assert [r["segment"] for r in rows] == ["north", "south"]
    want = [np.mean([13 / 6, 2]), np.mean([17 / 6, 3])]
    assert [r["experienced"]["estimate"] for r in rows] == pytest.approx(want)
    for row in rows:
        assert row["n"] == 6
        felt = row["experienced"]
        assert felt["low"] <= felt["estimate"] <= felt["high"]
    scores = [4, 5, 6, 7, 8, 9], [10, 4, 5, 6, 7, 8]
    want_nps = [100 * (sum(x >= 9 for x in s) - sum(x <= 6 for x in s)) / 6 for s in scores]
    assert [r["nps"]["score"] for r in rows] == pytest.approx(want_nps)


def test_without_a_column_the_reason_names_what_would_answer() -> None:
    got = assess(survey(), {})
    assert got["segments"] == []
    assert "`region`" in got["segments_reason"]
    assert got["segment_differences"] == []
    assert got["segments_left_out_reason"]


def test_hidden_segments_keep_their_names_and_no_number() -> None:
    region = ["north"] * 12 + ["south"] * 8 + ["island"] * 4
    rows = {r["segment"]: r for r in assess(survey(24, region=region), {})["segments"]}
    assert not rows["north"]["suppressed"]
    for name in ("south", "island"):
        row = rows[name]
        assert row["suppressed"]
        numbers = [row["n"], *row["experienced"].values(), *row["nps"].values()]
        assert not [x for x in numbers if isinstance(x, float | int) and not isinstance(x, bool)]
        assert row["dimensions"] == []


SMALL = [*(["south"] * 4), *(["east"] * 3), *(["north"] * 12), *(["west"] * 10)]


def regions(*names: str | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = assess(survey(len(names), region=list(names)), {})["segments"]
    return found


def test_two_small_segments_are_shown_as_one_and_named() -> None:
    """Oracle: the answers of the 4 and the 3 pooled; and all customers less those of the 22."""
    found = assess(survey(29, region=SMALL), {})
    rows = {row["segment"]: row for row in found["segments"]}
    assert [*rows] == ["east", "north", "south", "west", "other"]
    other = rows["other"]
    assert (other["members"], other["n"], other["suppressed"]) == (["east", "south"], 7, False)
    scores = [4 + i % 7 for i in range(7)]
    want = 100 * (sum(x >= 9 for x in scores) - sum(x <= 6 for x in scores)) / 7
    assert other["nps"]["score"] == pytest.approx(want)
    felt, north, west = (
        {row["dimension"]: row["estimate"] for row in entry["dimensions"]}
        for entry in (found["experienced"], rows["north"], rows["west"])
    )
    for row in other["dimensions"]:
        known = 29 * felt[row["dimension"]] - 12 * north[row["dimension"]]
        assert row["estimate"] == pytest.approx((known - 10 * west[row["dimension"]]) / 7)
    assert rows["east"]["n"] is None
    assert "members" not in rows["north"]


def test_segments_shown_as_one_take_no_part_in_differences() -> None:
    """Oracle: without the members' names the differences of the two large segments are the same."""
    found = assess(survey(29, region=SMALL), {})["segment_differences"][0]
    assert {found["higher"], found["lower"]} == {"north", "west"}


def test_few_without_a_value_keep_small_segments_from_being_shown_as_one() -> None:
    """Oracle: all customers less the shown less the others would be the two who say nothing."""
    assert "other" not in {row["segment"] for row in regions(*SMALL, None, None)}
    assert "other" in {row["segment"] for row in regions(*SMALL, *[None] * 5)}


def test_a_clients_own_segment_of_that_name_is_not_taken_for_it() -> None:
    rows = regions(*("other" if name == "west" else name for name in SMALL))
    assert [row["segment"] for row in rows] == ["east", "north", "other", "south"]
    assert not any("members" in row for row in rows)


def test_fewer_customers_than_the_least_show_no_segment() -> None:
    got = assess(survey(4, region=["north", "south"] * 2), {})
    assert got["segments"] == []


def test_segments_move_no_other_number() -> None:
    """Each segment draws from a stream of its own."""
    plain, split = assess(survey(), {}), assess(survey(region=COLUMNS["region"]), {})
    for key in plain.keys() - {"segments", "segment_differences", "segments_left_out"}:
        if not key.startswith("segment"):
            assert plain[key] == split[key]


def test_order_of_respondents_changes_nothing() -> None:
    shown = survey(24, region=["north", "south", "west"] * 8)
    turned = shown.with_tables(
        respondents=shown.wave.tables["respondents"].iloc[::-1].reset_index(drop=True)
    )
    one, two = assess(shown, {}), assess(turned, {})
    for key in ("segments", "segment_differences"):
        assert one[key] == two[key]


def greatest(levels: np.ndarray, segment: Any) -> float:
    """The largest standardised distance, written out."""
    own = [levels[np.array(segment) == s] for s in sorted(set(segment))]
    felt = [np.nanmean(np.nanmean(one, axis=0)) for one in own]
    return max(
        abs(felt[i] - felt[j]) / np.sqrt(1 / len(own[i]) + 1 / len(own[j]))
        for i in range(len(own))
        for j in range(i)
    )


def test_p_is_the_share_of_all_relabellings() -> None:
    """Oracle: all 7! relabellings of seven persons in three segments, one by one."""
    rng = np.random.default_rng(3)
    levels = rng.integers(1, 6, (7, 2)).astype(float)
    segment = [0, 0, 1, 1, 1, 2, 2]
    observed = greatest(levels, segment)
    every = [greatest(levels, order) >= observed - 1e-9 for order in permutations(segment)]
    found = clearest(levels, np.array(segment), np.random.default_rng(1), draws=20_000)
    assert found.p == pytest.approx(np.mean(every), abs=0.015)


def test_chance_alone_is_called_noise_nineteen_times_in_twenty() -> None:
    """Oracle: 400 surveys without any difference; p below 0.05 in about one of twenty."""
    rng = np.random.default_rng(8)
    segment = np.repeat([0, 1, 2], [8, 15, 30])
    p = [
        clearest(rng.integers(1, 6, (53, 1)).astype(float), segment, rng, draws=199).p
        for _ in range(400)
    ]
    assert 0.02 <= np.mean(np.array(p) <= 0.05) <= 0.085


def test_a_difference_of_one_level_is_found_with_its_direction() -> None:
    region = ["north"] * 30 + ["south"] * 30
    people = [
        {"respondent": f"p{i:02}", "group": "customer", "region": region[i]} for i in range(60)
    ]
    answers = [
        {"respondent": f"p{i:02}", "item": "I03", "value": float(2 + i % 3 + (i >= 30) - (i == 0))}
        for i in range(60)
    ]
    got = assess(engagement({"respondents": people, "responses": answers}), {})
    (row,) = got["segment_differences"]
    assert (row["higher"], row["lower"]) == ("south", "north")
    assert row["difference"] == pytest.approx(1 + 1 / 30)
    assert row["exceeds_noise"]
    assert row["low"] < 1 < row["high"]
    assert row["not_stated"] == 0
    assert row["nps"]["difference"] is None
    assert row["nps"]["difference_reason"]
