"""A published table of rankings, for tests of agreement on an order."""

from __future__ import annotations

import numpy as np

__all__ = ["RANKS"]

RANKS = np.array(
    [
        [1, 2, 3, 2, 5, 6, 4, 7, 5],
        [4, 1, 4, 3, 6, 5, 5, 2, 7],
        [7, 6, 7, 7, 7, 4, 7, 3, 6],
        [6, 7, 5, 6, 1, 2, 3, 1, 2],
        [5, 3, 6, 5, 3, 7, 6, 6, 3],
        [3, 5, 2, 4, 4, 3, 1, 4, 4],
        [2, 4, 1, 1, 2, 1, 2, 5, 1],
    ]
).T
"""Seven priorities (columns) ranked by nine top managers (Tarakci et al. 2014, as Heckmann 2016
prints them)."""
