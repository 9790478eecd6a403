"""Where the figures come from, and what they do not cover."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar import __version__
from lodestar.engagement.model import Engagement
from lodestar.findings.method import INTERVALS
from lodestar.provenance import corrections_of, digest, framework_hash, made_public, tables_read
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, table
from lodestar.workbook.card import Html, exhibit_card
from lodestar.workbook.exhibit import Exhibit, Fold

__all__ = ["provenance", "uncertainty"]

SHOWN = 12
"""Characters of a hash that are shown: enough to tell two apart."""


def uncertainty(engagement: Engagement) -> Html:
    """Return what intervals cover, what was left out, and the assumptions with their grades.

    Parameters
    ----------
    engagement : Engagement
        The client's material.
    """
    frame = pd.DataFrame(list(engagement.assumptions), columns=["text", "quality", "impact"])
    columns = [
        Column("text", "Assumption"),
        Column("quality", "Quality"),
        Column("impact", "Impact"),
    ]
    counts = {name: engagement.wave.left_out.get(name, 0) for name in _read_now(engagement)}
    notes = [
        f"Left out of table {name}: {numeral(n, ',')} rows." for name, n in counts.items() if n
    ]
    if not engagement.assumptions:
        notes.append("No assumptions were declared in assumptions.yml.")
    exhibit = Exhibit(table=table(frame, columns), notes=tuple(notes))
    return exhibit_card("uncertainty", "What the figures do not cover", exhibit, INTERVALS)


def provenance(engagement: Engagement) -> Html:
    """Return inputs, framework, seed, corrections and version as one quiet card.

    Parameters
    ----------
    engagement : Engagement
        The client's material; what the page has read of it is named with its hash, nothing else.
    """
    framework, read = engagement.framework, tables_read(engagement)
    rows = [
        ("Client and period", f"{engagement.settings.name}, {engagement.period.id}"),
        ("As of", engagement.period.as_of.isoformat()),
        ("Inputs", f"{digest(read)[:SHOWN]}, of the tables below" if read else "No table is there"),
        ("Framework", f"{framework.id} {framework.version}, {framework_hash(framework)[:SHOWN]}"),
        ("Seed", str(engagement.settings.seed)),
        ("Lodestar", __version__),
    ]
    made = corrections_of(engagement, engagement.reads.names)
    rows += [("Correction", _correction(correction)) for correction in made]
    frame = pd.DataFrame(rows, columns=["name", "value"])
    shown = table(frame, [Column("name", "What"), Column("value", "Value")])
    threshold = engagement.settings.confidentiality.minimum
    notes = (f"Groups of fewer than {threshold} people are never shown.",)
    exhibit = Exhibit(table=shown, notes=notes, folds=_folds(read))
    return exhibit_card("provenance", "Where this comes from", exhibit)


def _read_now(engagement: Engagement) -> list[str]:
    """Return the tables of the current period that the page has asked for."""
    place = f"{engagement.period.id}/"
    names = engagement.reads.names
    return [name.removeprefix(place) for name in names if name.startswith(place)]


def _folds(read: Mapping[str, Mapping[str, str]]) -> tuple[Fold, ...]:
    """Return the tables that the page read, each with the hash of its content by period."""
    rows = [
        (name, "; ".join(f"{period} {value[:SHOWN]}" for period, value in sorted(found.items())))
        for name, found in read.items()
    ]
    frame = pd.DataFrame(rows, columns=["table", "content"])
    columns = [Column("table", "Table"), Column("content", "Content by period")]
    title = f"{len(rows)} {'table' if len(rows) == 1 else 'tables'} read for this page"
    return (Fold(title, table=table(frame, columns)),) if rows else ()


def _correction(made: Mapping[str, Any]) -> str:
    """Return a correction in a line; of one person's answer only that it was corrected."""
    known = made_public(made)
    row = ", ".join(f"{key} {value}" for key, value in known.get("where", {}).items())
    where = f"{made['table']} ({row})" if row else made["table"]
    change = f": {known['old']} → {known['new']}" if "new" in known else ""
    said = f"{made.get('reason')} ({made.get('by')}, {made.get('on')})"
    return f"{made['period']}: {where}, {made['column']}{change}; {said}"
