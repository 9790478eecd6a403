"""What people answered: a truth by dimension and function, a person's leaning, and noise."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lodestar.framework import load_framework
from lodestar.framework.model import Item
from tests.support.demo.basics import BACK, DIMENSIONS, FUNCTIONS, STAFF, rng

STAFF_VIEW = dict(zip(DIMENSIONS, (3.0, 2.7, 2.6, 2.2, 2.5, 2.5, 2.7, 2.6, 2.8, 2.5), strict=True))
CUSTOMER_VIEW = dict(
    zip(DIMENSIONS, (2.6, 2.3, 2.15, 2.1, 2.1, 1.75, 2.25, 2.05, 2.9, 2.2), strict=True)
)
PARTNER_VIEW = dict.fromkeys(DIMENSIONS, 2.6) | {"D2": 2.3, "D6": 2.0, "D9": 3.2}
LEANING = {
    "sales": 0.15,
    "marketing": 0.35,
    "service": -0.25,
    "operations": 0.0,
    "finance": 0.1,
    "product": 0.2,
}
OWN_VIEW = {
    ("operations", "D6"): 0.55,
    ("service", "D6"): -0.45,
    ("product", "D2"): 0.6,
    ("finance", "D2"): -0.3,
    ("sales", "D8"): 0.5,
    ("service", "D8"): -0.3,
    ("service", "D9"): -0.35,
}
RANK = {"employee": 0.0, "manager": 0.3, "executive": 0.9}
SEGMENT = {
    "housing associations": -0.15,
    "small businesses": 0.0,
    "households": 0.2,
    "public bodies": -0.3,
    "developers": 0.1,
    "makers": 0.1,
    "installers": -0.15,
}
IMPORTANCE = {"D2": 4.1, "D5": 4.2, "D6": 4.7, "D7": 4.0, "D8": 4.6, "D10": 3.4}
PERFORMANCE_LIFT = 0.2
CLARITY = 4.15
KNOW, DO = 3.9, -0.15
"""Staff know well what to do; what they did is just below how they see the dimension."""

OFFER = {
    "customer": 7.1,
    "partner": 7.4,
    "employee": 7.8,
    "manager": 8.1,
    "executive": 8.8,
}
EMPLOYER = {"employee": 6.9, "manager": 7.5, "executive": 8.4}
EARLIER = {"customer": 0.12, "partner": 0.0, "employee": 0.06, "manager": 0.0, "executive": -0.05}
"""How much higher the groups stood in each period further back."""


def responses(respondents: pd.DataFrame, period: str) -> pd.DataFrame:
    """Answers, one row each, in the order of respondents and items."""
    generator = rng("responses", period)
    items = load_framework("customer-alignment").items
    rows: list[tuple[str, str, int]] = []
    for person in respondents.itertuples():
        rows += _answers(person, items, generator, period)
    return pd.DataFrame(rows, columns=["respondent", "item", "value"])


def wide(answers: pd.DataFrame, respondents: pd.DataFrame) -> pd.DataFrame:
    """The same answers as a survey tool exports them: a row a person, a column an item."""
    table = answers.pivot(index="respondent", columns="item", values="value")
    table = table.reindex(respondents["respondent"]).astype("Int64").reset_index()
    return table.astype("object").where(table.notna(), "")


def _answers(
    person: object, items: tuple[Item, ...], generator: np.random.Generator, period: str
) -> list[tuple[str, str, int]]:
    """One person's answers, alike within a dimension; some leave blanks or the second half."""
    asked = [item for item in items if person.group in item.audience]
    stop = len(asked) // 2 if generator.random() < 0.05 else len(asked)
    leaning = generator.normal(0, 0.4)
    halo = generator.normal(0, 1.6)
    own = dict(zip(DIMENSIONS, generator.normal(0, 0.55, len(DIMENSIONS)), strict=True))
    found = []
    for place, item in enumerate(asked):
        noise = generator.normal(0, 0.6)
        skipped = generator.random() < 0.03 or place >= stop
        centre = _centre(person, item, period)
        if item.kind == "nps":
            value = int(np.clip(round(centre + halo + 1.6 * leaning + 1.7 * noise), 0, 10))
        else:
            value = int(np.clip(round(centre + leaning + own[item.dimension] + noise), 1, 5))
            value = 6 - value if item.reverse else value
        if not skipped:
            found.append((person.respondent, item.id, value))
    return found


def _centre(person: object, item: Item, period: str) -> float:
    """Where a person's answer to an item is centred, before leaning and noise."""
    earlier = BACK[period] * EARLIER[person.group]
    if item.kind == "nps":
        table = OFFER if item.subject == "offer" else EMPLOYER
        function = 0.9 * LEANING.get(person.function, 0.0)
        return table[person.group] + function + 2 * SEGMENT.get(person.segment, 0.0) + 2 * earlier
    if item.role == "clarity":
        return CLARITY + 0.3 * (LEANING.get(person.function, 0.0) + RANK[person.group])
    if item.kind == "importance5":
        return IMPORTANCE[item.dimension]
    if item.kind == "know5":
        return KNOW + 0.2 * LEANING.get(person.function, 0.0)
    shift = {"performance5": PERFORMANCE_LIFT, "do5": DO}.get(item.kind, 0.0)
    return _view(person, item.dimension) + shift + earlier


def _view(person: object, dimension: str) -> float:
    """How a person of this group, function or segment sees a dimension on the ladder."""
    if person.group in STAFF:
        own = OWN_VIEW.get((person.function, dimension), 0.0)
        lean = LEANING[person.function] if person.function in FUNCTIONS else 0.0
        return STAFF_VIEW[dimension] + lean + own + RANK[person.group]
    view = CUSTOMER_VIEW if person.group == "customer" else PARTNER_VIEW
    return view[dimension] + SEGMENT[person.segment]
