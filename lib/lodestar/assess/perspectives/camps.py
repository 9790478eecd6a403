"""Camps: employees who answer alike, whatever their function; one camp where chance would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.assess.nulls import absent
from lodestar.assess.perspectives.camp_counts import camp_functions, camp_means
from lodestar.assess.perspectives.cells import NO_SURVEY
from lodestar.assess.perspectives.consensus import FEWEST, Persons, level_scales, matrix
from lodestar.assess.perspectives.groups import EMPLOYEE, Group
from lodestar.assess.plain import listing, records
from lodestar.confidentiality import Gate
from lodestar.stats.clusters import Clusters, find_clusters
from lodestar.stats.draws import generator
from lodestar.stats.rounding import settle

__all__ = ["Split", "camps", "employee_camps"]

KEY = "perspectives.camps"
SAMPLE = 300
"""Persons on whom camps are looked for; all others join the nearest."""

CERTAIN, STABLE = 0.05, 0.6
LEAST_PEOPLE = 4
"""Times the threshold: fewer people than that are not split."""

TOO_FEW = "Too few employees answered enough of the same subjects to look for camps."
ONE_CAMP = (
    "One camp: employees' answers do not part into groups more clearly, or more reliably, than "
    "answers without any structure would."
)


@dataclass(frozen=True)
class Split:
    """Which camp every respondent is in (−1: none), and how far to trust it."""

    camp: NDArray[np.intp]
    clusters: Clusters


def camps(
    persons: Persons,
    cells: pd.DataFrame,
    found: Sequence[Group],
    gate: Gate,
    seed: int,
) -> dict[str, Any]:
    """Return the camps among employees, what they disagree on, and from where they come.

    Parameters
    ----------
    persons : mapping
        Scale id to every respondent's score (NaN: does not count).
    cells : DataFrame
        Every published cell: as ``scale_cells`` returns them, ``merged_cells`` after them.
    found : sequence of Group
        Groups of the survey.
    gate : Gate
        Thresholds.
    seed : int
        Seed of the engagement.

    Returns
    -------
    dict
        ``items``: ``camp`` (1 is the largest), ``n``, ``stability``; ``subjects``: ``scale, camp,
        n, mean, suppressed``; ``functions``: ``function, camp, n, share, suppressed``;
        ``silhouette``, ``p``; ``association`` (Cramér's V of camp and function),
        ``association_p``.

    Notes
    -----
    Employees who count on at least half of the level scales; a missing score stands at the mean of
    its subject while camps are looked for (Ward, at most four, none smaller than the threshold
    and a tenth of all). Told are camps beyond both nulls at 5 % whose every camp comes back
    (Jaccard 0.6 or more); else there is one camp. Means are over the scores given, gated together
    with every group that the page shows on the same subject.
    """
    split = employee_camps(persons, found, gate, seed)
    if split is None:
        return _none(TOO_FEW if len(cells) else NO_SURVEY)
    size = {"silhouette": round(split.clusters.silhouette, 2), "p": split.clusters.p}
    if settle(size["p"]) > CERTAIN or settle(split.clusters.stability).min() < STABLE:
        return _none(ONE_CAMP, ()) | size
    items = [
        {"camp": place + 1, "n": int((split.camp == place).sum()), "stability": round(alike, 2)}
        for place, alike in enumerate(split.clusters.stability.tolist())
    ]
    kept = {scale: persons[scale] for scale in level_scales(persons)}
    functions = [group for group in found if group.kind == "function"]
    counted = camp_functions(split.camp, functions, gate, generator(seed, f"{KEY}/functions"))
    return {
        "items": items,
        **listing("subjects", records(camp_means(kept, cells, found, split.camp, gate)), TOO_FEW),
        **counted,
        **size,
    }


def _none(reason: str, unknown: Sequence[str] = ("silhouette", "p")) -> dict[str, Any]:
    """Return the section without camps, and which of its tests were not made."""
    out: dict[str, Any] = {}
    for name in ("items", "subjects", "functions"):
        out |= listing(name, [], reason)
    return out | absent(["association", "association_p", *unknown], reason)


def employee_camps(persons: Persons, found: Sequence[Group], gate: Gate, seed: int) -> Split | None:
    """Return camps whatever they are worth; None where there are too few people or subjects.

    Parameters
    ----------
    persons, found, gate, seed
        As for :func:`camps`.
    """
    scales = level_scales(persons)
    employees = next((group for group in found if group.id == EMPLOYEE), None)
    if len(scales) < FEWEST or employees is None:
        return None
    scores = matrix(persons, scales)
    scores = scores[:, np.isfinite(scores[employees.members]).any(axis=0)]
    asked = employees.members & (2 * np.isfinite(scores).sum(axis=1) >= max(scores.shape[1], 1))
    if asked.sum() < LEAST_PEOPLE * gate.minimum or scores.shape[1] < FEWEST:
        return None
    x = scores[asked]
    x = np.where(np.isfinite(x), x, np.nanmean(x, axis=0))
    rng = generator(seed, KEY)
    picked = np.sort(rng.choice(len(x), min(len(x), SAMPLE), replace=False))
    clusters = find_clusters(x[picked], max(gate.minimum, len(picked) // 10), rng)
    if clusters is None:
        return None
    camp = np.full(len(asked), -1, dtype=np.intp)
    camp[asked] = _joined(x, picked, clusters.member)
    return Split(camp, clusters)


def _joined(
    x: NDArray[np.float64], picked: NDArray[np.intp], member: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Return everybody's camp: as found, or the nearest mean for those not looked at."""
    centres = np.stack([x[picked][member == camp].mean(axis=0) for camp in range(member.max() + 1)])
    camp = np.linalg.norm(x[:, None] - centres[None], axis=2).argmin(axis=1)
    camp[picked] = member
    return camp
