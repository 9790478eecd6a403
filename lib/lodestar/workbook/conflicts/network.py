"""Exhibit of one conflict after the other: its path in the part of the map round it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.charts.conflicts import path_network
from lodestar.findings.conflicts.pairs_words import standing
from lodestar.findings.conflicts.path_words import reliance
from lodestar.findings.conflicts.review_words import verdict_sentence
from lodestar.findings.conflicts.told import told
from lodestar.findings.words import count
from lodestar.workbook.conflicts.layout import drawing
from lodestar.workbook.exhibit import Exhibit, Fold

__all__ = ["paths"]

SHOWN = 10


def paths(results: Mapping[str, Any]) -> Exhibit:
    """Return the ten worst conflicts to choose from, each with the network round its path."""
    shown = standing(results["conflicts"])
    if not shown:
        return Exhibit()
    most = min(SHOWN, len(shown))
    folds = [_fold(results, item, place) for place, item in enumerate(shown[:most], 1)]
    more = (f"The {count(most)} worst of {len(shown)}: choose one.",) if len(folds) > 1 else ()
    return Exhibit(notes=more, folds=tuple(folds))


def _fold(results: Mapping[str, Any], item: Mapping[str, Any], place: int) -> Fold:
    """One conflict; the worst is open."""
    sentence = told(results, item)
    said = [reliance(results, item)] if place > 1 else []
    said += [verdict_sentence(item)] if item.get("review") else []
    return Fold(f"{place}. {sentence}.", _network(results, item), None, tuple(said), place == 1)


def _network(results: Mapping[str, Any], item: Mapping[str, Any]) -> Any:
    """The path and what touches it; None where only history shows the conflict."""
    if not item["path"]:
        return None
    made = drawing(results, item)
    return path_network(made.nodes, made.links, made.width, made.height, f"{told(results, item)}.")
