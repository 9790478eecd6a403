"""Which rewarded metrics clash with which others, and with which outcomes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lodestar.assess.conflicts.model import Conflict, Push
from lodestar.assess.conflicts.net import SURE, Effects, effects
from lodestar.assess.conflicts.paths import Explainer
from lodestar.assess.conflicts.register import Register
from lodestar.stats.rounding import settle

__all__ = ["Candidates", "candidates", "is_severe", "pair_conflicts", "pair_key", "same_function"]

LEAST_WEIGHT = 0.4
"""Least weight of evidence: a severity is at least this share of its upper bound."""


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
    found = effects(register.links, register.rewarded)
    ends = np.concatenate([register.rewarded, register.places("outcome")])
    clash, conditional = _clashes(found, register.direction, register.wanted, ends)
    clash &= ~np.isin(found.sources, [register.at(metric) for metric in register.guarded])[:, None]
    row, column = np.nonzero(clash)
    source, target = found.sources[row], ends[column]
    net, gross = found.net[row, target], found.gross[row, target]
    weight = register.weight
    return Candidates(
        source,
        target,
        net,
        gross,
        found.determinacy[row, target],
        weight[source] * weight[target] * np.minimum(1.0, np.abs(net)),
        conditional[row, column],
    )


def _clashes(
    found: Effects, direction: np.ndarray, wanted: np.ndarray, ends: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Which sources clash with which ends, and where a direction is not known."""
    pushed, pulled = direction[found.sources][:, None], wanted[ends][None, :]
    sign = found.sign[:, ends]
    conditional = (np.isnan(pushed) & (pulled != 0)) | (np.isnan(pulled) & (pushed != 0))
    clash = np.where(conditional, sign != 0, np.nan_to_num(pushed * sign * pulled) < 0)
    return clash & (found.sources[:, None] != ends[None, :]), conditional


def pair_key(register: Register, a: str, b: str) -> int:
    """Return one number for an unordered pair of ids."""
    low, high = sorted((register.at(a), register.at(b)))
    return low * len(register.ids) + high


def pair_conflicts(
    register: Register, explainer: Explainer, cap: int, least: float = 0.0
) -> tuple[list[Conflict], frozenset[int]]:
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
    tuple of (list of Conflict, frozenset of int)
        The worst, and the keys (:func:`pair_key`) of all pairs in conflict.

    Notes
    -----
    Paths, the dear part, are looked for only where the upper bound of severity could still reach
    the worst `cap`: evidence weighs at least 0.4, so none below 0.4 times the cap-th largest bound
    can.
    """
    found = candidates(register)
    low, high = np.minimum(found.source, found.target), np.maximum(found.source, found.target)
    keys, pair = np.unique(low * len(register.ids) + high, return_inverse=True)
    needed = _worth_a_look(found, pair, len(keys), cap, least)
    chosen = np.flatnonzero(needed[pair])
    pushes: dict[int, list[int]] = {}
    for entry in chosen:
        pushes.setdefault(int(pair[entry]), []).append(int(entry))
    items = [_conflict(register, explainer, found, entries) for entries in pushes.values()]
    return items, frozenset(keys.tolist())


def _worth_a_look(
    found: Candidates, pair: np.ndarray, pairs: int, cap: int, least: float
) -> np.ndarray:
    """Tell which pairs can be among the worst and reach the least severity."""
    sure = found.determinacy >= SURE
    best, best_sure = np.zeros(pairs), np.full(pairs, -1.0)
    np.maximum.at(best, pair, found.ceiling)
    np.maximum.at(best_sure, pair[sure], found.ceiling[sure])
    ceiling = np.where(best_sure >= 0, best_sure, best)
    if pairs > cap:
        least = max(least, np.partition(ceiling, pairs - cap)[pairs - cap] * LEAST_WEIGHT)
    return ceiling >= least * (1 - 1e-9)


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
        severity=float(found.ceiling[entry]) * (why.weight if why else LEAST_WEIGHT),
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
