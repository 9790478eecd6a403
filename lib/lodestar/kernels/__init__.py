"""Kernels: one warm server forks them ready to work; where that is unsafe, ordinary ones serve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lodestar.kernels.manager import Kernels

__all__ = ["Kernels"]


def __getattr__(name: str) -> Any:
    """Import on first use: kernels load an extension from here and need nothing else of it."""
    if name != "Kernels":
        raise AttributeError(f"module 'lodestar.kernels' has no attribute {name!r}")
    from lodestar.kernels.manager import Kernels

    return Kernels
