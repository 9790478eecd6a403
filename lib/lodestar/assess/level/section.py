"""The ``level`` section of the results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lodestar.assess.level.consequence import UNDECIDED, consequence
from lodestar.assess.level.distances import Quantity, distances
from lodestar.assess.level.experienced import GroupLevel, group_level
from lodestar.assess.level.present import Present, present
from lodestar.assess.level.publish import group_section, present_section, self_customer
from lodestar.assess.level.publish_required import required_section
from lodestar.assess.level.publish_segments import segments_section
from lodestar.assess.level.required import Required, required
from lodestar.assess.level.revenue import revenue_year
from lodestar.assess.level.rise import Targets, targets
from lodestar.assess.level.steps import steps
from lodestar.assess.level.stood import Stood, stood
from lodestar.assess.level.trend import trend
from lodestar.assess.nulls import absent
from lodestar.engagement.model import Engagement

__all__ = ["GROUPS", "Inputs", "assess", "decided", "inputs", "levels"]

GROUPS = ("executive", "manager", "employee", "partner")
"""Stakeholder groups beside the customers, whose level is the experienced one."""


@dataclass(frozen=True)
class Inputs:
    """The four levels with their draws; ``levels`` needs nothing else."""

    engagement: Engagement
    required: Required
    present: Present
    experienced: GroupLevel
    groups: tuple[GroupLevel, ...]

    @property
    def chosen(self) -> float | None:
        """Return the level leadership decided on."""
        return self.engagement.settings.chosen_level


def inputs(engagement: Engagement) -> Inputs:
    """Return everything the section is made of, draws included."""
    return Inputs(
        engagement=engagement,
        required=required(engagement),
        present=present(engagement),
        experienced=group_level(engagement, "customer"),
        groups=tuple(group_level(engagement, group) for group in GROUPS),
    )


def assess(engagement: Engagement, results: Mapping[str, Any]) -> dict[str, Any]:
    """Return the section ``level`` of an engagement.

    Parameters
    ----------
    engagement : Engagement
        Context, ratings, survey tables, upkeep, framework and settings are used.
    results : Mapping
        Earlier sections; none is needed.

    Returns
    -------
    dict
        Pinned: ``required, present, experienced: {estimate, low, high, distribution}``,
        ``present.staged``, ``chosen``. Besides: factors, tornado and smallest change of
        ``required``; profile, functions, cells, gated, coverage and disagreement of ``present``;
        dimensions of ``experienced``; ``groups``, ``self_customer``, ``distances``,
        ``consequence``, ``revenue``, ``steps``.
    """
    return levels(inputs(engagement))


def levels(material: Inputs) -> dict[str, Any]:
    """Return the section for given material."""
    engagement, profile = material.engagement, _profile(material)
    revenue = revenue_year(engagement)
    return {
        "required": required_section(engagement, material.required),
        **_decided(material, profile, revenue),
        "revenue": revenue,
        **steps(engagement.framework, material.present.cells, profile),
        "present": present_section(engagement, material.present),
        "experienced": group_section(engagement, material.experienced),
        "groups": [{"group": g.group, **group_section(engagement, g)} for g in material.groups],
        **self_customer(engagement, material.present, material.experienced),
        **segments_section(engagement, material.experienced),
        "trend": trend(_periods(material)),
    }


def _periods(material: Inputs) -> list[Stood]:
    """Return where the client stood in every period; the current one is the material itself."""
    engagement = material.engagement
    earlier = [stood(engagement.at(i)) for i in range(len(engagement.waves) - 1)]
    now = Stood(engagement, material.required, material.present, material.experienced)
    return [*earlier, now]


def _profile(material: Inputs) -> Targets:
    return targets(material.engagement, material.present.cells)


def _decided(material: Inputs, profile: Targets, revenue: Mapping[str, Any]) -> dict[str, Any]:
    """Return what follows from factors and the chosen level."""
    weights = material.engagement.framework.capability_weights()
    chosen, asked = material.chosen, material.required
    return {
        **decided(material.chosen),
        "distances": distances(_quantities(material)),
        "consequence": consequence(weights, chosen, asked, profile, revenue),
    }


def decided(level: float | None) -> dict[str, Any]:
    """Return ``chosen``, null with its reason where nothing was decided."""
    return absent(["chosen"], UNDECIDED) if level is None else {"chosen": float(level)}


def _quantities(material: Inputs) -> dict[str, Quantity]:
    """Return the four levels with their draws."""
    chosen = float("nan") if material.chosen is None else float(material.chosen)
    return {
        "required": Quantity(material.required.estimate, material.required.draws),
        "chosen": Quantity(chosen, None, fixed=True),
        "present": Quantity(material.present.estimate, material.present.drawn),
        "experienced": Quantity(material.experienced.estimate, material.experienced.draws),
    }
