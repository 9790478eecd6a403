"""The section, on a client whose numbers follow by hand.

Cells: C01 2 against 3, C02 2 against 2, C03 1 against 3, C04 4 against 3, in two functions that
weigh the same. Weights of the capabilities: a third for each dimension, so 1/6, 1/6, 1/3, 1/3.
M = 1/6·1 + 1/6·0 + 1/3·4 + 1/3·1 = 11/6.
"""

from __future__ import annotations

import json

import numpy as np
import pytest

from lodestar.assess.results import Results
from lodestar.schema.results import check_results
from tests.support.builders import small_framework
from tests.support.roadmaps import client, effect, investment, roadmap

M = 11 / 6


def index(m: float) -> float:
    return 100 * (1 - np.sqrt(m) / 4)


def test_before_and_after_by_hand() -> None:
    """C03 rises by 1 level expected (2 × ½) in both functions: its part falls from 4/3 to 1/3."""
    made = roadmap([investment("a")], [effect("a", "C03", 2, chance=0.5)])
    assert made["chosen"] == ["a"]
    assert made["index_before"] == pytest.approx(index(M))
    assert made["index_after"] == pytest.approx(index(M - 1))
    assert made["cost"] == 100
    assert made["optimal"] is True
    assert made["harmful"] == []


def test_index_before_is_the_uncorrected_index_of_04() -> None:
    results = Results(client([investment("a")], [effect("a", "C03", 1)]))
    assert results["roadmap"]["index_before"] == pytest.approx(results["alignment"]["index"])


def test_effect_on_one_function_only() -> None:
    """In sales alone: 1/6·(4 − 1) less."""
    made = roadmap([investment("a")], [effect("a", "C03", 1, function="sales")])
    assert made["index_after"] == pytest.approx(index(M - 0.5))


def test_running_cost_counts_from_the_start_to_the_horizon() -> None:
    made = roadmap([investment("a", running_cost_month=2)], [effect("a", "C03", 1)])
    assert made["cost"] == 100 + 2 * 36
    late = investment("a", running_cost_month=2, earliest="2027-Q3")
    assert roadmap([late], [effect("a", "C03", 1)])["cost"] == 100 + 2 * 30


def test_what_is_not_through_by_the_horizon_counts_in_part() -> None:
    """18 months of delivery, 9 of delay, t = (36 − 27)/18 = ½: half of the effect shows."""
    late = [investment("a", months=18)]
    made = roadmap(late, [effect("a", "C03", 1, delay_months=9)])
    assert made["index_after"] == pytest.approx(index(M + (1.5**2 - 4) / 3))


def test_dip_of_the_framework_is_on_the_path() -> None:
    """0.5 of the effect of 1 level is lost in months 1–3: C03 stands at 0.5, 2.5 below target."""
    made = roadmap([investment("a")], [effect("a", "C03", 1)], framework=small_framework(dip=0.5))
    path = made["path"]
    low = index(M + (2.5**2 - 4) / 3)
    assert [row["month"] for row in path] == list(range(37))
    assert [row["index"] for row in path[:5]] == pytest.approx(
        [index(M), low, low, low, index(M + ((2 - 7 / 27) ** 2 - 4) / 3)]
    )
    assert made["dip"]["month"] == 1
    assert made["dip"]["back_month"] == 4
    assert path[-1]["index"] == pytest.approx(made["index_after"])


def test_one_budget_chooses_what_gains_most() -> None:
    rows = [investment("a"), investment("b"), investment("c", cost=150)]
    effects = [effect("a", "C01", 1), effect("b", "C03", 1), effect("c", "C03", 2)]
    budgets = [{"period": "2027-Q1", "kind": "capital", "amount": 160}]
    made = roadmap(rows, effects, budgets=budgets)
    assert made["chosen"] == ["c"]
    assert made["budget"] == 160
    assert made["cost"] == 150


def test_frontier_never_falls_and_beats_both_habits() -> None:
    rows = [investment(n, cost=c) for n, c in zip("abcd", (60, 80, 90, 40), strict=True)]
    effects = [
        effect("a", "C01", 1), effect("b", "C03", 1.5), effect("c", "C03", 1, function="sales"),
        effect("d", "C04", -0.6),
    ]  # fmt: skip
    budgets = [{"period": "2027-Q1", "kind": "capital", "amount": 130}]
    rows_ = roadmap(rows, effects, budgets=budgets)["frontier"]
    best = [row["index"] for row in rows_]
    assert best == sorted(best)
    assert all(row["index"] >= max(row["greedy"], row["even"]) - 1e-9 for row in rows_)
    assert [row["budget"] for row in rows_][5] == 130


def test_next_money_says_what_enters() -> None:
    budgets = [{"period": "2027-Q1", "kind": "capital", "amount": 95}]
    made = roadmap([investment("a")], [effect("a", "C03", 1)], budgets=budgets)
    assert made["chosen"] == []
    assert made["chosen_reason"]
    assert made["next"] == [
        {"kind": "capital", "amount": 1.0, "gain": 0.0, "enters": [], "leaves": []}
    ]
    budgets[0]["amount"] = 99.5
    (more,) = roadmap([investment("a")], [effect("a", "C03", 1)], budgets=budgets)["next"]
    assert more["enters"] == ["a"]
    assert more["gain"] == pytest.approx(index(M - 1) - index(M))


