"""Exhibits of the choice: what each investment adds, and which of them harm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.roadmap import impact_bars
from lodestar.findings.roadmap.choice import broken, choice_sentence
from lodestar.findings.roadmap.harm import harming, path_words, way_words
from lodestar.findings.roadmap.rules import left_words, rule_words
from lodestar.findings.roadmap.told import investment, telling
from lodestar.findings.words import money, plural, signed, start
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit, Fold

__all__ = ["choice", "harm"]

LABEL = 56
STATE = {"must": "set as must", "may": "", "must-not": "set as must-not"}


def choice(results: Mapping[str, Any]) -> Exhibit:
    """Return what each investment would add by itself, and what the plan does with it."""
    section = results["roadmap"]
    rows = sorted(section["investments"], key=lambda row: (-row["gain_alone"], row["investment"]))
    names = telling(results, [row["investment"] for row in rows], LABEL)
    frame = pd.DataFrame([_bar(row, names[row["investment"]]) for row in rows])
    said = "; ".join(f"{row['label']} {row['text']}" for row in frame.to_dict("records"))
    chart = impact_bars(frame, f"{choice_sentence(results)}. By itself: {said}.")
    return Exhibit(chart, _figures(results, rows), _notes(results), folds=_left(results, rows))


def _bar(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return one bar: its length, its shade, and what stands at its end."""
    state = "harm" if row["harmful"] else "chosen" if row["chosen"] else "left"
    words = [_points(row["gain_alone"])]
    words += ["in the plan"] if row["chosen"] else []
    words += ["harms"] if row["harmful"] else []
    words += ["blocked"] if row["blocked"]["blocked"] else []
    words += [STATE[row["choice"]]] if STATE[row["choice"]] else []
    return {
        "label": name,
        "gain": row["gain_alone"],
        "text": " · ".join(words),
        "state": state,
    }


def _points(gain: float) -> str:
    """Return a gain with its sign, or nought where it rounds to that."""
    return numeral(0.0, ".1f") if abs(gain) < 0.05 else signed(gain, 1)


def _figures(results: Mapping[str, Any], rows: list[dict[str, Any]]) -> Any:
    """Return cost, gain alone and within the plan, and what each does to measures."""
    shown = [
        {
            **row,
            "name": investment(results, row["investment"]),
            "holds": row["blocked"]["gain_holds"],
            "moved": _moved(row["outcomes"]),
            "severity": _severity(row),
        }
        for row in rows
    ]
    columns = [
        Column("name", "Investment"),
        Column("kind", "Kind"),
        Column("chosen", "In the plan", "yesno"),
        Column("cost", f"Cost to the horizon, {results['currency']}", "integer"),
        Column("gain_alone", "Alone, index points", "signed"),
        Column("holds", "Of them hold today", "signed"),
        Column("gain_within", "The plan owes to it", "signed"),
        Column("severity", "Severity of conflicts, today → with it"),
        Column("moved", "Outcomes"),
        Column("outcome_change", "Outcomes, weighted", "precise"),
        Column("harmful", "Harms", "yesno"),
    ]
    return table(pd.DataFrame(shown), columns, _together(results))


def _severity(row: Mapping[str, Any]) -> str:
    """Return the severity of conflicts before and after, or that it stays as it is."""
    if not row["severity_change"]:
        return "unchanged"
    before, after = row["severity_before"], row["severity_after"]
    decimals = 2 if abs(row["severity_change"]) >= 0.01 else 3
    return f"{numeral(before, f'.{decimals}f')} → {numeral(after, f'.{decimals}f')}"


def _moved(outcomes: list[dict[str, Any]]) -> str | None:
    """Return how many outcomes an investment raises and lowers."""
    up = sum(row["change"] > 0 for row in outcomes)
    down = len(outcomes) - up
    told = [f"{up} up"] * (up > 0) + [f"{down} down"] * (down > 0)
    return ", ".join(told) or None


def _together(results: Mapping[str, Any]) -> str:
    """Return what the whole plan does to conflicts and outcomes."""
    section = results["roadmap"]
    made = section["on_measures"]
    if not section["chosen"] or made is None:
        return ""
    before, after = (numeral(made[key], ".2f") for key in ("severity_before", "severity_after"))
    moved = _moved(made["outcomes"])
    return (
        f"The plan as a whole: severity of conflicts between measures {before} → {after}"
        f"{f'; outcomes {moved}' if moved else ''}."
    )


def _left(results: Mapping[str, Any], rows: list[dict[str, Any]]) -> tuple[Fold, ...]:
    """Return why the plan does without the others, and what stands in an order or apart."""
    left = [row for row in rows if row["left_by"]] if results["roadmap"]["chosen"] else []
    if not left:
        return ()
    shown = [
        {
            "name": investment(results, row["investment"]),
            "why": start(left_words(results, row)),
            "requires": "; ".join(investment(results, key) for key in row["requires"]) or None,
            "excludes": "; ".join(investment(results, key) for key in row["excludes"]) or None,
        }
        for row in left
    ]
    columns = [
        Column("name", "Investment"),
        Column("why", "Why the plan does without it"),
        Column("requires", "Requires"),
        Column("excludes", "Rules out"),
    ]
    many = plural(len(left), "investment")
    title = f"Why the plan does without {many}"
    return (Fold(title, table=table(pd.DataFrame(shown), columns)),)


def _notes(results: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what the reader should know of rules, promises and what was left out."""
    section = results["roadmap"]
    notes = [start(rule_words(results, rule)) + "." for rule in broken(section)]
    if section["index_as_promised"] is not None:
        promised = numeral(section["index_as_promised"], ".1f")
        notes.append(f"With every chance as stated the index would reach {promised}.")
    if section["too_high"]:
        cells = plural(len(section["too_high"]), "cell")
        notes.append(f"{start(cells)} would be lifted above level 5: promises add up to too much.")
    if section["free"]:
        notes.append(f"No budget limits: {', '.join(section['free'])}.")
    if section["left_out"]:
        effects = plural(len(section["left_out"]), "effect")
        notes.append(f"{start(effects)} on cells without a rating left out.")
    return tuple(notes)


def harm(results: Mapping[str, Any]) -> Exhibit:
    """Return every way in which an investment harms, with its path."""
    section = results["roadmap"]
    if not section["harmful"]:
        return Exhibit()
    costs = {row["investment"]: row["cost"] for row in section["investments"]}
    rows = [
        {
            "name": investment(results, row["investment"]),
            "cost": _cost(results, costs.get(row["investment"])),
            "way": way_words(results, row),
            "path": path_words(results, row["path"]) if len(row["path"]) > 1 else None,
            "size": numeral(row["size"], ".3f"),
        }
        for row in _ways(section)
    ]
    columns = [
        Column("name", "Investment"),
        Column("cost", "Cost"),
        Column("way", "How it harms"),
        Column("path", "By this path"),
        Column("size", "Size"),
    ]
    caption = (
        "Size: rise of misalignment, severity of the conflict, or fall of the outcome after what "
        "the links carry."
    )
    return Exhibit(table=table(pd.DataFrame(rows), columns, caption))


def _ways(section: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return every way of harm, the investment with the largest harm first, disputed ones last."""
    order = {name: place for place, name in enumerate(harming(section))}
    last = len(order)
    return sorted(
        section["harmful"],
        key=lambda r: (order.get(r["investment"], last), r["investment"], -r["size"], r["b"]),
    )


def _cost(results: Mapping[str, Any], cost: float | None) -> str | None:
    return None if cost is None else money(cost, results["currency"])
