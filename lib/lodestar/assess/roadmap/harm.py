"""What investments do to the map of measures, and by which path one harms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lodestar.assess.conflicts import (
    Conflict,
    Effects,
    Explainer,
    Register,
    detect,
    effects,
)
from lodestar.assess.conflicts.net import SURE
from lodestar.stats.rounding import settle

__all__ = ["Harm", "OnMap", "altered", "on_measures"]


@dataclass(frozen=True)
class Harm:
    """One way in which an investment harms.

    Parameters
    ----------
    kind : str
        ``misalignment``, ``conflict`` or ``outcome``.
    path : tuple of str
        From what the investment changes to what it harms.
    size : float
        Rise of M, severity of the conflict, or fall of the outcome (change × net).
    a, b : str
        The two measures of a conflict; what is changed and the outcome; capability and function.
    contested : bool
        Walks of the other sign weigh as much: whether the outcome falls is not settled.
    """

    kind: str
    path: tuple[str, ...]
    size: float
    a: str = ""
    b: str = ""
    contested: bool = False


@dataclass(frozen=True)
class OnMap:
    """What one investment does to measures and outcomes.

    Parameters
    ----------
    severity : float
        Change in total severity of conflicts.
    before : float
        Total severity as it stands.
    value : float
        Σ change · net · importance over outcomes.
    outcomes : tuple of (str, float)
        Change of each outcome that moves, change · net, by id.
    harms : tuple of Harm
        Severe conflicts it opens, then outcomes it lowers.
    """

    severity: float = 0.0
    value: float = 0.0
    outcomes: tuple[tuple[str, float], ...] = ()
    harms: tuple[Harm, ...] = ()
    before: float = 0.0


def on_measures(
    register: Register, changes: pd.DataFrame, investments: Sequence[str]
) -> dict[str, OnMap]:
    """Return what each investment does to conflicts and outcomes.

    Parameters
    ----------
    register : Register
        Metrics, outcomes, nodes and links as they are.
    changes : DataFrame
        Expected effects on the map: investment, kind (node, link, incentive), place, size.
    investments : sequence of str
        Ids to answer for.

    Notes
    -----
    Each investment is looked at by itself: links and incentives are altered by their expected
    change (kept within 0-1), conflicts are detected again, and node effects go through the net
    effects of the altered map.
    """
    before = detect(register)
    base = sum(item.severity for item in before.items if item.counted)
    severe = {_pair(item) for item in before.severe}
    made = {}
    for name in investments:
        rows = changes[changes["investment"] == name]
        made[name] = _one(register, rows, base, severe) if len(rows) else OnMap(before=base)
    return made


def _one(register: Register, rows: pd.DataFrame, base: float, severe: set[tuple]) -> OnMap:
    after = altered(register, rows)
    change, opened = 0.0, []
    if (rows["kind"] != "node").any():
        found = detect(after)
        change = sum(item.severity for item in found.items if item.counted) - base
        opened = [_opened(item) for item in found.severe if _pair(item) not in severe]
    moved, lowered = _outcomes(after, rows[rows["kind"] == "node"])
    return OnMap(
        severity=settle(change),
        value=float(sum(size * after.importance[after.at(name)] for name, size in moved)),
        outcomes=tuple(moved),
        harms=(*opened, *lowered),
        before=base,
    )


def altered(register: Register, rows: pd.DataFrame) -> Register:
    """Return the register after expected changes of links and incentives.

    Notes
    -----
    A link keeps its sign; its strength is kept within 0-1, an incentive too. A link that does not
    exist yet is positive where the change is, and rests on an assumption.
    """
    links: dict[tuple[str, str], float] = {}
    incentives: dict[str, float] = {}
    for kind, place, size in zip(rows["kind"], rows["place"], rows["size"], strict=True):
        if kind == "link":
            start, _, end = str(place).partition(">")
            links[start, end] = links.get((start, end), 0.0) + size
        elif kind == "incentive":
            incentives[place] = incentives.get(place, 0.0) + size
    strengths = {ends: _strength(register, ends, size) for ends, size in links.items()}
    paid = {
        metric: float(np.clip(register.incentive[register.at(metric)] + size, 0.0, 1.0))
        for metric, size in incentives.items()
    }
    return register.with_links(strengths).with_incentives(paid)


def _strength(register: Register, ends: tuple[str, str], size: float) -> float:
    known = register.links.by_pair.get(ends)
    if known is None:
        return float(np.clip(size, -1.0, 1.0))
    return float(np.sign(known.strength) * np.clip(abs(known.strength) + size, 0.0, 1.0))


def _pair(item: Conflict) -> tuple[str, str, str]:
    return item.kind, min(item.a, item.b), max(item.a, item.b)


def _opened(item: Conflict) -> Harm:
    path = item.push.why.path if item.push.why else (item.a, item.b)
    return Harm("conflict", path, float(item.severity), item.a, item.b)


def _outcomes(register: Register, rows: pd.DataFrame) -> tuple[list[tuple[str, float]], list[Harm]]:
    """Return how outcomes move with node effects, and the path by which each falls most."""
    places = np.array([register.at(name) for name in rows["place"]], dtype=np.int64)
    size = rows["size"].to_numpy(float)
    reach = effects(register.links, places)
    itself = (places[:, None] == np.arange(len(register.ids))).astype(float)
    parts = settle(size[:, None] * (reach.net + itself))
    total, gross = settle(parts.sum(axis=0)), np.abs(size) @ (reach.gross + itself)
    moved, lowered = [], []
    for outcome in register.places("outcome"):
        if not parts[:, outcome].any():
            continue
        name = register.ids[outcome]
        moved.append((name, float(total[outcome])))
        if total[outcome] < 0:
            path = _path(register, reach, int(parts[:, outcome].argmin()), int(outcome))
            unsure = bool(settle(-total[outcome] / gross[outcome]) < SURE)
            lowered.append(Harm("outcome", path, -total[outcome], path[0], name, unsure))
    return moved, sorted(lowered, key=lambda harm: (-harm.size, harm.b))


def _path(register: Register, reach: Effects, row: int, outcome: int) -> tuple[str, ...]:
    """Return the path that explains how a changed node moves an outcome."""
    source = int(reach.sources[row])
    if source == outcome:
        return (register.ids[outcome],)
    why = Explainer(register.links).explain(
        source, outcome, float(np.sign(reach.net[row, outcome]))
    )
    return why.path if why else (register.ids[source], register.ids[outcome])
