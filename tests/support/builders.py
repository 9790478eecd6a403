"""Small engagements made in a test's own lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from lodestar.engagement.model import Confidentiality, Engagement, Function, Period, Settings, Wave
from lodestar.framework.model import Capability, Dimension, Factor, Framework, Item, Level
from lodestar.schema.tables import conform

Rows = pd.DataFrame | Sequence[Mapping[str, Any]]
IDENTITY = {1: 1.0, 2: 2.0, 3: 3.0, 4: 4.0, 5: 5.0}
GROUPS = ("executive", "manager", "employee", "customer", "partner")


def small_framework(**changes: Any) -> Framework:
    """Three dimensions (two of them key), four capabilities, a few items, factors R1 to R11."""
    negative = ("R7", "R8", "R9")
    parts: dict[str, Any] = {
        "id": "small",
        "version": "1",
        "levels": tuple(Level(k, f"Level {k}") for k in range(1, 6)),
        "dimensions": (
            Dimension("D1", "Purpose", key=True),
            Dimension("D2", "Understanding", key=True),
            Dimension("D3", "Insight"),
        ),
        "capabilities": (
            Capability("C01", "D1", "Tell the purpose", target=IDENTITY),
            Capability("C02", "D1", "Choose by purpose", target={1: 1, 2: 1, 3: 2, 4: 3, 5: 4}),
            Capability("C03", "D2", "Listen", target=IDENTITY, needs=("C01",)),
            Capability("C04", "D3", "Share insight", target={1: 1, 2: 2, 3: 3, 4: 4, 5: 4}),
        ),
        "items": (
            Item("I01", "anchored5", {"en": "One", "fr": "Un"}, "D1", GROUPS, to_level=IDENTITY),
            Item("I02", "agree5", {"en": "Two", "fr": "Deux"}, "D1", GROUPS, True, IDENTITY),
            Item("I03", "agree5", {"en": "Three", "fr": "Trois"}, "D2", GROUPS, to_level=IDENTITY),
            Item("I04", "importance5", {"en": "Imp", "fr": "Imp"}, "D2", GROUPS, pair="I05"),
            Item("I05", "performance5", {"en": "Perf", "fr": "Perf"}, "D2", GROUPS, pair="I04"),
            Item("I06", "know5", {"en": "Know", "fr": "Savoir"}, "D3", GROUPS, pair="I07"),
            Item("I07", "do5", {"en": "Do", "fr": "Faire"}, "D3", GROUPS, pair="I06"),
            Item("I08", "nps", {"en": "Offer", "fr": "Offre"}, None, GROUPS, subject="offer"),
            Item(
                "I09", "nps", {"en": "Job", "fr": "Poste"}, None, ("employee",), subject="employer"
            ),
        ),
        "factors": tuple(
            Factor(
                f"R{i}",
                f"Factor {i}",
                "base" if i <= 2 else "shift",
                -1 if f"R{i}" in negative else 1,
            )
            for i in range(1, 12)
        ),
    }
    return Framework(**{**parts, **changes})


def wave(tables: Mapping[str, Rows], period: str, start: str, as_of: str) -> Wave:
    """One period with its tables completed and typed."""
    frames = {
        name: conform(name, rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows)))
        for name, rows in tables.items()
    }
    return Wave(Period(period, date.fromisoformat(start), date.fromisoformat(as_of)), frames)


def engagement(
    tables: Mapping[str, Rows] | None = None,
    functions: Sequence[str] = ("sales", "service"),
    framework: Framework | None = None,
    chosen_level: float | None = 3,
    as_of: str = "2026-12-31",
    earlier: Sequence[Wave] = (),
    **settings: Any,
) -> Engagement:
    """An engagement of one period (and `earlier` ones) around the given tables."""
    used = framework or small_framework()
    chosen = {
        "client": "small",
        "name": "Small Ltd",
        "framework": used.id,
        "functions": tuple(Function(f, f.capitalize()) for f in functions),
        "chosen_level": chosen_level,
        "seed": 7,
        "confidentiality": Confidentiality(),
    }
    current = wave(tables or {}, "2026-Q4", "2026-10-01", as_of)
    return Engagement(Settings(**{**chosen, **settings}), used, (*earlier, current))
