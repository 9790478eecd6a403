"""The four levels: required, chosen, present, experienced; never merged."""

from lodestar.assess.level.consequence import consequence, last_from, stance
from lodestar.assess.level.distances import Quantity, distances
from lodestar.assess.level.experienced import GroupLevel, group_level
from lodestar.assess.level.formula import Market, market, required_level
from lodestar.assess.level.present import Present, present
from lodestar.assess.level.required import Required, required
from lodestar.assess.level.rise import Targets, targets
from lodestar.assess.level.scenarios import Scenarios, scenarios
from lodestar.assess.level.section import Inputs, assess, inputs, levels
from lodestar.assess.level.sensitivity import smallest_change, tornado
from lodestar.assess.level.staged import disagreement, gated, shares_reaching, staged_level
from lodestar.assess.level.steps import steps
from lodestar.assess.level.survey import group_answers, item_level, level_items

__all__ = [
    "GroupLevel",
    "Inputs",
    "Market",
    "Present",
    "Quantity",
    "Required",
    "Scenarios",
    "Targets",
    "assess",
    "consequence",
    "disagreement",
    "distances",
    "gated",
    "group_answers",
    "group_level",
    "inputs",
    "item_level",
    "last_from",
    "level_items",
    "levels",
    "market",
    "present",
    "required",
    "required_level",
    "scenarios",
    "shares_reaching",
    "smallest_change",
    "staged_level",
    "stance",
    "steps",
    "targets",
    "tornado",
]
