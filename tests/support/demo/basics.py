"""What all parts of the synthetic client share: periods, functions, seeds, registers."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

SEED = 2026
REGISTERS = Path(__file__).parent / "registers"
FUNCTIONS = ("sales", "marketing", "service", "operations", "finance", "product")
DIMENSIONS = tuple(f"D{i}" for i in range(1, 11))
STAFF = ("employee", "manager", "executive")
PERIODS = {"2025-Q4": "2025-12-31", "2026-Q2": "2026-06-30", "2026-Q4": "2026-12-31"}
FIRST, LATEST = "2025-Q4", "2026-Q4"
BACK = {period: back for back, period in enumerate(reversed(PERIODS))}
"""How many periods each lies back from the latest."""

Tables = dict[str, pd.DataFrame]


def rng(*key: str) -> np.random.Generator:
    """A generator of its own for each part, so that a change in one shifts no other."""
    return np.random.default_rng([SEED, zlib.crc32("/".join(key).encode())])


def register(name: str) -> pd.DataFrame:
    """Rows of a register written by hand: a header line, then cells separated by ` | `."""
    lines = (REGISTERS / f"{name}.txt").read_text(encoding="utf-8").strip().splitlines()
    cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    return pd.DataFrame(cells[1:], columns=cells[0])


def short(value: float, decimals: int = 2) -> str:
    """A number as a person types it: no needless zeros."""
    text = f"{round(float(value), decimals) + 0:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def pick(generator: np.random.Generator, weights: Mapping[str, float], size: int) -> list[str]:
    """Draw words by weight."""
    names = list(weights)
    shares = np.array(list(weights.values()), dtype=float)
    return [names[i] for i in generator.choice(len(names), size=size, p=shares / shares.sum())]


def months(first: str, last: str) -> list[str]:
    """Last days of the months from first to last."""
    return [day.strftime("%Y-%m-%d") for day in pd.date_range(first, last, freq="ME")]
