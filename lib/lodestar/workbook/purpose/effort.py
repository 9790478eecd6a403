"""Exhibits of effort: what it serves, by function, and why against how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.purpose import focus_map, why_how_bars
from lodestar.findings.names import purpose_name
from lodestar.findings.purpose.effort import focus_sentence
from lodestar.findings.words import named, percent, plural
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["focus", "why_how"]

ROWS = 12
LABEL = 42
ALL = "All functions"
REST = "rest"


def focus(results: Mapping[str, Any]) -> Exhibit:
    """Return the map of effort by what it serves and by function, with its table."""
    effort = results["purpose"]["effort"]
    bars, cells = _bars(results), _cells(results)
    functions = list(dict.fromkeys(cells["function"]))
    words = f"{focus_sentence(results)}. {_list(bars)}"
    rows = pd.DataFrame([{**r, "label": _full(results, r)} for r in effort["by_key"]])
    columns = [
        Column("label", "What it serves"),
        Column("purpose", "Declared", "yesno"),
        Column("activities", "Activities", "integer"),
        Column("effort", "Effort", "number"),
        Column("share", "Share of all effort", "percent"),
    ]
    notes = ("Dark bars: purposes you declared. Light bars: other purposes, in your own words.",)
    return Exhibit(focus_map(bars, cells, functions, words), table(rows, columns), notes)


def why_how(results: Mapping[str, Any]) -> Exhibit:
    """Return why against how, for all functions and each."""
    part = results["purpose"]["why_how"]
    rows = pd.DataFrame(part["by_function"])
    wide = rows.pivot_table(index="function", columns="concern", values="effort", aggfunc="sum")
    wide = wide.reindex(columns=["client-benefit", "internal-method", "unstated"]).fillna(0.0)
    why, how = wide["client-benefit"], wide["internal-method"]
    shares = (why / (why + how)).dropna().sort_values(ascending=False, kind="stable")
    labels = {ALL: part["client_benefit"]}
    names = results["labels"]["function"]
    labels |= {named(names, str(function)): float(share) for function, share in shares.items()}
    description = "Share of effort about the client's benefit: " + ", ".join(
        f"{label} {percent(share)}" for label, share in labels.items()
    )
    chart = why_how_bars(_pieces(labels), list(labels), description)
    shown = wide.reset_index().assign(function=lambda f: [named(names, k) for k in f["function"]])
    columns = [
        Column("function", "Function"),
        Column("client-benefit", "Effort: client’s benefit", "number"),
        Column("internal-method", "Effort: internal method", "number"),
        Column("unstated", "Effort: not stated", "number"),
    ]
    return Exhibit(chart, table(shown, columns))


def _pieces(shares: Mapping[str, float]) -> pd.DataFrame:
    """Return the two pieces of each bar."""
    rows = []
    for label, why in shares.items():
        ends = (("why", 0.0, why, "client’s benefit"), ("how", why, 1.0, "internal method"))
        for concern, start, end, words in ends:
            text = percent(end - start) + (f" {words}" if label == ALL else "")
            rows.append((label, concern, start, end, text if end - start >= 0.04 else ""))
    return pd.DataFrame(rows, columns=["label", "concern", "start", "end", "text"])


def _bars(results: Mapping[str, Any]) -> pd.DataFrame:
    """Return one bar a purpose; the smallest others as one where there are too many."""
    rows = results["purpose"]["effort"]["by_key"]
    shown = [(r["key"], _label(results, r), r["share"], r["purpose"]) for r in rows[:ROWS]]
    if rows[ROWS:]:
        more = plural(len(rows) - ROWS, "further purpose")
        shown.append((REST, more, sum(r["share"] for r in rows[ROWS:]), False))
    frame = pd.DataFrame(shown, columns=["key", "label", "share", "purpose"])
    return frame.assign(label=_distinct(frame["label"]), text=frame["share"].map(percent))


def _cells(results: Mapping[str, Any]) -> pd.DataFrame:
    """Return one cell a purpose and function, in the order of the engagement's functions."""
    bars = _bars(results).set_index("key")["label"]
    names = results["labels"]["function"]
    rows = pd.DataFrame(results["purpose"]["effort"]["by_function"])
    rows = rows.assign(label=rows["key"].map(bars).fillna(bars.get(REST, "")))
    known = rows[rows["share_of_function"].notna()]
    sums = known.groupby(["label", "function"])["share_of_function"].sum()
    order = [f for f in names if f in set(known["function"])]
    full = pd.MultiIndex.from_product([bars, order], names=["label", "function"])
    frame = sums.reindex(full, fill_value=0.0).rename("share").reset_index()
    text = [percent(s) if round(100 * s) >= 1 else "" for s in frame["share"]]
    return frame.assign(function=[named(names, f) for f in frame["function"]], text=text)


def _label(results: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Return a purpose's name, short enough for an axis."""
    return purpose_name(results, row["key"], LABEL)


def _full(results: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Return a purpose's name in full."""
    return purpose_name(results, row["key"], 400)


def _distinct(labels: pd.Series) -> pd.Series:
    """Return labels, each once: repeated ones gain their number."""
    again = labels.groupby(labels).cumcount()
    numbered = labels + " (" + (again + 1).astype(str) + ")"
    return labels.where(again == 0, numbered)


def _list(bars: pd.DataFrame) -> str:
    """Return the bars in words."""
    return "; ".join(f"{row.label} {row.text}" for row in bars.itertuples())
