"""Facts of the method page: ladder, targets, factors, sources, tables received, assumptions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from lodestar.engagement.model import Engagement
from lodestar.findings.words import joined
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["EXHIBITS", "FACTS"]

EXHIBITS: dict[str, Callable[[Mapping[str, Any]], Exhibit]] = {}


def _ladder(engagement: Engagement, _: Mapping[str, Any]) -> Exhibit:
    rows = [(rung.level, rung.name, rung.description) for rung in engagement.framework.levels]
    frame = pd.DataFrame(rows, columns=["level", "name", "description"])
    columns = [
        Column("level", "Level", "integer"),
        Column("name", "Name"),
        Column("description", "What is true when it is reached"),
    ]
    return Exhibit(table=table(frame, columns))


def _targets(engagement: Engagement, _: Mapping[str, Any]) -> Exhibit:
    dimensions = {d.id: d.name for d in engagement.framework.dimensions}
    rows = [
        {
            "dimension": dimensions[c.dimension],
            "capability": c.name,
            **{str(k): c.target[k] for k in range(1, 6)},
        }
        for c in engagement.framework.capabilities
    ]
    frame = pd.DataFrame(rows, columns=["dimension", "capability", *"12345"])
    levels = [Column(k, f"at {k}", "number") for k in "12345"]
    columns = [Column("dimension", "Dimension"), Column("capability", "Capability"), *levels]
    return Exhibit(table=table(frame, columns, "Level each capability needs at a chosen level."))


def _factors(engagement: Engagement, _: Mapping[str, Any]) -> Exhibit:
    rows = [
        (f.name, f.role, "raises" if f.sign > 0 else "lowers", f.weight, f.strength, f.source)
        for f in engagement.framework.factors
    ]
    frame = pd.DataFrame(rows, columns=["name", "role", "sign", "weight", "strength", "source"])
    columns = [
        Column("name", "Market factor"),
        Column("role", "Role"),
        Column("sign", "A high score"),
        Column("weight", "Weight", "number"),
        Column("strength", "Evidence"),
        Column("source", "Source"),
    ]
    return Exhibit(table=table(frame, columns))


def _sources(engagement: Engagement, _: Mapping[str, Any]) -> Exhibit:
    frame = pd.DataFrame(
        [(s.citation, ", ".join(s.rests)) for s in engagement.framework.sources],
        columns=["citation", "rests"],
    )
    columns = [Column("citation", "Source"), Column("rests", "What rests on it")]
    changes = engagement.framework.overrides
    notes = tuple(f"Changed for this client: {change}" for change in changes)
    return Exhibit(
        table=table(frame, columns), notes=notes or ("Nothing was changed for this client.",)
    )


def _tables(_: Engagement, results: Mapping[str, Any]) -> Exhibit:
    counts = results["data_quality"]["tables"]
    frame = pd.DataFrame(
        [(name, count["rows"], count["left_out"]) for name, count in sorted(counts.items())],
        columns=["name", "rows", "left_out"],
    )
    columns = [
        Column("name", "Table"),
        Column("rows", "Rows", "integer"),
        Column("left_out", "Left out", "integer"),
    ]
    few = [name for name, count in sorted(counts.items()) if count["rows"] is None]
    notes = (f"Not counted, because few people answered: {joined(few)}.",) if few else ()
    return Exhibit(table=table(frame, columns), notes=notes)


def _thresholds(engagement: Engagement, _: Mapping[str, Any]) -> Exhibit:
    settings = engagement.settings
    rows = [
        ("Least people behind anything shown", settings.confidentiality.minimum),
        ("Least people behind a theme of comments", settings.confidentiality.comments),
        ("Severity from which a conflict is severe", settings.severe_conflict),
        ("Draws behind every interval", 2000),
        ("Seed of the draws", settings.seed),
    ]
    frame = pd.DataFrame([(name, str(value)) for name, value in rows], columns=["name", "value"])
    return Exhibit(table=table(frame, [Column("name", "Threshold"), Column("value", "Value")]))


FACTS: dict[str, tuple[str, str, Callable[[Engagement, Mapping[str, Any]], Exhibit]]] = {
    "method.ladder": (
        "The ladder",
        "More is not better: the level to reach is the one asked for.",
        _ladder,
    ),
    "method.targets": ("Target profiles", "Over-shoot counts as much as falling short.", _targets),
    "method.factors": (
        "Market factors of the required level",
        "Scores 1–5 by several raters.",
        _factors,
    ),
    "method.thresholds": (
        "Thresholds",
        "Set in engagement.yml; frozen once a period is published.",
        _thresholds,
    ),
    "method.tables": ("Tables received", "Rows read, and rows left out of a computation.", _tables),
    "method.sources": ("Sources", "What the framework rests on; the wording is ours.", _sources),
}
"""Card id: title, reading line, and what makes its exhibit."""
