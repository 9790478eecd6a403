"""Runs: execute a client's workbooks with papermill and publish them at once, or not at all."""

from typing import TYPE_CHECKING

from lodestar.lazy import on_first_use

if TYPE_CHECKING:
    from lodestar.provenance import published_results
    from lodestar.run.batch import run_clients
    from lodestar.run.client import run_client
    from lodestar.run.report import Failure, RunFailedError, RunReport

__all__ = [
    "Failure",
    "RunFailedError",
    "RunReport",
    "published_results",
    "run_client",
    "run_clients",
]

__getattr__ = on_first_use(
    __name__,
    {
        "lodestar.provenance": ("published_results",),
        "lodestar.run.batch": ("run_clients",),
        "lodestar.run.client": ("run_client",),
        "lodestar.run.report": ("Failure", "RunFailedError", "RunReport"),
    },
)
