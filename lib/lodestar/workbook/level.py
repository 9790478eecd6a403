"""Exhibits of 02: ladder, market, profile, customers, climb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from lodestar.charts.level import climb, drivers, ladder, profile, two_views
from lodestar.findings.level.rows import ladder_rows
from lodestar.findings.spans import span, steps
from lodestar.findings.words import level, named, percent, plural, start
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["EXHIBITS"]

EVIDENCE = (
    "Studies disagree on where a higher level pays: the mean correlation with performance is about "
    "0.33 over seven meta-analyses (Vieira 2010), yet customer orientation lowered return on "
    "assets where competition was weak (Sorensen 2009), and coordination cost rises (Lee 2015)."
)
BOUNDS = [Column("low", "From", "number"), Column("high", "To", "number")]


def _four(results: Mapping[str, Any]) -> Exhibit:
    levels = results["level"]
    frame = ladder_rows(levels)
    columns = [
        Column("name", "Level"),
        Column("estimate", "Estimate", "number"),
        *BOUNDS,
        Column("says", "Who or what says so"),
    ]
    says = {
        "required": f"market factors, {plural(levels['required']['raters'], 'rater')}",
        "chosen": "leadership decided",
        "present": "ratings of capabilities",
        "experienced": f"{levels['experienced']['n'] or 0:,} customers",
    }
    shown = frame.assign(
        name=frame["kind"].str.capitalize(), says=[says[kind] for kind in frame["kind"]]
    )
    chart = ladder(frame, results["labels"]["level"])
    return Exhibit(chart=chart, table=table(shown, columns, "Levels 1–5, interval 80 %."))


def _required(results: Mapping[str, Any]) -> Exhibit:
    asked, names = results["level"]["required"], results["labels"]["factor"]
    shares = asked["distribution"] or {}
    spread = pd.DataFrame(
        [{"level": int(k), "share": x, "text": percent(x)} for k, x in sorted(shares.items())]
    )
    swings = pd.DataFrame(
        [{**row, "label": named(names, row["factor"])} for row in asked["tornado"]]
    )
    top = swings.iloc[0]
    said = (
        f"Level {level(asked['estimate'])}{span(asked)}. Widest swing: {top['label']}, from "
        f"{top['at_below']:.1f} a point lower to {top['at_above']:.1f} a point higher."
    )
    return Exhibit(
        chart=drivers(spread, swings, asked["estimate"], said),
        table=_factors(asked["factors"], names),
        notes=(EVIDENCE,),
    )


def _factors(rows: list[Mapping[str, Any]], names: dict[str, str]) -> Any:
    columns = [
        Column("name", "Factor"),
        Column("score", "Score 1–5", "number"),
        Column("n", "Raters", "integer"),
        Column("pull", "Asks for"),
        Column("strength", "Evidence"),
        Column("source", "Source"),
    ]
    pulls = {1: "more", -1: "less"}
    frame = pd.DataFrame(
        [{**r, "name": named(names, r["factor"]), "pull": pulls[r["sign"]]} for r in rows]
    )
    return table(frame, columns, "Market factors; a higher score asks for more or less.")


def _present(results: Mapping[str, Any]) -> Exhibit:
    stands, labels = results["level"]["present"], results["labels"]
    frame = _dimensions(results)
    functions = [f["function"] for f in stands["functions"]]
    squares = [
        {"label": row["label"], "function": labels["function"][f], "level": x, "text": f"{x:.1f}"}
        for row in frame.to_dict("records")
        for f in functions
        if (x := row["functions"][f]) is not None
    ]
    said = f"Level {level(stands['estimate'])}{span(stands)}. " + " ".join(
        f"{row['label']} {row['estimate']:.1f}."
        for row in frame.dropna(subset=["estimate"]).to_dict("records")
    )
    names = [labels["function"][f] for f in functions]
    chart = profile(frame, pd.DataFrame(squares), names, said)
    columns = [
        Column("label", "Dimension"),
        Column("key", "Key", "yesno"),
        Column("estimate", "Level", "number"),
        *BOUNDS,
        Column("target", "Target", "number"),
    ]
    return Exhibit(
        chart=chart,
        table=table(frame, columns, "Levels 1–5, interval 80 %."),
        notes=tuple(_present_notes(stands, labels)),
    )


def _dimensions(results: Mapping[str, Any]) -> pd.DataFrame:
    """Return the profile's dimensions with their names, missing numbers as NaN."""
    names = results["labels"]["dimension"]
    rows = results["level"]["present"]["dimensions"]
    frame = pd.DataFrame([{**row, "label": named(names, row["dimension"])} for row in rows])
    numbers = dict.fromkeys(("estimate", "low", "high", "target"), float)
    return frame.astype(numbers)


