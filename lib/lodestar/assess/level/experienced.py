"""A group's level: means over persons, dimension by dimension, with draws and suppression."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lodestar.assess.level.survey import GroupAnswers, group_answers
from lodestar.confidentiality import Gate
from lodestar.engagement.model import Engagement
from lodestar.stats.draws import DRAWS, generator
from lodestar.stats.resampling import person_counts, picked_means

__all__ = ["GroupLevel", "draw_key", "group_level", "measure"]


@dataclass(frozen=True)
class GroupLevel:
    """A group's level and dimensions with their draws.

    ``dimensions``: ``dimension, mean, n, suppressed``, one row a dimension that has items;
    ``drawn``: draws × dimensions, NaN where there is no mean; ``n``: persons that count;
    ``left_out``: employees without a function.
    """

    group: str
    dimensions: pd.DataFrame
    drawn: np.ndarray
    n: int
    left_out: int

    @property
    def estimate(self) -> float:
        """Return the unweighted mean of the dimensions shown; NaN when there is none."""
        return float(self.dimensions["mean"].mean())

    @property
    def draws(self) -> np.ndarray | None:
        """Return the draws of the level; None when there is no dimension to show."""
        shown = self.dimensions["mean"].notna().to_numpy()
        return self.drawn[:, shown].mean(axis=1) if shown.any() else None


def draw_key(group: str) -> str:
    """Return the results key that owns a group's draws."""
    return "level.experienced" if group == "customer" else f"level.groups/{group}"


def group_level(engagement: Engagement, group: str) -> GroupLevel:
    """Return the level of one stakeholder group in the current period.

    Parameters
    ----------
    engagement : Engagement
        Survey tables, framework, functions, threshold and seed are used.
    group : str
        A stakeholder group.

    Returns
    -------
    GroupLevel
        Customers, partners, managers and executives: mean over persons; employees: mean within
        function, then over functions with v.
    """
    rng = generator(engagement.settings.seed, draw_key(group))
    shares = engagement.function_shares()
    answers = group_answers(engagement, group)
    weights = shares if group == "employee" else pd.Series({"": 1.0})
    return measure(answers, weights, Gate.of(engagement.settings), rng)


def measure(
    answers: GroupAnswers,
    weights: pd.Series,
    gate: Gate,
    rng: np.random.Generator,
    draws: int = DRAWS,
) -> GroupLevel:
    """Return a group's level from its persons' levels.

    Parameters
    ----------
    answers : GroupAnswers
        Persons × dimensions.
    weights : pandas.Series
        Weight of each stratum, by name.
    gate : Gate
        A stratum of a dimension with too few persons, or whose persons all stand at one extreme,
        leaves the weights; so do others where it would follow by subtraction.
    rng : numpy.random.Generator
        Moves on, stratum by stratum in the order of names.
    draws : int
        Number of draws.

    Notes
    -----
    Persons are resampled within stratum with all their dimensions; a stratum's dimension that
    loses all its persons keeps its observed mean.
    """
    if answers.levels.empty:
        return _nobody(answers, draws)
    cells = _cells(answers, gate)
    names = [name for name in sorted(answers.strata.unique()) if name in weights.index]
    levels = answers.levels.to_numpy()
    total, drawn = np.zeros(levels.shape[1]), np.zeros((draws, levels.shape[1]))
    for name in names:
        own = levels[(answers.strata == name).to_numpy()]
        shown = ~cells.loc[name, "hidden"].to_numpy()
        weight = weights[name] * shown
        total += weight
        drawn += weight * _resampled(own, rng, draws)
    drawn = np.divide(drawn, total, out=np.full_like(drawn, np.nan), where=total > 0)
    return _assembled(answers, cells.loc[names] if names else cells[:0], weights, drawn)


def _cells(answers: GroupAnswers, gate: Gate) -> pd.DataFrame:
    """Return mean, n and whether it must be hidden, for each stratum and dimension."""
    long = answers.levels.melt(ignore_index=False, var_name="dimension", value_name="level")
    long["stratum"] = answers.strata.reindex(long.index).to_numpy()
    long = long.dropna(subset=["stratum"])
    long["low"], long["high"] = long["level"] == 1, long["level"] == 5
    grouped = long.groupby(["stratum", "dimension"])
    cells = grouped["level"].agg(n="count", mean="mean").reset_index()
    ends = grouped[["low", "high"]].sum().reset_index(drop=True).div(cells["n"], axis=0)
    alike = [gate.extreme(low, high) is not None for low, high in ends.itertuples(index=False)]
    parts = pd.concat([cells.assign(alike=np.array(alike, dtype=bool)), _rest(answers, gate)])
    parent = "dimension" if answers.group == "employee" else None
    released = gate.release(parts, ["mean"], parent=parent, withheld="alike")
    cells["hidden"] = (released["suppressed"].to_numpy()[: len(cells)]) | (cells["n"] == 0)
    order = pd.MultiIndex.from_product(
        [sorted(cells["stratum"].unique()), answers.levels.columns], names=["stratum", "dimension"]
    )
    return cells.set_index(["stratum", "dimension"]).reindex(order)


def _rest(answers: GroupAnswers, gate: Gate) -> pd.DataFrame:
    """Return employees without a function as a part that no total less the others may show."""
    rest = answers.unplaced.rename_axis("dimension").rename("n").reset_index()
    return rest.assign(mean=np.nan, alike=rest["n"].between(1, gate.minimum - 1))


def _nobody(answers: GroupAnswers, draws: int) -> GroupLevel:
    """Return the level of a group in which nobody answered."""
    frame = pd.DataFrame({"dimension": answers.levels.columns, "mean": np.nan, "n": 0.0})
    frame["suppressed"] = False
    return GroupLevel(
        answers.group, frame, np.full((draws, len(frame)), np.nan), 0, answers.left_out
    )


def _resampled(levels: np.ndarray, rng: np.random.Generator, draws: int) -> np.ndarray:
    """Return means over resampled persons, shape (draws, dimensions)."""
    seen = ~np.isnan(levels)
    observed = np.where(seen, levels, 0.0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    return picked_means(levels, person_counts(len(levels), rng, draws), observed)


def _assembled(
    answers: GroupAnswers, cells: pd.DataFrame, weights: pd.Series, drawn: np.ndarray
) -> GroupLevel:
    """Return the level from its cells: strata weighed, hidden ones left out."""
    shown = cells[~cells["hidden"].astype(bool)].reset_index()
    shown["weight"] = shown["stratum"].map(weights).astype(float)
    shown["part"] = shown["weight"] * shown["mean"]
    sums = shown.groupby("dimension")[["part", "weight", "n"]].sum()
    sums = sums.reindex(answers.levels.columns)
    frame = pd.DataFrame({"mean": sums["part"] / sums["weight"], "n": sums["n"]})
    frame = frame.rename_axis("dimension").reset_index()
    frame["suppressed"] = frame["mean"].isna() & answers.levels.notna().any().to_numpy()
    visible = answers.levels[frame.loc[frame["mean"].notna(), "dimension"].tolist()]
    counted = set(shown["stratum"])
    persons = visible.notna().any(axis=1) & answers.strata.isin(counted)
    return GroupLevel(answers.group, frame, drawn, int(persons.sum()), answers.left_out)
