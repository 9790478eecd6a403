"""results.json as bytes: checked against the shipped schema, sorted, rounded."""

from __future__ import annotations

import json

from lodestar.engagement.model import Engagement
from lodestar.schema.results import check_results

__all__ = ["results_bytes"]


def results_bytes(engagement: Engagement) -> bytes:
    """Return the results of a client and period as published.

    Parameters
    ----------
    engagement : Engagement
        The client's material.

    Raises
    ------
    FaultError
        The results do not follow the shipped schema: a fault of ours; the place is named.
    """
    from lodestar.workbook import results_document

    document = results_document(engagement)
    check_results(document)
    text = json.dumps(document, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False)
    return (text + "\n").encode()
