"""Alignment at each level that could be chosen: aggregates alone, nobody's ratings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lodestar.assess.alignment.closeness import figures, target_of
from lodestar.assess.alignment.gaps import gap_frame
from lodestar.assess.alignment.material import Inputs, matrix_inputs
from lodestar.assess.alignment.waiting import Standing, held_back
from lodestar.engagement.model import Engagement

__all__ = ["GAPS", "LEVELS", "Scenarios", "scenarios"]

LEVELS = tuple(1 + half / 2 for half in range(9))
"""Levels that can be tried: whole ones and halves."""

GAPS = 5
"""How many of the heaviest gaps are told."""

ROW = ("capability", "function", "target", "gap", "reachable", "blocked_by")


@dataclass(frozen=True)
class Scenarios:
    """Index, parts and heaviest gaps at each level of `LEVELS`; empty without ratings.

    Parameters
    ----------
    sections : mapping of float to mapping
        Level to ``chosen, index, corrected, parts`` as in the section, and the first ``gaps``.
    """

    sections: Mapping[float, Mapping[str, Any]]

    def at(self, level: float) -> Mapping[str, Any]:
        """Return what is told of a level."""
        return self.sections[level]


def scenarios(engagement: Engagement) -> Scenarios:
    """Return alignment at every level that can be tried.

    Parameters
    ----------
    engagement : Engagement
        Ratings, framework and settings are used.

    Notes
    -----
    The bootstrap draws behind the intervals would tell what raters said; they stay where they are,
    and only the intervals leave.
    """
    material = matrix_inputs(engagement)
    if not material.cells.present.to_numpy().any():
        return Scenarios({})
    return Scenarios({level: _told(material.at(level)) for level in LEVELS})


def _told(material: Inputs) -> dict[str, Any]:
    """Return index, parts and heaviest gaps at the chosen level."""
    cells, weights, over = material.cells, material.weights, material.overshoot_weight
    target = target_of(material)
    gaps = gap_frame(cells, target, weights, over).head(GAPS)
    held = held_back(gaps, Standing(cells.x, target, weights, over, material.rests))
    return {
        "chosen": material.chosen,
        **figures(material),
        "gaps": [{key: row[key] for key in ROW} for row in held],
    }
