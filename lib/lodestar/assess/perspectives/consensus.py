"""Strategic consensus within groups: how alike their people order the subjects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.assess.perspectives.cells import showable
from lodestar.assess.perspectives.groups import Group
from lodestar.confidentiality import Gate
from lodestar.stats.consensus import consensus_p, standard_profiles, within_consensus
from lodestar.stats.draws import generator

__all__ = [
    "FEWEST",
    "KEY",
    "Persons",
    "group_consensus",
    "level_cells",
    "level_scales",
    "level_subjects",
    "matrix",
]

KEY = "perspectives.consensus"
FEWEST = 3
"""Subjects below which an order of them says nothing."""

Persons = Mapping[str, NDArray[np.float64]]


def level_scales(persons: Persons) -> list[str]:
    """Return the level scales: those about what is seen."""
    return [scale for scale in persons if scale.endswith(".level")]


def level_cells(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the published cells of level scales."""
    return cells[cells["scale"].str.endswith(".level") & ~cells["suppressed"].astype(bool)]


def level_subjects(cells: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Return, group by group, the published mean of every level scale."""
    rows = level_cells(cells)
    found: dict[str, dict[str, float]] = {}
    for group, scale, mean in rows[["group", "scale", "mean"]].itertuples(index=False, name=None):
        found.setdefault(group, {})[scale] = mean
    return found


def group_consensus(
    persons: Persons, cells: pd.DataFrame, found: Sequence[Group], gate: Gate, seed: int
) -> pd.DataFrame:
    """Return consensus within every group over the level scales that it is shown on.

    Parameters
    ----------
    persons : mapping
        Scale id to every respondent's score (NaN: does not count).
    cells : DataFrame
        As ``scale_cells`` returns them.
    found : sequence of Group
        Groups of the survey.
    gate : Gate
        Thresholds.
    seed : int
        Seed of the engagement.

    Returns
    -------
    DataFrame
        ``group, kind, subjects, n, consensus, p, suppressed``; consensus 0–1 with two decimals.

    Notes
    -----
    Consensus: length of the mean standardised profile (Tarakci et al. 2014) of the persons who
    count on every subject. It stays within the gate of means: norms of sums give away what sums
    do, so that no few persons may follow from the shown groups by adding and subtracting.
    """
    shown = level_subjects(cells)
    told = [group for group in found if len(shown.get(group.id, ())) >= FEWEST]
    columns = ["group", "kind", "subjects", "n", "consensus", "p", "suppressed"]
    if not told:
        return pd.DataFrame(columns=columns)
    scores = [matrix(persons, shown[group.id]) for group in told]
    everything = [np.isfinite(own).all(axis=1) for own in scores]
    counted = np.stack([g.members & own for g, own in zip(told, everything, strict=True)])
    frame = pd.DataFrame({"group": [g.id for g in told], "kind": [g.kind for g in told]})
    frame["subjects"], frame["n"] = [len(shown[g.id]) for g in told], counted.sum(axis=1)
    profiles = [
        standard_profiles(own[members]) for own, members in zip(scores, counted, strict=True)
    ]
    alike = [bool(len(one)) and within_consensus(one) >= 1 - 1e-9 for one in profiles]
    frame["coarsened"] = [True if one else None for one in alike]
    kept = showable(frame, counted, gate)
    for place in np.flatnonzero(kept):
        frame.loc[place, ["consensus", "p"]] = _within(profiles[place], told[place].id, seed)
    frame["n"], frame["suppressed"] = frame["n"].where(kept), ~kept
    frame["subjects"] = frame["subjects"].astype("Int64").where(kept)
    return frame.reindex(columns=columns)


def matrix(persons: Persons, subjects: Iterable[str]) -> NDArray[np.float64]:
    """Return every respondent's scores on some scales, one column a scale."""
    return np.stack([persons[scale] for scale in subjects], axis=1)


def _within(profiles: NDArray[np.float64], group: str, seed: int) -> tuple[float, float]:
    """Return consensus and p of one group."""
    p = consensus_p(profiles, generator(seed, f"{KEY}/{group}"))
    return round(within_consensus(profiles), 2), p
