"""Monthly histories and indicators: inertia, season, trend, and planted causes with their lags."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.support.demo.basics import PERIODS, months, register, rng, short

FIRST = "2023-07-31"

HISTORY = """
node | start | sd | trend | season | decimals | drivers
s_contracts | 62 | 5 | 6 | 6 | 0 |
s_order_value | 4100 | 260 | 240 | 400 | 0 |
s_new_customers | 14 | 2.2 | 2 | 2 | 0 |
s_quote_days | 9.5 | 0.7 | -0.6 | 0 | 1 |
s_discount | 8.1 | 0.5 | 0.6 | 0 | 1 |
s_visits | 210 | 14 | 6 | 20 | 0 |
k_reach | 420 | 40 | 30 | 50 | 0 |
k_awareness | 31 | 0.9 | 1.4 | 0 | 1 | k_reach:0.6@1
k_leads | 330 | 25 | 35 | 25 | 0 | k_awareness:0.5@2
k_lead_cost | 74 | 4 | -3 | 0 | 0 |
k_web_visits | 88 | 7 | 9 | 8 | 0 | k_reach:0.7@0
k_checked | 34 | 5 | 0 | 0 | 0 |
v_handling_time | 7.4 | 0.25 | -0.45 | 0 | 2 |
o_logistics_cost | 152 | 6 | -3 | 5 | 1 |
o_split | 15 | 1.8 | 1 | 0 | 1 | o_logistics_cost:-0.97@1
v_repeat | 21 | 1.5 | 1 | 1.2 | 1 | o_split:0.96@1
v_service_cost | 10.6 | 0.55 | 0.3 | 0.4 | 2 | v_repeat:0.96@1
n_custom | 19 | 1.8 | 2.5 | 0 | 1 | s_contracts:0.9@1
v_first_fix | 66 | 1.9 | -2 | -1 | 1 | n_custom:-0.85@2
v_complaint_days | 9 | 0.8 | 0.9 | 0.6 | 1 |
v_satisfaction | 7.4 | 0.15 | -0.15 | 0 | 2 | v_complaint_days:-0.5@0
s_renewals | 84 | 1.3 | -2 | 0 | 1 | v_satisfaction:0.6@4
v_calls_agent | 31 | 1.2 | 1.2 | 1.5 | 1 |
v_callbacks | 78 | 2.5 | -2 | 0 | 0 |
o_installs_day | 2.6 | 0.12 | 0.1 | 0.1 | 2 |
o_first_visit | 74 | 2.2 | -1.5 | 0 | 1 | n_custom:-0.4@2
o_stock_days | 41 | 2 | -2.5 | 2 | 1 |
o_utilisation | 82.5 | 1 | 1.9 | 0.6 | 1 |
o_on_day | 86 | 1.8 | -1.2 | -1 | 1 |
o_returns | 3.1 | 0.25 | 0.2 | 0 | 2 |
f_receivable | 44 | 1.6 | 0.8 | 1 | 1 |
f_credit_notes | 120 | 9 | 10 | 8 | 0 | v_repeat:0.5@1
f_invoice_errors | 4.2 | 0.35 | 0.4 | 0 | 2 | o_split:0.5@1
f_close_days | 7 | 0.5 | -0.4 | 0 | 1 |
f_twice | 780 | 45 | 70 | 40 | 0 | v_repeat:0.7@0
d_launches | 71 | 6 | 2 | 0 | 0 |
d_dev_cost | 104 | 4 | -1 | 0 | 1 |
d_early_returns | 5.2 | 0.6 | 0.3 | 0 | 2 | d_launches:0.6@3
d_visits | 11 | 2 | -1 | 0 | 0 |
n_overtime | 2900 | 210 | 160 | 150 | 0 | o_utilisation:0.6@0
o_solved | 61 | 2 | 0.5 | 0 | 1 | v_handling_time:-0.9@0; v_first_fix:0.3@0
o_one_visit | 69 | 2.2 | -2 | -1 | 1 | o_split:-0.7@0; o_first_visit:0.5@0
"""

SHORTER = {"k_checked": 14}
"""Series that began later: months on record in the latest period."""

CLOSURE = {"o_logistics_cost": ("2025-04-30", -1.5)}
"""Two depots closed: a step in standard deviations, which the drivers carry on."""

INDICATORS = """
node | start | sd | trend | season | decimals | drivers | of | better | target | name
i_late_parts | 8 | 1.1 | 1 | 0.5 | 1 | | n_maker | down | 6 | Parts that arrive late, % of orders
i_wait_plan | 5 | 0.8 | 0.3 | 0 | 1 | i_late_parts:0.5@1 | n_installer | down | 4 | Days installers wait for a plan
i_strain | 24 | 2 | 1 | 0 | 0 | i_late_parts:0.8@1 | n_us | down | 20 | Staff who say the pace cannot be kept, %
i_staff_refer | 11 | 1.5 | -1 | 0 | 0 | i_strain:-0.6@1 | n_us | up | 15 | Staff who referred somebody, % of a year
i_home_complaints | 4.6 | 0.4 | 0.2 | 0.5 | 1 | i_strain:0.85@2 | n_housing | down | 4 | Complaints for every 100 homes
i_will_renew | 81 | 2 | -1.5 | 0 | 0 | i_strain:-0.7@3 | n_housing | up | 85 | Associations that say they will renew, %
i_shop_complaints | 3.8 | 0.4 | 0.2 | 0.3 | 1 | i_strain:0.6@2 | n_business | down | 3.5 | Complaints for every 100 businesses
i_calls_install | 2.2 | 0.15 | 0.05 | 0 | 2 | i_strain:0.5@1 | n_household | down | 1.8 | Calls for each installation
i_cold_days | 1.9 | 0.25 | 0 | 0.7 | 1 | i_home_complaints:0.85@1 | n_tenant | down | 1.5 | Days without heat told by tenants, for every 100 homes
i_shut_days | 0.9 | 0.12 | 0 | 0.2 | 2 | i_shop_complaints:0.7@1 | n_guest | down | 0.8 | Days shut for want of heat, for every 100 shops
"""
LAYOFFS = {"i_strain": ("2025-10-31", 2.2)}
INDICATORS_FROM = "2024-07-31"


def history(period: str) -> pd.DataFrame:
    """Monthly values of metrics, outcomes and nodes up to the period's end."""
    spec = register(HISTORY)
    values = _simulate(spec, months(FIRST, PERIODS["2026-Q4"]), CLOSURE, "history")
    for node, count in SHORTER.items():
        values.loc[values.index[:-count], node] = np.nan
    return _long(values, spec, period)


