"""The map: metrics with what is paid for them, outcomes, and the nodes in between."""

from __future__ import annotations

import pandas as pd

from tests.support.demo.basics import LATEST, register


def measures(period: str) -> dict[str, pd.DataFrame]:
    """Metrics, outcomes, nodes; later also reviews, repairs, changes and the value chain."""
    metrics = register("metrics")
    if period != LATEST:
        earlier = {"v_first_fix": "0.2", "v_handling_time": "0.35"}
        metrics["incentive"] = metrics["metric"].map(earlier).fillna(metrics["incentive"])
    tables = {"metrics": metrics, "outcomes": register("outcomes"), "nodes": register("nodes")}
    later = {
        "value_chain": register("value_chain"),
        "conflict_reviews": register("conflict_reviews"),
        "repairs": register("repairs"),
        "changes": register("changes"),
    }
    return tables | later if period == LATEST else tables
