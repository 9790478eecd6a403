"""Small groups merged into one that may be shown: the other functions, the other seniorities."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.assess.perspectives.cells import Cuts, scale_cells
from lodestar.assess.perspectives.groups import EMPLOYEE, Group
from lodestar.assess.perspectives.scales import Scores
from lodestar.confidentiality import Gate, hide_overlaps
from lodestar.stats.partition import partitions

__all__ = ["merged_cells"]

PREFIXES = {"function": EMPLOYEE, "seniority": "seniority"}
"""Kinds of group that are parts of a larger one, and how their ids begin."""

OTHER = "other"


def merged_cells(
    scored: Sequence[Scores], cells: pd.DataFrame, cut: Cuts, gate: Gate
) -> pd.DataFrame:
    """Return the hidden groups of a scale as one group a kind, where that may be shown.

    Parameters
    ----------
    scored : sequence of Scores
        Every respondent's answers, scale by scale.
    cells : DataFrame
        As ``scale_cells`` returns them for these scales.
    cut : Cuts
        Groups of the survey.
    gate : Gate
        Thresholds.

    Returns
    -------
    DataFrame
        The columns of `cells` and ``members``, the ids of the merged groups. A merged group is
        called ``employee:other`` or ``seniority:other``.

    Notes
    -----
    Merged are all hidden groups of a kind in which somebody answered, two at least, where one of
    the kind is shown: all of them together would be no other than everybody. The whole must
    meet the threshold, must not stand at one end, and must not, together with every group shown
    beside it, let a hidden one follow (row space); else it stays out. Where the employees' total is
    shown the merged functions are that total less the shown ones, so nothing new is told.
    """
    found = [
        row
        for one in scored
        for row in _of_scale(one, cells[cells["scale"] == one.scale.id], cut, gate)
    ]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["members"])


def _of_scale(scores: Scores, own: pd.DataFrame, cut: Cuts, gate: Gate) -> list[pd.DataFrame]:
    """Return the merged groups of one scale, each tested beside those before it."""
    places = {group.id: place for place, group in enumerate(cut.groups)}
    counted = cut.members[[places[group] for group in own["group"]]] & np.isfinite(scores.person)
    hidden = own["suppressed"].to_numpy(dtype=bool) & counted.any(axis=1)
    shown, out = ~own["suppressed"].to_numpy(dtype=bool), []
    for kind, prefix in PREFIXES.items():
        alike = (own["kind"] == kind).to_numpy()
        small = hidden & alike
        if small.sum() < 2 or not (shown & alike).any() or f"{prefix}:{OTHER}" in places:
            continue
        members = [str(group) for group in own["group"].to_numpy()[small]]
        whole = np.asarray(cut.members[[places[group] for group in members]].any(axis=0))
        row = _measured(scores, Group(f"{prefix}:{OTHER}", kind, whole), cut, gate)
        beside = np.vstack([counted, whole & np.isfinite(scores.person)])
        if row["suppressed"].iloc[0] or not _may_stand(beside, shown, hidden, gate):
            continue
        out.append(row.assign(members=pd.Series([members], dtype=object)))
        counted, shown = beside, np.append(shown, True)
        hidden, own = np.append(hidden, False), pd.concat([own, row], ignore_index=True)
    return out


def _measured(scores: Scores, group: Group, cut: Cuts, gate: Gate) -> pd.DataFrame:
    """Return a merged group's row, hidden where it is small or stands at one end."""
    members = group.members[None]
    return scale_cells(scores, Cuts([group], members, partitions(members), cut.functions), gate)


def _may_stand(
    beside: NDArray[np.bool_], shown: NDArray[np.bool_], hidden: NDArray[np.bool_], gate: Gate
) -> bool:
    """Tell whether the last group may be shown too: no hidden group follows, nor few persons."""
    asked, secret = np.append(shown, True), np.append(hidden, False)
    late = np.arange(len(asked)) < len(asked) - 1
    return bool(hide_overlaps(beside, asked, gate.minimum, secret, late)[asked].all())
