"""Published cells of people, read from results.json: each with its set and its figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lodestar.audit.camps import camp_cells
from lodestar.audit.comments import comment_counts
from lodestar.audit.levels import level_cells
from lodestar.audit.model import Cell
from lodestar.audit.people import People
from lodestar.audit.sets import SHARE, STEPS, Sets

__all__ = ["people_cells"]

Results = Mapping[str, Any]
Values = NDArray[np.float64]

SIGN = (-1.0, 1.0)
PAIRED = {"importance_performance": ("importance", "performance"), "know_do": ("know", "do")}
ADVOCACY = {"nps": "customer", "enps": "employee", "referral": "employee"}
NOT_STATED = "not stated"


def people_cells(results: Results, people: People) -> list[Cell]:
    """Return every figure about people in a period's results, hidden ones included.

    Parameters
    ----------
    results : mapping
        results.json of a run.
    people : People
        Who answered what in that period.

    Returns
    -------
    list of Cell
        In the order of the document; a cell whose persons the inputs no longer know is empty.
    """
    sets = Sets(people)
    survey = (_scales, _paired, _misunderstood, camp_cells, level_cells, _own_use, _priorities)
    counts = (_advocacy, _rates, comment_counts)
    return [cell for read in (*survey, *counts) for cell in read(results, sets)]


def _scales(results: Results, sets: Sets) -> Iterator[Cell]:
    rows = results.get("perspectives", {}).get("scales", [])
    for i, row in enumerate(rows):
        values = sets.scale(row["scale"])
        members = sets.people.members(row["group"], row.get("members"))
        at = f"/perspectives/scales/{i}"
        yield sets.cell(row["scale"], row["group"], at, values, members, STEPS, row.get("mean"))


def _paired(results: Results, sets: Sets) -> Iterator[Cell]:
    """Yield both sides of paired scales; a missing pair is hidden where its own scale is."""
    for key, families in PAIRED.items():
        for i, row in enumerate(results.get("perspectives", {}).get(key, [])):
            members = sets.people.members(row["group"], row.get("members"))
            for family in families:
                if row.get(family) is None:
                    continue
                name, at = f"{row['dimension']}.{family}", f"/perspectives/{key}/{i}/{family}"
                yield sets.cell(
                    name, row["group"], at, sets.scale(name), members, STEPS, row[family]
                )


def _misunderstood(results: Results, sets: Sets) -> Iterator[Cell]:
    """Yield the two means of each misunderstanding."""
    for i, row in enumerate(results.get("perspectives", {}).get("misunderstandings", [])):
        for side in ("higher", "lower"):
            figure, at = row.get(f"mean_{side}"), f"/perspectives/misunderstandings/{i}/mean_{side}"
            if figure is not None:
                members = sets.people.members(row[side])
                values = sets.scale(row["scale"])
                yield sets.cell(row["scale"], row[side], at, values, members, STEPS, figure)


def _advocacy(results: Results, sets: Sets) -> Iterator[Cell]:
    """Yield promoters less detractors: of all, by function or segment, by every segment column."""
    section = results.get("inclusion", {})
    everybody = np.ones(len(sets.people.ids), dtype=bool)
    for name, group in ADVOCACY.items():
        score = section.get(name, {}).get("score")
        values = sets.people.advocacy[name]
        at = f"/inclusion/{name}"
        yield sets.cell(name, group, at, values, everybody, SIGN, _hundredth(score))
    for i, row in enumerate(section.get("advocacy_parts", [])):
        values = sets.people.advocacy[row["measure"]]
        named = f"{row['measure']} by {row['by']}: {row['part']}"
        members = _part(sets, row["by"], row["part"], row.get("members"))
        at = f"/inclusion/advocacy_parts/{i}"
        yield sets.cell(
            row["measure"], named, at, values, members, SIGN, _hundredth(row.get("score"))
        )
    for i, row in enumerate(results.get("level", {}).get("segments", [])):
        members = sets.segment(row["column"], row["segment"], row.get("members"))
        at, score = f"/level/segments/{i}/nps", row.get("nps", {}).get("score")
        named = f"{row['column']}: {row['segment']}"
        values = sets.people.advocacy["nps"]
        yield sets.cell("nps", named, at, values, members, SIGN, _hundredth(score))


def _part(sets: Sets, by: str, part: str, parts: Any) -> NDArray[np.bool_]:
    """Return who stands in a part of a measure's answers."""
    said = sets.people.respondents[by].astype("object").fillna(NOT_STATED)
    return np.asarray(said.isin(list(parts) if parts else [part]), dtype=bool)


def _own_use(results: Results, sets: Sets) -> Iterator[Cell]:
    share = results.get("inclusion", {}).get("own_use", {}).get("share")
    values = sets.people.own_use
    everybody = np.ones(len(values), dtype=bool)
    yield sets.cell("own_use", "employee", "/inclusion/own_use", values, everybody, SHARE, share)


def _priorities(results: Results, sets: Sets) -> Iterator[Cell]:
    for i, row in enumerate(results.get("perspectives", {}).get("priorities", [])):
        members = sets.people.members(row["group"], row.get("members"))
        for name in ("stated", "hit_rate"):
            at = f"/perspectives/priorities/{i}/{name}"
            values = sets.people.knowing[name]
            yield sets.cell(name, row["group"], at, values, members, SHARE, row.get(name))


def _rates(results: Results, sets: Sets) -> Iterator[Cell]:
    """Yield how many answered at all, by stakeholder group and together."""
    quality = results.get("data_quality", {})
    answered = sets.people.answered
    asked = np.zeros(len(answered), dtype=bool)
    for i, row in enumerate(quality.get("response_rates", [])):
        members = sets.people.members(row["group"])
        asked |= members
        at = f"/data_quality/response_rates/{i}"
        shown = row.get("n") is not None
        yield sets.count("answered", row["group"], at, answered & members, shown)
    if quality.get("response_rate") is not None:
        at = "/data_quality/response_rate"
        yield sets.count("answered", "everybody invited", at, answered & asked, True)


def _hundredth(score: float | None) -> float | None:
    return None if score is None else score / 100
