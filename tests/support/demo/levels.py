"""How raters see the market and the capabilities, and what a level costs to keep."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lodestar.framework import load_framework
from tests.support.demo.basics import BACK, DIMENSIONS, FUNCTIONS, register, rng, short

CONTEXT = {
    "R1": 3.0,
    "R2": 3.1,
    "R3": 3.6,
    "R4": 3.2,
    "R5": 3.7,
    "R6": 2.8,
    "R7": 3.0,
    "R8": 2.9,
    "R9": 3.5,
    "R10": 3.6,
    "R11": 3.5,
}
JUDGES = (
    "managing director",
    "COO",
    "head of sales",
    "head of service",
    "head of product",
    "CFO",
    "board member",
)
PRESENT = dict(
    zip(DIMENSIONS, (2.8, 2.75, 2.65, 2.05, 2.5, 2.25, 2.75, 2.65, 2.45, 2.55), strict=True)
)
STANDING = {
    "sales": 0.45,
    "marketing": 0.65,
    "service": -0.4,
    "operations": -0.3,
    "finance": -0.75,
    "product": 0.35,
}
OWN = {
    ("operations", "D6"): 0.95,
    ("service", "D6"): -0.6,
    ("product", "D2"): 0.8,
    ("finance", "D2"): -0.3,
    ("sales", "D8"): 0.6,
    ("service", "D8"): -0.4,
    ("marketing", "D4"): -0.4,
}
RATERS = {
    "sales": ("workshop", 5),
    "marketing": ("workshop", 3),
    "service": ("survey", 6),
    "operations": ("workshop", 5),
    "finance": ("assessor", 2),
    "product": ("workshop", 2),
}
SEEN_BY = (
    ("service", "operations", ("D6", "D3"), -1.0),
    ("operations", "service", ("D6", "D3"), 0.3),
    ("service", "product", ("D2", "D10", "D5"), -1.2),
    ("sales", "product", ("D2", "D10", "D5"), -0.9),
)
"""Rater's function, rated function, dimensions, and how far below its own people they rate."""

NOT_APPLICABLE = {("C16", "finance"), ("C20", "marketing"), ("C14", "product")}
GRADES = {"assessor": "A", "document": "B", "workshop": "C", "survey": "C"}
UPKEEP = {
    "sales": 15000,
    "marketing": 9000,
    "service": 21000,
    "operations": 24000,
    "finance": 8000,
    "product": 12000,
}


def context(period: str) -> pd.DataFrame:
    """Scores of the market factors by seven people, and three read from documents."""
    generator = rng("context", period)
    rows = []
    for judge in JUDGES:
        leaning = generator.normal(0, 0.25)
        for factor, centre in CONTEXT.items():
            score = np.clip(round(2 * (centre + leaning + generator.normal(0, 0.5))) / 2, 1, 5)
            if generator.random() > 0.04:
                rows.append((factor, judge, short(score), "workshop"))
    rows += [
        ("R1", "price list", "3", "document"),
        ("R9", "trade association report", "3.5", "document"),
    ]
    rows += [("R11", "ledger", "3.5", "document")]
    return pd.DataFrame(rows, columns=["factor", "rater", "score", "basis"])


def ratings(period: str) -> pd.DataFrame:
    """Levels of every capability in every function, by its own people and by some others."""
    generator = rng("ratings")
    truth = _truth(generator, period)
    generator = rng("raters", period)
    rows = []
    for function, (basis, count) in RATERS.items():
        for number in range(1, count + 1):
            lean = generator.normal(0, 0.2)
            rows += _own_ratings(truth, function, number, basis, lean, generator)
    rows += _document_ratings(truth, generator)
    rows += _outside_ratings(truth, generator)
    columns = ["capability", "function", "rater", "level", "basis", "rater_function"]
    frame = pd.DataFrame(rows, columns=columns)
    dimension = frame["capability"].map(_dimensions())
    told = frame["basis"] != "survey"
    evidence = dimension.map(register("evidence").set_index("dimension")["text"]).where(told, "")
    return frame.assign(
        evidence=evidence, evidence_grade=frame["basis"].map(GRADES).where(told, "")
    )


def upkeep() -> pd.DataFrame:
    """What a level of a capability costs a function each year."""
    generator = rng("upkeep")
    rows = [
        (capability, function, int(round(cost * generator.uniform(0.5, 1.6), -2)))
        for capability in _dimensions()
        for function, cost in UPKEEP.items()
        if (capability, function) not in NOT_APPLICABLE
    ]
    return pd.DataFrame(rows, columns=["capability", "function", "cost_year_per_level"])


def _dimensions() -> dict[str, str]:
    return {c.id: c.dimension for c in load_framework("customer-alignment").capabilities}


def _truth(generator: np.random.Generator, period: str) -> dict[tuple[str, str], float]:
    """The level behind the ratings; service mended some of its own before the latest period."""
    back = BACK[period]
    truth = {}
    for capability, dimension in _dimensions().items():
        common = generator.normal(0, 0.3)
        for function in FUNCTIONS:
            level = PRESENT[dimension] + common + STANDING[function] + generator.normal(0, 0.3)
            level += OWN.get((function, dimension), 0.0)
            if back:
                mended = function == "service" and dimension in ("D7", "D3")
                level -= 0.45 if mended else 0.03 * back
            truth[capability, function] = level
    return truth


def _own_ratings(
    truth: dict[tuple[str, str], float],
    function: str,
    number: int,
    basis: str,
    lean: float,
    generator: np.random.Generator,
) -> list[tuple[str, ...]]:
    """One rater's view of the own function; survey raters skip a question now and then."""
    rows = []
    for capability in _dimensions():
        level = _half(truth[capability, function] + lean + generator.normal(0, 0.45))
        if basis == "survey" and generator.random() < 0.1:
            continue
        word = "na" if (capability, function) in NOT_APPLICABLE else level
        rows.append((capability, function, f"{function} {number}", word, basis, function))
    return rows


def _document_ratings(
    truth: dict[tuple[str, str], float], generator: np.random.Generator
) -> list[tuple[str, ...]]:
    """What an assessor read in the files of operations and marketing."""
    rows = []
    for function in ("operations", "marketing"):
        for capability in list(_dimensions())[::2]:
            if (capability, function) not in NOT_APPLICABLE:
                level = _half(truth[capability, function] - 0.2 + generator.normal(0, 0.3))
                rows.append((capability, function, "file review", level, "document", ""))
    return rows


def _outside_ratings(
    truth: dict[tuple[str, str], float], generator: np.random.Generator
) -> list[tuple[str, ...]]:
    """How other functions rate a function's work where they meet it."""
    rows = []
    for seer, seen, dimensions, lower in SEEN_BY:
        for number in (1, 2, 3):
            for capability, dimension in _dimensions().items():
                if dimension not in dimensions or (capability, seen) in NOT_APPLICABLE:
                    continue
                level = _half(truth[capability, seen] + lower + generator.normal(0, 0.4))
                rows.append((capability, seen, f"{seer} guest {number}", level, "workshop", seer))
    return rows


def _half(level: float) -> str:
    return short(np.clip(round(2 * level) / 2, 1, 5))