def indicators(period: str) -> pd.DataFrame:
    """Monthly values of the leading indicators along the value chain."""
    spec = register(INDICATORS)
    dates = months(INDICATORS_FROM, PERIODS["2026-Q4"])
    rows = _long(_simulate(spec, dates, LAYOFFS, "indicators"), spec, period)
    about = spec.set_index("node")
    frame = rows.rename(columns={"node": "indicator"})
    told = {c: frame["indicator"].map(about[c]) for c in ("name", "of", "better", "target")}
    frame = frame.assign(**told).rename(columns={"of": "node"})
    return frame[["indicator", "name", "node", "date", "value", "better", "target"]]


def _simulate(
    spec: pd.DataFrame, dates: list[str], steps: dict[str, tuple[str, float]], key: str
) -> pd.DataFrame:
    """Standardised series from their drivers and own inertia, then in the units of the register."""
    size = len(dates)
    z: dict[str, np.ndarray] = {}
    values = {}
    for row in spec.itertuples():
        generator = rng(key, row.node)
        drivers = [_driver(text) for text in row.drivers.split(";") if text.strip()]
        share = 1 - sum(strength**2 for _, strength, _ in drivers)
        z[row.node] = np.sqrt(max(share, 0.02)) * _inert(generator, size)
        for driver, strength, lag in drivers:
            z[row.node] += strength * np.r_[np.zeros(lag), z[driver][: size - lag]]
        if row.node in steps:
            first, jump = steps[row.node]
            z[row.node] = z[row.node] + jump * np.array([date >= first for date in dates])
        t = np.arange(size)
        month = np.array([int(date[5:7]) for date in dates])
        season = float(row.season) * np.cos(2 * np.pi * (month - 1) / 12)
        level = float(row.start) + float(row.trend) * t / 12 + season
        values[row.node] = level + float(row.sd) * z[row.node]
    return pd.DataFrame(values, index=pd.Index(dates, name="date"))


def _driver(text: str) -> tuple[str, float, int]:
    """Read `node:strength@lag`."""
    node, rest = text.strip().split(":")
    strength, lag = rest.split("@")
    return node, float(strength), int(lag)


def _inert(generator: np.random.Generator, size: int, inertia: float = 0.5) -> np.ndarray:
    """Noise of unit variance that remembers half of the month before."""
    noise = generator.normal(size=size)
    found = np.empty(size)
    found[0] = noise[0]
    for t in range(1, size):
        found[t] = inertia * found[t - 1] + np.sqrt(1 - inertia**2) * noise[t]
    return found


def _long(values: pd.DataFrame, spec: pd.DataFrame, period: str) -> pd.DataFrame:
    """One row a value, as written, up to the period's end."""
    decimals = dict(zip(spec["node"], spec["decimals"].astype(int), strict=True))
    rows = [
        (node, date, short(value, decimals[node]))
        for node in values.columns
        for date, value in values[node].items()
        if date <= PERIODS[period] and not np.isnan(value)
    ]
    return pd.DataFrame(rows, columns=["node", "date", "value"])
