"""Who harms, and by which path; net effects by hand (d1 → d2 → o1: 0.5 · −0.8 = −0.4)."""

from __future__ import annotations

import pytest

from tests.support.roadmaps import effect, investment, roadmap


def test_promises_that_lower_an_outcome_are_named_with_the_path() -> None:
    """d1 rises by 2 × ½ = 1: o1 moves by −0.4, worth −0.4 × importance 0.5."""
    made = roadmap([investment("a")], [effect("a", "d1", 2, chance=0.5), effect("a", "C03", 1)])
    (harm,) = made["harmful"]
    assert harm["path"] == ["d1", "d2", "o1"]
    assert (harm["kind"], harm["a"], harm["b"]) == ("outcome", "d1", "o1")
    assert harm["size"] == pytest.approx(0.4)
    assert harm["contested"] is False
    assert harm["chosen"] is True
    assert "o1" in harm["reason"]
    (row,) = made["investments"]
    assert row["outcome_change"] == pytest.approx(-0.2)
    assert row["harmful"] is True


def test_lowering_the_driver_helps() -> None:
    made = roadmap([investment("a")], [effect("a", "d1", -1)])
    assert made["harmful"] == []
    assert made["investments"][0]["outcome_change"] == pytest.approx(0.2)


def test_an_outcome_changed_directly_counts_itself() -> None:
    made = roadmap([investment("a")], [effect("a", "o1", -1)])
    assert made["harmful"][0]["path"] == ["o1"]
    assert made["harmful"][0]["size"] == pytest.approx(1)


def test_a_stronger_link_opens_a_severe_conflict() -> None:
    """m1 → m2 from −0.1 to −0.3: 0.5 · 0.4 · 0.3 = 0.06, against 0.02 as it was: more severe.

    At −0.05 it was 0.01 and not severe; raised by 0.2 it is 0.05 and opened.
    """
    links = [
        {"source": "m1", "target": "m2", "sign": "-", "strength": 0.05, "evidence": "measured"}
    ]
    rows = [investment("a")]
    made = roadmap(rows, [effect("a", "link:m1>m2", 0.2)], links=links)
    (harm,) = made["harmful"]
    assert (harm["kind"], harm["path"]) == ("conflict", ["m1", "m2"])
    assert harm["size"] == pytest.approx(0.05)
    assert made["investments"][0]["severity_change"] == pytest.approx(0.04)
    already = roadmap(rows, [effect("a", "link:m1>m2", 0.2)])
    assert already["harmful"] == []
    assert already["investments"][0]["severity_change"] == pytest.approx(0.04)


def test_less_pay_eases_a_conflict() -> None:
    """m1's incentive from 0.5 to 0.25: severity from 0.02 to 0.01."""
    made = roadmap([investment("a")], [effect("a", "incentive:m1", -0.5, chance=0.5)])
    (row,) = made["investments"]
    assert row["severity_change"] == pytest.approx(-0.01)
    assert row["severity_before"] == pytest.approx(0.02)
    assert row["severity_after"] == pytest.approx(0.01)
    assert made["harmful"] == []


def test_what_makes_misalignment_larger_is_named_with_where() -> None:
    """C04 stands above its target; raising it by 1 adds (4 − 1)/3 to M."""
    made = roadmap(
        [investment("a"), investment("b")], [effect("a", "C04", 1), effect("b", "C03", 1)]
    )
    assert made["chosen"] == ["b"]
    (harm,) = made["harmful"]
    assert (harm["investment"], harm["kind"], harm["path"]) == ("a", "misalignment", ["C04"])
    assert harm["size"] == pytest.approx(1.0)


def test_an_effect_whose_walks_cancel_is_contested() -> None:
    """d1 → o1 is −0.4 by doubt and +0.3 directly: net −0.1 of gross 0.7."""
    links = [
        {"source": "d1", "target": "d2", "sign": "+", "strength": 0.5, "evidence": "stated"},
        {"source": "d2", "target": "o1", "sign": "-", "strength": 0.8, "evidence": "stated"},
        {"source": "d1", "target": "o1", "sign": "+", "strength": 0.3, "evidence": "stated"},
    ]
    made = roadmap([investment("a")], [effect("a", "d1", 1)], links=links)
    assert made["harmful"][0]["contested"] is True
    assert made["investments"][0]["harmful"] is False


def test_harm_is_told_without_an_index_too() -> None:
    made = roadmap([investment("a")], [effect("a", "d1", 1)], chosen_level=None)
    assert made["chosen"] == []
    assert made["harmful"][0]["path"] == ["d1", "d2", "o1"]
