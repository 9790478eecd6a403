"""Investments planned and made, what they are expected to do, and what pays and carries them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.support.demo.basics import FUNCTIONS, register, rng, short

LOADS = {
    "n01": {"operations": 4, "service": 3, "finance": 2},
    "n02": {"product": 6, "service": 3, "sales": 2, "finance": 1},
    "n03": {"finance": 2, "operations": 1, "service": 1},
    "n04": {"operations": 5},
    "n05": {"service": 3, "finance": 1},
    "n06": {"product": 4, "service": 2, "marketing": 1},
    "n07": {"marketing": 3, "product": 2, "sales": 1, "service": 1},
    "n08": {"operations": 4, "service": 3, "sales": 1},
    "n09": {"marketing": 7, "sales": 2},
    "n10": {"product": 5, "service": 2},
    "n11": {"service": 4, "product": 2},
    "n12": {"finance": 2, "product": 1},
    "n13": {"sales": 3, "marketing": 2, "service": 2, "finance": 2},
}
CAPACITY = {
    "sales": 6,
    "marketing": 6,
    "service": 10,
    "operations": 11,
    "finance": 4,
    "product": 9,
}
BUDGET = {"operational": 95000, "capital": 85000}
QUARTERS = tuple(f"{year}-Q{quarter}" for year in (2027, 2028, 2029) for quarter in (1, 2, 3, 4))


def portfolio() -> dict[str, pd.DataFrame]:
    """Investments, effects, budgets, capacity and loads."""
    return {
        "investments": register("investments"),
        "effects": _effects(),
        "budgets": _budgets(),
        "capacity": _capacity(),
        "loads": _loads(),
    }


def _effects() -> pd.DataFrame:
    """Expected changes with a low and a high end around them."""
    rows = register("effects")
    change, spread = rows["change"].astype(float), rows["spread"].astype(float)
    rows["low"] = [short(value) for value in change - spread]
    rows["high"] = [short(value) for value in change + spread]
    order = ["investment", "target", "function", "change", "low", "high", "delay_months", "chance"]
    return rows[[*order, "observed_change", "observed_on"]]


def _budgets() -> pd.DataFrame:
    """Money by quarter; the first year has a little more."""
    rows = [
        (quarter, kind, int(amount * (1.25 if quarter.startswith("2027") else 1)))
        for quarter in QUARTERS
        for kind, amount in BUDGET.items()
    ]
    return pd.DataFrame(rows, columns=["period", "kind", "amount"])


def _capacity() -> pd.DataFrame:
    """People free for change, fewer in the heating season's quarters."""
    generator = rng("capacity")
    rows = []
    for function in FUNCTIONS:
        for quarter in QUARTERS:
            winter = 0.7 if quarter.endswith(("Q1", "Q4")) and function != "product" else 1.0
            months = CAPACITY[function] * winter * generator.uniform(0.9, 1.1)
            rows.append((function, quarter, short(np.round(2 * months) / 2, 1)))
    return pd.DataFrame(rows, columns=["function", "period", "person_months"])


def _loads() -> pd.DataFrame:
    """Work asked of functions: most in the first two quarters, little in the third."""
    rows = [
        (investment, function, offset, short(months * share, 1))
        for investment, functions in LOADS.items()
        for function, months in functions.items()
        for offset, share in enumerate((0.45, 0.4, 0.15))
    ]
    return pd.DataFrame(rows, columns=["investment", "function", "period_offset", "person_months"])
