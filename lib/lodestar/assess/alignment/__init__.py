"""Alignment at the chosen level: distance from the target profile and where it comes from."""

from lodestar.assess.alignment.gaps import gap_frame, over_shoot, sides
from lodestar.assess.alignment.material import Inputs, inputs
from lodestar.assess.alignment.measure import (
    BUILT_FOR,
    Parts,
    built_for,
    coverage,
    index_of,
    mean_gap,
    misalignment,
    parts,
)
from lodestar.assess.alignment.noise import Corrected, correct
from lodestar.assess.alignment.pairs import pair_frame
from lodestar.assess.alignment.scenarios import Scenarios, scenarios
from lodestar.assess.alignment.section import align, assess
from lodestar.assess.alignment.targets import cell_weights, target_at, target_points

__all__ = [
    "BUILT_FOR",
    "Corrected",
    "Inputs",
    "Parts",
    "Scenarios",
    "align",
    "assess",
    "built_for",
    "cell_weights",
    "correct",
    "coverage",
    "gap_frame",
    "index_of",
    "inputs",
    "mean_gap",
    "misalignment",
    "over_shoot",
    "pair_frame",
    "parts",
    "scenarios",
    "sides",
    "target_at",
    "target_points",
]
