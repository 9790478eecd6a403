"""Consensus within and between groups, and the map, against the published table and loops."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from lodestar.assess.perspectives.between import pair_consensus
from lodestar.assess.perspectives.consensus import group_consensus
from lodestar.assess.perspectives.groups import pairs
from lodestar.assess.perspectives.places import group_map
from lodestar.assess.perspectives.strategic import strategic_consensus
from lodestar.confidentiality import Gate
from tests.assess.perspectives.views import Made, seen
from tests.support.rankings import RANKS

MANAGERS = [{"group": "manager" if i < 4 else "executive"} for i in range(9)]


def organisation(hidden: tuple[str, ...] = ()) -> Made:
    """Return three functions that see four subjects apart, and customers below all."""
    rng = np.random.default_rng(4)
    sizes = {"sales": 14, "service": 12, "finance": 9}
    people = [{"group": "employee", "function": f} for f, n in sizes.items() for _ in range(n)]
    people += [{"group": "customer"}] * 20
    order = {"sales": [4, 3, 2, 2], "service": [2, 3, 4, 2], "finance": [4, 3, 2, 2]}
    means = [order.get(str(one.get("function")), [1.5, 1, 1, 1.2]) for one in people]
    return seen(people, np.array(means) + rng.normal(0, 0.3, (len(people), 4)), hidden)


def test_published_camps_agree_within_and_not_between() -> None:
    """Oracle: Tarakci et al. 2014: .87 and .72 within, .02 between, on a threshold of four."""
    persons, cells, found = seen(MANAGERS, RANKS.astype(float))
    within = group_consensus(persons, cells, found, Gate(minimum=4), 2026)
    assert dict(zip(within["group"], within["consensus"], strict=True)) == {
        "executive": 0.72,
        "manager": 0.87,
    }
    row = pair_consensus(persons, cells, within, pairs(found), 2026).iloc[0]
    assert row["r"] == 0.02
    assert row["p_r"] < 0.05
    assert row["q"] == row["p"]


def test_distance_is_between_published_means_and_p_by_relabelling() -> None:
    """Oracle: numpy on the cells' means; sales and finance were made alike, service apart."""
    persons, cells, found = organisation()
    within = group_consensus(persons, cells, found, Gate(), 1)
    rows = pair_consensus(persons, cells, within, pairs(found), 1).set_index(["group_a", "group_b"])
    means = cells.pivot(index="group", columns="scale", values="mean")
    for (a, b), row in rows.iterrows():
        expected = np.sqrt(((means.loc[a] - means.loc[b]) ** 2).mean())
        assert row["distance"] == pytest.approx(expected)
    assert rows.loc[("employee:sales", "employee:service"), "p"] < 0.001
    assert rows.loc[("employee:finance", "employee:sales"), "p"] > 0.05
    assert rows.loc[("employee:sales", "employee:service"), "r"] < 0


def test_small_and_derivable_groups_have_no_consensus() -> None:
    """Oracle: three of finance are hidden, and so is one more function: the total would tell."""
    people = [{"group": "employee", "function": f} for f in ["a"] * 9 + ["b"] * 8 + ["c"] * 3]
    made = seen(people, np.random.default_rng(2).normal(3, 1, (20, 4)), ("employee:c",))
    found = strategic_consensus(*made, Gate(), 1)
    shown = {row["group"]: not row["suppressed"] for row in found["groups"]}
    assert shown == {"employee": True, "employee:a": True, "employee:b": False}
    hidden = next(row for row in found["groups"] if row["suppressed"])
    assert {hidden[key] for key in ("n", "consensus", "p")} == {None}
    pair = next(row for row in found["pairs"] if row["group_b"] == "employee:c")
    assert pair["suppressed"]
    assert pair["distance"] is None
    apart = next(row for row in found["pairs"] if not row["suppressed"])
    assert apart["r"] is None
    assert apart["r_reason"].endswith(".")


def test_places_keep_the_distances_of_published_means() -> None:
    """Oracle: distances recomputed from the means; the first direction rises with them."""
    _, cells, _ = organisation()
    found = group_map(cells)
    points = {row["group"]: (row["x"], row["y"]) for row in found["points"]}
    means = cells.pivot(index="group", columns="scale", values="mean")
    assert list(points) == list(dict.fromkeys(cells["group"]))
    drawn, real = [], []
    for a, b in combinations(points, 2):
        drawn.append(np.hypot(*np.subtract(points[a], points[b])))
        real.append(np.sqrt(((means.loc[a] - means.loc[b]) ** 2).mean()))
    assert found["share"] > 0.95
    np.testing.assert_allclose(drawn, real, atol=0.25)
    assert points["customer"][0] == min(x for x, _ in points.values())


def test_the_map_needs_three_groups_that_share_subjects() -> None:
    """Oracle: a hidden group is nowhere on the map; two groups make none."""
    _, cells, _ = organisation(("employee:finance",))
    assert "employee:finance" not in {row["group"] for row in group_map(cells)["points"]}
    few = group_map(cells[cells["group"].isin(["customer", "employee"])])
    assert few["points"] == []
    assert few["share"] is None
    assert few["stress_reason"]


def test_the_interval_of_a_distance_is_that_of_resampling() -> None:
    """Oracle: percentiles of the distance over 2,000 bootstraps of both groups, to 0.06."""
    persons, cells, found = organisation()
    within = group_consensus(persons, cells, found, Gate(), 1)
    rows = pair_consensus(persons, cells, within, pairs(found), 1).set_index(["group_a", "group_b"])
    row = rows.loc[("customer", "employee")]
    scores = np.stack(list(persons.values()), axis=1)
    a, b = (scores[g.members] for g in found if g.id in ("customer", "employee"))
    rng = np.random.default_rng(9)
    drawn = [np.sqrt(((_again(a, rng) - _again(b, rng)) ** 2).mean()) for _ in range(2000)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    assert row["low"] == pytest.approx(low, abs=0.06)
    assert row["high"] == pytest.approx(high, abs=0.06)


def _again(scores: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return the means of as many persons, drawn with replacement."""
    return np.asarray(scores[rng.integers(0, len(scores), len(scores))].mean(axis=0))