def _present_notes(stands: Mapping[str, Any], labels: Mapping[str, Any]) -> list[str]:
    """Return functions apart, the gated sensitivity, and what is withheld."""
    told = [
        f"{labels['function'][f['function']]} {level(f['estimate'])}{span(f)}"
        for f in stands["functions"]
        if f["estimate"] is not None
    ]
    notes = [
        f"Function by function, as informants differ and none is pooled unseen: {'; '.join(told)}.",
        f"Gated reading, where a step counts only upon the ones below: {level(stands['gated'])}.",
    ]
    hidden = sum(cell["suppressed"] for cell in stands["cells"])
    if hidden:
        notes.append(
            f"{start(plural(hidden, 'cell'))} withheld to protect raters, counted as missing."
        )
    return notes


def _experienced(results: Mapping[str, Any]) -> Exhibit:
    levels, names = results["level"], results["labels"]["dimension"]
    gaps = {row["dimension"]: row for row in levels["self_customer"]}
    rows = [
        row
        for felt in levels["experienced"]["dimensions"]
        if felt["estimate"] is not None
        for row in _views(felt, gaps.get(felt["dimension"]), levels, names)
    ]
    frame = pd.DataFrame(rows).astype(dict.fromkeys(("estimate", "low", "high"), float))
    said = "; ".join(f"{r['label']}: {r['kind']} {r['estimate']:.1f}" for r in rows)
    shown = frame[frame["kind"] == "experienced"]
    columns = [
        Column("label", "Dimension"),
        Column("estimate", "Customers", "number"),
        *BOUNDS,
        Column("n", "Customers asked", "integer"),
        Column("gap", "You see it"),
    ]
    return Exhibit(
        chart=two_views(frame, f"Own and customers’ level by dimension. {said}."),
        table=table(shown, columns, "Levels 1–5, interval 80 %."),
        notes=tuple(_groups(results)),
    )


def _views(
    felt: Mapping[str, Any],
    gap: Mapping[str, Any] | None,
    levels: Mapping[str, Any],
    names: dict[str, str],
) -> list[dict[str, Any]]:
    """Return one dimension's rows: the customers', and the client's own where there is one."""
    label = named(names, felt["dimension"])
    words = ""
    if gap is not None:
        higher = "higher" if gap["gap"] > 0 else "lower"
        words = f"{steps(gap['gap'])} {higher}" if abs(gap["gap"]) >= 0.05 else "the same"
    theirs = {k: felt[k] for k in ("estimate", "low", "high", "n")}
    out = [{"label": label, "kind": "experienced", "gap": words, **theirs}]
    if gap is not None:
        own = next(
            d for d in levels["present"]["dimensions"] if d["dimension"] == felt["dimension"]
        )
        ends = {k: own[k] for k in ("estimate", "low", "high")}
        out.append({"label": label, "kind": "present", "gap": words, **ends, "n": None})
    return out


def _groups(results: Mapping[str, Any]) -> list[str]:
    """Return what the other stakeholder groups say, those that may be shown."""
    names = results["labels"]["group"]
    said = [
        f"{named(names, g['group'])} {level(g['estimate'])}{span(g)}, {g['n']:,} people"
        for g in results["level"]["groups"]
        if g["estimate"] is not None
    ]
    told = "The same scale by other groups, each on the items asked of it"
    notes = [f"{told}: {'; '.join(said)}."] if said else []
    left = sum(g["left_out"] or 0 for g in results["level"]["groups"])
    if left:
        notes.append(
            f"{start(plural(left, 'employee'))} without a function left out of their group."
        )
    return notes


def _consequence(results: Mapping[str, Any]) -> Exhibit:
    frame = _dimensions(results).dropna(subset=["estimate", "target"])
    if frame.empty:
        return Exhibit(notes=(EVIDENCE,))
    frame["way"] = frame["target"] - frame["estimate"]
    frame = frame.sort_values(["way", "dimension"], ascending=[False, True])
    frame["text"] = [f"{way:+.1f}".replace("-", "−") for way in frame["way"]]
    first = frame.iloc[0]
    said = f"Way from present level to target; longest {first['label']}, {first['text']}."
    columns = [
        Column("label", "Dimension"),
        Column("estimate", "Present", "number"),
        Column("target", "Target", "number"),
        Column("way", "Way to go", "signed"),
    ]
    return Exhibit(
        chart=climb(frame.reset_index(drop=True), said),
        table=table(frame, columns, "Levels 1–5."),
        notes=(EVIDENCE,),
    )


EXHIBITS: dict[str, Callable[[Mapping[str, Any]], Exhibit]] = {
    "level.four": _four,
    "level.required": _required,
    "level.present": _present,
    "level.experienced": _experienced,
    "level.consequence": _consequence,
}
"""Finding id: what makes its exhibit from results."""
