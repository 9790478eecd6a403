"""Which rewarded metrics clash with which others, and with which outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappushpop

import numpy as np

from lodestar.assess.conflicts.links import EVIDENCE, Links
from lodestar.assess.conflicts.model import Conflict, Push
from lodestar.assess.conflicts.net import SURE, Joined, joined
from lodestar.assess.conflicts.paths import Explainer
from lodestar.assess.conflicts.register import Register
from lodestar.stats.rounding import settle

__all__ = [
    "Candidates",
    "among",
    "candidates",
    "is_severe",
    "pair_conflicts",
    "pair_key",
    "same_function",
]


@dataclass(frozen=True, eq=False)
class Candidates:
    """Directed clashes before their paths are known, one an entry of every array.

    Parameters
    ----------
    source, target : ndarray of int
        Places of the two ends.
    net, gross, determinacy : ndarray of float
        Of the source's effect on the target.
    ceiling : ndarray of float
        Severity if the evidence were measured.
    conditional : ndarray of bool
        A direction is not known.
    """

    source: np.ndarray
    target: np.ndarray
    net: np.ndarray
    gross: np.ndarray
    determinacy: np.ndarray
    ceiling: np.ndarray
    conditional: np.ndarray

    def kept(self, which: np.ndarray) -> Candidates:
        """Return some of the entries."""
        return Candidates(*(value[which] for value in vars(self).values()))


def candidates(register: Register) -> Candidates:
    """Return every directed clash of a register.

    Parameters
    ----------
    register : Register
        Metrics, outcomes and links.

    Notes
    -----
    a clashes with b when d_a·net(a→b)·d_b < 0, on an outcome when d_a·net < 0. Where a direction
    is not known, any effect is a conditional clash. Neutral metrics clash with nothing, guarded
    ones harm nothing.
    """
    guarded = [register.at(metric) for metric in register.guarded]
    sources = np.setdiff1d(register.rewarded, guarded)
    ends = np.concatenate([register.rewarded, register.places("outcome")])
    found = joined(register.links, sources, ends)
    clash, conditional = _clashes(found, register.direction, register.wanted)
    weight = register.weight
    reach = weight[found.source] * weight[found.end] * np.minimum(1.0, np.abs(found.net))
    every = Candidates(
        found.source, found.end, found.net, found.gross, found.determinacy, reach, conditional
    )
    return every.kept(np.flatnonzero(clash))


def _clashes(
    found: Joined, direction: np.ndarray, wanted: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Which sources clash with which ends, and where a direction is not known."""
    pushed, pulled = direction[found.source], wanted[found.end]
    conditional = (np.isnan(pushed) & (pulled != 0)) | (np.isnan(pulled) & (pushed != 0))
    against = np.nan_to_num(pushed * found.sign * pulled) < 0
    clash = np.where(conditional, found.sign != 0, against)
    return clash & (found.source != found.end), conditional


def pair_key(register: Register, a: str, b: str) -> int:
    """Return one number for an unordered pair of ids."""
    low, high = sorted((register.at(a), register.at(b)))
    return low * len(register.ids) + high


def among(keys: np.ndarray, listed: np.ndarray) -> np.ndarray:
    """Tell which keys are in an ascending list."""
    begin, end = (np.searchsorted(listed, keys, side) for side in ("left", "right"))
    return end > begin


