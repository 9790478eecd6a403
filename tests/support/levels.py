"""A small client with all four levels, for sentences, charts and controls of 02 and 04."""

from __future__ import annotations

from typing import Any

from lodestar.assess.results import Results
from lodestar.engagement.model import Engagement
from tests.support.builders import engagement

LEVELS = {"C01": (2.0, 3.0), "C02": (3.5, 2.0), "C03": (3.0, 1.0), "C04": (3.0, 2.5)}
"""Middle rating of each capability in sales and service."""


def context(raters: int = 3) -> list[dict[str, Any]]:
    """Every factor at 3 on average; raters a point apart."""
    return [
        {"factor": f"R{i}", "rater": f"r{j}", "score": 3.0 + (j - (raters - 1) / 2)}
        for i in range(1, 12)
        for j in range(raters)
    ]


def ratings(raters: int = 3) -> list[dict[str, Any]]:
    """Raters of each function half a level apart around the middle rating."""
    return [
        {
            "capability": c,
            "function": f,
            "rater": f"{f}{j}",
            "level": min(5.0, max(1.0, middle + (j - raters // 2) / 2)),
        }
        for c, pair in LEVELS.items()
        for f, middle in zip(("sales", "service"), pair, strict=True)
        for j in range(raters)
    ]


def customers(persons: int = 8) -> dict[str, list[dict[str, Any]]]:
    """Customers between 2 and 4 on two dimensions."""
    people = [{"respondent": f"c{i}", "group": "customer"} for i in range(persons)]
    answers = [
        {"respondent": f"c{i}", "item": item, "value": 2.0 + i % 3}
        for i in range(persons)
        for item in ("I01", "I02", "I03")
    ]
    return {"respondents": people, "responses": answers}


UPKEEP = [
    {"capability": "C02", "function": "sales", "cost_year_per_level": 40_000.0},
    {"capability": "C01", "function": "sales", "cost_year_per_level": 10_000.0},
]

CASES: dict[str, dict[str, Any]] = {
    "all": {
        "tables": {"context": context(), "ratings": ratings(), "upkeep": UPKEEP, **customers()}
    },
    "rated-by-others": {
        "tables": {
            "ratings": [
                {**r, "rater_function": "service" if r["rater"].endswith("2") else r["function"]}
                for r in ratings()
            ]
        }
    },
    "one-rater": {"tables": {"context": context(1), "ratings": ratings(1)}},
    "no-level-chosen": {"tables": {"ratings": ratings()}, "chosen_level": None},
    "customers-only": {"tables": customers(), "chosen_level": None},
    "few-customers": {"tables": {"ratings": ratings(), **customers(3)}},
    "half-rated": {"tables": {"ratings": ratings()[:9]}},
    "survey-of-four": {"tables": {"ratings": [{**r, "basis": "survey"} for r in ratings(4)]}},
    "nothing": {},
}
"""Engagements that each leave something out."""


def client(case: str = "all", **more: Any) -> Engagement:
    """The engagement of a case."""
    return engagement(**{**CASES[case], **more})


def results(case: str = "all", **more: Any) -> Results:
    """All results of a case, computed when asked for."""
    return Results(client(case, **more))


def leaves(node: Any, at: str = "") -> dict[str, Any]:
    """Every number of a section by its place."""
    if isinstance(node, dict):
        pairs = node
    elif isinstance(node, list):
        pairs = dict(enumerate(node))
    else:
        return {at: node} if isinstance(node, int | float) else {}
    return {k: v for key, child in pairs.items() for k, v in leaves(child, f"{at}/{key}").items()}
