"""What an investment stands on: how much of its promise holds while other capabilities are low."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lodestar.assess.alignment import index_of
from lodestar.assess.alignment.needs import Rests, blockers, reach, rests_on
from lodestar.assess.plain import leaf, listing
from lodestar.assess.roadmap.material import Material
from lodestar.assess.roadmap.problem import OUT, Problem
from lodestar.stats.rounding import settle

__all__ = ["BLOCKED", "Ground", "blocked_entry", "ground_of"]

BLOCKED = 0.5
"""Share of a promised rise that cannot hold from which an investment counts as blocked."""

NO_RISE = "It lifts no capability that stands below its target."
HOLDS = "All it lifts rests on capabilities that are high enough."
NOBODY = "No other planned investment lifts what holds it back."


@dataclass(frozen=True)
class Ground:
    """The matrix of levels, and which capability rests on which.

    Parameters
    ----------
    problem : Problem
        Gaps, weights and effects on the present cells.
    present : ndarray, (present cells,)
        Levels today.
    cells : tuple of (str, str)
        Capability and function of each present cell.
    places : tuple of ndarray of int
        Row and column of each present cell.
    shape : tuple of int
        Capabilities and functions.
    ids : tuple of str
        Capabilities in the framework's order.
    rests : Rests
        What rests on what.
    """

    problem: Problem
    present: np.ndarray
    cells: tuple[tuple[str, str], ...]
    places: tuple[np.ndarray, np.ndarray]
    shape: tuple[int, int]
    ids: tuple[str, ...]
    rests: Rests

    @property
    def target(self) -> np.ndarray:
        """Return the target of each present cell."""
        return self.present - self.problem.gap

    def grid(self, values: np.ndarray) -> np.ndarray:
        """Return values of present cells as a matrix, NaN where there is none."""
        made = np.full(self.shape, np.nan)
        made[self.places] = values
        return made

    def rise(self, i: int) -> np.ndarray:
        """Return how far a candidate is to lift each cell towards its target, levels."""
        after = np.minimum(self.present + self.whole(i), self.target)
        return np.asarray(np.maximum(after - self.present, 0.0))

    def whole(self, i: int) -> np.ndarray:
        """Return the whole expected change of each cell by a candidate."""
        effects = self.problem.effects
        return np.asarray(effects.onto[effects.owner == i].sum(axis=0))

    def holding(self, i: int, levels: np.ndarray) -> np.ndarray:
        """Return how much of a candidate's rise can hold where the matrix stands at `levels`."""
        high = reach(self.grid(levels), self.grid(self.target), self.rests)[self.places]
        return np.clip(high - self.present, 0.0, self.rise(i))

    def standing(self, starts: np.ndarray) -> np.ndarray:
        """Return the levels of a plan at the horizon as far as they can hold.

        Notes
        -----
        What a plan lifts stands no higher than what it rests on by then, which itself may not
        hold: looked at again until nothing falls further. What it does not lift stays as it is.
        """
        aim = self.present + self.problem.gaps_at(starts) - self.problem.gap
        lifted, stands = settle(aim - self.present) > 0, aim
        for _ in self.ids:
            high = reach(self.grid(stands), self.grid(self.target), self.rests)[self.places]
            held = lifted & (settle(high) < settle(np.minimum(self.target, aim)))
            after = np.where(held, np.maximum(self.present, high), aim)
            if (settle(after) == settle(stands)).all():
                break
            stands = after
        return np.asarray(stands)

    def index_holds(self, starts: np.ndarray) -> float:
        """Return the index at the horizon, 0-100, with what of a plan can hold."""
        return float(index_of(self.problem.weighed(self.standing(starts) - self.target)))

    def lost(self, i: int, levels: np.ndarray) -> float:
        """Return the weighed share of a candidate's rise that cannot hold; NaN without a rise."""
        rise = float(self.problem.weight @ self.rise(i))
        if not settle(rise) > 0:
            return float("nan")
        return float(settle(1 - self.problem.weight @ self.holding(i, levels) / rise))


