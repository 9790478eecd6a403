"""A small company with something to say on purpose and on inclusion."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from lodestar.engagement.model import Engagement, Finance, Purpose, Wave
from tests.support.builders import engagement, wave

PURPOSES = (
    Purpose("m1", "mission", "Warm homes that nobody has to think about", date(2025, 3, 1)),
    Purpose("v1", "value", "We keep what we promise", None),
    Purpose("v2", "value", "We go and see", date(2026, 6, 1)),
)
COLUMNS = ["activity", "name", "owner", "function", "effort", "serves", "concern", "status"]
ACTIVITIES = [
    ["a1", "Account plans", "Head", "sales", 6, "m1", "client-benefit", "active"],
    ["a2", "Volume drive", "Head", "sales", 3, "Win volume", "internal-method", "active"],
    ["a3", "First contact", "Lead", "service", 4, "v1", "client-benefit", "finished"],
    ["a4", "Charity days", "Lead", "service", 2, "help people", None, "abandoned"],
    ["a5", "New method", "Lead", "service", 3, "m1", "internal-method", "abandoned"],
]
STARTS = ["2025-01-01", "2026-02-01", "2025-06-01", "2025-09-01", "2026-01-01"]
ENDS = [None, None, "2026-05-01", "2026-03-01", "2026-08-01"]


def activities(serves: str = "Win volume", effort: float = 3) -> pd.DataFrame:
    rows = pd.DataFrame(ACTIVITIES, columns=COLUMNS).assign(started=STARTS, ended=ENDS)
    rows.loc[1, ["serves", "effort"]] = [serves, effort]
    return rows


def transactions() -> pd.DataFrame:
    rng = np.random.default_rng(4)
    days = pd.date_range("2025-01-01", "2026-12-31", freq="6D")
    steady = [(f"c{i % 7}", day, 100.0 + 10 * (i % 7)) for i, day in enumerate(days)]
    once = [(f"e{i}", day, 400.0) for i, day in enumerate(rng.choice(days[65:90], 12))]
    new = [(f"n{i}", day, 300.0) for i, day in enumerate(days[-9:])]
    blank = [(None, day, 50.0) for day in days[::20]]
    frame = pd.DataFrame([*steady, *once, *new, *blank], columns=["customer", "date", "amount"])
    return frame.assign(contract=np.where(frame["customer"] == "c0", "recurring", None))


def customers() -> pd.DataFrame:
    ids = [f"c{i}" for i in range(7)] + [f"n{i}" for i in range(9)]
    fit = [0.8] * 7 + [0.3] * 9
    return pd.DataFrame({"customer": ids, "ideal_fit": fit, "acquisition_effort": 2.0})


def respondents() -> pd.DataFrame:
    group = ["employee"] * 40 + ["customer"] * 30
    function = (["sales"] * 18 + ["service"] * 22) + [None] * 30
    uses = ["yes", "no", "yes", "na"] * 10 + [None] * 30
    ids = [f"p{i:02d}" for i in range(70)]
    return pd.DataFrame(
        {"respondent": ids, "group": group, "function": function, "uses_offer": uses}
    )


def responses() -> pd.DataFrame:
    rng = np.random.default_rng(6)
    rows = [(f"p{i:02d}", "I08", rng.integers(0, 11)) for i in range(70)]
    rows += [(f"p{i:02d}", "I09", rng.integers(3, 11)) for i in range(40)]
    return pd.DataFrame(rows, columns=["respondent", "item", "value"]).astype({"value": float})


def indicators() -> pd.DataFrame:
    rng = np.random.default_rng(9)
    months = pd.date_range("2024-01-31", "2026-12-31", freq="ME")
    first = rng.normal(50, 2, len(months))
    second = np.roll(first, 2) + rng.normal(0, 0.3, len(months))
    third = np.r_[rng.normal(5, 0.3, len(months) - 8), rng.normal(8, 0.3, 8)]
    rows = []
    for name, node, values, better in (
        ("i1", "us", first, "up"),
        ("i2", "them", second, "up"),
        ("i3", "us", third, "down"),
    ):
        part = pd.DataFrame({"date": months, "value": values, "indicator": name, "node": node})
        rows.append(part.assign(name=f"Indicator {name}", better=better, target=60.0))
    return pd.concat(rows, ignore_index=True)


def tables() -> dict[str, Any]:
    """Every table that pages 01 and 06 read."""
    decisions = [
        ("d1", "2026-01-10", "strategy", "command", "sales", "sales;service;customer", "sales"),
        ("d2", "2026-02-10", "design", "consult", "sales", "customer;service", "customer;service"),
        ("d3", "2026-03-10", "design", "command", "service", "customer;employee", "service"),
        ("d4", "2026-05-10", "operation", "shared", "service", "service", "service"),
    ]
    columns = ["decision", "date", "kind", "mode", "function", "affected", "included"]
    needs = [
        ("w1", "all", 5, 2, "observed", "2026-09-30"),
        ("w2", "all", 4, 3, "intuition", None),
        ("w3", "all", 3, 3, "told-us", "2024-09-30"),
    ]
    workforce = [
        ("2025-12-31", "service", 30, 1, 1, 0, 90),
        ("2026-03-31", "service", 25, 0, 0, 5, 120),
        ("2026-09-30", "service", 28, 4, 1, 0, 150),
        ("2026-09-30", "sales", 20, 1, 1, 0, 40),
    ]
    moved = ["date", "function", "headcount", "hired", "left", "laid_off", "overtime_hours"]
    nodes = [("us", "Us", "us", "care;cost"), ("them", "They", "customer", "care;peace")]
    return {
        "activities": activities(),
        "transactions": transactions(),
        "customers": customers(),
        "respondents": respondents(),
        "responses": responses(),
        "decisions": pd.DataFrame(decisions, columns=columns).assign(name="Decide"),
        "needs": pd.DataFrame(
            needs, columns=["need", "segment", "importance", "satisfaction", "basis", "asked_on"]
        ),
        "workforce": pd.DataFrame(workforce, columns=moved),
        "nodes": pd.DataFrame(nodes, columns=["node", "name", "kind", "themes"]),
        "value_chain": [{"source": "us", "target": "them", "offer": "heat"}],
        "outcomes": [{"outcome": "o", "name": "Warm", "beneficiary": "customer", "importance": 1}],
        "links": [{"source": "us", "target": "o", "sign": "+", "strength": 0.5, "lag": 3}],
        "indicators": indicators(),
        "changes": [{"date": "2025-01-31", "node": "them", "text": "Counted anew"}],
    }


def earlier() -> Wave:
    """The period before, in which less effort went to volume."""
    return wave({"activities": activities("m1", 2)}, "2026-Q2", "2026-04-01", "2026-06-30")


def example(**changes: Any) -> Engagement:
    """The company in two periods; ``changes`` are tables to replace or settings."""
    given = tables()
    given |= {name: changes.pop(name) for name in list(changes) if name in given}
    settings = {
        "purpose": PURPOSES,
        "finance": Finance(revenue_floor_month=900.0),
        "earlier": [earlier()],
        **changes,
    }
    return engagement(given, **settings)
