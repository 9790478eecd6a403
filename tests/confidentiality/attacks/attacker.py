"""An outsider with pencil and paper: knows who belongs to which group, and what was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np

from lodestar.assess.perspectives import assess
from lodestar.engagement.model import Confidentiality, Engagement
from tests.assess.perspectives.survey import survey

__all__ = ["OPEN", "by_group", "exposed_few", "scales_of", "solved"]

OPEN = Confidentiality(minimum=1, comments=1)
"""No gate at all: everybody's own answer is a group large enough."""

Person = Mapping[str, Any]


def solved(cells: np.ndarray, sums: np.ndarray, target: np.ndarray) -> float | None:
    """Return the sum over a target's persons where the published sums give it away.

    Parameters
    ----------
    cells : numpy.ndarray, shape (cells, persons)
        Who is counted in each published cell.
    sums : numpy.ndarray
        Published mean times published n.
    target : numpy.ndarray
        Whom the outsider is after.
    """
    if not len(cells):
        return None
    weights, *_ = np.linalg.lstsq(cells.T.astype(float), target.astype(float), rcond=None)
    told = np.allclose(weights @ cells, target, atol=1e-8)
    return float(weights @ sums) if told else None


def scales_of(
    people: Sequence[Person], gate: Confidentiality | None = None
) -> list[dict[str, Any]]:
    """Return what page 05 publishes of a survey, under its thresholds or under none."""
    shown = survey(people)
    return list(assess(_under(shown, gate) if gate else shown, {})["scales"])


def by_group(rows: Sequence[Mapping[str, Any]], scale: str) -> dict[str, Mapping[str, Any]]:
    """Return the shown entries of a scale by group."""
    return {r["group"]: r for r in rows if r["scale"] == scale and r["mean"] is not None}


def exposed_few(
    people: Sequence[Person], rows: Sequence[Mapping[str, Any]], scale: str, least: int
) -> set[tuple[int, ...]]:
    """Return every few persons of one kind whose answers follow from the entries of a scale.

    Kinds are combinations of group, function and seniority: who stands in the same groups cannot
    be told apart.
    """
    shown = [r for r in rows if r["scale"] == scale and r["mean"] is not None]
    cells = np.array([_members(people, r) for r in shown]).reshape(len(shown), len(people))
    sums = np.array([r["mean"] * r["n"] for r in shown])
    kinds: dict[tuple[Any, ...], list[int]] = {}
    for place, person in enumerate(people):
        key = tuple(person.get(k) for k in ("group", "function", "seniority"))
        kinds.setdefault(key, []).append(place)
    few = [
        sorted(place for kind in chosen for place in kind)
        for count in (1, 2, 3)
        for chosen in combinations(kinds.values(), count)
        if sum(map(len, chosen)) < least
    ]
    return {
        tuple(group)
        for group in few
        if solved(cells, sums, np.isin(np.arange(len(people)), group)) is not None
    }


def _members(people: Sequence[Person], row: Mapping[str, Any]) -> np.ndarray:
    groups = row.get("members", [row["group"]])
    return np.array([any(_is_in(person, group) for group in groups) for person in people])


def _is_in(person: Person, group: str) -> bool:
    kind, _, part = group.partition(":")
    if kind == "seniority":
        return bool(person.get("seniority") == part)
    return person["group"] == kind and part in ("", person.get("function"))


def _under(shown: Engagement, gate: Confidentiality) -> Engagement:
    return replace(shown, settings=replace(shown.settings, confidentiality=gate))
