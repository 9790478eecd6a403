"""Shared levers: a node that pushes two rewarded metrics opposite ways."""

from __future__ import annotations

import numpy as np

from lodestar.assess.conflicts.links import EVIDENCE, Links
from lodestar.assess.conflicts.model import Conflict, Push
from lodestar.assess.conflicts.pairs import among, is_severe, same_function
from lodestar.assess.conflicts.paths import Explanation
from lodestar.assess.conflicts.register import Register
from lodestar.stats.rounding import settle

__all__ = ["lever_conflicts"]


def lever_conflicts(
    register: Register, listed: np.ndarray, cap: int, least: float = 0.0
) -> tuple[list[Conflict], int]:
    """Return the worst shared-lever conflicts, one a pair of metrics: its worst lever.

    Parameters
    ----------
    register : Register
        Metrics, outcomes and links.
    listed : ndarray of int
        Keys (``pairs.pair_key``) of pairs in conflict already, ascending; inside one function they
        are not listed twice.
    cap : int
        How many of the worst are needed.
    least : float
        Severity below which none is needed.

    Returns
    -------
    tuple of (list of Conflict, int)
        The worst (more than `cap` where severities tie), and how many there are.

    Notes
    -----
    A lever is anything without an incentive that has a direct link to each of two rewarded
    metrics. Severity = w_a·w_b·min(|s_a|, |s_b|)·weaker weight of evidence; the pair is opposed
    when the lever moves one as rewarded and the other against it. Inside one function the kind is
    ``within``.
    """
    first, second = _two_by_two(register.links, register.incentive)
    clash, severity = _clashes(register, first, second)
    first, second, severity = first[clash], second[clash], severity[clash]
    a, b = register.links.target[first], register.links.target[second]
    key = a * len(register.ids) + b
    order = np.lexsort((register.links.source[first], -severity, key))
    order = order[np.unique(key[order], return_index=True)[1]]
    order = order[~(_inside(register, a[order], b[order]) & among(key[order], listed))]
    needed = order[severity[order] >= _enough(severity[order], cap, least)]
    return [_conflict(register, int(first[i]), int(second[i])) for i in needed], len(order)


def _two_by_two(links: Links, incentive: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Places in the list of links of every two that lead from one lever to rewarded metrics."""
    from_levers = np.flatnonzero((incentive[links.source] <= 0) & (incentive[links.target] > 0))
    _, begin, size = np.unique(links.source[from_levers], return_index=True, return_counts=True)
    firsts, seconds = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for many in np.unique(size[size > 1]):
        one, other = np.triu_indices(int(many), 1)
        starts = begin[size == many][:, None]
        firsts.append(from_levers[starts + one].ravel())
        seconds.append(from_levers[starts + other].ravel())
    return np.concatenate(firsts), np.concatenate(seconds)


def _clashes(
    register: Register, first: np.ndarray, second: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Which two links push opposite ways, or may, and the severity of each, settled."""
    links, weight = register.links, _weights(register.links)
    way = [register.direction[links.target[i]] * links.strength[i] for i in (first, second)]
    unknown = (np.isnan(way[0]) | np.isnan(way[1])) & (way[0] != 0) & (way[1] != 0)
    paid = register.incentive[links.target[first]] * register.incentive[links.target[second]]
    size = np.minimum(np.abs(links.strength[first]), np.abs(links.strength[second]))
    severity = paid * size * np.minimum(weight[first], weight[second])
    return unknown | (np.nan_to_num(way[0] * way[1]) < 0), settle(severity)


def _weights(links: Links) -> np.ndarray:
    return np.array([EVIDENCE[row.evidence] for row in links.rows], dtype=float)


def _inside(register: Register, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Tell which pairs answer to one function, by ownership or by sharing."""
    function = np.array(register.function, dtype=object)
    inside = function[a] == function[b]
    for metric, shared in register.shared:
        place = register.at(metric)
        inside |= (a == place) & (function[b] == shared) | (b == place) & (function[a] == shared)
    return inside.astype(bool)


def _enough(severity: np.ndarray, cap: int, least: float) -> float:
    """Least severity that can be among the worst `cap`."""
    if len(severity) > cap:
        least = max(least, float(np.partition(severity, len(severity) - cap)[len(severity) - cap]))
    return least * (1 - 1e-9)


def _conflict(register: Register, one: int, other: int) -> Conflict:
    first, second = register.links.rows[one], register.links.rows[other]
    a, b = register.at(first.target), register.at(second.target)
    conditional = bool(np.isnan(register.direction[[a, b]]).any())
    push = _push(register, one, other)
    inside = same_function(register, push.source, push.target)
    kind = "within" if inside else "shared-lever"
    return Conflict(
        kind=kind,
        push=push,
        function_a=register.function[a],
        function_b=register.function[b],
        conditional=conditional,
        severe=is_severe(register, kind, push, conditional),
        lever=first.source,
    )


def _push(register: Register, one: int, other: int) -> Push:
    first, second = register.links.rows[one], register.links.rows[other]
    least = min(abs(first.strength), abs(second.strength))
    weaker = min(first.evidence, second.evidence, key=lambda word: EVIDENCE[word])
    a, b = register.at(first.target), register.at(second.target)
    why = Explanation((first.target, first.source, second.target), least, weaker)
    return Push(
        source=first.target,
        target=second.target,
        severity=float(register.incentive[a] * register.incentive[b] * least * why.weight),
        net=float(np.sign(first.strength * second.strength) * least),
        gross=least,
        determinacy=1.0,
        why=why,
    )
