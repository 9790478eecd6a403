"""Whether what is served was reviewed: read at every request, as a signature may have come."""

from __future__ import annotations

import logging
from functools import lru_cache

from lodestar.provenance import PublishedRun, client_of, file_hash
from lodestar.provenance.integrity import named_hashes
from lodestar.provenance.reviews import Standing, read_chain

__all__ = ["standing_of"]

_log = logging.getLogger(__name__)


def standing_of(run: PublishedRun, stem: str = "") -> Standing:
    """Return what stands of the reviews of a run, and say in the log what cannot be trusted.

    Parameters
    ----------
    run : PublishedRun
        The run.
    stem : str
        The workbook about to be shown; empty for none in particular.
    """
    standing = read_chain(client_of(run), run.period).standing(run.hash)
    fault = standing.fault and f"the record of reviews: {standing.fault}"
    if standing.state == "reviewed" and stem and not _untouched(run, stem):
        standing, fault = Standing("void"), f"{stem} is not what was published and signed"
    if fault:
        _warn(run.client, run.period, fault)
    return standing


def _untouched(run: PublishedRun, stem: str) -> bool:
    """Tell whether a workbook's bytes are those that the manifest names."""
    path = run.notebook(stem)
    return path is not None and named_hashes(run.manifest()).get(path.name) == file_hash(path)


@lru_cache(maxsize=256)
def _warn(client: str, period: str, fault: str) -> None:
    """Write a warning once, not at every request."""
    _log.warning("%s %s is shown as a draft: %s.", client, period, fault)
