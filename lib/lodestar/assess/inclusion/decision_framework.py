"""How each kind of decision is taken today, and how our synthesis would take it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

__all__ = ["KINDS", "MODES", "decision_framework", "recommended_mode"]

KINDS = ("strategy", "design", "operation", "people")
MODES = ("command", "consult", "consent", "shared")
"""From least to most say for those affected."""

OFTEN = 0.5
SEVERAL = 2


def recommended_mode(kind: str, today: str, outside: float) -> str:
    """Return the least participative mode that fits who is affected, never less than today's.

    Parameters
    ----------
    kind : str
        One of KINDS.
    today : str
        Today's most common mode.
    outside : float
        Mean number of affected parties outside the deciding function.

    Notes
    -----
    Command fits when nobody outside the deciding function is affected. Else consult at least; where
    two or more others are affected and the matter is not day-to-day operation, consent at least.
    This is our synthesis, not a published rule: a start for the client's own framework.

    Examples
    --------
    >>> recommended_mode("design", "command", 2.5), recommended_mode("operation", "command", 2.5)
    ('consent', 'consult')
    """
    least = "command" if outside <= 0 else "consult"
    if outside >= SEVERAL and kind != "operation":
        least = "consent"
    return max(today, least, key=MODES.index)


def decision_framework(decisions: pd.DataFrame) -> pd.DataFrame:
    """Return kind × mode × who takes part, today and recommended.

    Parameters
    ----------
    decisions : DataFrame
        From :func:`lodestar.assess.inclusion.decisions.taken`.

    Returns
    -------
    DataFrame
        One row a kind that occurs: kind, decisions, modes (dict mode → count), mode_today (most
        common; ties: the less participative), inclusion (mean, 0-1), takes_part_today (parties in
        at least half of the decisions), mode_recommended, takes_part_recommended (parties affected
        by, or taking part in, at least half of the decisions), left_out (recommended, not there
        today).
    """
    kinds = [kind for kind in KINDS if (decisions["kind"] == kind).any()]
    rows = [_row(kind, decisions[decisions["kind"] == kind]) for kind in kinds]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


_COLUMNS = (
    "kind",
    "decisions",
    "modes",
    "mode_today",
    "inclusion",
    "takes_part_today",
    "mode_recommended",
    "takes_part_recommended",
    "left_out",
)


def _row(kind: str, decisions: pd.DataFrame) -> dict[str, object]:
    """Return the framework of one kind of decision."""
    modes = {mode: int((decisions["mode"] == mode).sum()) for mode in MODES}
    today = max(MODES, key=lambda mode: (modes[mode], -MODES.index(mode)))
    present = _often(decisions["included"])
    wanted = sorted({*_often(decisions["affected"]), *present})
    return {
        "kind": kind,
        "decisions": len(decisions),
        "modes": modes,
        "mode_today": today,
        "inclusion": float(decisions["inclusion"].mean()),
        "takes_part_today": present,
        "mode_recommended": recommended_mode(kind, today, _outside(decisions)),
        "takes_part_recommended": wanted,
        "left_out": [party for party in wanted if party not in present],
    }


def _outside(decisions: pd.DataFrame) -> float:
    """Return the mean number of affected parties besides the deciding function."""
    pairs = zip(decisions["affected"], decisions["function"], strict=True)
    return float(pd.Series([len(set(a) - {f}) for a, f in pairs], dtype=float).mean())


def _often(parties: Iterable[tuple[str, ...]]) -> list[str]:
    """Return the parties named in at least half of the decisions, by name."""
    lists = [set(named) for named in parties]
    counts = Counter(party for named in lists for party in named)
    return sorted(p for p, count in counts.items() if count >= OFTEN * len(lists))
