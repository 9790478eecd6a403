"""Every count of persons who commented, gated together: topics, groups, objections, languages."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from lodestar.confidentiality import hide_overlaps

__all__ = ["Cell", "Members", "admitted"]

Cell = tuple[str, ...]
"""What is counted: ``("topic", t)``, ``("group", g)``, ``("topic", t, "group", g)`` and so on."""

Members = Mapping[Cell, NDArray[np.bool_]]


def admitted(cells: Members, published: Members, minimum: int) -> set[Cell]:
    """Return the cells that may be shown beside what is published of comments already.

    Parameters
    ----------
    cells : mapping
        Who is counted in each cell, over all persons who commented.
    published : mapping
        Cells that are published elsewhere and stay so.
    minimum : int
        Threshold of comments.

    Returns
    -------
    set
        Cells of enough persons from which, with those published, no few persons follow.

    Notes
    -----
    A cell of nobody is hidden like a small one: what is not shown does not tell zero from few. If
    what is published would itself have to give way, nothing is added to it.
    """
    big = {cell: who for cell, who in cells.items() if who.sum() >= minimum}
    every = [*published.values(), *big.values()]
    if not big:
        return set()
    late = np.array([True] * len(published) + [False] * len(big))
    shown = hide_overlaps(np.array(every), np.ones(len(every), dtype=bool), minimum, elsewhere=late)
    if not shown[: len(published)].all():
        return set()
    return {cell for cell, keep in zip(big, shown[len(published) :], strict=True) if keep}
