"""The environment of every kernel: nothing that decides over a number is left to the machine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

__all__ = ["PINNED", "kernel_environment"]

PINNED = {
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
"""Time zone, locale, hash order, encoding, and the order in which parallel sums are added."""


def kernel_environment(data_root: Path, base: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a kernel.

    Parameters
    ----------
    data_root : Path
        Folder of the clients; reaches the kernel as LODESTAR_DATA, absolute, so that no path has
        to stand in a notebook.
    base : mapping, optional
        Environment to start from; the process's own by default.
    """
    start = os.environ if base is None else base
    return {**start, **PINNED, "LODESTAR_DATA": str(data_root.resolve())}
