"""The parts of misalignment as rows, as the bar draws them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.findings.alignment.whole import PART_NAMES, part_shares
from lodestar.findings.words import percent

__all__ = ["SHORT", "part_rows"]

SHORT = {
    "height": "Overall height",
    "functions": "Functions out of step",
    "capabilities": "Uneven capabilities",
    "local": "Local mismatches",
}


def part_rows(alignment: Mapping[str, Any]) -> pd.DataFrame:
    """Return the parts of misalignment with their shares, the largest first.

    Parameters
    ----------
    alignment : mapping
        Section ``alignment`` of the results.

    Returns
    -------
    pandas.DataFrame
        ``name, share`` (0-1, adding up to 1), ``text``; no row when nothing is left to divide.
    """
    shares = part_shares(alignment)
    ranked = sorted(shares, key=lambda k: (-shares[k], list(PART_NAMES).index(k)))
    rows = [{"name": SHORT[k], "share": shares[k], "text": percent(shares[k])} for k in ranked]
    return pd.DataFrame(rows, columns=["name", "share", "text"])
