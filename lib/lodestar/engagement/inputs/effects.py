"""Targets of effects: a capability, a node, ``link:source>target`` or ``incentive:metric``."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from lodestar.engagement.collector import Collector
from lodestar.engagement.inputs.known import Known
from lodestar.engagement.inputs.references import tell_unknown
from lodestar.engagement.inputs.table import TableRead
from lodestar.schema.columns import NODE_IDS
from lodestar.schema.tables import TABLES

__all__ = ["check_targets", "effect_targets"]

_TARGET = replace(
    TABLES["effects"].column("target"),
    reference=("capabilities", *NODE_IDS),
)


def effect_targets(known: Known, links: TableRead | None) -> frozenset[str] | None:
    """Return everything that an effect may name; None when some of it cannot be told."""
    plain = known.of(("capabilities", *NODE_IDS))
    metrics = known.ids["metrics"]
    if plain is None or metrics is None:
        return None
    frame = pd.DataFrame(columns=["source", "target"]) if links is None else links.frame
    ends = frame[["source", "target"]].dropna()
    pairs = {f"link:{a}>{b}" for a, b in zip(ends["source"], ends["target"], strict=True)}
    return plain | {f"incentive:{metric}" for metric in metrics} | pairs


def check_targets(
    read: TableRead, known: Known, links: TableRead | None, collector: Collector
) -> None:
    """Collect the targets of effects that are not there, and those that may be two things."""
    targets = effect_targets(known, links)
    if "target" not in read.sheet.cells or targets is None:
        return
    cells = read.frame["target"]
    unknown = cells[cells.notna() & ~cells.isin(list(targets))]
    tell_unknown(read, _TARGET, unknown, targets, collector)
    both = (known.of(NODE_IDS) or frozenset()) & (known.ids["capabilities"] or frozenset())
    read.tell(
        collector,
        "ambiguous-id",
        cells[cells.isin(list(both))].index.to_numpy(),
        "target",
        "A capability and a node both have this id.",
        "Give the node another id.",
    )
