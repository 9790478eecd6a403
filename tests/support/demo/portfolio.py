"""Investments planned and made, what they are expected to do, and what pays and carries them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.support.demo.basics import FUNCTIONS, register, rng, short

INVESTMENTS = """
investment | name | kind | cost | running_cost_month | owner | choice | earliest | months | requires | excludes | sponsor_until | realised_on
n01 | One owner for delivery, installation and invoice | operational | 180000 | 6000 | COO | may | 2027-Q1 | 6 | | | 2028-06-30 |
n02 | Shared customer record | capital | 620000 | 9000 | Head of product | may | 2027-Q1 | 12 | | | 2028-12-31 |
n03 | Shared cost-to-serve measure in place of two | operational | 60000 | | CFO | must | 2027-Q1 | 3 | | | 2029-03-31 |
n04 | Right parts on the van | capital | 340000 | 4000 | Head of logistics | may | 2027-Q1 | 9 | | | 2028-06-30 |
n05 | Authority for refunds and repairs at the first contact | operational | 90000 | 3000 | Head of service | may | 2027-Q2 | 4 | | | 2028-03-31 |
n06 | Customers in design teams | operational | 150000 | 4000 | Head of product | may | 2027-Q3 | 9 | n07 | | 2028-12-31 |
n07 | In the customer's shoes: evidence for every need | operational | 120000 | 3000 | Head of marketing | may | 2027-Q1 | 9 | | | 2027-12-31 |
n08 | Journey owners with a budget | operational | 210000 | 5000 | COO | may | 2027-Q2 | 9 | | | 2028-06-30 |
n09 | Brand relaunch "Halden 2027" | operational | 900000 | 20000 | Head of marketing | may | 2027-Q1 | 9 | | | 2027-12-31 |
n10 | Customer portal with order and visit in view | capital | 430000 | 8000 | Head of product | may | 2027-Q3 | 9 | n02 | n11 | 2028-12-31 |
n11 | Voice robot for the contact centre | capital | 290000 | 6000 | Head of service | may | 2027-Q1 | 6 | | n10 | 2028-03-31 |
n12 | Board of early signs | operational | 70000 | 2000 | CFO | may | 2027-Q1 | 4 | | | 2029-03-31 |
n13 | One plan and result for each customer group | operational | 240000 | 5000 | Managing director | may | 2027-Q4 | 12 | n02 | | 2027-09-30 |
n14 | Depot closures | operational | 400000 | | COO | must-not | | 6 | | | | 2025-03-31
n15 | First-contact coaching, pilot | operational | 80000 | | Head of service | must-not | | 6 | | | | 2025-12-31
n16 | Field app, first version | capital | 260000 | 3000 | Head of product | must-not | | 15 | | | | 2026-08-31
"""

EFFECTS = """
investment | target | function | change | spread | delay_months | chance | observed_change | observed_on
n01 | C18 | operations | 0.8 | 0.3 | 3 | 0.7 | |
n01 | C18 | service | 1.4 | 0.4 | 3 | 0.7 | |
n01 | C19 | finance | 0.8 | 0.4 | 6 | 0.6 | |
n01 | C17 | operations | 0.7 | 0.3 | 3 | 0.7 | |
n01 | link:o_split>f_invoice_errors | | -0.2 | 0.1 | 4 | 0.6 | |
n02 | C09 | | 1.2 | 0.5 | 6 | 0.65 | |
n02 | C10 | | 0.6 | 0.3 | 9 | 0.55 | |
n02 | C14 | service | 0.5 | 0.3 | 9 | 0.5 | |
n02 | n_record | | 1 | 0.3 | 6 | 0.65 | |
n03 | C11 | | 1.1 | 0.4 | 3 | 0.75 | |
n03 | C12 | | 0.7 | 0.3 | 6 | 0.65 | |
n03 | C13 | | 1.3 | 0.4 | 3 | 0.75 | |
n03 | incentive:o_logistics_cost | | -0.25 | 0.1 | 3 | 0.9 | |
n03 | incentive:v_handling_time | | -0.3 | 0.05 | 3 | 0.9 | |
n04 | C18 | operations | 0.5 | 0.3 | 3 | 0.7 | |
n04 | C20 | operations | 0.6 | 0.3 | 6 | 0.6 | |
n04 | n_parts | | 0.8 | 0.3 | 2 | 0.75 | |
n05 | C14 | service | 1.2 | 0.4 | 2 | 0.75 | |
n05 | C23 | service | 0.6 | 0.3 | 4 | 0.65 | |
n05 | n_two_signatures | | -0.7 | 0.2 | 1 | 0.85 | |
n06 | C16 | | 0.9 | 0.4 | 6 | 0.6 | |
n06 | C07 | product | 0.8 | 0.4 | 6 | 0.6 | |
n06 | n_joint_design | | 0.8 | 0.3 | 6 | 0.6 | |
n07 | C04 | | 1.1 | 0.4 | 4 | 0.7 | |
n07 | C05 | | 1 | 0.4 | 4 | 0.7 | |
n07 | C06 | | 0.5 | 0.3 | 6 | 0.55 | |
n08 | C17 | | 1.1 | 0.4 | 4 | 0.65 | |
n08 | C18 | | 0.5 | 0.3 | 6 | 0.6 | |
n08 | C26 | sales | 0.5 | 0.3 | 6 | 0.5 | |
n09 | n_claim | | 0.8 | 0.3 | 1 | 0.9 | |
n09 | k_awareness | | 3 | 1.5 | 2 | 0.7 | |
n09 | C26 | | -0.4 | 0.2 | 2 | 0.7 | |
n09 | C01 | marketing | 0.2 | 0.2 | 3 | 0.4 | |
n10 | C09 | service | 0.4 | 0.3 | 3 | 0.6 | |
n10 | C24 | | 0.5 | 0.3 | 6 | 0.5 | |
n10 | n_call_load | | -0.4 | 0.2 | 3 | 0.55 | |
n11 | n_call_load | | -0.5 | 0.2 | 2 | 0.6 | |
n11 | n_short_calls | | 0.5 | 0.3 | 1 | 0.6 | |
n11 | C14 | service | -0.4 | 0.2 | 2 | 0.5 | |
n12 | C30 | | 1.3 | 0.4 | 3 | 0.75 | |
n12 | C31 | | 0.5 | 0.3 | 6 | 0.5 | |
n12 | C32 | finance | 0.8 | 0.3 | 6 | 0.6 | |
n13 | C21 | | 0.8 | 0.4 | 6 | 0.55 | |
n13 | C22 | | 1.2 | 0.4 | 9 | 0.55 | |
n13 | C25 | sales | 0.7 | 0.4 | 9 | 0.5 | |
n14 | o_logistics_cost | | -9 | 2 | 2 | 0.9 | -8.4 | 2026-03-31
n14 | v_service_cost | | 0 | 0 | 2 | 0.5 | 0.9 | 2026-03-31
n15 | C14 | service | 0.8 | 0.3 | 3 | 0.8 | 0.4 | 2026-11-30
n15 | C23 | service | 0.6 | 0.3 | 3 | 0.7 | 0.5 | 2026-11-30
n16 | C18 | operations | 0.7 | 0.3 | 3 | 0.7 | 0.2 | 2026-12-15
"""

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
        "investments": register(INVESTMENTS),
        "effects": _effects(),
        "budgets": _budgets(),
        "capacity": _capacity(),
        "loads": _loads(),
    }


def _effects() -> pd.DataFrame:
    """Expected changes with a low and a high end around them."""
    rows = register(EFFECTS)
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
