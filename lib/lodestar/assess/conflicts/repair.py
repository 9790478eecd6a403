"""The cheapest repair of a register: changes that clear its severe conflicts and its orphans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lodestar.assess.conflicts.cells import by_functions
from lodestar.assess.conflicts.changes import Change, Price, apply
from lodestar.assess.conflicts.detect import detect
from lodestar.assess.conflicts.orphans import Helpers, helpers, orphans
from lodestar.assess.conflicts.paths import Explainer
from lodestar.assess.conflicts.planner import Planner
from lodestar.assess.conflicts.register import Register

__all__ = ["Greedy", "Plan", "Standing", "repair", "standing"]


@dataclass(frozen=True)
class Standing:
    """How a register stands: severe conflicts, their severity summed over all, orphan outcomes.

    ``functions`` splits the severity by the two functions that collide, or by the function and
    ``customers`` or ``outcomes``.
    """

    severe: int
    total: float
    orphans: int
    functions: Mapping[tuple[str, str], float] = field(default_factory=dict)


@dataclass(frozen=True)
class Greedy:
    """The plan that takes the change of best value first: its cost, changes, and what it leaves."""

    cost: float
    changes: int
    left: int


@dataclass(frozen=True)
class Plan:
    """A repair of a register.

    Parameters
    ----------
    changes : tuple of Change
        What to change, at most one a metric; sorted.
    cost : float
        Their cost.
    optimal : bool
        Proven: no cheaper set clears as much, and detection after the changes finds nothing new.
    before, after : Standing
        Of the register without and with the changes.
    bound : float
        No set that clears as much costs less.
    greedy : Greedy
        The plan of someone who takes the best value first.
    eases : tuple of tuple of tuple of str
        For each change, the needs it serves: (kind, a, b) or (``orphan``, outcome).
    common : tuple of (bool or None)
        For each change, whether every cheapest plan has it; None where it is not known.
    left : tuple of tuple of str
        What no allowed set of changes clears: (kind, a, b) or (``orphan``, outcome).
    """

    changes: tuple[Change, ...]
    cost: float
    optimal: bool
    before: Standing
    after: Standing
    bound: float
    greedy: Greedy
    eases: tuple[tuple[tuple[str, ...], ...], ...] = ()
    common: tuple[bool | None, ...] = ()
    left: tuple[tuple[str, ...], ...] = ()


def standing(
    register: Register, explainer: Explainer | None = None, helped: Helpers | None = None
) -> Standing:
    """Return how many severe conflicts and orphans a register has, and its total severity.

    Parameters
    ----------
    register : Register
        Metrics, outcomes, nodes and links.
    explainer : Explainer, optional
        Of the same links.
    helped : Helpers, optional
        Of the same links.
    """
    found = detect(register, explainer=explainer)
    cells = by_functions(found.items)
    return Standing(
        len(found.severe),
        float(sum(item.severity for item in found.items if item.counted)),
        len(orphans(register, helped)),
        {cell: float(sum(item.severity for item in held)) for cell, held in cells.items()},
    )


def repair(register: Register, price: Price | None = None) -> Plan:
    """Return the cheapest changes that clear severe conflicts and orphans.

    Parameters
    ----------
    register : Register
        As it stands.
    price : Price, optional
        Costs and forbidden changes; defaults where absent.

    Notes
    -----
    A hitting set: each severe direction of a conflict needs a change that clears it, or enough
    halvings of the incentives it hangs on (severity is their product). The register is detected
    again after each solution; what the changes opened becomes a need of its own, so that the last
    solution is the cheapest of all that open nothing.
    """
    price = price or Price()
    explainer, helped = Explainer(register.links), helpers(register)
    planner = Planner(register, price, explainer, helped)
    taken = planner.greedy()
    solution = planner.exact()
    common = planner.common(solution)
    return Plan(
        changes=solution.changes,
        cost=solution.cost,
        optimal=solution.optimal and planner.settled(solution),
        before=standing(register, explainer, helped),
        after=standing(apply(register, solution.changes), explainer, helped),
        bound=solution.bound,
        greedy=_greedy(planner, taken),
        eases=tuple(planner.eased(change) for change in solution.changes),
        common=common,
        left=tuple(sorted({need.name for need in solution.left})),
    )


def _greedy(planner: Planner, taken: tuple[Change, ...]) -> Greedy:
    cost = sum(planner.price.of(change) for change in taken)
    return Greedy(float(cost), len(taken), len(planner.remaining[taken]))
