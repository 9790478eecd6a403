"""The framework as values: ladder, dimensions, capabilities, items, factors, targets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

__all__ = ["Capability", "Dimension", "Factor", "Framework", "Item", "Level", "Source"]


@dataclass(frozen=True)
class Level:
    """One rung of the ladder, 1 to 5."""

    level: int
    name: str
    description: str = ""


@dataclass(frozen=True)
class Dimension:
    """A group of capabilities; ``key`` dimensions gate the staged level.

    ``coordination`` marks a dimension that ties functions together: raising it takes agreement
    between them, which costs more with every step.
    """

    id: str
    name: str
    key: bool = False
    weight: float = 1.0
    description: str = ""
    coordination: bool = False


@dataclass(frozen=True)
class Capability:
    """One thing an organisation must be able to do.

    ``target`` maps a chosen level (1-5) to the level this capability needs for it;
    ``target_by_function`` overrides it for a function where a level is given there.
    """

    id: str
    dimension: str
    name: str
    weight: float = 1.0
    descriptors: Mapping[int, str] = field(default_factory=dict)
    target: Mapping[int, float] = field(default_factory=dict)
    target_by_function: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    distinctive: bool = False


@dataclass(frozen=True)
class Item:
    """One survey statement; ``to_level`` maps answers to levels (None: enters no level)."""

    id: str
    kind: str
    text: Mapping[str, str]
    dimension: str | None = None
    audience: tuple[str, ...] = ()
    reverse: bool = False
    to_level: Mapping[float, float] | None = None
    pair: str | None = None
    role: str | None = None
    subject: str | None = None


@dataclass(frozen=True)
class Factor:
    """One market factor of the required level: ``role`` base or shift, ``sign`` +1 or -1.

    ``disputed`` says what studies that contradict each other found; empty where none are known.
    """

    id: str
    name: str
    role: str
    sign: int = 1
    weight: float = 1.0
    descriptors: Mapping[int, str] = field(default_factory=dict)
    source: str = ""
    strength: str = ""
    disputed: str = ""


@dataclass(frozen=True)
class Source:
    """A publication and the parts of the framework that rest on it."""

    id: str
    citation: str
    rests: tuple[str, ...] = ()


@dataclass(frozen=True)
class Framework:
    """Ladder, dimensions, capabilities, items, factors and target profiles as data.

    ``overrides`` lists, in words, what a client's own ``framework.yml`` changed.
    """

    id: str
    version: str
    levels: tuple[Level, ...]
    dimensions: tuple[Dimension, ...]
    capabilities: tuple[Capability, ...]
    items: tuple[Item, ...] = ()
    factors: tuple[Factor, ...] = ()
    shift_scale: float = 3.0
    shift_cap: float = 1.5
    overshoot_weight: float = 1.0
    dip: float = 0.2
    sources: tuple[Source, ...] = ()
    overrides: tuple[str, ...] = ()

    def capability(self, capability: str) -> Capability:
        """Return the capability with this id."""
        return next(c for c in self.capabilities if c.id == capability)

    def dimension_shares(self) -> pd.Series:
        """Return each dimension's weight share (index: dimension id; sums to 1)."""
        weights = pd.Series({d.id: d.weight for d in self.dimensions}, dtype=float)
        return weights / weights.sum()

    def capability_shares(self) -> pd.Series:
        """Return each capability's weight share within its dimension (index: capability id)."""
        weights = pd.Series({c.id: c.weight for c in self.capabilities}, dtype=float)
        dimension = pd.Series({c.id: c.dimension for c in self.capabilities})
        return weights / weights.groupby(dimension).transform("sum")

    def capability_weights(self) -> pd.Series:
        """Return w_c: dimension's share times capability's share in it (index: capability id)."""
        dimension = pd.Series({c.id: c.dimension for c in self.capabilities})
        return self.capability_shares() * dimension.map(self.dimension_shares())

    def target(self, capability: str, function: str, level: float) -> float:
        """Return t_c at a chosen level (1-5, linear between whole levels) for a function."""
        found = self.capability(capability)
        own = found.target_by_function.get(function, {})
        points = [own.get(k, found.target[k]) for k in range(1, 6)]
        return float(np.interp(level, range(1, 6), points))
