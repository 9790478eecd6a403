"""The ``level`` section of the results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lodestar.assess.level.consequence import UNDECIDED, consequence
from lodestar.assess.level.distances import Quantity, distances
from lodestar.assess.level.experienced import GroupLevel, group_level
from lodestar.assess.level.present import Present, present
from lodestar.assess.level.publish import (
    group_section,
    present_section,
    self_customer,
    with_targets,
)
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

__all__ = ["GROUPS", "Inputs", "again", "assess", "inputs", "levels"]

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
    held: bool = False
    """Whether factor scores were held, so that the required level differs from the reviewed one."""

    @property
    def chosen(self) -> float | None:
        """Return the level leadership decided on."""
        return self.engagement.settings.chosen_level

    def at(self, chosen: float | None, factors: Mapping[str, float]) -> Inputs:
        """Return the same material with another chosen level and some factor scores held."""
        settings = replace(self.engagement.settings, chosen_level=chosen)
        engagement = replace(self.engagement, settings=settings)
        required = self.required.holding(factors)
        return replace(self, engagement=engagement, required=required, held=bool(factors))


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


def again(material: Inputs, reviewed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the section when only factors and the chosen level differ from what was reviewed.

    Parameters
    ----------
    material : Inputs
        The reviewed material at other factor scores or another chosen level (`Inputs.at`).
    reviewed : mapping
        The reviewed section; what ratings and answers say is taken from it, the trend too.
    """
    kept = {key: reviewed[key] for key in reviewed if key not in ("chosen", "chosen_reason")}
    present = with_targets(material.engagement, material.present, reviewed["present"])
    decided = _decided(material, _profile(material), reviewed["revenue"])
    if material.held:
        kept["required"] = required_section(material.engagement, material.required)
    return {**kept, **decided, "present": present}


def _profile(material: Inputs) -> Targets:
    return targets(material.engagement, material.present.cells)


def _decided(material: Inputs, profile: Targets, revenue: Mapping[str, Any]) -> dict[str, Any]:
    """Return what follows from factors and the chosen level."""
    framework, chosen, asked = material.engagement.framework, material.chosen, material.required
    return {
        **_chosen(material.chosen),
        "distances": distances(_quantities(material)),
        "consequence": consequence(framework, chosen, asked, profile, revenue),
    }


def _chosen(level: float | None) -> dict[str, Any]:
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
