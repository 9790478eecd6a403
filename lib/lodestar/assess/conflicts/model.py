"""What a conflict is: two ends, what each does to the other, and how bad that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lodestar.assess.conflicts.paths import Explanation
from lodestar.stats.rounding import settle

__all__ = ["COUNTED", "Conflict", "Conflicts", "Push", "ordered"]

COUNTED = ("structural", "customer", "outcome", "shared-lever", "policy", "measured")
"""Kinds that count toward total severity: all but ``within``."""


@dataclass(frozen=True)
class Push:
    """What one end does to the other when it is pushed as rewarded.

    Parameters
    ----------
    source, target : str
        Ids of the two ends.
    severity : float
        0–1.
    net, gross, determinacy : float
        Of the effect of the source on the target.
    why : Explanation or None
        The explaining path; None where only history speaks.
    """

    source: str
    target: str
    severity: float
    net: float
    gross: float
    determinacy: float
    why: Explanation | None

    @property
    def contested(self) -> bool:
        """Tell whether walks of the other sign weigh as much: determinacy below 0.5."""
        return self.determinacy < 0.5


@dataclass(frozen=True)
class Conflict:
    """One conflict, an unordered pair of one kind.

    Parameters
    ----------
    kind : str
        structural, customer, outcome, shared-lever, policy, measured or within.
    push : Push
        The worse direction; ``a`` and ``b`` are its ends.
    function_a, function_b : str or None
        Functions of the two ends; None for an outcome.
    conditional : bool
        A target metric without a value is involved: its direction is not known.
    severe : bool
        At or above the threshold, neither contested, conditional nor within a function.
    reverse : Push or None
        The other direction, where it is a conflict too.
    lever : str or None
        The node that pushes both, for a shared lever.
    paid : tuple of str
        Rewarded metrics on the path of a policy.
    """

    kind: str
    push: Push
    function_a: str | None
    function_b: str | None
    conditional: bool = False
    severe: bool = False
    reverse: Push | None = None
    lever: str | None = None
    paid: tuple[str, ...] = ()

    @property
    def a(self) -> str:
        """Return the id whose effect is worse."""
        return self.push.source

    @property
    def b(self) -> str:
        """Return the id that suffers."""
        return self.push.target

    @property
    def severity(self) -> float:
        """Return the severity of the worse direction."""
        return self.push.severity

    @property
    def contested(self) -> bool:
        """Tell whether the worse direction is contested."""
        return self.push.contested

    @property
    def counted(self) -> bool:
        """Tell whether the conflict counts toward total severity."""
        return not (self.contested or self.conditional) and self.kind in COUNTED


@dataclass(frozen=True)
class Conflicts:
    """Conflicts, worst first, and how many there are before the cap."""

    items: tuple[Conflict, ...] = ()
    total: int = 0

    @property
    def severe(self) -> tuple[Conflict, ...]:
        """Return the severe ones."""
        return tuple(item for item in self.items if item.severe)


def ordered(items: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """Return conflicts worst first; ties by kind, then ids."""
    return tuple(sorted(items, key=lambda c: (-settle(c.severity), c.kind, c.a, c.b)))
