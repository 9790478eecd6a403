"""Oracle: the experienced level of the airport's passengers, by pandas from the files alone."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import yaml

from lodestar.assess.level import group_level
from lodestar.engagement import load

CLIENT = Path(__file__).parents[3] / "client_data" / "airport-passengers"


def test_experienced_level_of_the_airport() -> None:
    """Mean of answered items (at least half of a dimension's), of persons, of dimensions."""
    engagement = load("airport-passengers", data_root=CLIENT.parent)
    folder = CLIENT / "inputs" / engagement.period.id
    items = yaml.safe_load((CLIENT / "framework.yml").read_text(encoding="utf-8"))["items"]
    dimension = pd.Series({i["id"]: i["dimension"] for i in items if "dimension" in i})
    answers = pd.read_csv(folder / "responses.csv").dropna(subset=["value"])
    answers = answers[answers["item"].isin(dimension.index)]
    answers["dimension"] = answers["item"].map(dimension)
    cells = answers.groupby(["respondent", "dimension"])["value"].agg(["mean", "count"])
    asked = cells.index.get_level_values("dimension").map(dimension.value_counts())
    kept = cells.loc[cells["count"] >= asked / 2, "mean"]
    want = kept.groupby("dimension").mean()

    found = group_level(engagement, "customer")
    got = found.dimensions.set_index("dimension")["mean"].dropna()
    assert got.to_dict() == pytest.approx(want.to_dict())
    assert found.estimate == pytest.approx(want.mean())
    assert found.n == kept.index.get_level_values("respondent").nunique()
