"""The offer's axes and the way to the level. Oracles: the sums of Galbraith's table (2-10), the
contract's own sentence in plain Python, straight lines, and laws of the formula."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.level import assess, required, required_level
from lodestar.assess.level.evidence import evidence
from lodestar.assess.level.formula import market, stages
from lodestar.assess.level.offer import edges, parts_section
from lodestar.assess.level.publish_required import required_section
from lodestar.assess.results import Results
from lodestar.framework import load_framework
from lodestar.framework.model import Factor
from tests.assess.level.test_required import FACTORS, MARKET, client, everything
from tests.support.builders import engagement, small_framework

SCORES = st.lists(st.integers(4, 20).map(lambda k: k / 4), min_size=11, max_size=11)
SIGNS = dict(zip(FACTORS, MARKET.sign, strict=True))


def section(*raters: dict[str, float], **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = assess(client(*raters, **more), {})["required"]
    return found


@pytest.mark.parametrize("scale", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("integration", [1, 2, 3, 4, 5])
def test_sums_of_the_two_axes(scale: int, integration: int) -> None:
    """Galbraith's points add to 2-10; 2, 6 and 10 are a base of 1, 3 and 5 (1 + (sum − 2)/2)."""
    one, other = (everything(R1=scale, R2=integration) for _ in range(2))
    place = section(one, other)["offer"]
    assert place["sum"] == scale + integration
    assert place["base"]["estimate"] == pytest.approx(1 + (scale + integration - 2) / 2)
    assert (place["scale"]["factor"], place["integration"]["factor"]) == ("R1", "R2")


def test_ranges_hold_the_scores_and_shares_add_up() -> None:
    place = section(everything(R1=1, R2=4), everything(R1=4), everything(R1=5, R2=2))["offer"]
    for part in (place["scale"], place["integration"]):
        assert 1 <= part["low"] <= part["score"] <= part["high"] <= 5
    assert place["base"]["low"] <= place["base"]["estimate"] <= place["base"]["high"]
    assert sum(place["base"]["distribution"].values()) == pytest.approx(1)


@settings(max_examples=50, deadline=None)
@given(st.floats(0.05, 0.95))
def test_edges_are_where_the_base_passes_to_the_next_level(scale: float) -> None:
    """On both ends of a line, and in the middle of it, the base is its half level."""
    for line in edges(scale, 1 - scale):
        for t in (0, 0.5, 1):
            x = line["scale_from"] * (1 - t) + line["scale_to"] * t
            y = line["integration_from"] * (1 - t) + line["integration_to"] * t
            assert 1 - 1e-6 <= min(x, y) <= max(x, y) <= 5 + 1e-6
            assert scale * x + (1 - scale) * y == pytest.approx(line["base"])


def test_axes_come_from_the_framework() -> None:
    """The same factors under other ids, and a base of three."""
    own = small_framework()
    renamed = tuple(
        Factor({"R1": "breadth", "R2": "depth"}.get(f.id, f.id), f.name, f.role, f.sign)
        for f in own.factors
    )
    context = [{"factor": f.id, "rater": r, "score": 4.0} for f in renamed for r in "ab"]
    made = engagement({"context": context}, framework=small_framework(factors=renamed))
    place = assess(made, {})["required"]["offer"]
    assert (place["scale"]["factor"], place["integration"]["factor"]) == ("breadth", "depth")
    assert place["sum"] == 8

    third = Factor("R12", "Factor 12", "base")
    framework = small_framework(factors=(*own.factors, third))
    context = [{"factor": f.id, "rater": r, "score": 4.0} for f in framework.factors for r in "ab"]
    asked = assess(engagement({"context": context}, framework=framework), {})["required"]
    assert asked["estimate"] is not None
    assert asked["offer"]["sum"] is None
    assert asked["offer"]["scale"]["factor"] is None
    assert "not made of two factors" in asked["offer"]["sum_reason"]


def test_one_rater_has_no_range_but_a_place() -> None:
    place = section(everything(R1=2))["offer"]
    assert place["scale"]["score"] == 2
    assert place["scale"]["low"] is None
    assert place["scale"]["low_reason"]


def test_the_offer_is_told_where_the_market_is_not_scored() -> None:
    asked = section({"R1": 2.0, "R2": 4.0}, {"R1": 2.0, "R2": 4.0})
    assert asked["offer"]["base"]["estimate"] == 3
    assert asked["parts"]["level"] is None
    assert asked["parts"]["rules_reason"]
    assert asked["evidence"] == []
    assert asked["evidence_reason"]


