"""The signed links of a register as a matrix: who pushes whom, how strongly, on what evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

__all__ = ["EVIDENCE", "REACH", "Link", "Links", "links_of"]

REACH = 5
"""Most links of a walk that counts, and of a path that is told, unless a what-if asks for fewer."""

EVIDENCE: dict[str, float] = {"measured": 1.0, "observed": 0.8, "stated": 0.6, "assumed": 0.4}
"""Weight of a link's evidence in severity, best first."""


@dataclass(frozen=True)
class Link:
    """One cause: ``strength`` is signed, −1 to 1; positive means both rise together."""

    source: str
    target: str
    strength: float
    evidence: str = "assumed"
    lag: float | None = None
    condition: str | None = None


@dataclass(frozen=True, eq=False)
class Links:
    """The links between a fixed set of ids, in the order of source, then target.

    Parameters
    ----------
    ids : tuple of str
        Every metric, outcome and node, sorted.
    rows : tuple of Link
        Sorted; no self-link, no link of strength 0.
    self_links : int
        How many self-links were left out.
    reach : int
        Most links of a walk that counts, and of a path that is told, 1–5.
    """

    ids: tuple[str, ...]
    rows: tuple[Link, ...]
    self_links: int = 0
    reach: int = REACH

    @cached_property
    def position(self) -> dict[str, int]:
        """Return the place of each id."""
        return {name: place for place, name in enumerate(self.ids)}

    @cached_property
    def source(self) -> np.ndarray:
        """Return the place of each link's source, ascending."""
        return np.array([self.position[row.source] for row in self.rows], dtype=np.int64)

    @cached_property
    def target(self) -> np.ndarray:
        """Return the place of each link's target."""
        return np.array([self.position[row.target] for row in self.rows], dtype=np.int64)

    @cached_property
    def strength(self) -> np.ndarray:
        """Return each link's signed strength."""
        return np.array([row.strength for row in self.rows], dtype=float)

    @cached_property
    def matrix(self) -> sparse.csr_array:
        """Return B, signed strengths, row = source and column = target."""
        size = len(self.ids)
        return sparse.csr_array(
            (self.strength, (self.source, self.target)), shape=(size, size), dtype=float
        )

    @cached_property
    def by_pair(self) -> dict[tuple[str, str], Link]:
        """Return the link of each (source, target)."""
        return {(row.source, row.target): row for row in self.rows}

    @cached_property
    def leaving(self) -> tuple[tuple[tuple[int, int, float], ...], ...]:
        """Return for each id its links out: (target, 0 for + and 1 for −, strength ≥ 0), by id."""
        out: list[list[tuple[int, int, float]]] = [[] for _ in self.ids]
        for start, end, flip, strength in self._plain:
            out[start].append((end, flip, strength))
        return tuple(map(tuple, out))

    @cached_property
    def entering(self) -> tuple[tuple[tuple[int, int, float], ...], ...]:
        """Return for each id its links in: (source, 0 for + and 1 for −, strength ≥ 0), by id."""
        back: list[list[tuple[int, int, float]]] = [[] for _ in self.ids]
        for start, end, flip, strength in self._plain:
            back[end].append((start, flip, strength))
        return tuple(map(tuple, back))

    @property
    def _plain(self) -> Iterator[tuple[int, int, int, float]]:
        """Source, target, 0 for + and 1 for −, strength ≥ 0 of each link."""
        negative, size = (self.strength < 0).astype(int), np.abs(self.strength)
        columns = (self.source, self.target, negative, size)
        return zip(*(column.tolist() for column in columns), strict=True)

    def changed(
        self, strengths: Mapping[tuple[str, str], float], evidence: str = "assumed"
    ) -> Links:
        """Return the links with some signed strengths set; 0 removes a link.

        Parameters
        ----------
        strengths : mapping
            (source, target) to the new signed strength, −1 to 1.
        evidence : str
            Word for links that did not exist; others keep theirs.
        """
        kept = dict(self.by_pair)
        for (start, end), strength in strengths.items():
            old = kept.get((start, end), Link(start, end, strength, evidence))
            kept[start, end] = Link(start, end, strength, old.evidence, old.lag, old.condition)
        return replace(_tidy(self.ids, kept.values(), self.self_links), reach=self.reach)


def links_of(ids: Iterable[str], table: pd.DataFrame) -> Links:
    """Return the links of a typed ``links`` table between these ids.

    Parameters
    ----------
    ids : iterable of str
        Every id of metrics, outcomes and nodes.
    table : DataFrame
        Columns source, target, sign (+/-), strength (0–1), evidence, lag (months), condition;
        one row a (source, target), as the loader guarantees.

    Notes
    -----
    Self-links say nothing about a conflict: they are left out and counted. A link of strength 0
    is no link.
    """
    rows = [_link(row) for row in table.to_dict("records")]
    return _tidy(tuple(sorted(set(ids))), rows, 0)


def _link(row: dict) -> Link:
    sign = -1.0 if row["sign"] == "-" else 1.0
    return Link(
        str(row["source"]),
        str(row["target"]),
        sign * float(row["strength"]),
        str(row["evidence"]),
        None if pd.isna(row["lag"]) else float(row["lag"]),
        None if pd.isna(row["condition"]) else str(row["condition"]),
    )


def _tidy(ids: tuple[str, ...], rows: Iterable[Link], self_links: int) -> Links:
    held = list(rows)
    kept = [row for row in held if row.source != row.target]
    ordered = sorted((r for r in kept if r.strength != 0), key=lambda r: (r.source, r.target))
    return Links(ids, tuple(ordered), self_links + len(held) - len(kept))
