"""Thresholds promised to those who answered: a published period never sinks below its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lodestar.engagement.collector import Collector
from lodestar.engagement.documents.yaml_document import read_document
from lodestar.engagement.model import Confidentiality, Period

__all__ = ["check_thresholds"]

MANIFEST = "manifest.json"
FILE = "engagement.yml"
WORDS = {"minimum": "people behind a number", "comments": "people behind a topic of comments"}


def check_thresholds(
    folder: Path, asked: Confidentiality, chosen: Sequence[Period], collector: Collector
) -> None:
    """Refuse thresholds below those of a published run; tell those above.

    Parameters
    ----------
    folder : Path
        The client's folder.
    asked : Confidentiality
        Thresholds that ``engagement.yml`` asks for.
    chosen : sequence of Period
        Every period that the pages would show, earlier ones included.
    collector : Collector
        Takes a problem for each threshold that sinks, a notice for each that rises.

    Notes
    -----
    Thresholds are frozen when a period is published: a lower one would show, beside the pages that
    are out already, what those held back. Trends show earlier periods too, so each counts.
    """
    for name, value in asdict(asked).items():
        said = {period.id: _published(folder, period.id).get(name) for period in chosen}
        above = {period: least for period, least in said.items() if least and least > value}
        below = {period: least for period, least in said.items() if least and least < value}
        if above:
            _refuse(folder, name, value, above, collector)
        elif below:
            listed = ", ".join(f"{period} ({least})" for period, least in below.items())
            collector.notice(
                "threshold-raised",
                FILE,
                f"At least {value} {WORDS[name]} are asked for now, more than published: {listed}.",
                "Pages show less than before; lower it again only before the next run.",
                column=f"confidentiality.{name}",
            )


def _refuse(
    folder: Path, name: str, value: int, above: dict[str, int], collector: Collector
) -> None:
    document = read_document(folder / FILE, Collector())
    highest = max(above.values())
    periods = ", ".join(period for period, least in above.items() if least == highest)
    collector.problem(
        "threshold-lowered",
        FILE,
        f"Fewer {WORDS[name]} than were promised when {periods} was published: {highest}.",
        f"Write 'confidentiality: {{{name}: {highest}}}', or more.",
        row=document.row(("confidentiality", name)) if document else None,
        column=f"confidentiality.{name}",
        value=str(value),
    )


def _published(folder: Path, period: str) -> dict[str, Any]:
    """Return the thresholds of a period's published run; none when there is none to be read."""
    try:
        text = (folder / "runs" / period / MANIFEST).read_text(encoding="utf-8")
        found = json.loads(text).get("confidentiality", {})
    except (OSError, ValueError, AttributeError):
        return {}
    return {name: least for name, least in found.items() if isinstance(least, int)}
