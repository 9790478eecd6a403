"""results.json: every section and every finding, rounded once, ready to be written."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from lodestar.assess.results import Results
from lodestar.engagement.model import Engagement
from lodestar.findings.model import Finding
from lodestar.workbook.pages import PAGES

__all__ = ["collect_findings", "results_document"]

DECIMALS = 6


def results_document(
    engagement: Engagement, results: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return what results.json holds.

    Parameters
    ----------
    engagement : Engagement
        Checked and typed material of a client and period.
    results : mapping, optional
        Results already computed.

    Returns
    -------
    dict
        Plain numbers (6 decimals), text, lists and dictionaries with text keys.
    """
    known = Results(engagement) if results is None else results
    sections = {name: known[name] for name in known}
    found = [finding.as_dict() for finding in collect_findings(known)]
    document: dict[str, Any] = _plain({**sections, "findings": found})
    return document


def collect_findings(results: Mapping[str, Any]) -> list[Finding]:
    """Return the findings of every workbook of the walk, in its order."""
    pages = [page for page in PAGES if page.topic != "method"]
    slots = [slot for page in pages for slot in page.findings().findings(results)]
    return [slot for slot in slots if isinstance(slot, Finding)]


def _plain(value: Any) -> Any:
    """Return a value as JSON knows it; a number that is none is a fault of ours and raises."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, int):
        return int(value)
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("A result is not a finite number; give null with its reason instead.")
    return round(number, DECIMALS) + 0.0
