"""Sides made in memory from a small part of the demo client, without a run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd

from lodestar.assess.results import Results
from lodestar.engagement import load
from lodestar.provenance import sources
from lodestar.review.sides import Side

DEMO = Path(__file__).parents[2] / "client_data" / "demo"
TABLES = Path("inputs") / "2026-Q4"
SECTIONS = ("level", "alignment")


def few_tables(root: Path, own: str = "") -> Path:
    """Copy the demo's settings, ratings and context; give it this framework.yml."""
    folder = root / "demo"
    (folder / TABLES).mkdir(parents=True)
    shutil.copy(DEMO / "engagement.yml", folder)
    for name in ("ratings.csv", "context.csv"):
        shutil.copy(DEMO / TABLES / name, folder / TABLES / name)
    if own:
        (folder / "framework.yml").write_text(own, encoding="utf-8")
    return folder


def rated(folder: Path, capability: str, level: str) -> None:
    """Rate one capability at one level, whoever rated it."""
    path = folder / TABLES / "ratings.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame.loc[frame["capability"] == capability, "level"] = level
    frame.to_csv(path, index=False)


def side_of(folder: Path, name: str, sections: tuple[str, ...] = SECTIONS) -> Side:
    """Return what the present code publishes of this folder, as far as these sections."""
    engagement = load(folder.name, "", folder.parent)
    results = Results(engagement)
    known = {section: results[section] for section in sections}
    return Side(name, "demo", "2026-Q4", folder, "", known, sources(engagement))
