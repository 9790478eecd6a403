"""Whether what a function is paid for pushes where its customers and owners want to go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lodestar.assess.conflicts.net import effects
from lodestar.assess.conflicts.register import Register
from lodestar.stats.rounding import settle

__all__ = ["Aim", "aims"]


@dataclass(frozen=True)
class Aim:
    """What a function's incentives push, beside what the outcomes are worth.

    Parameters
    ----------
    function : str
        Id of the function.
    metrics : int
        Its rewarded metrics with a known direction.
    left_out : int
        Its rewarded metrics whose direction is not known yet.
    cosine : float
        −1 to 1; NaN where it has no incentive or its incentives touch no outcome of importance.
    pushes : tuple of (str, float)
        Σ incentive·d·net on each outcome that is touched, by id.
    """

    function: str
    metrics: int
    left_out: int
    cosine: float
    pushes: tuple[tuple[str, float], ...]


def aims(register: Register) -> tuple[Aim, ...]:
    """Return the alignment of every function that answers for a metric, by id.

    Parameters
    ----------
    register : Register
        Metrics, outcomes and links.

    Notes
    -----
    With E the net effects of metrics on outcomes, each turned the way the metric is rewarded, w the
    function's incentives and v the importance of the outcomes: cos(w·E, v) = w·E·v / |w·E||v|, the
    distortion of Baker (2002) as an angle. 1: effort goes where it is worth most; 0: beside it; −1:
    against it. A guarded metric lowers no outcome; a shared one counts for each of its functions.
    """
    metrics = np.array([p for p in register.places("metric") if register.incentive[p] > 0], int)
    outcomes = register.places("outcome")
    net = effects(register.links, metrics, outcomes).net
    pushed = np.nan_to_num(register.direction[metrics])[:, None] * net
    safe = np.array([register.ids[place] in register.guarded for place in metrics], dtype=bool)
    pushed[safe] = np.maximum(pushed[safe], 0.0)
    pushed *= register.incentive[metrics][:, None]
    owners = {register.function[place] for place in register.places("metric")} - {None}
    return tuple(
        _aim(register, str(function), metrics, pushed, outcomes)
        for function in sorted(owners, key=str)
    )


def _aim(
    register: Register, function: str, metrics: np.ndarray, pushed: np.ndarray, outcomes: np.ndarray
) -> Aim:
    mine = np.array([_answers(register, place, function) for place in metrics], dtype=bool)
    total = settle(pushed[mine].sum(axis=0))
    known = np.isfinite(register.direction[metrics[mine]])
    touched = np.flatnonzero(total)
    return Aim(
        function,
        int(known.sum()),
        int((~known).sum()),
        _cosine(total, register.importance[outcomes]),
        tuple((register.ids[outcomes[i]], float(total[i])) for i in touched),
    )


def _answers(register: Register, place: int, function: str) -> bool:
    shared = (register.ids[place], function) in register.shared
    return register.function[place] == function or shared


def _cosine(pushed: np.ndarray, worth: np.ndarray) -> float:
    length = float(np.linalg.norm(pushed) * np.linalg.norm(worth))
    return float(np.clip(pushed @ worth / length, -1.0, 1.0)) if length > 0 else float("nan")
