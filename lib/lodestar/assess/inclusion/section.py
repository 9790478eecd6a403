"""The inclusion section of the results, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.assess.inclusion.advocacy_section import advocacy_section
from lodestar.assess.inclusion.chain_section import chain_section
from lodestar.assess.inclusion.decision_framework import decision_framework
from lodestar.assess.inclusion.decisions import (
    inclusion_by,
    inclusion_by_party,
    participation,
    party_matrix,
    taken,
)
from lodestar.assess.inclusion.needs import evidence, needs_by_basis, needs_list
from lodestar.assess.inclusion.workforce import chase, turnover, workforce_until
from lodestar.assess.nulls import absent
from lodestar.assess.plain import leaf, listing, records
from lodestar.engagement.model import Engagement

__all__ = ["assess"]

NO_DECISIONS = "No decisions were given, so nobody knows who takes part."
NO_AFFECTED = "No decision says whom it affects."
NO_PARTY = "No decision names a group or function."
NO_NEEDS = "No needs were given, so nobody knows what they rest on."
NO_AGE = "No day of asking is given."
NO_NEED_HERE = "No need rests on it."
NO_WORKFORCE = "No workforce figures were given."
NO_LAYOFFS = "Nobody was laid off in the time covered."
SERIES = ("function", "date", "headcount", "hired", "left", "laid_off", "overtime_hours")
NO_YEAR = "No workforce figures fall in the last twelve months."
NOT_RECORDED = "It is not recorded."


def assess(engagement: Engagement, results: Mapping[str, Any]) -> dict[str, Any]:
    """Return the inclusion section of the results.

    Parameters
    ----------
    engagement : Engagement
        The client's material of a period.
    results : mapping
        Sections computed before; none is needed.

    Returns
    -------
    dict
        nps, enps, referral, referral_gap, own_use, advocacy_parts; inclusion_index, command_share,
        decisions, framework; needs; ripple, overlap; leading, lead_time; workforce.
    """
    return {
        **advocacy_section(engagement),
        **_decisions(engagement),
        "needs": _needs(engagement),
        **chain_section(engagement),
        "workforce": _workforce(engagement),
    }


def _decisions(engagement: Engagement) -> dict[str, Any]:
    """Return inclusion over decisions, and the decision framework."""
    decisions, as_of = engagement.table("decisions"), engagement.period.as_of
    found = participation(decisions, as_of)
    reason = NO_DECISIONS if decisions.empty else NO_AFFECTED
    rows = taken(decisions, as_of)
    framework = records(decision_framework(rows), {"inclusion": NO_AFFECTED})
    for entry in framework:
        entry |= listing("left_out", entry["left_out"], "Everybody named often takes part.")
        entry |= listing("takes_part_today", entry["takes_part_today"], "Nobody does so often.")
    return {
        **leaf("inclusion_index", found.index, reason),
        **leaf("command_share", found.command, reason),
        "decisions": {
            "counted": found.counted,
            "unaffected": found.unaffected,
            "moded": found.moded,
            "later": found.later,
            **_splits(engagement),
        },
        **listing("framework", framework, reason),
    }


def _splits(engagement: Engagement) -> dict[str, Any]:
    """Return inclusion by kind, mode, function and party, and every decision's own."""
    decisions = engagement.table("decisions")
    reason = NO_DECISIONS if decisions.empty else NO_PARTY
    rows = taken(decisions, engagement.period.as_of).sort_values(["date", "decision"])
    matrix = party_matrix(rows)
    items = rows[["decision", "date", "kind", "mode", "function", "inclusion"]]
    unknown = {"inclusion": NO_AFFECTED}
    out: dict[str, Any] = {
        **listing("items", records(items, unknown), reason),
        **listing("matrix", records(matrix), reason),
        **listing("by_party", records(inclusion_by_party(matrix)), reason),
    }
    for column in ("kind", "mode", "function"):
        out |= listing(f"by_{column}", records(inclusion_by(rows, column), unknown), reason)
    return out


def _needs(engagement: Engagement) -> dict[str, Any]:
    """Return needs by basis and age."""
    needs, as_of = engagement.table("needs"), engagement.period.as_of
    found = evidence(needs, as_of)
    none = dict.fromkeys(("importance", "gap"), NO_NEED_HERE)
    by_basis = records(needs_by_basis(needs, as_of), {**none, "months": NO_AGE})
    items = records(needs_list(needs, as_of), {"n": NOT_RECORDED, "months": NO_AGE})
    return {
        **leaf("direct_share", found.direct, NO_NEEDS),
        **leaf("fresh_share", found.fresh, NO_NEEDS),
        **leaf("direct_by_importance", found.weighted, NO_NEEDS),
        "count": found.needs,
        "undated": found.undated,
        "later": found.later,
        **listing("by_basis", by_basis if found.needs else [], NO_NEEDS),
        **listing("items", items, NO_NEEDS),
    }


def _workforce(engagement: Engagement) -> dict[str, Any]:
    """Return layoffs, who was replaced, and the year's movements."""
    workforce, as_of = engagement.table("workforce"), engagement.period.as_of
    missing = NO_WORKFORCE if workforce.empty else ""
    laid_off = chase(workforce, as_of)
    year, series = turnover(workforce, as_of), workforce_until(workforce, as_of)
    series = series[[*SERIES]]
    total, replaced = float(laid_off["laid_off"].sum()), float(laid_off["replaced"].sum())
    why = dict.fromkeys(("overtime", "left_share", "laid_off_share"), NOT_RECORDED)
    share = absent(["replaced_share"], missing or NO_LAYOFFS)
    if total > 0:
        share = {"replaced_share": replaced / total}
    return {
        **leaf("laid_off", None if missing else total, missing),
        **leaf("replaced", None if missing else replaced, missing),
        **share,
        **listing("chase", records(laid_off), missing or NO_LAYOFFS),
        **listing("turnover", records(year, why), missing or NO_YEAR),
        **listing("series", records(series, {"overtime_hours": NOT_RECORDED}), missing),
    }
