"""Whether what is served was reviewed: read at every request, as a signature may have come."""

from __future__ import annotations

import logging
from functools import lru_cache

from lodestar.findings.words import joined
from lodestar.provenance import PublishedRun, client_of
from lodestar.provenance.integrity import harmed_files
from lodestar.provenance.reviews import Standing, read_chain

__all__ = ["standing_of"]

_log = logging.getLogger(__name__)


def standing_of(run: PublishedRun) -> Standing:
    """Return what stands of the reviews of a run, and say in the log what cannot be trusted.

    Parameters
    ----------
    run : PublishedRun
        The run. With any file of it changed since, no page of it counts as reviewed.
    """
    standing = read_chain(client_of(run), run.period).standing(run.hash)
    fault = standing.fault and f"the record of reviews: {standing.fault}"
    harmed = harmed_files(run.folder) if standing.state == "reviewed" else ()
    if harmed:
        standing = Standing("void")
        fault = f"{joined(harmed)} {'is' if len(harmed) == 1 else 'are'} not what was signed"
    if fault:
        _warn(run.client, run.period, fault)
    return standing


@lru_cache(maxsize=256)
def _warn(client: str, period: str, fault: str) -> None:
    """Write a warning once, not at every request."""
    _log.warning("%s %s is shown as a draft: %s.", client, period, fault)
