"""What each group says on each scale, and what of it may be shown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.assess.perspectives.groups import EMPLOYEE, Group
from lodestar.assess.perspectives.scales import HIGHEST, LOWEST, Scores
from lodestar.confidentiality import Gate, hide_overlaps
from lodestar.stats.agreement import icc_groups, rwg_j
from lodestar.stats.reliability import cronbach_alpha, omega_total

__all__ = ["NUMBERS", "scale_cells"]

NUMBERS = ["mean", "rwg", "icc1", "icc2", "alpha", "omega"]

CUTS = ("function", "seniority")
"""Kinds of group whose members stand in a published total too."""


def scale_cells(
    scores: Scores, found: Sequence[Group], functions: pd.Series, gate: Gate
) -> pd.DataFrame:
    """Return one row a group that the scale was meant for, gated.

    Parameters
    ----------
    scores : Scores
        Every respondent's answers to one scale.
    found : sequence of Group
        Groups of the survey.
    functions : Series
        Function of each respondent, in the same order.
    gate : Gate
        Thresholds.

    Returns
    -------
    DataFrame
        ``scale, group, kind, asked, n, mean, rwg, icc1, icc2, alpha, omega, suppressed,
        coarsened``; hidden rows keep their names only. ``asked``: the items meant for everybody in
        the group; ``coarsened`` says "low end" or "high end" where all answers share one extreme
        category.

    Notes
    -----
    Hidden are groups under the threshold and homogeneous groups, further functions while their
    sum would follow from the employees' total, and seniorities from which a few persons would
    follow: stakeholders and functions stand on the page of levels too, by the same items.
    """
    asked = [group for group in found if scores.meant[group.members].any()]
    if not asked:
        return pd.DataFrame()
    counted = np.stack([group.members & np.isfinite(scores.person) for group in asked])
    frame = pd.DataFrame({"scale": scores.scale.id, "group": [group.id for group in asked]})
    frame["kind"], frame["n"] = [group.kind for group in asked], counted.sum(axis=1)
    frame["asked"] = [_asked(scores, group) for group in asked]
    frame["coarsened"] = [_coarse(scores.items[members], gate) for members in counted]
    shown = _shown(frame, counted, gate)
    numbers = [
        _numbers(scores, members, functions, group.kind, gate) if visible else {}
        for members, group, visible in zip(counted, asked, shown, strict=True)
    ]
    frame = frame.join(pd.DataFrame(numbers, columns=NUMBERS, index=frame.index, dtype=float))
    frame["coarsened"] = frame["coarsened"].where(_may_be_worded(frame, gate))
    frame["n"] = frame["n"].where(shown)
    frame["suppressed"] = ~shown
    return frame


def _asked(scores: Scores, group: Group) -> tuple[str, ...]:
    """Return the items meant for everybody in a group."""
    common = np.flatnonzero(scores.meant[group.members].all(axis=0))
    return tuple(scores.scale.items[place].id for place in common)


def _coarse(items: NDArray[np.float64], gate: Gate) -> str | None:
    """Return the word for a group all of whose answers share one extreme category."""
    answers = items[np.isfinite(items)]
    if not answers.size:
        return None
    return gate.extreme(float((answers == LOWEST).mean()), float((answers == HIGHEST).mean()))


def _may_be_worded(frame: pd.DataFrame, gate: Gate) -> pd.Series:
    """Tell which groups may be called low or high end: large ones with no small one beside them.

    A small function's answers would follow from the employees' total once all others' are known;
    of stakeholders together nothing is published.
    """
    small = frame["n"].between(1, gate.minimum - 1)
    beside = small.groupby(frame["kind"]).transform("any") & frame["kind"].isin(CUTS)
    return (frame["n"] >= gate.minimum) & ~beside


def _shown(frame: pd.DataFrame, counted: NDArray[np.bool_], gate: Gate) -> NDArray[np.bool_]:
    """Tell which groups may be shown: by size, against totals and across cuts."""
    function = (frame["kind"] == "function").to_numpy()
    named = counted[function].any(axis=0)
    rest = int((counted[(frame["group"] == EMPLOYEE).to_numpy()].any(axis=0) & ~named).sum())
    parts = pd.DataFrame(
        {
            "n": [*frame["n"], rest],
            "withheld": [*frame["coarsened"].notna(), 0 < rest < gate.minimum],
            "parent": [*(EMPLOYEE if part else None for part in function), EMPLOYEE],
        }
    )
    released = gate.release(parts, [], parent="parent", withheld="withheld")
    shown = ~released["suppressed"].to_numpy(dtype=bool)[:-1] & (frame["n"] > 0).to_numpy()
    secret = (frame["coarsened"].notna() | (frame["n"] < gate.minimum)).to_numpy(dtype=bool)
    secret = secret & (frame["n"] > 0).to_numpy()
    elsewhere = (frame["kind"] != "seniority").to_numpy()
    return hide_overlaps(counted, shown, gate.minimum, secret, elsewhere)


def _numbers(
    scores: Scores, members: NDArray[np.bool_], functions: pd.Series, kind: str, gate: Gate
) -> dict[str, float]:
    """Return mean, agreement and reliability of one group."""
    common = scores.meant[members].all(axis=0)
    items = scores.items[members][:, common]
    complete = int(np.isfinite(items).all(axis=1).sum()) if common.any() else 0
    reliable = common.any() and complete >= gate.minimum
    out = {
        "mean": float(scores.person[members].mean()),
        "rwg": rwg_j(items) if common.any() else np.nan,
        "alpha": cronbach_alpha(items) if reliable else np.nan,
        "omega": omega_total(items) if reliable else np.nan,
    }
    if kind != "function":
        own = functions.to_numpy(dtype=object)[members]
        out["icc1"], out["icc2"] = icc_groups(scores.person[members], own)
    return out
