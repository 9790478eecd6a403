"""The links of the map: who pushes what, how strongly, on what evidence."""

from __future__ import annotations

import pandas as pd

from tests.support.demo.basics import LATEST, register

ADDED = ("d_early_returns>v_repeat", "n_stop_30>s_renewals", "n_record>n_custom")
"""Links that were found after the earlier period."""


def links(period: str) -> pd.DataFrame:
    """The links known in a period."""
    rows = register("links")
    if period == LATEST:
        return rows
    return rows[~(rows["source"] + ">" + rows["target"]).isin(ADDED)].reset_index(drop=True)
