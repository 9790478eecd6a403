"""Conflicts as rows for a chart: short labels, severity, evidence, what history says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from lodestar.findings.conflicts.told import EVIDENCE_WORDS, VERDICT_WORDS, bare, node
from lodestar.findings.names import short
from lodestar.findings.words import named, start
from lodestar.schema.numerals import numeral

__all__ = ["apart", "pair_labels", "severity_rows"]

LIMIT = 31
INVISIBLE = "\u200b"


def severity_rows(results: Mapping[str, Any], items: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return one row a conflict, as ``lodestar.charts.conflicts.severity_bars`` takes them.

    Parameters
    ----------
    results : mapping
        Sections of results.json; names are read.
    items : iterable of mapping
        Entries of ``conflicts.items``.

    Returns
    -------
    DataFrame
        Columns label (all different), severity (0–1), evidence, text.
    """
    held = list(items)
    columns = ["label", "severity", "evidence", "text"]
    rows = pd.DataFrame([_row(results, item) for item in held], columns=columns)
    return rows.assign(label=pair_labels(results, held))


def pair_labels(results: Mapping[str, Any], pairs: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return a short label for each pair, all different.

    Parameters
    ----------
    results : mapping
        Sections of results.json; names are read.
    pairs : sequence of mapping
        Entries with the ids ``a`` and ``b``.

    Notes
    -----
    Pairs that stay equal, one conflict by two kinds, differ by marks that nobody sees.
    """
    ids = sorted({pair[end] for pair in pairs for end in ("a", "b")})
    name = dict(zip(ids, apart([bare(node(results, key)) for key in ids]), strict=True))
    labels = [f"{start(name[pair['a']])} → {name[pair['b']]}" for pair in pairs]
    return [label + INVISIBLE * labels[:k].count(label) for k, label in enumerate(labels)]


def apart(names: Sequence[str], limit: int = LIMIT) -> list[str]:
    """Return names in short; where their beginnings agree, their ends.

    Examples
    --------
    >>> apart(["Waits of four hours, major", "Waits of four hours, minor", "Cost"], 18)
    ['…four hours, major', '…four hours, minor', 'Cost']
    """
    return [
        _end(name, limit) if _alike(name, names, limit) else short(name, limit) for name in names
    ]


def _alike(name: str, names: Sequence[str], limit: int) -> bool:
    """Tell whether what would be left of a name begins another one too."""
    brief = short(name, limit)
    return brief != name and any(n != name and n.startswith(brief[:-1]) for n in names)


def _end(name: str, limit: int) -> str:
    """The last words of a name that fit."""
    words = name.split()
    kept = words.pop()
    while words and len(kept) + len(words[-1]) + 2 <= limit:
        kept = f"{words.pop()} {kept}"
    return f"…{kept}" if words else kept


def _row(results: Mapping[str, Any], item: Mapping[str, Any]) -> dict[str, Any]:
    who = named(results["labels"]["function"], item["function_a"] or "rule")
    said = f"{EVIDENCE_WORDS[item['evidence']]}, {VERDICT_WORDS[item['measured']]}"
    doubt = "; on balance" if item["sign"] == "mixed" else ""
    return {
        "severity": item["severity"],
        "evidence": item["evidence"],
        "text": f"{numeral(item['severity'], '.2f')}  {said}; {who}{doubt}",
    }
