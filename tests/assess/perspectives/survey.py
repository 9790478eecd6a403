"""Small surveys made in a test's own lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lodestar.engagement.model import Engagement
from tests.support.builders import engagement

ITEMS = ("I01", "I02", "I03", "I04", "I05", "I06", "I07")


def survey(people: Sequence[Mapping[str, Any]], **tables: Any) -> Engagement:
    """Return an engagement from persons with their answers by item."""
    keys = ("group", "function", "seniority")
    respondents = [
        {"respondent": f"r{i}", **{k: person.get(k) for k in keys}}
        for i, person in enumerate(people)
    ]
    responses = [
        {"respondent": f"r{i}", "item": item, "value": value}
        for i, person in enumerate(people)
        for item, value in person.items()
        if item not in keys and value is not None
    ]
    return engagement({"respondents": respondents, "responses": responses, **tables})


def crowd(n: int, mean: float, seed: int, **who: Any) -> list[dict[str, Any]]:
    """Return n persons of one kind whose answers scatter around a mean."""
    rng = np.random.default_rng(seed)
    people = []
    for _ in range(n):
        own = mean + rng.normal(0, 0.5)
        answers = {i: float(np.clip(round(own + rng.normal(0, 0.7)), 1, 5)) for i in ITEMS}
        answers["I02"] = 6 - answers["I02"]
        people.append({**who, **answers})
    return people
