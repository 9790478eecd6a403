"""Kernels: one warm server forks them ready to work; where that is unsafe, ordinary ones serve."""

from typing import TYPE_CHECKING

from lodestar.lazy import on_first_use

if TYPE_CHECKING:
    from lodestar.kernels.manager import Kernels

__all__ = ["Kernels"]

# Kernels load an extension from here and need nothing else of it.
__getattr__ = on_first_use(__name__, {"lodestar.kernels.manager": ("Kernels",)})
