"""A hand-made roadmap section whose sentences and pictures can be told in advance."""

from __future__ import annotations

import copy
from typing import Any

WHY = "Told by hand."

LABELS: dict[str, dict[str, str]] = {
    "investment": {
        "a": "Shared record",
        "b": "Brand relaunch",
        "c": "Early signs",
        "d": "Pilot",
    },
    "capability": {"C01": "Listen", "C02": "Answer"},
    "node": {"k": "Awareness", "n": "Claim", "o": "Promises kept", "m": "Calls an hour"},
    "function": {"sales": "Sales", "service": "Service"},
    "indicator": {"i": "Late parts"},
    "activity": {"x": "Sponsoring"},
}


def investment(name: str, start: int | None = None, **given: Any) -> dict[str, Any]:
    """One investment; with a start month it is in the plan, three months long."""
    planned = start is not None
    begin = start or 0
    timing: dict[str, Any] = {
        "start": f"2027-Q{begin // 3 + 1}" if planned else None,
        "start_month": float(begin) if planned else None,
        "delivered_month": begin + 3.0 if planned else None,
        "first_month": begin + 5.0 if planned else None,
        "full_month": begin + 9.0 if planned else None,
    }
    row: dict[str, Any] = {
        "investment": name,
        "kind": "capital",
        "choice": "may",
        "owner": "COO",
        "chosen": planned,
        "one_off": 100_000.0,
        "running_cost_month": 0.0,
        "cost": 100_000.0,
        "gain_alone": 1.0,
        "gain_within": 1.0 if planned else None,
        "severity_before": 1.2,
        "severity_after": 1.2,
        "severity_change": 0.0,
        "outcome_change": 0.0,
        "outcomes": [],
        "harmful": False,
        "blocked": {
            "blocked": False,
            "share": 0.0,
            "share_in_plan": 0.0,
            "gain_holds": 1.0,
            "by": [],
            "by_in_plan": [],
            "opened_by": [],
        },
        "requires": [],
        "excludes": [],
        "left_by": None if planned else {"rule": "gain", "names": [], "short": []},
        "sponsor_until": None,
        "sponsor_short": None,
        **timing,
    }
    return {**row, **given}


def harm(name: str = "b", size: float = 0.5, **given: Any) -> dict[str, Any]:
    """One way of harm: an outcome lowered along three nodes."""
    row: dict[str, Any] = {
        "investment": name,
        "reason": WHY,
        "path": ["k", "n", "o"],
        "kind": "outcome",
        "size": size,
        "a": "k",
        "b": "o",
        "contested": False,
        "chosen": False,
    }
    return {**row, **given}


def path(*index: float) -> list[dict[str, Any]]:
    """Index by month with a band of one point to both sides; today is sure."""
    return [
        {"month": m, "index": x, "low": x - (m > 0), "high": x + (m > 0)}
        for m, x in enumerate(index)
    ]


def point(factor: float, index: float | None, greedy: float, even: float) -> dict[str, Any]:
    """One budget of the frontier."""
    return {
        "factor": factor,
        "budget": 400_000.0 * factor,
        "cost": 300_000.0 * factor,
        "index": index,
        "optimal": True,
        "greedy": greedy,
        "even": even,
    }


def sign(name: str = "a", month: float = 6.5, good: bool = True) -> dict[str, Any]:
    """One leading indicator that should fall."""
    return {
        "investment": name,
        "indicator": "i",
        "through": "k",
        "path": ["k", "n"],
        "month": month,
        "expected": "down",
        "wanted": "down" if good else "up",
        "good": good,
        "size": -0.4,
        "today": 9.0,
        "today_on": "2026-11-30",
        "target": None,
    }


IDLE: dict[str, Any] = {
    "kind": "activity",
    "activity": "x",
    "serves": "fame",
    "function": "sales",
    "effort": 2.0,
    "months": 7.0,
}
PRICE: dict[str, Any] = {
    "effort": 2.0,
    "share": 0.25,
    "cost_year": None,
    "started": 9,
    "abandoned": 3,
    "would_be": 4,
}

REDRAWN: dict[str, Any] = {
    "draws": 200,
    "investments": [
        {"investment": "a", "chosen": True, "share_chosen": 0.97},
        {"investment": "b", "chosen": False, "share_chosen": 0.3},
        {"investment": "c", "chosen": True, "share_chosen": 0.41},
    ],
    "same_set_share": 0.4,
    "index_after": {"low": 62.0, "high": 69.0},
    "behind_mean": 0.2,
    "behind_high": 0.6,
    "ratings_redrawn": True,
}

NO_DIP: dict[str, Any] = {"month": None, "index": None, "back_month": None}

SECTION: dict[str, Any] = {
    "chosen": ["a", "c"],
    "cost": 200_000.0,
    "index_before": 58.0,
    "index_after": 66.0,
    "index_as_promised": 67.0,
    "misalignment_before": 2.8,
    "misalignment_after": 1.8,
    "optimal": True,
    "gap": 0.0,
    "robustness": REDRAWN,
    "horizon_months": 12,
    "quarters": ["2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4"],
    "budget": 400_000.0,
    "held": [],
    "too_high": [],
    "left_out": [],
    "free": [],
    "limits": [],
    "harmful": [harm()],
    "investments": [
        investment("a", 0, sponsor_until="2027-02-28", sponsor_month=2.0, sponsor_short=7.0),
        investment("b", gain_alone=-0.2, harmful=True, outcome_change=-0.5),
        investment("c", 3, gain_alone=2.0, choice="must"),
    ],
    "index_holds": 66.0,
    "on_measures": {
        "severity_before": 1.2,
        "severity_after": 1.0,
        "outcome_change": 0.3,
        "outcomes": [{"outcome": "o", "change": 0.3}],
    },
    "milestones": [sign()],
    "stop": [IDLE],
    "stopping": PRICE,
    "path": path(58, 57, 56, 57, 59, 60, 61, 62, 63, 64, 65, 65.5, 66),
    "dip": {"month": 2, "index": 56.0, "back_month": 4},
    "frontier": [
        point(0.5, 60.0, 59.0, 59.0),
        point(1, 66.0, 63.0, 61.0),
        point(1.5, 67.0, 66, 64),
    ],
    "next": [
        {"kind": "capital", "amount": 100_000.0, "gain": 0.4, "enters": ["b"], "leaves": ["a"]}
    ],
    "returns": {
        "n": 2,
        "kept": 0.5,
        "chance": 0.8,
        "factor": 0.83,
        "effects": [
            {
                "investment": "d",
                "target": target,
                "function": function,
                "promised": 1.0,
                "observed": 0.5,
                "chance": 0.8,
                "kept": 0.5,
                "observed_on": "2026-06-30",
            }
            for target, function in (("C01", "sales"), ("o", None))
        ],
        "promises": [],
    },
}


def results(**changes: Any) -> dict[str, Any]:
    """Results around the section, parts of it replaced."""
    section = {**copy.deepcopy(SECTION), **changes}
    return {"roadmap": section, "labels": LABELS, "currency": "EUR", "as_of": "2026-12-31"}


def unplanned(**changes: Any) -> dict[str, Any]:
    """Results in which nothing is chosen, with today's index known."""
    nothing: dict[str, Any] = {
        **{"chosen": [], "chosen_reason": WHY, "path": [], "dip": NO_DIP},
        **{"milestones": [], "milestones_reason": WHY},
    }
    left = [investment(name) for name in ("a", "b", "c")]
    return results(**{**nothing, "index_after": 58.0, "cost": 0.0, "investments": left, **changes})