def pair_conflicts(
    register: Register, explainer: Explainer, cap: int, least: float = 0.0
) -> tuple[list[Conflict], np.ndarray]:
    """Return the worst conflicts of metrics with metrics and outcomes, and every pair that has one.

    Parameters
    ----------
    register : Register
        Metrics, outcomes and links.
    explainer : Explainer
        Finds the paths.
    cap : int
        How many of the worst are needed.
    least : float
        Severity below which none is needed.

    Returns
    -------
    tuple of (list of Conflict, ndarray of int)
        The worst, and the keys (:func:`pair_key`) of all pairs in conflict, ascending.

    Notes
    -----
    Paths, the dear part, are looked for pair by pair in the order of an upper bound of severity:
    that of measured evidence. The search ends where the next bound is below the cap-th worst
    severity found, so that no pair that belongs in the list can be missed.
    """
    found = candidates(register)
    low, high = np.minimum(found.source, found.target), np.maximum(found.source, found.target)
    keys, pair = np.unique(low * len(register.ids) + high, return_inverse=True)
    bounds = settle(_bounds(found, _most(register.links, found), pair, len(keys)))
    entries, begin = np.argsort(pair, kind="stable"), np.cumsum(np.bincount(pair))
    items: list[Conflict] = []
    worst = [-1.0] * cap
    for place in np.argsort(-bounds, kind="stable"):
        if bounds[place] < max(least * (1 - 1e-9), worst[0]):
            break
        mine = entries[begin[place - 1] if place else 0 : begin[place]].tolist()
        items.append(_conflict(register, explainer, found, mine))
        heappushpop(worst, settle(items[-1].severity))
    return items, keys


def _most(links: Links, found: Candidates) -> np.ndarray:
    """Most severity of each entry: no path is better evidenced than its first and last link."""
    weight = np.array([EVIDENCE[row.evidence] for row in links.rows], dtype=float)
    first, last = np.zeros(len(links.ids)), np.zeros(len(links.ids))
    np.maximum.at(first, links.source, weight)
    np.maximum.at(last, links.target, weight)
    return found.ceiling * np.minimum(first[found.source], last[found.target])


def _bounds(found: Candidates, most: np.ndarray, pair: np.ndarray, pairs: int) -> np.ndarray:
    """Most severity of each pair: of its clear directions, where it has one."""
    sure = found.determinacy >= SURE
    best, best_sure = np.zeros(pairs), np.full(pairs, -1.0)
    np.maximum.at(best, pair, most)
    np.maximum.at(best_sure, pair[sure], most[sure])
    return np.where(best_sure >= 0, best_sure, best)


def _conflict(
    register: Register, explainer: Explainer, found: Candidates, entries: list[int]
) -> Conflict:
    """One unordered pair: the worse direction first, a contested one last."""
    pushes = [_push(register, explainer, found, entry) for entry in entries]
    pushes.sort(key=lambda p: (p.contested, -settle(p.severity), p.source))
    worst, conditional = pushes[0], bool(found.conditional[entries[0]])
    kind = _kind(register, worst.source, worst.target)
    return Conflict(
        kind=kind,
        push=worst,
        function_a=register.function[register.at(worst.source)],
        function_b=register.function[register.at(worst.target)],
        conditional=conditional,
        severe=is_severe(register, kind, worst, conditional),
        reverse=pushes[1] if len(pushes) > 1 else None,
    )


def _push(register: Register, explainer: Explainer, found: Candidates, entry: int) -> Push:
    source, target = int(found.source[entry]), int(found.target[entry])
    net = float(found.net[entry])
    why = explainer.explain(source, target, net)
    return Push(
        source=register.ids[source],
        target=register.ids[target],
        severity=float(found.ceiling[entry]) * (why.weight if why else 0.0),
        net=net,
        gross=float(found.gross[entry]),
        determinacy=float(found.determinacy[entry]),
        why=why,
    )


def _kind(register: Register, a: str, b: str) -> str:
    place = register.at(b)
    if register.group[place] == "outcome":
        return "customer" if register.for_customers[place] else "outcome"
    return "within" if same_function(register, a, b) else "structural"


def same_function(register: Register, a: str, b: str) -> bool:
    """Tell whether two metrics answer to one function, by ownership or by sharing."""
    own_a, own_b = (register.function[register.at(name)] for name in (a, b))
    return own_a == own_b or (a, own_b) in register.shared or (b, own_a) in register.shared


def is_severe(register: Register, kind: str, push: Push, conditional: bool) -> bool:
    """Tell whether a conflict is severe: determinate, unconditional, between functions, large."""
    large = settle(push.severity) >= settle(register.threshold)
    return bool(large and not push.contested and not conditional and kind != "within")
