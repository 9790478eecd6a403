"""Exhibits of decisions: who takes part, and how each kind is taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.inclusion import decision_matrix, mode_steps
from lodestar.findings.inclusion.decisions import framework as framework_finding
from lodestar.findings.inclusion.decisions import inclusion_sentence
from lodestar.findings.names import headline, party_name, short
from lodestar.findings.words import named, percent, start
from lodestar.tables import Column, Table, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["decisions", "framework"]

ROWS, PARTIES = 24, 9
LABEL = 46
MODES = ("command", "consult", "consent", "shared")


def decisions(results: Mapping[str, Any]) -> Exhibit:
    """Return the latest decisions against who took part, with inclusion by party."""
    part = results["inclusion"]["decisions"]
    shown = part["items"][-ROWS:][::-1]
    names = _decision_labels(results, [row["decision"] for row in shown])
    parties = _parties(results)
    cells = pd.DataFrame(part["matrix"])
    cells = cells[cells["decision"].isin(list(names)) & cells["party"].isin(list(parties))]
    cells = cells.assign(label=cells["decision"].map(names), party=cells["party"].map(parties))
    words = f"{inclusion_sentence(results)}. {_inclusion_words(results)}"
    chart = decision_matrix(cells, list(names.values()), list(parties.values()), words)
    notes = [
        "Disc: affected and takes part. Ring: affected, left out. Small dot: takes part unaffected."
    ]
    if len(part["items"]) > ROWS:
        notes.append(f"The latest {ROWS} of {len(part['items'])} decisions are drawn.")
    return Exhibit(chart, _by_party(results), tuple(notes))


def framework(results: Mapping[str, Any]) -> Exhibit:
    """Return kind × mode today and recommended, with who takes part."""
    rows = results["inclusion"]["framework"]
    kinds = [start(row["kind"]) for row in rows]
    today = [
        (start(row["kind"]), mode, row["modes"][mode], str(row["modes"][mode]))
        for row in rows
        for mode in MODES
        if row["modes"][mode]
    ]
    counts = pd.DataFrame(today, columns=["kind", "mode", "decisions", "text"])
    wanted = pd.DataFrame({"kind": kinds, "mode": [row["mode_recommended"] for row in rows]})
    words = f"{headline(framework_finding(results))}."
    notes = (
        "Recommended: consult at least where anybody outside the deciding function is affected; "
        "consent at least where two or more are and it is not day-to-day operation.",
    )
    chart = mode_steps(counts, wanted, kinds, MODES, words)
    return Exhibit(chart, _framework_table(results), notes, open_table=True)


def _decision_labels(results: Mapping[str, Any], ids: list[str]) -> dict[str, str]:
    """Return a label a decision, each of its own: same names gain the id."""
    labels = {i: short(named(results["labels"]["decision"], i), LABEL) for i in ids}
    said = list(labels.values())
    return {i: f"{text} [{i}]" if said.count(text) > 1 else text for i, text in labels.items()}


def _parties(results: Mapping[str, Any]) -> dict[str, str]:
    """Return the parties most often affected, in the order groups, then functions."""
    part, labels = results["inclusion"]["decisions"], results["labels"]
    often = sorted(part["by_party"], key=lambda row: (-row["affected"], row["party"]))[:PARTIES]
    order = [*labels["group"], *labels["function"]]
    chosen = sorted((row["party"] for row in often), key=lambda p: (order.index(p), p))
    return {party: start(party_name(results, party)) for party in chosen}


def _by_party(results: Mapping[str, Any]) -> Table:
    """Return how often each party takes part in what affects it."""
    rows = pd.DataFrame(results["inclusion"]["decisions"]["by_party"])
    rows = rows.assign(name=[start(party_name(results, party)) for party in rows["party"]])
    columns = [
        Column("name", "Who"),
        Column("affected", "Decisions that affect them", "integer"),
        Column("included", "of them with them", "integer"),
        Column("inclusion", "Share", "percent"),
    ]
    return table(rows, columns)


def _inclusion_words(results: Mapping[str, Any]) -> str:
    """Return every party's share in words."""
    rows = results["inclusion"]["decisions"]["by_party"]
    said = [f"{party_name(results, r['party'])} {percent(r['inclusion'])}" for r in rows]
    return "Takes part in what affects it: " + ", ".join(said) + "."


def _framework_table(results: Mapping[str, Any]) -> Table:
    """Return mode and participants by kind, today and recommended."""
    rows = [
        {
            **row,
            "kind": start(row["kind"]),
            "now": [party_name(results, p) for p in row["takes_part_today"]],
            "then": [party_name(results, p) for p in row["takes_part_recommended"]],
        }
        for row in results["inclusion"]["framework"]
    ]
    columns = [
        Column("kind", "Kind"),
        Column("decisions", "Decisions", "integer"),
        Column("inclusion", "Affected who take part", "percent"),
        Column("mode_today", "Mostly taken by"),
        Column("now", "Who often takes part", "list"),
        Column("mode_recommended", "Recommended"),
        Column("then", "Who would take part", "list"),
    ]
    caption = "Often: in at least half of the decisions of a kind. Recommended: our synthesis."
    return table(pd.DataFrame(rows), columns, caption)
