"""Investments: what each does to alignment, which to choose and when, promised against realised."""

from lodestar.assess.roadmap.calendar import HORIZON, Calendar, calendar_of
from lodestar.assess.roadmap.choice import Choice
from lodestar.assess.roadmap.course import delivering, risen, shown
from lodestar.assess.roadmap.effects import CellEffects, cell_effects, on_map
from lodestar.assess.roadmap.frontier import frontier, next_money, total_budget
from lodestar.assess.roadmap.harm import Harm, OnMap, altered, on_measures
from lodestar.assess.roadmap.impact import impacts, misaligning, too_high
from lodestar.assess.roadmap.material import Material, material
from lodestar.assess.roadmap.path import index_path
from lodestar.assess.roadmap.portfolio import Portfolio, choose
from lodestar.assess.roadmap.problem import OUT, Problem
from lodestar.assess.roadmap.relax import Relaxed, smallest_relaxation
from lodestar.assess.roadmap.resources import Resource
from lodestar.assess.roadmap.returns import Returns, past_returns
from lodestar.assess.roadmap.rivals import largest_gap_first, spread_evenly
from lodestar.assess.roadmap.scenarios import Scenarios, scenarios
from lodestar.assess.roadmap.search import Found, least
from lodestar.assess.roadmap.section import assess
from lodestar.assess.roadmap.whatif import plan

__all__ = [
    "HORIZON",
    "OUT",
    "Calendar",
    "CellEffects",
    "Choice",
    "Found",
    "Harm",
    "Material",
    "OnMap",
    "Portfolio",
    "Problem",
    "Relaxed",
    "Resource",
    "Returns",
    "Scenarios",
    "altered",
    "assess",
    "calendar_of",
    "cell_effects",
    "choose",
    "delivering",
    "frontier",
    "impacts",
    "index_path",
    "largest_gap_first",
    "least",
    "material",
    "misaligning",
    "next_money",
    "on_map",
    "on_measures",
    "past_returns",
    "plan",
    "risen",
    "scenarios",
    "shown",
    "smallest_relaxation",
    "spread_evenly",
    "too_high",
    "total_budget",
]