def test_past_returns_recalibrate_the_chance_of_new_promises() -> None:
    """Kept ½ and 0 of promises with chance 1: (2 + 0.5)/(2 + 2) = 0.625 of every new chance."""
    past = investment("p", realised_on="2026-03-31", choice="must-not")
    effects = [
        effect("p", "C01", 1, observed_change=0.5, observed_on="2026-06-30"),
        effect("p", "C02", 1, observed_change=-0.3),
        effect("a", "C03", 1),
    ]
    made = roadmap([past, investment("a")], effects)
    assert made["returns"]["factor"] == pytest.approx(0.625)
    assert [row["kept"] for row in made["returns"]["effects"]] == [0.5, 0.0]
    assert made["index_after"] == pytest.approx(index(M + (1.375**2 - 4) / 3))
    assert made["index_as_promised"] == pytest.approx(index(M - 1))
    assert [row["investment"] for row in made["investments"]] == ["a"]


def test_observations_after_today_are_not_looked_at() -> None:
    effects = [effect("a", "C03", 1, observed_change=0.0, observed_on="2027-06-30")]
    assert roadmap([investment("a")], effects)["returns"]["n"] == 0


def test_infeasible_choice_says_what_to_relax() -> None:
    rows = [investment("a", choice="must"), investment("b", choice="must", cost=70)]
    budgets = [{"period": "2027-Q1", "kind": "capital", "amount": 150}]
    made = roadmap(rows, [effect("a", "C03", 1)], budgets=budgets)
    assert made["chosen"] == []
    assert made["index_after"] is None
    assert made["optimal"] is None
    assert made["relax"] == [
        {"rule": "budget", "names": ["capital"], "more": [{"period": "2027-Q1", "amount": 20.0}]}
    ]
    assert made["index_before"] == pytest.approx(index(M))


def test_levels_above_the_ladder_are_warned_of_and_not_clipped() -> None:
    """C03 from 1 by 4.5 to 5.5: 2.5 above target counts in full."""
    must = [investment("a", choice="must")]
    made = roadmap(must, [effect("a", "C03", 4.5, function="sales")])
    assert made["too_high"] == [{"capability": "C03", "function": "sales", "level": 5.5}]
    assert made["index_after"] == pytest.approx(index(M + (2.5**2 - 4) / 6))


def test_effects_on_cells_without_a_level_are_counted() -> None:
    ratings = [
        {"capability": c, "function": "sales", "rater": "r1", "level": 2, "basis": "assessor"}
        for c in ("C01", "C02", "C03", "C04")
    ] + [
        {"capability": c, "function": "service", "rater": "r1", "level": 2} for c in ("C01", "C04")
    ]
    effects = [effect("a", "C03", 1, function="service"), effect("a", "C03", 1)]
    made = roadmap([investment("a")], effects, ratings=ratings)
    assert [(r["investment"], r["target"], r["function"]) for r in made["left_out"]] == [
        ("a", "C03", "service")
    ]
    assert made["chosen"] == ["a"]


def test_sponsor_who_leaves_before_the_effect_is_there() -> None:
    """Delivered in month 3, full in month 6 + 3 of delay; the sponsor stays six months."""
    row = investment("a", sponsor_until="2027-06-30")
    (made,) = roadmap([row], [effect("a", "C03", 1, delay_months=3)])["investments"]
    assert (made["start"], made["delivered_month"], made["full_month"]) == ("2027-Q1", 3, 9)
    assert made["sponsor_month"] == pytest.approx(5.9)
    assert made["sponsor_short"] == pytest.approx(3.1)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"rows": []}, "investments"),
        ({"chosen_level": None}, "chosen_level"),
        ({"ratings": None}, "ratings"),
    ],
)
def test_what_is_missing_is_said(changes: dict, word: str) -> None:
    changes = dict(changes)
    rows = changes.pop("rows", [investment("a")])
    made = roadmap(rows, [effect("a", "C03", 1)], **changes)
    assert made["chosen"] == []
    for key in ("cost", "index_before", "index_after", "optimal"):
        assert made[key] is None
        assert word in made[f"{key}_reason"]


def test_only_past_investments() -> None:
    past = investment("p", realised_on="2026-03-31")
    made = roadmap([past], [effect("p", "C01", 1, observed_change=1)])
    assert made["chosen"] == []
    assert made["index_after"] == made["index_before"] == pytest.approx(index(M))
    assert made["returns"]["n"] == 1


def test_every_null_and_empty_list_has_its_reason() -> None:
    for made in (
        roadmap([investment("a")], [effect("a", "C03", 1)]),
        roadmap([], []),
        roadmap(
            [investment("a", choice="must")],
            [],
            budgets=[{"period": "2027-Q1", "kind": "capital", "amount": 1}],
        ),
    ):
        json.dumps(made, allow_nan=False)
        assert not list(unreasoned(made, "roadmap"))


def unreasoned(node: object, place: str):
    """Yield places of nulls and empty lists without a sentence beside them."""
    if isinstance(node, dict):
        for key, value in node.items():
            if (value is None or value == []) and not node.get(f"{key}_reason"):
                yield f"{place}.{key}"
            yield from unreasoned(value, f"{place}.{key}")
    if isinstance(node, list):
        for row in node:
            if isinstance(row, dict) and not {"names", "enters", "path"} & set(row):
                yield from unreasoned(row, f"{place}[]")


def test_same_inputs_same_section() -> None:
    made = [roadmap([investment("a")], [effect("a", "C03", 1, low=0.5, high=1.5)]) for _ in "12"]
    assert json.dumps(made[0]) == json.dumps(made[1])


def test_results_fit_the_shipped_schema() -> None:
    results = Results(client([investment("a")], [effect("a", "C03", 1)]))
    document = {**{key: results[key] for key in results}, "findings": []}
    check_results(document)
