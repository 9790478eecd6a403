"""Exhibit of the roof of measures: the ten worst conflicts first, the whole register folded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from lodestar.charts.conflicts import GLYPHS, sign_matrix
from lodestar.findings.conflicts.pairs_words import standing
from lodestar.findings.conflicts.review_words import still_repaired
from lodestar.findings.conflicts.told import node
from lodestar.findings.names import short
from lodestar.findings.words import count, named, plural
from lodestar.workbook.conflicts.items import conflict_table, folded
from lodestar.workbook.exhibit import Exhibit, Fold

__all__ = ["matrix"]

WORST = 10
NAME = 34


def matrix(results: Mapping[str, Any]) -> Exhibit:
    """Return the roof of the measures in the ten worst conflicts, all conflicts, and the whole."""
    held = results["conflicts"]["matrix"]
    if not held["cells"]:
        shown = conflict_table(results, standing(results["conflicts"]))
        return Exhibit(table=shown, open_table=True)
    rows = [row["metric"] for row in held["metrics"]]
    outcomes = [row["outcome"] for row in held["outcomes"]]
    ends = _worst_ends(results)
    few = [key for key in rows if key in ends], [key for key in outcomes if key in ends]
    whole = _chart(results, rows, outcomes)
    shown = conflict_table(results, standing(results["conflicts"]))
    if not few[0] or len(few[0]) + len(few[1]) < 2 or few == (rows, outcomes):
        notes = (*_limits(held), *still_repaired(results["conflicts"]))
        return Exhibit(whole, shown, notes, open_table=True, folds=folded(results))
    all_of_it = Fold(f"The whole register: {_counted(held)}", whole, notes=_limits(held))
    return Exhibit(
        _chart(results, *few),
        shown,
        (
            f"Drawn: the measures and outcomes of the {count(WORST)} worst conflicts.",
            *still_repaired(results["conflicts"]),
        ),
        open_table=True,
        folds=(all_of_it, *folded(results)),
    )


def _worst_ends(results: Mapping[str, Any]) -> set[str]:
    """Both ends of the worst conflicts that stand; the ends of rules are outcomes only."""
    worst = standing(results["conflicts"])[:WORST]
    return {item[end] for item in worst for end in ("a", "b")}


def _counted(held: Mapping[str, Any]) -> str:
    metrics = plural(len(held["metrics"]), "paid measure")
    return f"{metrics} and {plural(len(held['outcomes']), 'outcome')}"


def _limits(held: Mapping[str, Any]) -> tuple[str, ...]:
    """What a large register leaves out."""
    metrics, outcomes = len(held["metrics"]), len(held["outcomes"])
    said = []
    if metrics < held["metrics_total"]:
        said.append(f"The {metrics} paid measures with most severity of {held['metrics_total']}.")
    if outcomes < held["outcomes_total"]:
        said.append(f"The {outcomes} outcomes with most severity of {held['outcomes_total']}.")
    return tuple(said)


def _chart(results: Mapping[str, Any], metrics: Sequence[str], outcomes: Sequence[str]) -> Any:
    """The half matrix of some measures, with outcomes below them."""
    numbers = {key: str(place + 1) for place, key in enumerate(metrics)}
    label = {key: _label(results, key, numbers.get(key)) for key in (*metrics, *outcomes)}
    cells = _cells(results, metrics, outcomes)
    frame = pd.DataFrame(
        {
            "row": [label[cell["row"]] for cell in cells],
            "column": [numbers[cell["column"]] for cell in cells],
            "glyph": [cell["glyph"] for cell in cells],
            "severe": [cell["severe"] for cell in cells],
        }
    ).astype({"severe": bool})
    owners = pd.DataFrame(
        [
            {"row": label[key], "column": numbers[key], "text": text}
            for key, text in _owners(results, metrics)
        ],
        columns=["row", "column", "text"],
    )
    order = [label[key] for key in (*metrics, *outcomes)], [numbers[key] for key in metrics]
    return sign_matrix(frame, *order, owners, _description(cells))


def _label(results: Mapping[str, Any], key: str, number: str | None) -> str:
    name = short(node(results, key), NAME)
    return f"{number}. {name}" if number else f"→ {name}"


def _cells(
    results: Mapping[str, Any], metrics: Sequence[str], outcomes: Sequence[str]
) -> list[dict[str, Any]]:
    """One entry a cell: a later measure, or an outcome, against each earlier measure."""
    known = {
        frozenset((cell["a"], cell["b"])): cell for cell in results["conflicts"]["matrix"]["cells"]
    }
    pairs = [(row, column) for k, row in enumerate(metrics) for column in metrics[:k]]
    pairs += [(row, column) for row in outcomes for column in metrics]
    return [
        {
            "row": row,
            "column": column,
            "glyph": GLYPHS[cell["sign"]] if cell else "",
            "severe": bool(cell and cell["severe"]),
        }
        for row, column in pairs
        for cell in [known.get(frozenset((row, column)))]
    ]


def _owners(results: Mapping[str, Any], metrics: Sequence[str]) -> list[tuple[str, str]]:
    """The function of each run of measures, at the first of them."""
    functions = {
        row["metric"]: row["function"] for row in results["conflicts"]["matrix"]["metrics"]
    }
    names = results["labels"]["function"]
    first = [
        key
        for k, key in enumerate(metrics)
        if k == 0 or functions[key] != functions[metrics[k - 1]]
    ]
    return [(key, named(names, functions[key])) for key in first if functions[key]]


def _description(cells: Sequence[Mapping[str, Any]]) -> str:
    glyphs = [cell["glyph"] for cell in cells]
    severe = sum(cell["severe"] for cell in cells)
    return (
        f"Of {plural(len(cells), 'pair')}: {glyphs.count(GLYPHS['opposing'])} against each other, "
        f"{glyphs.count(GLYPHS['mixed'])} both ways, {glyphs.count(GLYPHS['reinforcing'])} "
        f"helping, {glyphs.count('')} not joined; {severe} severe."
    )
