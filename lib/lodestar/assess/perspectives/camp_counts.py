"""What may be told of camps: their means by subject, and how many come from each function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.assess.nulls import absent
from lodestar.assess.perspectives.groups import Group
from lodestar.assess.perspectives.scales import HIGHEST, LOWEST
from lodestar.assess.plain import listing, records
from lodestar.confidentiality import Gate, hide_overlaps

__all__ = ["camp_functions", "camp_means"]

SHUFFLES = 999
NO_FUNCTIONS = "Employees of fewer than two functions are in the camps."


def camp_means(
    persons: Mapping[str, NDArray[np.float64]],
    cells: pd.DataFrame,
    found: Sequence[Group],
    camp: NDArray[np.intp],
    gate: Gate,
) -> pd.DataFrame:
    """Return each camp's mean on each subject where no few persons follow from it.

    Parameters
    ----------
    persons : mapping
        Scale id to every respondent's score.
    cells : DataFrame
        As ``scale_cells`` returns them, and ``merged_cells`` after them (their ``members`` are the
        ids of the groups they are made of): what the page shows already.
    found : sequence of Group
        Groups of the survey.
    camp : numpy.ndarray of int, shape (respondents,)
        −1: in no camp.
    gate : Gate
        Thresholds.

    Returns
    -------
    DataFrame
        ``scale, camp, n, mean, suppressed``.
    """
    count = int(camp.max()) + 1
    rows = []
    for scale, person in persons.items():
        given = np.isfinite(person)
        camps = np.stack([(camp == one) & given for one in range(count)])
        if not camps.any():
            continue
        others, visible = _published(cells[cells["scale"] == scale], found, given)
        kept = _camps_shown(camps, others, visible, person, gate)
        for place in range(count):
            row: dict[str, Any] = {"scale": scale, "camp": place + 1, "n": np.nan, "mean": np.nan}
            if kept[place]:
                row["n"] = float(camps[place].sum())
                row["mean"] = float(person[camps[place]].mean())
            rows.append({**row, "suppressed": not kept[place]})
    return pd.DataFrame(rows, columns=["scale", "camp", "n", "mean", "suppressed"])


def _published(
    cells: pd.DataFrame, found: Sequence[Group], given: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return who is counted in each cell of a scale (cells × persons), and which are shown."""
    known = {group.id: group.members for group in found}
    made = cells["members"] if "members" in cells else pd.Series(None, index=cells.index)
    ids = [
        list(parts) if isinstance(parts, (list, tuple)) else [group]
        for group, parts in zip(cells["group"], made, strict=True)
    ]
    counted = [np.any([known[part] for part in parts], axis=0) & given for parts in ids]
    members = np.array(counted, dtype=bool).reshape(len(counted), len(given))
    return members, ~cells["suppressed"].to_numpy(dtype=bool)


def _camps_shown(
    camps: NDArray[np.bool_],
    others: NDArray[np.bool_],
    visible: NDArray[np.bool_],
    person: NDArray[np.float64],
    gate: Gate,
) -> NDArray[np.bool_]:
    """Tell which camps' means may stand beside the groups that are shown on the same subject."""
    alike = np.array([_extreme(person[members]) for members in camps], dtype=bool)
    large = camps.sum(axis=1) >= gate.minimum
    members = np.vstack([camps, others])
    first = np.concatenate([large & ~alike, visible])
    secret = np.concatenate([alike | ~large, ~visible]) & members.any(axis=1)
    groups = np.arange(len(members)) >= len(camps)
    kept = hide_overlaps(members, first, gate.minimum, secret, groups)
    safe = bool((kept == first)[groups].all())
    return kept[: len(camps)] & safe


def _extreme(values: NDArray[np.float64]) -> bool:
    """Tell whether everybody gave the same extreme answer."""
    return bool(len(values)) and bool(np.all(values == LOWEST) or np.all(values == HIGHEST))


