"""Rules within a table: shares that add up, order of days, circles, answers on their scale."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lodestar.engagement.collector import Collector
from lodestar.engagement.inputs.circles import circle
from lodestar.engagement.inputs.table import TableRead
from lodestar.framework.model import Framework
from lodestar.schema.columns import NODE_IDS
from lodestar.schema.tables import TABLES

__all__ = ["apply_rules", "check_answers", "check_shared_ids"]

_ORDERED = {
    "activities": (("started", "ended", "The work ends before it starts."),),
    "effects": (
        ("low", "high", "The low end lies above the high end."),
        ("low", "change", "The change lies below its low end."),
        ("change", "high", "The change lies above its high end."),
    ),
}


def apply_rules(read: TableRead, collector: Collector) -> TableRead:
    """Return the table without rows that mean nothing; collect rows that contradict."""
    name = read.sheet.table.name
    told = np.zeros(len(read.frame), dtype=bool)
    for low, high, message in _ORDERED.get(name, ()):
        wrong = (read.frame[low] > read.frame[high]).to_numpy() & ~told
        told |= wrong
        mend = f"Correct {low} or {high}."
        read.tell(collector, "wrong-order", np.flatnonzero(wrong), high, message, mend)
    if name == "metrics":
        _check_incentives(read, collector)
    if name == "investments":
        _check_circle(read, collector)
    if name == "transactions":
        return _count_unnamed(read, collector)
    return _without_self_links(read, collector) if name == "links" else read


def _check_incentives(read: TableRead, collector: Collector) -> None:
    """Refuse a function whose metrics carry more than the whole of its reward."""
    frame = read.frame.dropna(subset=["function", "incentive"])
    for function, rows in frame.groupby("function"):
        total = round(float(rows["incentive"].sum()), 9)
        if total > 1:
            read.tell(
                collector,
                "incentive-sum",
                rows.index[-1:].to_numpy(),
                "incentive",
                f"The incentives of {function} add up to {total:g}, which is more than 1.",
                f"Lower the shares of {', '.join(rows['metric'].dropna())}.",
            )


def _check_circle(read: TableRead, collector: Collector) -> None:
    """Refuse investments that require each other in a circle."""
    frame = read.frame.dropna(subset=["investment"])
    found = circle(dict(zip(frame["investment"], frame["requires"], strict=True)))
    if found:
        read.tell(
            collector,
            "circular-requires",
            frame.index[frame["investment"] == found[0]][:1].to_numpy(),
            "requires",
            f"Investments require each other: {' > '.join(found)}.",
            "Remove one of these requirements.",
        )


def _count_unnamed(read: TableRead, collector: Collector) -> TableRead:
    """Count the transactions without a customer; they stay, customer measures leave them out."""
    number = int(read.frame["customer"].isna().sum())
    if not number:
        return read
    collector.notice(
        "no-customer",
        read.sheet.file,
        f"Transactions without a customer, left out of customer measures: {number:,}.",
        column="customer",
    )
    return TableRead(read.sheet, read.frame, read.at, read.left_out + number)


def _without_self_links(read: TableRead, collector: Collector) -> TableRead:
    """Return the links without those of a node to itself, counted and told."""
    itself = (read.frame["source"] == read.frame["target"]).to_numpy()
    for at in np.flatnonzero(itself):
        collector.notice(
            "self-link",
            read.sheet.file,
            "A link of a node to itself is ignored.",
            row=int(read.sheet.rows[read.at[at]]),
            column="target",
            value=str(read.frame["target"].iloc[at]),
        )
    return read.keep(~itself, counted=True)


def check_answers(read: TableRead, framework: Framework, collector: Collector) -> None:
    """Refuse answers off the scale of their item: 1 to 5, or whole 0 to 10 for ``nps``."""
    kinds = {item.id: item.kind for item in framework.items}
    value, kind = read.frame["value"], read.frame["item"].map(kinds)
    nps = kind == "nps"
    outside = (kind.notna() & ~nps & ~value.between(1, 5)) & value.notna()
    off = nps & value.notna() & ~(value.between(0, 10) & (value % 1 == 0))
    for mask, scale in ((outside, "from 1 to 5"), (off, "a whole number from 0 to 10")):
        read.tell(
            collector,
            "answer-off-scale",
            np.flatnonzero(mask),
            "value",
            f"The item is answered {scale}.",
            f"Write {scale}, or leave the cell blank.",
        )


def check_shared_ids(tables: Mapping[str, TableRead], collector: Collector) -> None:
    """Refuse an id that a metric, an outcome or a node share: links could not tell them apart."""
    seen: dict[str, str] = {}
    for name in NODE_IDS:
        read = tables.get(name)
        key = TABLES[name].key[0]
        if read is None or key not in read.sheet.cells:
            continue
        for at in np.flatnonzero(read.frame[key].isin(list(seen))):
            other = seen[str(read.frame[key].iloc[at])]
            read.tell(
                collector,
                "ambiguous-id",
                np.array([at]),
                key,
                f"Table {other} has this id as well.",
                "Give one of the two another id.",
            )
        seen |= dict.fromkeys(read.frame[key].dropna(), name)
