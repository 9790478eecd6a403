"""Monthly histories and indicators: inertia, season, trend, and planted causes with their lags."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.support.demo.basics import PERIODS, months, register, rng, short

FIRST = "2023-07-31"


SHORTER = {"k_checked": 14}
"""Series that began later: months on record in the latest period."""

CLOSURE = {"o_logistics_cost": ("2025-04-30", -1.5)}
"""Two depots closed: a step in standard deviations, which the drivers carry on."""

LAYOFFS = {"i_strain": ("2025-10-31", 2.2)}


def history(period: str) -> pd.DataFrame:
    """Monthly values of metrics, outcomes and nodes up to the period's end."""
    spec = register("history")
    values = _simulate(spec, months(FIRST, PERIODS["2026-Q4"]), CLOSURE, inertia=0.5)
    for node, count in SHORTER.items():
        values.loc[values.index[:-count], node] = np.nan
    return _long(values, spec, period)


def indicators(period: str) -> pd.DataFrame:
    """Monthly values of the leading indicators along the value chain."""
    spec = register("indicators")
    dates = months(FIRST, PERIODS["2026-Q4"])
    rows = _long(_simulate(spec, dates, LAYOFFS, inertia=0.2), spec, period)
    about = spec.set_index("node")
    frame = rows.rename(columns={"node": "indicator"})
    told = {c: frame["indicator"].map(about[c]) for c in ("name", "of", "better", "target")}
    frame = frame.assign(**told).rename(columns={"of": "node"})
    return frame[["indicator", "name", "node", "date", "value", "better", "target"]]


def _simulate(
    spec: pd.DataFrame, dates: list[str], steps: dict[str, tuple[str, float]], inertia: float
) -> pd.DataFrame:
    """Standardised series from their drivers and own inertia, then in the units of the register."""
    size = len(dates)
    z: dict[str, np.ndarray] = {}
    values = {}
    for row in spec.itertuples():
        generator = rng("series", row.node)
        drivers = [_driver(text) for text in row.drivers.split(";") if text.strip()]
        share = 1 - sum(strength**2 for _, strength, _ in drivers)
        z[row.node] = np.sqrt(max(share, 0.02)) * _inert(generator, size, inertia)
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


def _inert(generator: np.random.Generator, size: int, inertia: float) -> np.ndarray:
    """Noise of unit variance that remembers a share of the month before."""
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
