"""What each group says on each scale, and what of it may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.assess.perspectives.groups import EMPLOYEE, Group
from lodestar.assess.perspectives.scales import HIGHEST, LOWEST, Scores
from lodestar.confidentiality import Gate, hide_overlaps
from lodestar.stats.grouped import Answers, grouped_icc, grouped_statistics
from lodestar.stats.partition import Partition, partitions

__all__ = ["NO_SURVEY", "NUMBERS", "Cuts", "cuts", "scale_cells", "showable"]

NO_SURVEY = "There are no survey answers yet; fill respondents and responses."

NUMBERS = [
    *("mean", "low", "high", "rwg_single", "rwg", "ad_mean"),
    *("icc1", "icc2", "alpha", "omega"),
]

CUTS = ("function", "seniority")
"""Kinds of group whose members stand in a published total too."""


@dataclass(frozen=True)
class Cuts:
    """Groups of a survey, who belongs to each, the same sorted, and everybody's function."""

    groups: Sequence[Group]
    members: NDArray[np.bool_]
    parts: Sequence[Partition]
    functions: NDArray[np.intp]


def cuts(found: Sequence[Group], functions: pd.Series) -> Cuts:
    """Return groups made ready to be counted on every scale.

    Parameters
    ----------
    found : sequence of Group
        Groups of the survey.
    functions : Series
        Function of each respondent, in the same order.
    """
    nobody = np.zeros((0, len(functions)), dtype=bool)
    members = np.stack([group.members for group in found]) if found else nobody
    return Cuts(found, members, partitions(members), pd.factorize(functions)[0])


def scale_cells(scores: Scores, cut: Cuts, gate: Gate) -> pd.DataFrame:
    """Return one row a group that the scale was meant for, gated.

    Parameters
    ----------
    scores : Scores
        Every respondent's answers to one scale.
    cut : Cuts
        As :func:`cuts` returns it.
    gate : Gate
        Thresholds.

    Returns
    -------
    DataFrame
        ``scale, group, kind, asked, n, mean, low, high, rwg_single, rwg, ad_mean, icc1, icc2,
        alpha, omega, suppressed, coarsened``; hidden rows keep their names only. ``asked``: the
        items meant for everybody in the group; ``coarsened`` says "low end" or "high end" where
        all answers share one extreme category.

    Notes
    -----
    Hidden are groups under the threshold and homogeneous groups, further functions while their
    sum would follow from the employees' total, and seniorities from which a few persons would
    follow: stakeholders and functions stand on the page of levels too, by the same items.
    """
    every, some = _asked(scores, cut)
    asked = np.flatnonzero(some)
    if not len(asked):
        return pd.DataFrame()
    own = [cut.groups[int(place)] for place in asked]
    numbers = {name: values[asked] for name, values in _numbers(scores, cut, gate).items()}
    ids = np.array([item.id for item in scores.scale.items], dtype=object)
    extremes = zip(numbers["all_low"], numbers["all_high"], strict=True)
    frame = pd.DataFrame(
        {
            "scale": scores.scale.id,
            "group": [group.id for group in own],
            "kind": [group.kind for group in own],
            "n": np.nan_to_num(numbers["n"]).astype(int),
            "asked": [tuple(ids[every[:, place]]) for place in asked],
            "coarsened": [gate.extreme(low, high) for low, high in extremes],
        }
    )
    shown = showable(frame, cut.members[asked] & np.isfinite(scores.person), gate)
    worded = _may_be_worded(frame, gate)
    frame["n"], frame["coarsened"] = frame["n"].where(shown), frame["coarsened"].where(worded)
    told = {name: np.where(shown, numbers[name], np.nan) for name in NUMBERS}
    return frame.assign(**told, suppressed=~shown)


def _asked(scores: Scores, cut: Cuts) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return items meant for everybody in a group (items × groups), and who was asked anything."""
    every = np.zeros((scores.meant.shape[1], len(cut.groups)), dtype=bool)
    some = np.zeros(len(cut.groups), dtype=bool)
    for part in cut.parts:
        meant = part.sort(scores.meant.T)
        every[:, part.groups] = np.logical_and.reduceat(meant, part.starts, axis=-1)
        some[part.groups] = np.logical_or.reduceat(meant.any(axis=0), part.starts)
    return every, some


def _numbers(scores: Scores, cut: Cuts, gate: Gate) -> dict[str, NDArray[np.float64]]:
    """Return mean, agreement and reliability of every group, and whether all are at one end."""
    meant = None if scores.meant.all() else scores.meant.T
    answers = Answers(scores.items.T, scores.person, meant)
    names = ["n", *NUMBERS, "all_low", "all_high"]
    out = {name: np.full(len(cut.groups), np.nan) for name in names}
    for part in cut.parts:
        own = grouped_statistics(answers, part, (LOWEST, HIGHEST), gate.minimum)
        own["icc1"], own["icc2"] = grouped_icc(scores.person, cut.functions, part)
        least = np.fmin.reduceat(part.sort(np.fmin.reduce(answers.items)), part.starts)
        most = np.fmax.reduceat(part.sort(np.fmax.reduce(answers.items)), part.starts)
        own["all_low"], own["all_high"] = (most == LOWEST) * 1.0, (least == HIGHEST) * 1.0
        for name in names:
            out[name][part.groups] = own[name]
    function = np.array([group.kind == "function" for group in cut.groups])
    out["icc1"][function] = out["icc2"][function] = np.nan
    return out


def _may_be_worded(frame: pd.DataFrame, gate: Gate) -> pd.Series:
    """Tell which groups may be called low or high end: large ones with no small one beside them.

    A small function's answers would follow from the employees' total once all others' are known;
    of stakeholders together nothing is published.
    """
    small = frame["n"].between(1, gate.minimum - 1)
    beside = small.groupby(frame["kind"]).transform("any") & frame["kind"].isin(CUTS)
    return (frame["n"] >= gate.minimum) & ~beside


def showable(frame: pd.DataFrame, counted: NDArray[np.bool_], gate: Gate) -> NDArray[np.bool_]:
    """Tell which groups may be shown: by size, against totals and across cuts.

    Parameters
    ----------
    frame : DataFrame
        ``group, kind, n, coarsened`` (not blank: all answers alike).
    counted : numpy.ndarray of bool, shape (groups, persons)
        Who is counted in each group.
    gate : Gate
        Thresholds.
    """
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