@settings(max_examples=80, deadline=None)
@given(SCORES)
def test_parts_and_rules_by_the_contracts_own_sentences(scores: list[float]) -> None:
    x = dict(zip(FACTORS, scores, strict=True))
    parts = parts_section(required(client(x), draws=2))

    def clip(value: float, low: float, high: float) -> float:
        return min(high, max(low, value))

    base = (x["R1"] + x["R2"]) / 2
    pull = 3 * sum(SIGNS[f] * (x[f] - 3) / 2 for f in FACTORS[2:]) / 9
    shift = clip(pull, -1.5, 1.5)
    summed = clip(base + shift, 1, 5)
    ceiling = 3 + 2 * max(clip(x["R5"] - 2, 0, 1), clip(4 - x["R9"], 0, 1))
    floor = 1 + 2 * clip(x["R7"] - 3, 0, 1)
    level = max(min(summed, ceiling), floor)
    want = {"base": base, "pull": pull, "shift": shift, "before_rules": summed, "level": level}
    assert {key: parts[key] for key in want} == pytest.approx(want)
    active = {
        "shift_cap": abs(pull) > 1.5 + 1e-9,
        "ladder_end": not 1 - 1e-9 <= base + shift <= 5 + 1e-9,
        "weak_competition_cap": ceiling < summed - 1e-9,
        "parity_floor": floor > min(summed, ceiling) + 1e-9,
    }
    assert parts["rules"] == [rule for rule, on in active.items() if on]
    assert bool(parts["rules"]) != ("rules_reason" in parts)


@settings(max_examples=150, deadline=None)
@given(SCORES, st.integers(0, 10), st.floats(0, 4))
def test_a_higher_score_moves_the_level_by_its_sign(
    scores: list[float], i: int, more: float
) -> None:
    """Within 1-5 always; R7 also lifts, by parity, so it is followed only before the rules."""
    low, high = np.array(scores), np.array(scores)
    high[i] = min(5.0, high[i] + more)
    before, after = (stages(x, MARKET) for x in (low, high))
    assert 1 <= before.level <= 5
    sign = MARKET.sign[i]
    assert sign * (after.summed - before.summed) >= -1e-9
    if FACTORS[i] != "R7":
        assert sign * (after.level - before.level) >= -1e-9
    assert float(required_level(low, MARKET)) == float(before.level)


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(FACTORS), min_size=1))
def test_shares_of_evidence_add_to_one(scored: set[str]) -> None:
    """Each factor of the shift counts once, by its weight; oracle: weights added by hand."""
    framework = load_framework("customer-alignment")
    found = evidence(framework, market(framework, sorted(scored)))
    weights = {f.id: f.weight for f in framework.factors if f.role == "shift" and f.id in scored}
    assert sorted(f for part in found for f in part["factors"]) == sorted(weights)
    for part in found:
        own = sum(weights[f] for f in part["factors"])
        assert part["share"] == pytest.approx(own / sum(weights.values()))
    assert sum(part["share"] for part in found) == pytest.approx(1 if weights else 0)


def test_evidence_of_the_shipped_framework() -> None:
    """The contract's table of factors: three good, two moderate, one mixed, two, one."""
    framework = load_framework("customer-alignment")
    found = evidence(framework, market(framework, FACTORS))
    assert [(part["strength"], len(part["factors"])) for part in found] == [
        ("good", 3),
        ("moderate", 2),
        ("mixed", 1),
        ("practitioner", 2),
        ("conceptual", 1),
    ]


def test_a_what_if_moves_parts_and_offer_with_it() -> None:
    """Holding R1 at 5 equals a client whose raters all gave 5."""
    raters = [everything(R1=2, R4=4), everything(R1=4)]
    own = client(*raters)
    held = required_section(own, required(own).holding({"R1": 5.0}))
    so = Results(client(*[{**r, "R1": 5.0} for r in raters]))["level"]["required"]
    for key in ("base", "pull", "shift", "before_rules", "level"):
        assert held["parts"][key] == pytest.approx(so["parts"][key])
    assert held["parts"]["rules"] == so["parts"]["rules"]
    assert held["offer"]["sum"] == so["offer"]["sum"] == 8
