"""Dashboards: reviewed pages without a kernel, live what-ifs by Voila, each client apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lodestar.serve.server import serve

__all__ = ["serve"]


def __getattr__(name: str) -> Any:
    """Import the server on first use; opening JupyterLab needs none of it."""
    if name != "serve":
        raise AttributeError(f"module 'lodestar.serve' has no attribute {name!r}")
    from lodestar.serve.server import serve

    return serve
