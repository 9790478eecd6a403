"""Small segments shown as one on the page of recommendation.

Oracles: the score of the pooled answers; what is left of the score of all customers.
"""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.assess.inclusion.advocacy_section import advocacy_section
from lodestar.stats.nps import nps
from lodestar.workbook.inclusion.people import _part_name
from tests.support.builders import engagement

ANSWERS = {"homes": [9, 10, 3, 7] * 5, "farms": [9, 2, 8], "shops": [6, 10, 7, 4], "schools": [1]}


def published(answers: dict[str, list[int]] = ANSWERS) -> dict[str, Any]:
    """Return recommendation by customers of these segments."""
    said = [(segment, value) for segment, values in answers.items() for value in values]
    respondents = [
        {"respondent": f"c{i}", "group": "customer", "segment": segment}
        for i, (segment, _) in enumerate(said)
    ]
    responses = [
        {"respondent": f"c{i}", "item": "I08", "value": value} for i, (_, value) in enumerate(said)
    ]
    return advocacy_section(engagement({"respondents": respondents, "responses": responses}))


def test_hidden_segments_are_shown_as_one() -> None:
    section = published()
    parts = {row["part"]: row for row in section["advocacy_parts"]}
    small = ["farms", "schools", "shops"]
    assert parts["other"]["members"] == small
    assert all(parts[name]["score"] is None for name in small)
    pooled = [value for name in small for value in ANSWERS[name]]
    assert parts["other"]["n"] == len(pooled)
    assert parts["other"]["score"] == pytest.approx(nps(pooled).score)
    whole, homes = section["nps"], parts["homes"]
    left = (whole["n"] * whole["score"] - homes["n"] * homes["score"]) / len(pooled)
    assert parts["other"]["score"] == pytest.approx(left)
    assert _part_name({}, parts["other"]) == "farms, schools and shops, together"


@pytest.mark.parametrize(
    "answers",
    [
        {"homes": [9, 3, 7, 10, 8, 2], "farms": [9, 10, 9], "shops": [10, 9, 9]},
        {"farms": [9, 2, 8], "shops": [6, 10, 7, 4]},
        {"homes": [9, 3, 7, 10, 8, 2], "other": [9, 2, 8], "shops": [6, 10, 7, 4]},
    ],
    ids=["all at one end", "none beside them", "a segment of that name"],
)
def test_what_may_not_be_merged_is_not(answers: dict[str, list[int]]) -> None:
    assert not [row for row in published(answers)["advocacy_parts"] if "members" in row]
