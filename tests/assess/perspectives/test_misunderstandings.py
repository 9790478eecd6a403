"""Misunderstandings to settle first, ranked by hand and by their laws."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from lodestar.assess.perspectives.misunderstandings import MOST, misunderstandings
from tests.support.builders import small_framework

NOBODY = pd.DataFrame(columns=["dimension", "group", "importance"])


def gap(scale: str, a: str, b: str, delta: float, half: float = 0.1) -> dict[str, Any]:
    bounds = {"low": delta - half, "high": delta + half, "p": 0.01, "q": 0.04}
    return {"scale": scale, "group_a": a, "group_b": b, "same_items": True, "delta": delta} | bounds


def cells(n: dict[str, float], scales: tuple[str, ...]) -> pd.DataFrame:
    rows = [{"scale": s, "group": g, "n": k, "mean": 3.0} for s in scales for g, k in n.items()]
    return pd.DataFrame(rows)


PEOPLE = {"customer": 100.0, "employee": 60.0, "executive": 8.0, "employee:a": 20.0}
PEOPLE |= {"employee:b": 25.0, "seniority:new": 9.0, "seniority:old": 9.0}
SCALES = ("D1.level", "D2.level", "D2.know")


def ranked(rows: list[dict[str, Any]], importance: pd.DataFrame = NOBODY) -> pd.DataFrame:
    return misunderstandings(
        pd.DataFrame(rows), cells(PEOPLE, SCALES), small_framework(), importance
    )


def test_score_is_disagreement_beyond_noise_times_importance_times_people() -> None:
    """Oracle: by hand: .4 × 160 against .7 × 68 against .3 × 45; equal weights of dimensions."""
    found = ranked(
        [
            gap("D1.level", "employee", "executive", -0.8),
            gap("D1.level", "customer", "employee", -0.5),
            gap("D1.level", "employee:a", "employee:b", 0.4),
        ]
    )
    weight = found["importance"].iloc[0]
    assert found["score"].div(weight).tolist() == pytest.approx([64.0, 47.6, 13.5])
    assert found["higher"].tolist() == ["employee", "executive", "employee:a"]
    assert found["kind"].tolist() == ["customer", "rank", "function"]
    assert (found["low"] > 0).all()


def test_noise_and_other_questions_do_not_count() -> None:
    """Oracle: an interval that holds 0; a hidden gap; what people know of a subject."""
    hidden = gap("D1.level", "employee:a", "employee:b", 0.5) | {"delta": None, "low": None}
    rows = [
        gap("D1.level", "customer", "employee", 0.05),
        gap("D2.know", "customer", "employee", 1),
    ]
    assert ranked([*rows, hidden]).empty


def test_a_pair_stands_once_with_all_its_subjects_in_order() -> None:
    """Oracle: what customers call twice as important comes first at the same distance."""
    rows = [gap(f"D{i}.level", "seniority:new", "seniority:old", 0.6) for i in (1, 2)]
    told = [
        {"dimension": "D1", "group": "customer", "importance": 2.0},
        {"dimension": "D2", "group": "customer", "importance": 4.0},
    ]
    found = ranked(rows, pd.DataFrame(told))
    assert found["subjects"].tolist() == [["D2.level", "D1.level"]]
    assert found["kind"].tolist() == ["seniority"]
    assert found["scale"].tolist() == ["D2.level"]


def test_at_most_ten_pairs_the_first_ten() -> None:
    """Oracle: fifteen pairs of six functions, the widest ten kept."""
    names = [f"employee:{letter}" for letter in "abcdef"]
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    rows = [gap("D1.level", a, b, 0.3 + 0.04 * i) for i, (a, b) in enumerate(pairs)]
    frame = cells(dict.fromkeys(names, 10.0), ("D1.level",))
    found = misunderstandings(pd.DataFrame(rows), frame, small_framework(), NOBODY)
    assert len(found) == MOST
    assert [{a, b} for a, b in zip(found["higher"], found["lower"], strict=True)] == [
        set(pair) for pair in reversed(pairs[5:])
    ]
