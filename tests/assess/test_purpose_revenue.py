"""Revenue. Oracles: hand-made customers, and a slow recomputation with dictionaries on
transactions like a gift wholesaler's (heavy tails, refunds, blank customers)."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.purpose import assess
from lodestar.assess.purpose.classes import customer_classes
from lodestar.assess.purpose.concentration import concentration, concentration_curve, largest
from lodestar.assess.purpose.quarters import full_quarters
from lodestar.assess.purpose.revenue import (
    class_totals,
    fit_by_class,
    left_out,
    recurring_share,
    recurring_trend,
    revenue_by_quarter,
)
from lodestar.engagement import load


def transactions(rows: list[tuple]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["customer", "date", "amount", "contract"][: len(rows[0])])
    frame = frame.reindex(columns=["customer", "date", "amount", "contract"])
    return frame.assign(date=pd.to_datetime(frame["date"]), amount=frame["amount"].astype(float))


def wholesaler(seed: int, rows: int = 4000) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    customers = np.array([f"c{i:03d}" for i in range(300)])
    weights = rng.pareto(1.1, 300) + 0.1
    picked = rng.choice(customers, rows, p=weights / weights.sum()).astype(object)
    picked[rng.random(rows) < 0.1] = None
    days = pd.Timestamp("2024-11-01") + pd.to_timedelta(rng.integers(0, 800, rows), unit="D")
    amounts = np.round(rng.lognormal(5, 1.2, rows), 2) * np.where(rng.random(rows) < 0.06, -1, 1)
    contract = np.where(rng.random(rows) < 0.01, "recurring", None)
    return transactions(list(zip(picked, days, amounts, contract, strict=True)))


def quarter_index(day: pd.Timestamp) -> int:
    return day.year * 4 + (day.month - 1) // 3


def slow(rows: pd.DataFrame, as_of: date) -> dict[str, tuple[str, float]]:
    """Class and net revenue of each customer, one transaction at a time."""
    last = quarter_index(pd.Timestamp(as_of))
    if (pd.Timestamp(as_of) + pd.Timedelta(days=1)).day != 1 or as_of.month % 3:
        last -= 1
    window = range(last - 3, last + 1)
    net, bought, contract = defaultdict(float), defaultdict(set), set()
    first: dict[str, int] = {}
    for customer, day, amount, kind in rows.itertuples(index=False):
        if not isinstance(customer, str) or day > pd.Timestamp(as_of):
            continue
        quarter = quarter_index(day)
        if amount > 0:
            first[customer] = min(first.get(customer, quarter), quarter)
        if quarter in window:
            net[customer] += amount
            if kind == "recurring":
                contract.add(customer)
            if amount > 0:
                bought[customer].add(quarter)
    out = {}
    for customer, total in net.items():
        name = "episodic"
        if customer in contract or len(bought[customer]) >= 3:
            name = "recurring"
        elif first.get(customer, 0) >= last - 1:
            name = "new"
        out[customer] = (name, total)
    return out


@pytest.mark.parametrize("as_of", [date(2026, 12, 31), date(2026, 11, 15), date(2026, 9, 30)])
@pytest.mark.parametrize("seed", [1, 2])
def test_classes_agree_with_a_slow_recomputation(as_of: date, seed: int) -> None:
    rows = wholesaler(seed)
    found = customer_classes(rows, as_of).set_index("customer")
    expected = slow(rows, as_of)
    assert found["class"].to_dict() == {c: name for c, (name, _) in expected.items()}
    assert found["net"].to_dict() == pytest.approx({c: net for c, (_, net) in expected.items()})
    sums = {
        k: sum(n for name, n in expected.values() if name == k) for k in ("recurring", "episodic")
    }
    assert recurring_share(found.reset_index()) == pytest.approx(
        sums["recurring"] / (sums["recurring"] + sums["episodic"])
    )
    paying = [net for _, net in expected.values() if net > 0]
    hhi = sum((100 * n / sum(paying)) ** 2 for n in paying)
    spread = concentration(found.reset_index())
    assert spread.hhi == pytest.approx(hhi)
    assert spread.effective == pytest.approx(10_000 / hhi)
    assert spread.top_share == pytest.approx(sum(sorted(paying)[-10:]) / sum(paying))
    assert spread.left_out == len(expected) - len(paying)


def test_the_gift_wholesaler_agrees_with_a_slow_recomputation() -> None:
    """Real invoices: classes and shares by dictionaries, one invoice at a time."""
    client = load("gift-wholesaler", data_root=Path(__file__).parents[2] / "client_data")
    section = assess(client, {})
    columns = ["customer", "date", "amount", "contract"]
    expected = slow(client.table("transactions")[columns], client.period.as_of)
    counts = Counter(name for name, _ in expected.values())
    shown = {row["class"]: row["customers"] for row in section["revenue"]["classes"]}
    assert shown == dict(counts)
    recurring, episodic = (
        sum(net for name, net in expected.values() if name == k) for k in ("recurring", "episodic")
    )
    assert section["recurring_share"] == pytest.approx(recurring / (recurring + episodic))
    paying = sorted(net for _, net in expected.values() if net > 0)
    assert section["hhi"] == pytest.approx(sum((100 * n / sum(paying)) ** 2 for n in paying))
    assert section["top_share"] == pytest.approx(sum(paying[-10:]) / sum(paying))
    blank = client.table("transactions")["customer"].isna().sum()
    assert section["revenue"]["left_out"]["unnamed_rows"] == blank == 1427


@pytest.mark.parametrize(
    ("as_of", "last"),
    [
        (date(2026, 12, 31), "2026Q4"),
        (date(2026, 12, 30), "2026Q3"),
        (date(2026, 11, 15), "2026Q3"),
        (date(2026, 10, 1), "2026Q3"),
        (date(2028, 3, 31), "2028Q1"),
    ],
)
def test_the_window_ends_with_the_last_full_quarter(as_of: date, last: str) -> None:
    assert str(full_quarters(as_of)[-1]) == last
    assert len(full_quarters(as_of)) == 4


def test_three_of_four_quarters_or_a_contract_recur() -> None:
    """Refunds are no purchases; what came before the window makes nobody new."""
    rows = transactions(
        [
            ("steady", "2026-02-01", 5, None),
            ("steady", "2026-05-01", 5, None),
            ("steady", "2026-11-01", 5, None),
            ("refunds", "2026-02-01", 5, None),
            ("refunds", "2026-05-01", 5, None),
            ("refunds", "2026-08-01", -5, None),
            ("contract", "2026-02-01", 7, "recurring"),
            ("expired", "2025-02-01", 7, "recurring"),
            ("expired", "2026-02-01", 7, None),
            ("fresh", "2026-07-01", 9, None),
            ("back", "2024-07-01", 9, None),
            ("back", "2026-08-01", 9, None),
            ("older", "2026-06-30", 9, None),
        ]
    )
    found = customer_classes(rows, date(2026, 12, 31)).set_index("customer")["class"]
    assert found.to_dict() == {
        "back": "episodic",
        "contract": "recurring",
        "expired": "episodic",
        "fresh": "new",
        "older": "episodic",
        "refunds": "episodic",
        "steady": "recurring",
    }


def test_a_share_that_refunds_make_none_is_missing() -> None:
    base = [("r", "2026-02-01", 90, "recurring"), ("e", "2026-02-01", 10, None)]
    share = recurring_share(customer_classes(transactions(base), date(2026, 12, 31)))
    assert share == pytest.approx(0.9)
    refunded = [*base, ("e", "2026-03-01", -50, None)]
    found = customer_classes(transactions(refunded), date(2026, 12, 31))
    assert math.isnan(recurring_share(found))
    assert concentration(found).left_out == 1
    only_new = customer_classes(transactions([("n", "2026-11-01", 5, None)]), date(2026, 12, 31))
    assert math.isnan(recurring_share(only_new))


def test_blank_and_later_rows_are_counted() -> None:
    rows = transactions(
        [
            (None, "2026-11-01", 30, None),
            (None, "2025-01-01", 12, None),
            ("a", "2027-01-02", 5, None),
            ("a", "2026-11-02", 5, None),
        ]
    )
    found = left_out(rows, date(2026, 12, 31))
    assert (found.unnamed_rows, found.unnamed_amount, found.unnamed_window_amount) == (2, 42, 30)
    assert found.later_rows == 1


def test_quarters_add_up_to_all_revenue() -> None:
    rows = wholesaler(3)
    found = revenue_by_quarter(rows, date(2026, 12, 31))
    shown = rows[(rows["date"] >= "2025-01-01") & (rows["date"] <= "2026-12-31")]
    assert found["net"].sum() == pytest.approx(shown["amount"].sum())
    assert found["quarter"].tolist() == sorted(found["quarter"])
    assert class_totals(customer_classes(rows, date(2026, 12, 31)))["share"].sum() == pytest.approx(
        1
    )


def test_trend_is_the_share_as_it_stood() -> None:
    rows = wholesaler(4)
    found = recurring_trend(rows, date(2026, 12, 31)).set_index("quarter")["recurring_share"]
    then = customer_classes(rows, date(2026, 6, 30))
    assert found["2026-Q2"] == pytest.approx(recurring_share(then))
    assert found.index[0] == "2025-Q3", "the first four quarters with data from their start"


def test_fit_by_class_by_hand() -> None:
    rows = transactions([("r", "2026-02-01", 9, "recurring"), ("n", "2026-11-01", 5, None)])
    customers = pd.DataFrame(
        {
            "customer": ["r", "n", "x"],
            "ideal_fit": [0.8, 0.2, 0.5],
            "acquisition_effort": [4.0, 1.0, 2.0],
        }
    )
    found = fit_by_class(customer_classes(rows, date(2026, 12, 31)), customers)
    assert found["class"].tolist() == ["recurring", "new"]
    assert found["ideal_fit"].tolist() == [0.8, 0.2]


def test_curve_and_largest_by_hand() -> None:
    customers = pd.DataFrame(
        {"customer": list("abcd"), "class": "episodic", "net": [10.0, 40.0, 50.0, -3.0]}
    )
    assert largest(customers)["customer"].tolist() == ["c", "b", "a"]
    assert largest(customers)["cumulative"].tolist() == pytest.approx([0.5, 0.9, 1.0])
    assert concentration(customers).half == 1
    curve = concentration_curve(customers)
    assert curve["revenue_share"].tolist() == pytest.approx([0, 0.5, 0.9, 1])


amounts = st.lists(st.floats(-50, 500), min_size=1, max_size=40)


@given(amounts, st.floats(0.01, 1000))
@settings(max_examples=60)
def test_concentration_keeps_its_bounds(net: list[float], unit: float) -> None:
    """1 ≤ effective number ≤ customers; unit and order change nothing."""
    frame = pd.DataFrame({"customer": range(len(net)), "class": "episodic", "net": net})
    found = concentration(frame)
    if not found.customers:
        assert math.isnan(found.hhi)
        return
    assert 10_000 / found.customers - 1e-6 <= found.hhi <= 10_000 + 1e-6
    assert 1 - 1e-9 <= found.effective <= found.customers + 1e-6
    assert 0 < found.top_share <= 1 + 1e-12
    again = concentration(frame.assign(net=frame["net"] * unit).sample(frac=1, random_state=2))
    if (frame["net"] * unit > 0).sum() == found.customers:
        assert again.hhi == pytest.approx(found.hhi)
    curve = concentration_curve(frame)
    assert curve["revenue_share"].is_monotonic_increasing
    assert curve["revenue_share"].iloc[-1] == pytest.approx(1)


def test_order_of_rows_changes_no_class() -> None:
    rows = wholesaler(5, 1500)
    first = customer_classes(rows, date(2026, 12, 31))
    second = customer_classes(rows.sample(frac=1, random_state=6), date(2026, 12, 31))
    assert second["class"].tolist() == first["class"].tolist()
    assert second["net"].tolist() == pytest.approx(first["net"].tolist())
