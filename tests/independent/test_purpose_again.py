"""Focus, drift, customers' classes and concentration of the demo, computed again row by row.

Oracle: METHOD, "Purpose and focus": focus_index, Pielou's evenness, drift between neighbouring
periods, recurring, new and episodic customers in the last four full quarters, HHI, effective
number and the share of the ten largest.
"""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest

from lodestar.engagement.model import Engagement
from tests.independent.plain import close, records

Quarter = tuple[int, int]


def effort_shares(engagement: Engagement) -> dict[str, float]:
    """Return the share of effort by purpose id or by other purpose in words."""
    ids = {purpose.id for purpose in engagement.settings.purpose}
    effort: dict[str, float] = {}
    for row in records(engagement, "activities"):
        key = row["serves"] if row["serves"] in ids else row["serves"].strip().casefold()
        effort[key] = effort.get(key, 0.0) + row["effort"]
    total = sum(effort.values())
    return {key: value / total for key, value in effort.items()}


def quarter_of(day: date) -> Quarter:
    return day.year, (day.month - 1) // 3 + 1


def last_full_quarters(as_of: date) -> list[Quarter]:
    """Return the last four calendar quarters that end on or before a day, newest first."""
    ends = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}
    year, quarter = quarter_of(as_of)
    if as_of < date(year, *ends[quarter]):
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
    found = []
    for _ in range(4):
        found.append((year, quarter))
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
    return found


def purchases(engagement: Engagement) -> dict[str, list[dict[str, Any]]]:
    """Return each named customer's transactions up to today."""
    by: dict[str, list[dict[str, Any]]] = {}
    for row in records(engagement, "transactions"):
        if row["customer"] and row["date"].date() <= engagement.period.as_of:
            by.setdefault(row["customer"], []).append(row)
    return by


def class_of(rows: list[dict[str, Any]], window: list[Quarter]) -> str | None:
    """Return recurring, new, episodic, or None without a transaction in the window."""
    inside = [row for row in rows if quarter_of(row["date"]) in window]
    if not inside:
        return None
    if any(row["contract"] == "recurring" for row in inside):
        return "recurring"
    bought = {quarter_of(row["date"]) for row in inside if row["amount"] > 0}
    if len(bought) >= 3:
        return "recurring"
    first = min(row["date"] for row in rows if row["amount"] > 0)
    return "new" if quarter_of(first) in window[:2] else "episodic"


@pytest.fixture(scope="module")
def revenue(demo: Engagement) -> dict[str, tuple[str | None, float]]:
    """Return each customer's class and net revenue in the window."""
    window = last_full_quarters(demo.period.as_of)
    return {
        customer: (
            class_of(rows, window),
            sum(row["amount"] for row in rows if quarter_of(row["date"]) in window),
        )
        for customer, rows in purchases(demo).items()
    }


@pytest.fixture(scope="module")
def purpose(published: dict[str, Any]) -> dict[str, Any]:
    return published["purpose"]


def test_focus_is_the_effort_tied_to_a_purpose(demo: Engagement, purpose: dict[str, Any]) -> None:
    shares = effort_shares(demo)
    ids = {p.id for p in demo.settings.purpose}
    assert close(sum(shares.get(key, 0.0) for key in ids), purpose["focus_index"])


def test_evenness_is_pielous_over_the_declared_purposes(
    demo: Engagement, purpose: dict[str, Any]
) -> None:
    declared = [effort_shares(demo).get(p.id, 0.0) for p in demo.settings.purpose]
    parts = [share / sum(declared) for share in declared if share > 0]
    entropy = -sum(part * math.log(part) for part in parts)
    assert close(entropy / math.log(len(declared)), purpose["evenness"])


def test_drift_is_half_the_moved_share(demo: Engagement, purpose: dict[str, Any]) -> None:
    stood = [demo.at(position) for position in range(len(demo.waves))]
    told = [at for at in stood if at.has("activities")]
    assert len(purpose["drift"]) == len(told) - 1
    for row, earlier, later in zip(purpose["drift"], told, told[1:], strict=False):
        before, after = effort_shares(earlier), effort_shares(later)
        moved = sum(abs(after.get(k, 0.0) - before.get(k, 0.0)) for k in before | after)
        assert (row["from"], row["to"]) == (earlier.period.id, later.period.id)
        assert close(moved / 2, row["value"])


def test_why_against_how_is_effort_by_concern(demo: Engagement, purpose: dict[str, Any]) -> None:
    rows = records(demo, "activities")
    stated = sum(row["effort"] for row in rows if row["concern"])
    client = sum(row["effort"] for row in rows if row["concern"] == "client-benefit")
    assert close(client / stated, purpose["why_how"]["client_benefit"])
    assert close(stated / sum(row["effort"] for row in rows), purpose["why_how"]["stated"])


def test_the_window_is_four_full_quarters(demo: Engagement, purpose: dict[str, Any]) -> None:
    window = [f"{year}-Q{quarter}" for year, quarter in last_full_quarters(demo.period.as_of)]
    assert purpose["revenue"]["window"] == {"from": window[-1], "to": window[0]}


def test_classes_of_customers(
    revenue: dict[str, tuple[str | None, float]], purpose: dict[str, Any]
) -> None:
    for row in purpose["revenue"]["classes"]:
        inside = [net for name, net in revenue.values() if name == row["class"]]
        assert row["customers"] == len(inside), row
        assert close(sum(inside), row["net"], 0.01), row


def test_recurring_share_leaves_new_customers_apart(
    revenue: dict[str, tuple[str | None, float]], purpose: dict[str, Any]
) -> None:
    recurring, episodic = (
        sum(net for name, net in revenue.values() if name == wanted)
        for wanted in ("recurring", "episodic")
    )
    assert close(recurring / (recurring + episodic), purpose["recurring_share"])


def test_concentration(
    revenue: dict[str, tuple[str | None, float]], purpose: dict[str, Any]
) -> None:
    nets = sorted((net for _, net in revenue.values() if net > 0), reverse=True)
    hhi = sum((100 * net / sum(nets)) ** 2 for net in nets)
    assert close(hhi, purpose["hhi"], 1e-5)
    assert close(10_000 / hhi, purpose["effective_customers"], 1e-5)
    assert close(sum(nets[:10]) / sum(nets), purpose["top_share"])
    assert purpose["concentration"]["customers"] == len(nets)
