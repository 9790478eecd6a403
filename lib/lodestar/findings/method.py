"""Sentences of the method page: what rests on what, and what an interval covers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.words import joined, plural

__all__ = ["HELD", "INTERVALS", "answer", "findings"]

INTERVALS = (
    "An interval covers who was asked and how much they differ; it does not cover a bias that "
    "everybody shares."
)
HELD = {2: (68, 56, 71), 3: (78, 78, 73), 5: (82, 85, 76), 8: (80, 82, 79), 15: (81, 82, 79)}
"""Per cent of simulated organisations whose 80 % interval held the truth, by raters a function.

For the present level, a dimension and a function; recorded in ``tests/benchmarks/README.md``.
"""


def answer(results: Mapping[str, Any]) -> list[str]:
    """Return what the reader should know before the formulas.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    """
    framework, labels = results["framework"], results["labels"]
    return [
        "Every number here is computed from your own tables by a formula on this page.",
        (
            f"The framework is {framework['id']}, version {framework['version']}: "
            f"{plural(len(labels['capability']), 'capability', 'capabilities')} in "
            f"{plural(len(labels['dimension']), 'dimension')}. The synthesis is ours; the sources "
            "it rests on are listed below."
        ),
        (
            f"{INTERVALS} Groups of fewer than {results['threshold']} people are never shown, nor "
            "anything from which their answers would follow."
        ),
        _held(),
    ]


def findings(results: Mapping[str, Any]) -> list[Finding | Absent]:
    """Return no findings: the page states facts and argues nothing."""
    return []


def _held() -> str:
    """Return how often the intervals of the present level held in simulation, and what to do."""
    level = joined([f"{held[0]} % with {raters}" for raters, held in HELD.items()])
    fewest, enough = min(HELD), 8
    return (
        "In 500 simulated organisations the 80 % interval of the present level held what unlimited "
        f"raters would have said in {level} raters a function. With {fewest} raters a dimension's "
        f"held in {HELD[fewest][1]} % and a function's in {HELD[fewest][2]} %, with {enough} in "
        f"{HELD[enough][1]} % and {HELD[enough][2]} %: read intervals of two raters as too narrow, "
        "and ask at least three people in each function."
    )
