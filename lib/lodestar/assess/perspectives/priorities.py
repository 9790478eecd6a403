"""Stated clarity beside what people can name: the knowledge that surveys overstate."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.assess.perspectives.groups import EMPLOYEE, Group
from lodestar.assess.recall import recall_hits
from lodestar.confidentiality import Gate, hide_overlaps
from lodestar.framework.model import Framework
from lodestar.stats.draws import generator, interval
from lodestar.stats.resampling import person_counts

__all__ = ["clarity", "recall_by_group"]

KEY = "perspectives.priorities"
AGREES = 4.0
MEASURES = ("stated", "hit_rate")


def clarity(framework: Framework, answers: pd.DataFrame) -> NDArray[np.float64]:
    """Return who says the priorities are clear: 1 yes, 0 no, NaN not answered.

    Parameters
    ----------
    framework : Framework
        Items with ``role: clarity``.
    answers : DataFrame
        Respondents × items, reverse items turned.

    Notes
    -----
    A person says so whose answers to the clarity items average 4 ("agree") or more.
    """
    items = [i.id for i in framework.items if i.role == "clarity" and i.id in answers]
    mean = answers[items].mean(axis=1) if items else pd.Series(np.nan, index=answers.index)
    return np.where(mean.notna(), (mean.round(9) >= AGREES).astype(float), np.nan)


def recall_by_group(
    stated: NDArray[np.float64],
    respondents: pd.DataFrame,
    recall: pd.DataFrame,
    priorities: pd.DataFrame,
    found: Sequence[Group],
    gate: Gate,
    seed: int,
) -> pd.DataFrame:
    """Return, group by group, how many say they know and how much they can name.

    Parameters
    ----------
    stated : numpy.ndarray
        As :func:`clarity` returns it.
    respondents, recall, priorities : DataFrame
        Typed tables.
    found : sequence of Group
        Groups of the survey; seniority is left out.
    gate : Gate
        Thresholds.
    seed : int
        Seed of the engagement.

    Returns
    -------
    DataFrame
        ``group, stated, stated_low, stated_high, n_stated, hit_rate, …, n_hit_rate, suppressed``;
        shares 0–1 with 95 % intervals. Hidden rows keep the group's name only.
    """
    hits = recall_hits(recall, priorities).set_index("respondent")["hit_rate"]
    rate = hits.reindex(respondents["respondent"]).to_numpy(dtype=float)
    cut = [group for group in found if group.kind != "seniority"]
    values = {"stated": stated, "hit_rate": rate}
    known = [g for g in cut if any(np.isfinite(v[g.members]).any() for v in values.values())]
    shown = {name: _shown(value, known, gate) for name, value in values.items()}
    rows = []
    for place, group in enumerate(known):
        row: dict[str, object] = {"group": group.id}
        for name, value in values.items():
            if shown[name][place]:
                row |= _share(name, value[group.members], group.id, seed)
        row["suppressed"] = not any(shown[name][place] for name in MEASURES)
        rows.append(row)
    return pd.DataFrame(rows, columns=_columns())


def _columns() -> list[str]:
    """Return the columns in their order."""
    parts = [[name, f"{name}_low", f"{name}_high", f"n_{name}"] for name in MEASURES]
    return ["group", *[column for part in parts for column in part], "suppressed"]


def _share(name: str, values: NDArray[np.float64], group: str, seed: int) -> dict[str, float]:
    """Return a group's mean share with its interval and persons."""
    given = values[np.isfinite(values)]
    counts = person_counts(len(given), generator(seed, f"{KEY}/{group}/{name}"))
    mean = float(given.mean())
    low, high = interval(counts @ given / len(given), estimate=mean)
    return {name: mean, f"{name}_low": low, f"{name}_high": high, f"n_{name}": float(len(given))}


def _shown(values: NDArray[np.float64], cut: Sequence[Group], gate: Gate) -> NDArray[np.bool_]:
    """Tell which groups' mean may be shown: enough persons, not all alike at one end."""
    if not cut:
        return np.zeros(0, dtype=bool)
    counted = np.stack([group.members & np.isfinite(values) for group in cut])
    means = [values[members].mean() if members.any() else np.nan for members in counted]
    frame = pd.DataFrame({"n": counted.sum(axis=1), "parent": pd.NA})
    frame.loc[[group.kind == "function" for group in cut], "parent"] = EMPLOYEE
    frame["alike"] = np.isin(means, [0.0, 1.0])
    released = gate.release(frame, [], parent="parent", withheld="alike")
    shown = ~released["suppressed"].to_numpy(dtype=bool) & (frame["n"] > 0).to_numpy()
    secret = ((frame["n"] < gate.minimum) | frame["alike"]) & (frame["n"] > 0)
    return hide_overlaps(counted, shown, gate.minimum, secret.to_numpy(dtype=bool))
