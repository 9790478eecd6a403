"""Conflicts between functions' measures: structure, severity, explaining paths and repairs."""

from lodestar.assess.conflicts.detect import detect, total_severity
from lodestar.assess.conflicts.links import Link, Links
from lodestar.assess.conflicts.model import Conflict, Conflicts, Push
from lodestar.assess.conflicts.net import Effects, effects
from lodestar.assess.conflicts.paths import Explainer, Explanation
from lodestar.assess.conflicts.register import Register, register_of
from lodestar.assess.conflicts.scenarios import Scenarios, scenarios
from lodestar.assess.conflicts.section import assess

__all__ = [
    "Conflict",
    "Conflicts",
    "Effects",
    "Explainer",
    "Explanation",
    "Link",
    "Links",
    "Push",
    "Register",
    "Scenarios",
    "assess",
    "detect",
    "effects",
    "register_of",
    "scenarios",
    "total_severity",
]
