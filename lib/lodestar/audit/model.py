"""What an audit works with: published cells of people, and what it found."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["FAULT", "Audit", "Bound", "Cell", "Leak", "Place"]

FAULT = "A fault of the workbook: report it; nothing was published."
"""Remedy where a gate let something through."""


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: the period's run, the file in it, and the cell, pointer or row.

    ``run`` is empty for the run that stands, else the start of the hash of one that it replaced.
    """

    period: str
    file: str
    at: str = ""
    run: str = ""

    def __str__(self) -> str:
        run = f"(replaced run {self.run})" if self.run else ""
        return " ".join(part for part in (self.period, run, self.file, self.at) if part)


@dataclass(frozen=True)
class Cell:
    """One published or hidden figure about a set of persons, with who they truly are.

    Parameters
    ----------
    measure : str
        What was asked; cells of one measure are added and subtracted, e.g. ``D1.level``.
    name : str
        The set in words, e.g. ``employee:sales``.
    place : Place
        Where results hold it.
    persons : numpy.ndarray of int, shape (persons,)
        Numbers of the persons counted.
    values : numpy.ndarray of float, shape (persons,)
        What each of them said, in the unit of `figure`; NaN where only the count is published.
    shown : bool
        Whether the figure is published.
    figure : float or None
        The published mean; None when only the count is.
    limits : tuple of float
        Least and largest value that one person can have.
    minimum : int
        Least number of persons behind anything shown, in the cell's period.
    weights : numpy.ndarray of float, optional
        Weight of each person in the mean; equal by default.
    """

    measure: str
    name: str
    place: Place
    persons: NDArray[np.int64]
    values: NDArray[np.float64]
    shown: bool
    figure: float | None
    limits: tuple[float, float]
    minimum: int
    weights: NDArray[np.float64] | None = None

    @property
    def size(self) -> int:
        """Return how many persons are counted."""
        return len(self.persons)

    @property
    def alike(self) -> bool:
        """Tell whether everybody stands at one end, so that the mean tells what each said."""
        known = self.values[np.isfinite(self.values)]
        return bool(len(known)) and any(bool((known == end).all()) for end in self.limits)

    @property
    def secret(self) -> bool:
        """Tell whether the figure would expose somebody: too few persons, or all at one end."""
        return 0 < self.size < self.minimum or self.alike

    @property
    def who(self) -> str:
        """Return who would be exposed, without what they said."""
        return f"a group of {self.size}" if self.size != 1 else "one person"


@dataclass(frozen=True, order=True)
class Leak:
    """One way in which something about too few people gets out; never what they said.

    ``kind``: shown, follows, narrow, named, quoted or figure; ``what`` in words; ``where`` it
    stands or from what it follows; ``who`` could be exposed; ``remedy`` says what to do.
    """

    kind: str
    what: str
    where: tuple[str, ...]
    who: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what} ({self.who}). Where: {'; '.join(self.where)}. {self.remedy}"


@dataclass(frozen=True, order=True)
class Bound:
    """How narrow a hidden mean is bounded by everything published.

    ``width`` in the unit of the answers, ``share`` of their whole range (0–1).
    """

    share: float
    width: float
    measure: str
    name: str
    place: Place


@dataclass(frozen=True)
class Audit:
    """What an audit of a client's published runs found.

    ``periods`` and ``files`` looked at; ``figures``: published figures about people, ``hidden``
    ones; ``leaks``, empty when nothing gets out; ``narrowest``: the ten hidden means with the
    narrowest bounds; ``unexplained``: numbers beside hidden groups that no result explains;
    ``replaced`` runs of the same periods that were compared too, and ``lost`` ones that could not
    be, since their inputs are no longer kept.
    """

    client: str
    periods: tuple[str, ...]
    files: int
    figures: int
    hidden: int
    leaks: tuple[Leak, ...]
    narrowest: tuple[Bound, ...]
    unexplained: tuple[Place, ...]
    replaced: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the audit as ``audit --json`` prints it."""
        return {"clean": not self.leaks, **asdict(self)}
