"""Oracle: the airport's passengers and their segments, by pandas from the files alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

from lodestar.assess.inclusion import assess as inclusion
from lodestar.assess.level import assess
from lodestar.engagement import load

CLIENT = Path(__file__).parents[3] / "client_data" / "airport-passengers"
FOLDER = CLIENT / "inputs" / "2017-05"
SPLITS = {"boarding_area": 4, "departure": 3, "segment": 3}
EXACT = pytest.approx


@pytest.fixture(scope="module")
def section() -> dict[str, Any]:
    return assess(load("airport-passengers", data_root=CLIENT.parent), {})


@pytest.fixture(scope="module")
def cells() -> pd.DataFrame:
    """Respondent × dimension: mean of answered items, at least half of a dimension's."""
    items = yaml.safe_load((CLIENT / "framework.yml").read_text(encoding="utf-8"))["items"]
    dimension = pd.Series({i["id"]: i["dimension"] for i in items if "dimension" in i})
    answers = pd.read_csv(FOLDER / "responses.csv").dropna(subset=["value"])
    answers = answers[answers["item"].isin(dimension.index)]
    answers["dimension"] = answers["item"].map(dimension)
    found = answers.groupby(["respondent", "dimension"])["value"].agg(["mean", "count"])
    asked = found.index.get_level_values("dimension").map(dimension.value_counts())
    return found.loc[found["count"] >= asked / 2, "mean"].reset_index()


def split(frame: pd.DataFrame) -> dict[tuple[str, str], pd.DataFrame]:
    """The rows of each segment."""
    people = pd.read_csv(FOLDER / "respondents.csv", dtype=str)
    joined = frame.merge(people[["respondent", *SPLITS]], on="respondent")
    return {(c, str(name)): own for c in SPLITS for name, own in joined.groupby(c)}


def test_experienced_level_of_the_airport(section: dict[str, Any], cells: pd.DataFrame) -> None:
    """Mean over persons, then over dimensions."""
    want, found = cells.groupby("dimension")["mean"].mean(), section["experienced"]
    got = {d["dimension"]: d["estimate"] for d in found["dimensions"] if d["items"] and d["n"]}
    assert got == EXACT(want.to_dict(), abs=1e-9)
    assert found["estimate"] == EXACT(want.mean(), abs=1e-9)
    assert found["n"] == cells["respondent"].nunique()
    assert found["own_map"]


def test_level_of_every_segment(section: dict[str, Any], cells: pd.DataFrame) -> None:
    """The same two means over the persons of each segment, in three columns."""
    rows = {(r["column"], r["segment"]): r for r in section["segments"]}
    own = split(cells)
    assert rows.keys() == own.keys()
    assert pd.Series([c for c, _ in rows]).value_counts().to_dict() == SPLITS
    for place, row in rows.items():
        want = own[place].groupby("dimension")["mean"].mean()
        assert row["experienced"]["estimate"] == EXACT(want.mean(), abs=1e-9)
        assert row["n"] == own[place]["respondent"].nunique()
        got = {d["dimension"]: d["estimate"] for d in row["dimensions"]}
        assert got == EXACT(want.to_dict(), abs=1e-9)
        assert not row["suppressed"]


def test_recommendation_of_every_segment(section: dict[str, Any]) -> None:
    """Promoters less detractors per cent; the interval written out from METHOD's formula."""
    answers = pd.read_csv(FOLDER / "responses.csv").dropna(subset=["value"])
    own = split(answers[answers["item"] == "I79"])
    for row in section["segments"]:
        given = own[row["column"], row["segment"]]["value"]
        n, promoters, detractors = len(given), (given >= 9).sum(), (given <= 6).sum()
        p, q = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
        half = 1.96 * np.sqrt((p + q - (p - q) ** 2) / (n + 3))
        want = [100 * (promoters - detractors) / n, 100 * (p - q - half), 100 * (p - q + half)]
        got = row["nps"]
        assert [got["score"], got["low"], got["high"]] == EXACT(want, abs=1e-9)
        assert got["n"] == n


def test_page_06_says_the_same_of_segments_and_of_all(section: dict[str, Any]) -> None:
    """Two pages, one number: the column `segment` stands on both."""
    there = inclusion(load("airport-passengers", data_root=CLIENT.parent), {})
    parts = {p["part"]: p for p in there["advocacy_parts"] if p["measure"] == "nps"}
    for row in section["segments"]:
        if row["column"] == "segment":
            for key in ("score", "low", "high", "n"):
                assert row["nps"][key] == parts[row["segment"]][key]
    answers = pd.read_csv(FOLDER / "responses.csv")
    given = answers.loc[answers["item"] == "I79", "value"].dropna()
    want = 100 * ((given >= 9).sum() - (given <= 6).sum()) / len(given)
    assert there["nps"]["score"] == EXACT(want, abs=1e-9)


def test_weights_are_told_to_be_unused(section: dict[str, Any]) -> None:
    assert [row["column"] for row in section["segments_left_out"]] == ["weight"]
    assert "numbers" in section["segments_left_out"][0]["why"]


def test_what_weights_would_change_is_as_assumed(cells: pd.DataFrame) -> None:
    """Oracle: both figures of assumption a5, with and without the survey's weights."""
    weight = pd.read_csv(FOLDER / "respondents.csv").set_index("respondent")["weight"]
    heavy = cells.assign(weight=cells["respondent"].map(weight))
    heavy["part"] = heavy["mean"] * heavy["weight"]
    sums = heavy.groupby("dimension")[["part", "weight"]].sum()
    levels = (
        (sums["part"] / sums["weight"]).mean(),
        cells.groupby("dimension")["mean"].mean().mean(),
    )
    answers = pd.read_csv(FOLDER / "responses.csv").dropna(subset=["value"])
    given = answers[answers["item"] == "I79"].set_index("respondent")["value"]
    sign = 100 * ((given >= 9).astype(int) - (given <= 6).astype(int))
    w = weight[given.index]
    scores = (sign * w).sum() / w.sum(), sign.mean()
    text = (CLIENT / "assumptions.yml").read_text(encoding="utf-8")
    assert f"{levels[0]:.2f} instead of {levels[1]:.2f}" in text
    assert f"{scores[0]:.0f} instead of {scores[1]:.0f}" in text


def test_no_split_of_passengers_exceeds_noise(section: dict[str, Any], cells: pd.DataFrame) -> None:
    """Oracle: Welch's t of each pair on persons' means, none below 0.05 over the twelve pairs."""
    persons = cells.groupby("respondent")["mean"].mean().rename("level").reset_index()
    groups, smallest = split(persons), 1.0
    for (c, a), own in groups.items():
        for (d, b), other in groups.items():
            if c == d and a < b:
                apart = own["level"].mean() - other["level"].mean()
                error = np.sqrt(own["level"].var() / len(own) + other["level"].var() / len(other))
                smallest = min(smallest, float(2 * (1 - _normal(abs(apart / error)))))
    assert 12 * smallest > 0.05
    assert not any(row["exceeds_noise"] for row in section["segment_differences"])


def _normal(z: float) -> float:
    """Distribution function of the standard normal."""
    steps = np.linspace(-8, z, 20_001)
    return float(np.trapezoid(np.exp(-(steps**2) / 2) / np.sqrt(2 * np.pi), steps))
