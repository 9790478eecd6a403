"""Who takes part in the decisions that affect them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

__all__ = [
    "Participation",
    "inclusion_by",
    "inclusion_by_party",
    "participation",
    "party_matrix",
    "taken",
]

TAKES_PART, LEFT_OUT, JOINS = "takes part", "left out", "joins"


@dataclass(frozen=True)
class Participation:
    """Inclusion over decisions.

    ``index`` and ``command`` are shares 0-1 (NaN without decisions to count); ``counted`` decisions
    name whom they affect; ``unaffected`` name nobody; ``moded`` state a mode; ``later`` lie after
    the day of the assessment.
    """

    index: float
    command: float
    counted: int
    unaffected: int
    moded: int
    later: int


def taken(decisions: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return decisions up to a day, each with the share of those affected who took part.

    Parameters
    ----------
    decisions : DataFrame
        Table ``decisions``; ``affected`` and ``included`` hold tuples of groups or functions.
    as_of : date
        "Today"; later decisions are not taken yet.

    Returns
    -------
    DataFrame
        The rows with ``inclusion`` = |affected ∩ included| / |affected|, NaN when nobody is named.

    Examples
    --------
    >>> rows = pd.DataFrame({"date": pd.to_datetime(["2026-01-01"]),
    ...     "affected": [("sales", "customer")], "included": [("sales", "service")]})
    >>> taken(rows, date(2026, 12, 31))["inclusion"].tolist()
    [0.5]
    """
    rows = decisions[decisions["date"] <= pd.Timestamp(as_of)]
    pairs = zip(rows["affected"], rows["included"], strict=True)
    shares = [_share(set(affected), set(included)) for affected, included in pairs]
    return rows.assign(inclusion=pd.Series(shares, index=rows.index, dtype=float))


def participation(decisions: pd.DataFrame, as_of: date) -> Participation:
    """Return the inclusion index and the share of decisions taken by command.

    Parameters
    ----------
    decisions : DataFrame
        Table ``decisions``.
    as_of : date
        "Today".

    Notes
    -----
    index = mean over decisions of |affected ∩ included| / |affected|; every decision counts once,
    however many it affects. command = decisions in mode ``command`` / decisions with a mode.
    """
    rows = taken(decisions, as_of)
    mode = rows["mode"].dropna()
    return Participation(
        index=float(rows["inclusion"].mean()),
        command=float((mode == "command").mean()) if len(mode) else float("nan"),
        counted=int(rows["inclusion"].notna().sum()),
        unaffected=int(rows["inclusion"].isna().sum()),
        moded=len(mode),
        later=len(decisions) - len(rows),
    )


def inclusion_by(decisions: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return inclusion by kind, mode or deciding function.

    Parameters
    ----------
    decisions : DataFrame
        From :func:`taken`.
    column : {"kind", "mode", "function"}
        What to split by.

    Returns
    -------
    DataFrame
        Columns of that name, decisions, inclusion (mean, 0-1), command_share; ordered by name.
    """
    grouped = decisions.groupby(column, sort=True)
    command = decisions.assign(command=(decisions["mode"] == "command").astype(float))
    out = pd.DataFrame(
        {
            "decisions": grouped.size(),
            "inclusion": grouped["inclusion"].mean(),
            "command_share": command.groupby(column, sort=True)["command"].mean(),
        }
    )
    return out.rename_axis(column).reset_index()


def party_matrix(decisions: pd.DataFrame) -> pd.DataFrame:
    """Return each decision and each party it affects or includes.

    Parameters
    ----------
    decisions : DataFrame
        From :func:`taken`.

    Returns
    -------
    DataFrame
        Columns decision, party (group or function), part: ``takes part`` (affected and included),
        ``left out`` (affected only), ``joins`` (included only); ordered by date, decision, party.
    """
    ordered = decisions.sort_values(["date", "decision"], kind="stable")
    rows = [
        {"decision": row["decision"], "party": party, "part": part}
        for row in ordered.to_dict("records")
        for party, part in _parts(set(row["affected"]), set(row["included"]))
    ]
    return pd.DataFrame(rows, columns=["decision", "party", "part"]).astype("str")


def inclusion_by_party(matrix: pd.DataFrame) -> pd.DataFrame:
    """Return how often each party takes part in what affects it.

    Parameters
    ----------
    matrix : DataFrame
        From :func:`party_matrix`.

    Returns
    -------
    DataFrame
        Columns party, affected (decisions), included (of those), inclusion (0-1); least included
        first, ties by more decisions, then name. Parties never affected are absent.
    """
    affected = matrix[matrix["part"] != JOINS]
    grouped = affected.assign(inside=affected["part"] == TAKES_PART).groupby("party", sort=True)
    out = pd.DataFrame({"affected": grouped.size(), "included": grouped["inside"].sum()})
    out["inclusion"] = out["included"] / out["affected"]
    out = out.rename_axis("party").reset_index()
    order = ["inclusion", "affected", "party"]
    return out.sort_values(order, ascending=[True, False, True], ignore_index=True)


def _share(affected: set[str], included: set[str]) -> float:
    """Return the share of those affected who are included, NaN when nobody is affected."""
    return len(affected & included) / len(affected) if affected else float("nan")


def _parts(affected: set[str], included: set[str]) -> list[tuple[str, str]]:
    """Return each party of a decision with its part in it."""
    return [
        (party, JOINS if party not in affected else TAKES_PART if party in included else LEFT_OUT)
        for party in sorted(affected | included)
    ]
