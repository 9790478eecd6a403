"""The walk through a run: its workbooks in order, and the address of each."""

from __future__ import annotations

from dataclasses import dataclass

from lodestar.provenance import PublishedRun
from lodestar.workbook.pages import PAGES

__all__ = ["Entry", "page_url", "walk"]

_KNOWN = {page.stem: page for page in PAGES}


@dataclass(frozen=True)
class Entry:
    """One workbook in the sidebar; the method page carries no number."""

    stem: str
    number: str
    short: str
    question: str
    href: str


def walk(run: PublishedRun, base: str = "/") -> list[Entry]:
    """Return the workbooks of a run in the order of the walk."""
    entries = []
    for stem in run.notebooks():
        known = _KNOWN.get(stem)
        number = stem[:2].lstrip("0") or "0"
        entries.append(
            Entry(
                stem=stem,
                number="" if stem.startswith("9") else number,
                short=known.short if known else stem,
                question=known.question if known else "",
                href=page_url(run, stem, base),
            )
        )
    return entries


def page_url(run: PublishedRun, stem: str, base: str = "/") -> str:
    """Return the address of a reviewed page."""
    return f"{base}c/{run.client}/{run.period}/{stem}"
