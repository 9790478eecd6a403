"""Krippendorff's alpha of ratings and of recall, by what was planted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from lodestar.assess.perspectives.coded import coded_answers, coded_ratings, coded_recall
from lodestar.confidentiality import Gate
from lodestar.stats.krippendorff import krippendorff_alpha

PRIORITIES = pd.DataFrame({"id": ["p0", "p1", "p2", "p3"]})


def ratings(levels: dict[str, list[float]], function: str = "sales", **more: Any) -> pd.DataFrame:
    """Return ratings of capabilities C0, C1, … by rater."""
    rows = [
        {"capability": f"C{i}", "function": function, "rater": rater, "level": level}
        for rater, own in levels.items()
        for i, level in enumerate(own)
    ]
    return pd.DataFrame(rows).assign(**{"basis": "workshop", "applies": True, **more})


def test_raters_of_one_function_are_compared_on_the_same_cells() -> None:
    """Oracle: the alpha of the matrix of raters × cells written out by hand."""
    own = {"a": [1, 2, 4, 5], "b": [1, 3, 4, 5], "c": [2, 2, 4, 4]}
    found = coded_ratings(ratings(own), Gate()).set_index("group")
    expected = krippendorff_alpha(list(own.values()), "ordinal")
    for group in ("all", "sales"):
        row = found.loc[group]
        assert (row["raters"], row["units"]) == (3, 4)
        assert row["alpha"] == pytest.approx(expected)
        assert row["low"] < row["alpha"] < row["high"]


def test_what_one_person_rated_compares_nobody() -> None:
    """Oracle: only C0 has two raters; what does not apply is no rating; one rater is left out."""
    both = pd.concat([ratings({"a": [1, 2, 3], "b": [4]}), ratings({"a": [3]}, "service")])
    both.loc[(both["rater"] == "a") & (both["capability"] == "C1"), "applies"] = False
    found = coded_ratings(both, Gate()).set_index("group")
    assert found.index.tolist() == ["all", "sales"]
    assert found.loc["sales", "units"] == 1


def test_cells_of_few_survey_raters_count_nowhere() -> None:
    """Oracle: four persons of a survey rated service: under five nothing of it is told."""
    few = ratings({f"s{i}": [1, 2, 5, 4] for i in range(4)}, "service", basis="survey")
    found = coded_ratings(pd.concat([ratings({"a": [1, 2], "b": [2, 2]}), few]), Gate())
    assert found["group"].tolist() == ["all", "sales"]
    assert found["raters"].tolist() == [2, 2]


def named(lists: list[list[str]]) -> pd.DataFrame:
    rows = [(f"r{i}", n, name) for i, own in enumerate(lists) for n, name in enumerate(own)]
    return pd.DataFrame(rows, columns=["respondent", "position", "priority"])


def test_recall_is_named_or_not_named() -> None:
    """Oracle: persons × priorities as 1 and 0 by hand; a name said twice counts once."""
    recall = named([["p0", "p1", "p1"], ["p0"], ["p0", "p3"], ["other"], ["p2"]])
    members = {"employee": pd.Index([f"r{i}" for i in range(4)])}
    row = coded_recall(recall, PRIORITIES, members).iloc[0]
    table = [[1, 1, 0, 0], [1, 0, 0, 0], [1, 0, 0, 1], [0, 0, 0, 0]]
    assert row["alpha"] == pytest.approx(krippendorff_alpha(table, "nominal"))
    assert (row["raters"], row["units"]) == (4, 4)


def test_everybody_naming_the_same_agrees_and_chance_does_not() -> None:
    """Oracle: planted: two of four named by all give 1; named at random give about 0."""
    rng = np.random.default_rng(1)
    alike = named([["p0", "p2"]] * 30)
    at_random = named([[f"p{i}" for i in rng.permutation(4)[:2]] for _ in range(200)])
    members = {"employee": pd.Index([f"r{i}" for i in range(200)])}
    assert coded_recall(alike, PRIORITIES, members)["alpha"].item() == 1.0
    found = coded_recall(at_random, PRIORITIES, members).iloc[0]
    assert found["alpha"] == pytest.approx(0, abs=0.02)
    assert found["low"] < 0 < found["high"]


def test_nothing_judged_says_so_and_missing_bounds_say_why() -> None:
    """Oracle: the rule: an empty list has a reason, so has every null."""
    respondents = pd.DataFrame({"respondent": ["r0"], "group": ["employee"]})
    empty = ratings({"a": [1.0]}).head(0)
    nothing = coded_answers(empty, named([]), PRIORITIES, respondents, [], Gate())
    assert nothing["coded"] == []
    assert nothing["coded_reason"].endswith(".")
    two = ratings({"a": [1, 2], "b": [2, 2]})
    rows = coded_answers(two, named([]), PRIORITIES, respondents, [], Gate())["coded"]
    assert all(row["low"] is None and row["low_reason"] for row in rows)
