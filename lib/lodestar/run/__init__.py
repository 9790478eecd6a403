"""Runs: execute a client's workbooks with papermill and publish them at once, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lodestar.provenance import published_results
    from lodestar.run.client import run_client
    from lodestar.run.report import Failure, RunFailedError, RunReport

__all__ = [
    "Failure",
    "RunFailedError",
    "RunReport",
    "published_results",
    "run_client",
]

_HOMES = {
    "Failure": "lodestar.run.report",
    "RunFailedError": "lodestar.run.report",
    "RunReport": "lodestar.run.report",
    "published_results": "lodestar.provenance",
    "run_client": "lodestar.run.client",
}


def __getattr__(name: str) -> Any:
    """Import on first use: kernels load an extension from here and need nothing else of it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'lodestar.run' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
