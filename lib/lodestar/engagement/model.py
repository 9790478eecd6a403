"""An engagement as values: settings, framework, and the typed tables of its periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from lodestar.engagement.reads import Reads
from lodestar.errors import Problem
from lodestar.framework.model import Framework
from lodestar.schema.personal import PERSONAL, OpenTable, PersonalTable
from lodestar.schema.tables import empty

__all__ = [
    "Confidential",
    "Confidentiality",
    "Engagement",
    "Finance",
    "Function",
    "Period",
    "Purpose",
    "Settings",
    "Wave",
]


@dataclass(frozen=True)
class Function:
    """A department and its weight."""

    id: str
    name: str
    weight: float = 1.0


@dataclass(frozen=True)
class Purpose:
    """A mission, vision or value, with the day it was last revisited."""

    id: str
    kind: str
    text: str
    last_revisited: date | None = None


@dataclass(frozen=True)
class Confidentiality:
    """Least number of persons behind anything shown (answers, comments); floor 3."""

    minimum: int = 5
    comments: int = 10


@dataclass(frozen=True)
class Finance:
    """Fixed cost and revenue floor a month, and the share of episodic revenue kept each quarter."""

    fixed_cost_month: float = 0.0
    revenue_floor_month: float = 0.0
    taper: float = 0.5


@dataclass(frozen=True)
class Period:
    """One wave of the assessment; ``as_of`` is "today" of every computation."""

    id: str
    start: date
    as_of: date


@dataclass(frozen=True)
class Settings:
    """What ``engagement.yml`` says, defaults filled in."""

    client: str
    name: str
    framework: str
    functions: tuple[Function, ...]
    chosen_level: float | None = None
    seed: int = 0
    language: str = "en"
    locale: str = "en"
    currency: str = "EUR"
    confidentiality: Confidentiality = Confidentiality()
    purpose: tuple[Purpose, ...] = ()
    severe_conflict: float = 0.02
    finance: Finance = Finance()
    sponsor: Mapping[str, Any] = field(default_factory=dict)
    self_inflicted_cost_pct_opex: float | None = None
    ideal_customer: tuple[str, ...] = ()
    made_by: tuple[str, ...] = ()
    brand: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wave:
    """The tables of one period: typed frames and counts of rows left out, by table name."""

    period: Period
    tables: Mapping[str, pd.DataFrame]
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Confidential:
    """A table of answers given in confidence, closed: it shows, counts and computes nothing.

    Only a gate opens it (``lodestar.confidentiality.Gate.open``), so that whoever reads answers
    has the thresholds at hand under which numbers may leave.
    """

    name: PersonalTable
    _answers: pd.DataFrame = field(repr=False)


@dataclass(frozen=True)
class Engagement:
    """A client's whole material for one period, checked and typed.

    ``waves`` holds every period up to and including the current one, oldest first; ``reads`` knows
    what was read of it.
    """

    settings: Settings
    framework: Framework
    waves: tuple[Wave, ...]
    corrections: tuple[Mapping[str, Any], ...] = ()
    assumptions: tuple[Mapping[str, Any], ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[Problem, ...] = ()
    folder: Path | None = None
    reads: Reads = field(default_factory=Reads, repr=False, compare=False)

    @property
    def wave(self) -> Wave:
        """Return the current wave."""
        return self.waves[-1]

    @property
    def period(self) -> Period:
        """Return the current period."""
        return self.wave.period

    def has(self, table: str) -> bool:
        """Tell whether the current period has rows in this table."""
        return table in self.wave.tables and not self.wave.tables[table].empty

    def table(self, name: OpenTable) -> pd.DataFrame:
        """Return a register of the current period, typed; an empty one when it is absent.

        Raises
        ------
        TypeError
            The table holds answers given in confidence: ask a gate to open `confidential`.
        """
        if name in PERSONAL:
            raise TypeError(
                f"'{name}' holds answers given in confidence; open it by the gate under which its "
                f"numbers leave: Gate.of(settings).open(engagement.confidential('{name}'))."
            )
        return self._frame(name)

    def confidential(self, name: PersonalTable) -> Confidential:
        """Return a table of answers of the current period, closed; empty when it is absent."""
        return Confidential(name, self._frame(name))

    def _frame(self, name: str) -> pd.DataFrame:
        return self.wave.tables[name] if name in self.wave.tables else empty(name)

    def at(self, position: int) -> Engagement:
        """Return the engagement as it stood at the wave of this position (0 is the oldest)."""
        return replace(self, waves=self.waves[: position + 1])

    def function_shares(self) -> pd.Series:
        """Return v_f, each function's weight share (index: function id; sums to 1)."""
        weights = pd.Series({f.id: f.weight for f in self.settings.functions}, dtype=float)
        return weights / weights.sum()

    def with_tables(self, **tables: pd.DataFrame) -> Engagement:
        """Return a copy whose current wave has these tables replaced, for what-ifs."""
        merged = MappingProxyType({**self.wave.tables, **tables})
        return replace(self, waves=(*self.waves[:-1], replace(self.wave, tables=merged)))
