"""A register as it might be: another threshold, shorter paths, doubted links, other pay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from lodestar.assess.conflicts.register import Register
from lodestar.stats.rounding import settle

__all__ = ["Excess", "Scenario"]


@dataclass(frozen=True)
class Excess:
    """A function whose metrics would carry more than the whole of its reward.

    Parameters
    ----------
    function : str
        Its id.
    total : float
        Sum of its metrics' incentives, above 1.
    metrics : tuple of str
        Its rewarded metrics, the largest incentive first.
    """

    function: str
    total: float
    metrics: tuple[str, ...]


@dataclass(frozen=True)
class Scenario:
    """What a what-if changes; what is None or empty stays as reviewed.

    Parameters
    ----------
    threshold : float, optional
        Severity from which a conflict is severe.
    length : int, optional
        Most links of an effect that counts, 1–5.
    doubted : frozenset of (source, target)
        Links that are taken not to hold.
    incentives : mapping
        Incentive of some metrics, 0–1.
    """

    threshold: float | None = None
    length: int | None = None
    doubted: frozenset[tuple[str, str]] = frozenset()
    incentives: Mapping[str, float] = field(default_factory=dict)

    @property
    def changes(self) -> bool:
        """Tell whether anything is otherwise."""
        given = self.threshold is not None or self.length is not None
        return given or bool(self.doubted or self.incentives)

    def of(self, register: Register) -> Register:
        """Return the register as it would be.

        Parameters
        ----------
        register : Register
            As reviewed.

        Notes
        -----
        The same as the register of altered tables. What history says of pairs is not asked again.
        """
        made = register
        if self.doubted:
            made = made.without_links(sorted(self.doubted))
        if self.incentives:
            made = made.with_incentives(self.incentives)
        if self.length is not None:
            made = made.with_length(self.length)
        return made if self.threshold is None else made.with_threshold(self.threshold)

    def excess(self, register: Register) -> tuple[Excess, ...]:
        """Return the functions whose incentives would add up to more than 1, by id.

        Parameters
        ----------
        register : Register
            As reviewed.
        """
        made = register.with_incentives(self.incentives)
        changed = {register.function[register.at(metric)] for metric in self.incentives}
        found = []
        for function in sorted(changed - {None}, key=str):
            mine = np.flatnonzero([own == function for own in register.function])
            total = float(settle(made.incentive[mine].sum()))
            if total > 1:
                paid = [register.ids[place] for place in mine if made.incentive[place] > 0]
                paid.sort(key=lambda name: (-made.incentive[made.at(name)], name))
                found.append(Excess(str(function), total, tuple(paid)))
        return tuple(found)