def ground_of(material: Material, needs: Mapping[str, Sequence[str]]) -> Ground:
    """Return what the candidates of a roadmap stand on.

    Parameters
    ----------
    material : Material
        The choice.
    needs : mapping of str to sequence of str
        The capabilities that each one needs, in the framework's order.
    """
    ids, functions = tuple(needs), tuple(dict.fromkeys(f for _, f in material.cells))
    rows = np.array([ids.index(c) for c, _ in material.cells], dtype=np.int64)
    columns = np.array([functions.index(f) for _, f in material.cells], dtype=np.int64)
    return Ground(
        material.problem,
        material.present,
        material.cells,
        (rows, columns),
        (len(ids), len(functions)),
        ids,
        rests_on(needs),
    )


def blocked_entry(ground: Ground, i: int, starts: np.ndarray) -> dict[str, Any]:
    """Return what holds a candidate back, as results.json holds it.

    Parameters
    ----------
    ground : Ground
        From `ground_of`.
    i : int
        Place of the candidate.
    starts : ndarray of int, (candidates,)
        The plan: start quarters, -1 for one that is not chosen.

    Returns
    -------
    dict
        ``blocked`` (bool: ``share`` ≥ ½), ``share`` (of the rise it promises, weighed by ω, what
        cannot hold at today's levels of other capabilities, 0-1), ``share_in_plan`` (the same at
        the levels the rest of the plan brings by the horizon), ``gain_holds`` (index points of
        what holds today), ``by`` (capabilities, what costs most first), ``by_in_plan`` and
        ``opened_by`` (candidates that lift these).

    Notes
    -----
    The rise counts up to the target; what holds is `reach` of the framework's relation ``needs``.
    Index, path and choice count every promise in full, as METHOD has it: this stands beside.
    """
    whole = ground.whole(i)
    today = ground.present + whole
    without = starts.copy()
    without[i] = OUT
    problem = ground.problem
    planned = today + problem.gaps_at(without) - problem.gap
    share = ground.lost(i, today)
    by = _holders(ground, i, today)
    return {
        "blocked": bool(share >= BLOCKED),
        **leaf("share", share, NO_RISE),
        **leaf("share_in_plan", ground.lost(i, planned), NO_RISE),
        "gain_holds": _gain(ground, i, today),
        **listing("by", by, HOLDS),
        **listing("by_in_plan", _holders(ground, i, planned), HOLDS),
        **listing("opened_by", _openers(ground, i, by), NOBODY if by else HOLDS),
    }


def _gain(ground: Ground, i: int, levels: np.ndarray) -> float:
    """Return index points of a candidate by itself when its rise holds only as far as it can."""
    problem, rise = ground.problem, ground.rise(i)
    lost = rise - ground.holding(i, levels)
    whole = np.where(settle(lost) > 0, rise - lost, ground.whole(i))
    after = index_of(problem.weighed(problem.gap + whole))
    return float(after - index_of(problem.weighed(problem.gap)))


def _holders(ground: Ground, i: int, levels: np.ndarray) -> list[str]:
    """Return the lowest capability under each rise that cannot hold, what costs most first."""
    lost = ground.problem.weight * (ground.rise(i) - ground.holding(i, levels))
    x, target = ground.grid(levels), ground.grid(ground.target)
    cost: dict[int, float] = {}
    for k in np.flatnonzero(settle(lost) > 0):
        c, f = (int(side[k]) for side in ground.places)
        held = _lowest(x, target, ground.rests, c, f)
        cost[held] = cost.get(held, 0.0) + float(lost[k])
    return [ground.ids[d] for d in sorted(cost, key=lambda d: (-settle(cost[d]), d))]


def _lowest(x: np.ndarray, target: np.ndarray, rests: Rests, c: int, f: int) -> int:
    """Return the lowest capability that keeps a cell from its target, whatever its own level."""
    under = x.copy()
    under[c, f] = -np.inf
    return blockers(under, target, rests, c, f)[0]


def _openers(ground: Ground, i: int, by: Sequence[str]) -> list[str]:
    """Return the other candidates that lift one of these capabilities, by id."""
    held = np.array([capability in by for capability, _ in ground.cells], dtype=bool)
    names = ground.problem.ids
    return [
        name for j, name in enumerate(names) if j != i and settle(ground.rise(j)[held].sum()) > 0
    ]
