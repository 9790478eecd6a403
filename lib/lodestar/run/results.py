"""results.json as bytes: checked against the shipped schema, sorted, rounded."""

from __future__ import annotations

import json
from pathlib import Path

from lodestar.engagement.model import Engagement
from lodestar.schema.results import check_results

__all__ = ["results_bytes"]


def results_bytes(engagement: Engagement, shared: Path | None = None) -> bytes:
    """Return the results of a client and period as published.

    Parameters
    ----------
    engagement : Engagement
        The client's material.
    shared : Path, optional
        Folder in which the run's workbooks share the sections they compute.

    Raises
    ------
    FaultError
        The results do not follow the shipped schema: a fault of ours; the place is named.
    """
    from lodestar.engagement.reads import traced
    from lodestar.workbook import results_document
    from lodestar.workbook.sections import SharedResults

    known = traced(engagement)
    document = results_document(known, SharedResults(known, shared) if shared else None)
    check_results(document)
    text = json.dumps(document, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False)
    return (text + "\n").encode()
