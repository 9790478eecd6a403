"""Customers and two years of purchases: contracts that recur, projects that come once."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.support.demo.basics import LATEST, PERIODS, pick, rng, short

KINDS = {
    # kind: (customers, segments, median amount, ideal fit, acquisition effort in days)
    "contract": (
        96,
        {"housing associations": 0.3, "small businesses": 0.5, "households": 0.2},
        9500,
        0.78,
        9,
    ),
    "regular": (34, {"housing associations": 0.5, "small businesses": 0.5}, 7000, 0.66, 7),
    "project": (
        118,
        {"small businesses": 0.45, "households": 0.3, "developers": 0.25},
        36000,
        0.36,
        3,
    ),
    "large": (9, {"developers": 1.0}, 510000, 0.22, 6),
    "new": (43, {"developers": 0.4, "small businesses": 0.35, "households": 0.25}, 45000, 0.3, 3),
}
FIRST_DAY, LAST_DAY = pd.Timestamp("2025-01-01"), pd.Timestamp("2026-12-31")
DAYS = (LAST_DAY - FIRST_DAY).days
WORDS_A = (
    "Alder",
    "Brook",
    "Cedar",
    "Dene",
    "Elm",
    "Ferry",
    "Garth",
    "Heath",
    "Ivy",
    "Kiln",
    "Linden",
    "Mill",
)
WORDS_B = (
    "Court",
    "Works",
    "Homes",
    "Bakery",
    "House",
    "Park",
    "Stores",
    "Yard",
    "School",
    "Quarter",
)


def trade(period: str) -> dict[str, pd.DataFrame]:
    """Customers and transactions up to the period's end."""
    generator = rng("trade")
    customers, sales = [], []
    for kind, (count, segments, amount, fit, effort) in KINDS.items():
        for _ in range(count):
            id = f"c{len(customers) + 1:03d}"
            segment = pick(generator, segments, 1)[0]
            rows = _purchases(generator, kind, amount)
            first = min(day for day, _, _ in rows)
            acquired = first if kind in ("new", "large") else _before(generator)
            customers.append(
                _customer(generator, id, segment, acquired, fit, effort, len(customers))
            )
            sales += [(id, day, value, contract) for day, value, contract in rows]
    sales += _unknown(generator)
    frame = pd.DataFrame(sales, columns=["customer", "date", "amount", "contract"])
    frame = frame.sort_values(["date", "customer"], kind="stable")
    frame["date"] = frame["date"].dt.strftime("%Y-%m-%d")
    known = frame[frame["date"] <= PERIODS[period]].reset_index(drop=True)
    people = pd.DataFrame(customers)
    if period != LATEST:
        people = people[people["acquired"] <= PERIODS[period]].reset_index(drop=True)
    return {"customers": people, "transactions": known}


def _customer(
    generator: np.random.Generator,
    id: str,
    segment: str,
    acquired: pd.Timestamp,
    fit: float,
    effort: float,
    place: int,
) -> dict[str, str]:
    name = f"{WORDS_A[place % 12]} {WORDS_B[place // 12 % 10]} {place // 120 + 1}"
    return {
        "customer": id,
        "name": name,
        "segment": segment,
        "acquired": acquired.strftime("%Y-%m-%d"),
        "acquisition_effort": short(effort * generator.lognormal(0, 0.4), 1),
        "ideal_fit": short(np.clip(generator.normal(fit, 0.1), 0.05, 0.98)),
    }


def _before(generator: np.random.Generator) -> pd.Timestamp:
    """A day of the years before the record begins."""
    return FIRST_DAY - pd.Timedelta(days=int(generator.integers(30, 2600)))


def _purchases(
    generator: np.random.Generator, kind: str, amount: float
) -> list[tuple[pd.Timestamp, str, str]]:
    """What one customer bought: day, amount, and what the contract says where it says so."""
    scale = amount * generator.lognormal(0, 0.55)
    if kind == "contract":
        return _monthly(generator, scale)
    if kind == "regular":
        days = np.sort(generator.choice(DAYS, size=int(generator.integers(9, 20)), replace=False))
        return [_sale(generator, int(day), scale, "") for day in days]
    if kind == "new":
        first = int(generator.integers(DAYS - 182, DAYS - 5))
        return [_sale(generator, first, scale, "one-off")]
    count = int(generator.integers(2, 5)) if kind == "large" else int(generator.integers(1, 4))
    start = 200 if kind == "large" else 0
    days = np.sort(generator.integers(start, DAYS, size=count))
    rows = [_sale(generator, int(day), scale, "one-off") for day in days]
    if generator.random() < 0.08:
        rows.append((rows[-1][0] + pd.Timedelta(days=12), short(-0.08 * scale), "one-off"))
    return [row for row in rows if row[0] <= LAST_DAY]


def _monthly(generator: np.random.Generator, scale: float) -> list[tuple[pd.Timestamp, str, str]]:
    """A service contract, billed monthly; one in seven is cancelled on the way."""
    stop = int(generator.integers(6, 22)) if generator.random() < 0.14 else 24
    first_days = pd.date_range(FIRST_DAY, LAST_DAY, freq="MS")[:stop]
    return [
        (day + pd.Timedelta(days=2), short(scale * generator.normal(1, 0.06)), "recurring")
        for day in first_days
    ]


def _sale(
    generator: np.random.Generator, day: int, scale: float, contract: str
) -> tuple[pd.Timestamp, str, str]:
    value = short(scale * generator.lognormal(0, 0.3))
    return FIRST_DAY + pd.Timedelta(days=day), value, contract


def _unknown(generator: np.random.Generator) -> list[tuple[str, pd.Timestamp, str, str]]:
    """Counter sales without a customer's name."""
    days = np.sort(generator.integers(0, DAYS, size=160))
    return [("", *_sale(generator, int(day), 420, "")) for day in days]