def camp_functions(
    camp: NDArray[np.intp], functions: Sequence[Group], gate: Gate, rng: np.random.Generator
) -> dict[str, Any]:
    """Return how many of each function are in each camp, and whether camps follow functions.

    Parameters
    ----------
    camp : numpy.ndarray of int
        As for :func:`camp_means`.
    functions : sequence of Group
        Employees by function.
    gate : Gate
        Thresholds.
    rng : numpy.random.Generator
        Generator of the permutation test.

    Returns
    -------
    dict
        ``functions``: ``function, camp, n, share, suppressed``; ``association`` (one decimal) and
        ``association_p``.

    Notes
    -----
    Sizes of camps and functions are taken as known. Hidden are counts under the threshold, all
    counts of a function whose people are all in one camp, and further ones until neither follows.
    """
    inside = [Group(g.id, g.kind, g.members & (camp >= 0)) for g in functions]
    inside = [group for group in inside if group.members.any()]
    if len(inside) < 2:
        return {
            **listing("functions", [], NO_FUNCTIONS),
            **absent(["association", "association_p"], NO_FUNCTIONS),
        }
    frame = _counts(camp, inside, gate)
    placed = np.stack([group.members for group in inside])
    named = placed.any(axis=0)
    size, p = _association(camp[named], placed[:, named].argmax(axis=0), rng)
    return {"functions": records(frame), "association": size, "association_p": p}


def _counts(camp: NDArray[np.intp], inside: Sequence[Group], gate: Gate) -> pd.DataFrame:
    """Return the gated counts of camp by function."""
    count = int(camp.max()) + 1
    cells = np.stack([g.members & (camp == one) for g in inside for one in range(count)])
    sizes = cells.sum(axis=1)
    totals = np.stack([group.members for group in inside])
    split = (sizes.reshape(-1, count) > 0).sum(axis=1) > 1
    known = totals[split & (totals.sum(axis=1) >= gate.minimum)]
    camps = np.stack([camp == one for one in range(count)])
    usual = np.repeat(split, count) & (sizes >= gate.minimum)
    members = np.vstack([cells, known, camps])
    first = np.concatenate([usual, np.ones(len(known) + count, dtype=bool)])
    late = np.arange(len(members)) >= len(cells)
    secret = np.concatenate([np.repeat(~split, count), np.zeros(late.sum(), dtype=bool)])
    kept = hide_overlaps(members, first, gate.minimum, secret & members.any(axis=1), late)
    kept = kept[: len(cells)] & bool(kept[late].all())
    frame = pd.DataFrame({"function": [g.id.partition(":")[2] for g in inside for _ in camps]})
    frame["camp"] = np.tile(np.arange(count) + 1, len(inside))
    frame["n"] = np.where(kept, sizes, np.nan)
    frame["share"] = frame["n"] / np.repeat(totals.sum(axis=1), count)
    return frame.assign(suppressed=~kept)


def _association(
    camp: NDArray[np.intp], function: NDArray[np.intp], rng: np.random.Generator
) -> tuple[float, float]:
    """Return Cramér's V with its permutation p, coarse enough to give no count away."""
    observed = _cramer(camp, function)
    drawn = np.array([_cramer(rng.permutation(camp), function) for _ in range(SHUFFLES)])
    p = (int((drawn >= observed - 1e-9).sum()) + 1) / (SHUFFLES + 1)
    return round(observed, 1), max(round(p, 2), 0.01)


def _cramer(a: NDArray[np.intp], b: NDArray[np.intp]) -> float:
    """Return Cramér's V of two partitions."""
    table = np.eye(int(a.max()) + 1)[a].T @ np.eye(int(b.max()) + 1)[b]
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    found = expected > 0
    chi = float(((table - expected)[found] ** 2 / expected[found]).sum())
    least = min(len(table[table.any(axis=1)]), int(table.any(axis=0).sum())) - 1
    return float(np.sqrt(chi / (table.sum() * least))) if least else 0.0
