"""Sentences of the method page: what rests on what, and what an interval covers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.words import plural

__all__ = ["INTERVALS", "answer", "findings"]

INTERVALS = (
    "An interval covers who was asked and how much they differ; it does not cover a bias that "
    "everybody shares."
)


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
    ]


def findings(results: Mapping[str, Any]) -> list[Finding | Absent]:
    """Return no findings: the page states facts and argues nothing."""
    return []
