"""Where the figures come from, and what they do not cover."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lodestar import __version__
from lodestar.engagement.model import Engagement
from lodestar.findings.method import INTERVALS
from lodestar.provenance import digest, framework_hash, input_hashes
from lodestar.tables import Column, table
from lodestar.workbook.card import Html, exhibit_card
from lodestar.workbook.exhibit import Exhibit

__all__ = ["provenance", "uncertainty"]

SHOWN = 12


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
    left = {name: n for name, n in sorted(engagement.wave.left_out.items()) if n}
    notes = [f"Left out of table {name}: {n:,} rows." for name, n in left.items()]
    if not engagement.assumptions:
        notes.append("No assumptions were declared in assumptions.yml.")
    exhibit = Exhibit(table=table(frame, columns), notes=tuple(notes))
    return exhibit_card("uncertainty", "What the figures do not cover", exhibit, INTERVALS)


def provenance(engagement: Engagement) -> Html:
    """Return inputs, framework, seed, corrections and version as one quiet card.

    Parameters
    ----------
    engagement : Engagement
        The client's material; made in memory it has no files to name.
    """
    framework = engagement.framework
    rows = [
        ("Client and period", f"{engagement.settings.name}, {engagement.period.id}"),
        ("As of", engagement.period.as_of.isoformat()),
        ("Inputs", digest(input_hashes(engagement))[:SHOWN]),
        ("Framework", f"{framework.id} {framework.version}, {framework_hash(framework)[:SHOWN]}"),
        ("Seed", str(engagement.settings.seed)),
        ("Lodestar", __version__),
    ]
    rows += [("Correction", _correction(dict(made))) for made in engagement.corrections]
    frame = pd.DataFrame(rows, columns=["name", "value"])
    shown = table(frame, [Column("name", "What"), Column("value", "Value")])
    threshold = engagement.settings.confidentiality.minimum
    notes = (f"Groups of fewer than {threshold} people are never shown.",)
    return exhibit_card("provenance", "Where this comes from", Exhibit(table=shown, notes=notes))


def _correction(made: dict[str, Any]) -> str:
    where = ", ".join(f"{key} {value}" for key, value in (made.get("where") or {}).items())
    change = f"{made.get('column')}: {made.get('old')} → {made.get('new')}"
    said = f"{made.get('reason')} ({made.get('by')}, {made.get('on')})"
    return f"{made.get('period')}: {made.get('table')} ({where}), {change}; {said}"
