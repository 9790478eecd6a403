"""One entry an investment: cost, time, sponsor, what it does and what stands in its way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.nulls import absent
from lodestar.assess.plain import leaf, listing
from lodestar.assess.roadmap.calendar import MONTH
from lodestar.assess.roadmap.ground import Ground, blocked_entry
from lodestar.assess.roadmap.harm import OnMap
from lodestar.assess.roadmap.impact import impacts
from lodestar.assess.roadmap.left import left_by
from lodestar.assess.roadmap.material import Material
from lodestar.assess.roadmap.problem import OUT

__all__ = ["delivered", "investments"]

NOT_CHOSEN = "The plan does without it."
CHOSEN = "It is in the plan."
STILL = "It moves no outcome."
GAINS = ("alone", "within")


def investments(
    material: Material,
    starts: np.ndarray,
    on_map: Mapping[str, OnMap],
    harms: list[dict[str, Any]],
    ground: Ground,
) -> list[dict[str, Any]]:
    """Return one entry a candidate: its plan, its cost, what it does and who stands behind it."""
    frame = impacts(material.problem, starts)
    alone, within = (dict(zip(frame["investment"], frame[k], strict=True)) for k in GAINS)
    bad = {harm["investment"] for harm in harms if not harm["contested"]}
    rows = []
    for i, row in enumerate(material.investments.to_dict("records")):
        name, start = str(row["investment"]), int(starts[i])
        rows.append(
            {
                **_money(material, row, i, start),
                "chosen": start != OUT,
                "gain_alone": float(alone[name]),
                **leaf("gain_within", within[name], NOT_CHOSEN),
                **_measures(on_map.get(name, OnMap())),
                "harmful": name in bad,
                "blocked": blocked_entry(ground, i, starts),
                **_rules(material, starts, i),
                **_timing(material, i, start),
                **_sponsor(material, row, i, start),
            }
        )
    return rows


def _money(material: Material, row: Mapping[Any, Any], i: int, start: int) -> dict[str, Any]:
    """Return what the table says of an investment, and what it costs to the horizon."""
    running = row["running_cost_month"]
    return {
        **{key: row[key] for key in ("investment", "kind", "choice", "owner")},
        "one_off": float(row["cost"]),
        "running_cost_month": 0.0 if pd.isna(running) else float(running),
        "cost": float(material.problem.price[i, max(0, start)]),
    }


def _measures(found: OnMap) -> dict[str, Any]:
    """Return what an investment does to conflicts and to each outcome."""
    moved = [{"outcome": name, "change": change} for name, change in sorted(found.outcomes)]
    return {
        "severity_before": found.before,
        "severity_after": found.before + found.severity,
        "severity_change": found.severity,
        "outcome_change": found.value,
        **listing("outcomes", moved, STILL),
    }


def _rules(material: Material, starts: np.ndarray, i: int) -> dict[str, Any]:
    """Return what an investment requires and excludes, and what keeps it out of the plan."""
    problem = material.problem
    before = [problem.ids[b] for a, b in problem.requires if a == i]
    rivals = [problem.ids[a if b == i else b] for a, b in problem.excludes if i in (a, b)]
    out = starts[i] == OUT
    return {
        **listing("requires", before, "It requires no other open investment."),
        **listing("excludes", sorted(rivals), "It rules out no other investment."),
        **({"left_by": left_by(problem, starts, i)} if out else absent(["left_by"], CHOSEN)),
    }


def delivered(material: Material, starts: np.ndarray) -> dict[str, tuple[float, float]]:
    """Return month of delivery and months of delivery of each chosen investment, by id."""
    problem = material.problem
    return {
        problem.ids[i]: (
            float(problem.calendar.offsets[starts[i]] + problem.months[i]),
            float(problem.months[i]),
        )
        for i in np.flatnonzero(starts != OUT)
    }


def _timing(material: Material, i: int, start: int) -> dict[str, Any]:
    """Return start, delivery, first sign and full effect, in months from today."""
    keys = ["start", "start_month", "delivered_month", "first_month", "full_month"]
    if start == OUT:
        return absent(keys, NOT_CHOSEN)
    calendar, months = material.problem.calendar, float(material.problem.months[i])
    begun = int(calendar.offsets[start])
    delay = material.problem.effects.delay[material.problem.effects.owner == i]
    done = begun + months
    return {
        "start": calendar.quarters[start],
        "start_month": begun,
        "delivered_month": done,
        "first_month": done + float(delay.min(initial=np.inf)) if len(delay) else done,
        "full_month": done + float(delay.max(initial=0.0)) + months if len(delay) else done,
    }


def _sponsor(material: Material, row: Mapping[Any, Any], i: int, start: int) -> dict[str, Any]:
    """Return until when the sponsor stays, and how many months of the rise that leaves out."""
    until, today = row["sponsor_until"], material.today
    if pd.isna(until):
        return absent(["sponsor_until", "sponsor_short"], "No end is stated for its sponsor.")
    full = _timing(material, i, start)["full_month"]
    stays = round((until - pd.Timestamp(today)).days / MONTH, 1)
    short = np.nan if full is None else max(0.0, full - stays)
    shown = {"sponsor_until": until.date().isoformat(), "sponsor_month": stays}
    return {**shown, **leaf("sponsor_short", short, NOT_CHOSEN)}
