"""Everything that differs between two sides, and what it looks like to a program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from lodestar.findings.differences import NOTHING, leading
from lodestar.findings.headlines import HEADLINES, Headline, read
from lodestar.review.cells import CellChange, NotebookChange, compare_notebooks
from lodestar.review.explained import Attribution, Number
from lodestar.review.headlines import Moved, moved_headlines
from lodestar.review.inputs import Inputs, TableChange, compare_inputs
from lodestar.review.moves import Group, leaf_dict, moved_results
from lodestar.review.sides import Side
from lodestar.review.sources import Source, compare_sources
from lodestar.review.told import Findings, compare_findings

__all__ = ["Difference", "compare_sides", "headline_numbers"]


@dataclass(frozen=True)
class Difference:
    """What differs between two sides, what moved first.

    Parameters
    ----------
    before, after : Side
        The sides.
    headlines : tuple of Moved
        Numbers that pages lead with.
    results : tuple of Group
        Every leaf of results.json that moved, headlines among them.
    findings : Findings
        Sentences added, gone and changed.
    inputs : Inputs
        Rows added, gone and changed.
    sources : tuple of Source
        Framework, settings, corrections, assumptions, notes, workbooks, code, packages.
    notebooks : tuple of NotebookChange
        Executed notebooks cell by cell.
    attribution : Attribution, optional
        The headlines' movements split into data, framework and code.
    """

    before: Side
    after: Side
    headlines: tuple[Moved, ...]
    results: tuple[Group, ...]
    findings: Findings
    inputs: Inputs
    sources: tuple[Source, ...]
    notebooks: tuple[NotebookChange, ...]
    attribution: Attribution | None = None

    @property
    def differs(self) -> bool:
        """Tell whether anything differs."""
        parts = (self.results, self.findings, self.inputs, self.sources, self.notebooks)
        return any(len(part) for part in parts)

    def sentence(self) -> str:
        """Return the whole comparison in one sentence."""
        if not self.differs:
            return NOTHING
        beyond = sum(bool(one.movement and one.movement.beyond_noise) for one in self.headlines)
        return leading(
            len(self.headlines),
            beyond,
            sum(len(group.leaves) for group in self.results),
            finding=len(self.findings),
            input_table=len(self.inputs.tables) + len(self.inputs.lost),
            cell=sum(len(notebook.cells) for notebook in self.notebooks),
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the comparison as ``diff --json`` prints it.

        Returns
        -------
        dict
            ``client``; ``before``, ``after``: name, period, run; ``differs``; ``sentence``;
            ``headlines[]``: id, label, unit, pointer, before, after, movement, sentence;
            ``results[]``: path, entry, kind, pointers, before, after, change, reasons;
            ``findings``: added, gone, changed; ``inputs``: tables (rows with their cells, or gated
            counts), lost, files; ``made_from[]``: name, note, leaves; ``notebooks[]``: cells with
            source, text, charts, tables; ``attribution``: differing, mixtures, seconds, remainder,
            numbers[] (id, before, after, parts, orders, complete, reason), or null.
        """
        return {
            "client": self.after.client,
            "before": _side(self.before),
            "after": _side(self.after),
            "differs": self.differs,
            "sentence": self.sentence(),
            "headlines": [one.as_dict() for one in self.headlines],
            "results": [leaf_dict(leaf) for group in self.results for leaf in group.leaves],
            "findings": self.findings.as_dict(),
            "inputs": _inputs(self.inputs),
            "made_from": [_source(source) for source in self.sources],
            "notebooks": [_notebook(notebook) for notebook in self.notebooks],
            "attribution": self.attribution.as_dict() if self.attribution else None,
        }


def compare_sides(before: Side, after: Side) -> Difference:
    """Return everything that differs between two sides of one client.

    Parameters
    ----------
    before, after : Side
        As `lodestar.review.sides.sides` finds them.
    """
    return Difference(
        before,
        after,
        tuple(moved_headlines(before, after)),
        tuple(moved_results(before.results, after.results)),
        compare_findings(before.results, after.results),
        compare_inputs(before, after),
        tuple(compare_sources(before, after)),
        tuple(compare_notebooks(before, after)),
    )


def headline_numbers(moved: Sequence[Moved]) -> list[Number]:
    """Return moved headlines as numbers to attribute, keyed by the headline's id."""
    known = {headline.id: headline for headline in HEADLINES}
    return [_number(known[one.id]) for one in moved if one.id in known and one.movement]


def _number(headline: Headline) -> Number:
    def value(results: Any) -> tuple[float | None, str]:
        found = read(headline, results)
        return found.value, found.reason

    return Number(headline.id, headline.pointer.split("/")[1], value)


def _side(side: Side) -> dict[str, Any]:
    return {"name": side.name, "period": side.period, "run": side.run or None}


def _inputs(inputs: Inputs) -> dict[str, Any]:
    return {
        "tables": [_table(one) for one in inputs.tables],
        "lost": list(inputs.lost),
        "files": [{"file": f, "before": a or None, "after": b or None} for f, a, b in inputs.files],
    }


def _table(change: TableChange) -> dict[str, Any]:
    document = asdict(change)
    return {**document, "confidential": dict(change.confidential) or None}


def _source(source: Source) -> dict[str, Any]:
    leaves = [leaf_dict(leaf) for leaf in source.leaves]
    return {"name": source.name, "note": source.note or None, "leaves": leaves}


def _notebook(change: NotebookChange) -> dict[str, Any]:
    return {
        "notebook": change.stem,
        "kind": change.kind,
        "cells": [_cell(cell) for cell in change.cells],
    }


def _cell(cell: CellChange) -> dict[str, Any]:
    return {
        "cell": cell.cell,
        "number": cell.number,
        "kind": cell.kind,
        "source": [{"before": a, "after": b} for a, b in cell.source],
        "text": [{"before": a, "after": b} for a, b in cell.text],
        "charts": [[leaf_dict(leaf) for leaf in chart] for chart in cell.charts],
        "tables": [[leaf_dict(leaf) for leaf in table] for table in cell.tables],
        "drawn_otherwise": cell.drawn,
    }
