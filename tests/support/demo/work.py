"""What people work on, how decisions are taken, what is known of needs, and the workforce."""

from __future__ import annotations

import pandas as pd

from tests.support.demo.basics import FUNCTIONS, LATEST, PERIODS, register, rng

HEADCOUNT = {
    "sales": 74,
    "marketing": 26,
    "service": 148,
    "operations": 262,
    "finance": 34,
    "product": 41,
}
LAID_OFF = {("service", "2025-09-30"): 9, ("operations", "2025-06-30"): 6}


def activities(period: str) -> pd.DataFrame:
    """Work and its effort in person-months for the half-year; ended work keeps its history."""
    rows = register("activities")
    effort = rows["effort_q4" if period == LATEST else "effort_q2"]
    rows.insert(4, "effort", effort)
    known = rows["started"] <= PERIODS[period]
    future = rows["ended"] > PERIODS[period]
    rows.loc[future, "ended"] = ""
    rows.loc[future, "status"] = "active"
    return rows[known].drop(columns=["effort_q2", "effort_q4"]).reset_index(drop=True)


def decisions(period: str) -> pd.DataFrame:
    """Decisions taken up to the period's end."""
    rows = register("decisions")
    return rows[rows["date"] <= PERIODS[period]].reset_index(drop=True)


def needs(period: str) -> pd.DataFrame:
    """Needs and how they are known; what was asked later was a belief before."""
    rows = register("needs")
    later = rows["asked_on"] > PERIODS[period]
    rows.loc[later, ["n", "asked_on"]] = ""
    rows.loc[later, "basis"] = "past-experience"
    return rows


def workforce(period: str) -> pd.DataFrame:
    """People by function and quarter over two years; overtime grows after the layoffs."""
    generator = rng("workforce")
    rows = []
    for function in FUNCTIONS:
        people = HEADCOUNT[function]
        for date in pd.date_range("2025-03-31", PERIODS["2026-Q4"], freq="QE").strftime("%Y-%m-%d"):
            laid_off = LAID_OFF.get((function, date), 0)
            left = int(generator.poisson(people * (0.035 if date > "2025-09-30" else 0.022)))
            hired = int(generator.poisson(people * 0.03))
            people += hired - left - laid_off
            pressure = (
                1.35 if date > "2025-09-30" and function in ("service", "operations") else 1.0
            )
            overtime = round(people * 9.5 * pressure * generator.uniform(0.9, 1.1))
            if date <= PERIODS[period]:
                rows.append((date, function, people, hired, left, laid_off, overtime))
    columns = ["date", "function", "headcount", "hired", "left", "laid_off", "overtime_hours"]
    return pd.DataFrame(rows, columns=columns)
