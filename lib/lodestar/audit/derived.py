"""Figures that inherit the suppression of a cell: medians, deltas, agreement of raters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from lodestar.audit.model import FAULT, Leak, Place
from lodestar.audit.people import People
from lodestar.audit.registry import kind_of, numbers
from lodestar.audit.sets import STEPS
from lodestar.confidentiality.gate import PROTECTED_BASIS
from lodestar.provenance import RESULTS

__all__ = ["derived_leaks"]

Results = Mapping[str, Any]


def derived_leaks(results: Results, people: People) -> list[Leak]:
    """Return figures shown although the cell they rest on is not, or should not be.

    Parameters
    ----------
    results : mapping
        results.json of a run.
    people : People
        Who answered what in its period.

    Notes
    -----
    Entries marked ``suppressed`` hold no number. Gaps between groups: both groups' means are shown.
    Ratings and context: cells with one to four survey raters, or all of them at one end, give no
    median, no lowest and no highest score; such a side gives no view of a function's work.
    """
    return [
        *_suppressed(results, people, ""),
        *_computed(results, people),
        *_gaps(results, people),
        *_ratings(results, people),
        *_factors(results, people),
        *_insular(results, people),
    ]


def _suppressed(node: Any, people: People, at: str) -> Iterator[Leak]:
    """Yield entries that are marked as hidden and hold a number all the same."""
    if isinstance(node, dict):
        told = (pointer for pointer, _ in numbers(node, at) if kind_of(pointer) != "facts")
        left = list(told) if node.get("suppressed") else []
        if left:
            what = "An entry marked as hidden holds numbers"
            yield _leak(what, people, left[0], "a group too small to show")
        for key, value in node.items():
            yield from _suppressed(value, people, f"{at}/{key}")
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from _suppressed(value, people, f"{at}/{place}")


def _computed(results: Results, people: People) -> Iterator[Leak]:
    """Yield counts of too few in sets that only the computation knows."""
    comments = people.engagement.settings.confidentiality.comments
    for at, value in numbers(results.get("perspectives", {}), "/perspectives"):
        if kind_of(at) == "computed":
            least = comments if "found_topics" in at else people.minimum
            if 0 < value < least:
                yield _leak("A count of too few is shown", people, at, f"a group of {value:.0f}")


def _gaps(results: Results, people: People) -> Iterator[Leak]:
    """Yield differences between groups one of which is hidden."""
    section = results.get("perspectives", {})
    hidden = {
        (row["scale"], row["group"]) for row in section.get("scales", []) if row.get("suppressed")
    }
    for i, row in enumerate(section.get("gaps", [])):
        for group in (row["group_a"], row["group_b"]):
            if row.get("delta") is not None and (row["scale"], group) in hidden:
                what = f"The gap of {group} on {row['scale']} is shown, its own mean is hidden"
                yield _leak(what, people, f"/perspectives/gaps/{i}", "a group too small to show")


def _ratings(results: Results, people: People) -> Iterator[Leak]:
    """Yield levels of cells that few survey raters gave."""
    ratings = people.frame("ratings")
    votes = ratings[ratings["applies"] & ratings["level"].notna()]
    few = _few(votes, ["capability", "function"], "level", people.minimum)
    rows = results.get("level", {}).get("present", {}).get("cells", [])
    for i, row in enumerate(rows):
        size = few.get((row["capability"], row["function"]))
        if size and row.get("level") is not None:
            what = f"The level of {row['capability']} in {row['function']} is shown"
            yield _leak(what, people, f"/level/present/cells/{i}", f"a group of {size}")


def _factors(results: Results, people: People) -> Iterator[Leak]:
    """Yield scores of factors that few survey raters gave."""
    context = people.frame("context").dropna(subset=["score"])
    few = _few(context, ["factor"], "score", people.minimum)
    rows = results.get("level", {}).get("required", {}).get("factors", [])
    for i, row in enumerate(rows):
        size = few.get((row["factor"],))
        if size and row.get("score") is not None:
            what = f"The score of factor {row['factor']} is shown"
            yield _leak(what, people, f"/level/required/factors/{i}", f"a group of {size}")


def _insular(results: Results, people: People) -> Iterator[Leak]:
    """Yield own and others' views of work that few survey raters of one side rated."""
    given = people.frame("ratings")
    told = given["applies"] & given["level"].notna() & given["rater_function"].notna()
    votes = given[told].assign(own=given["rater_function"] == given["function"])
    sides = votes.groupby(["capability", "function"])["own"].transform("nunique")
    few = _few(votes[sides == 2], ["capability", "function", "own"], "level", people.minimum)
    dimension = {one.id: one.dimension for one in people.engagement.framework.capabilities}
    held = {(function, dimension[work]): size for (work, function, _), size in few.items()}
    for i, row in enumerate(results.get("perspectives", {}).get("insular", [])):
        size = held.get((row["function"], row["dimension"]))
        if size and row.get("own") is not None:
            what = f"Own and others' view of {row['function']} on {row['dimension']} is shown"
            yield _leak(what, people, f"/perspectives/insular/{i}", f"a group of {size}")


def _few(
    votes: pd.DataFrame, by: Sequence[str], value: str, minimum: int
) -> dict[tuple[str, ...], int]:
    """Return the survey raters of each cell that has too few of them, or all votes at one end."""
    survey = votes[votes["basis"] == PROTECTED_BASIS]
    asked = survey.groupby(list(by))["rater"].nunique()
    ends = votes[[*by]].assign(low=votes[value] == STEPS[0], high=votes[value] == STEPS[1])
    alike = ends.groupby(list(by))[["low", "high"]].all().any(axis=1).reindex(asked.index)
    few = asked[(asked < minimum) | alike.fillna(False)]
    keys = few.index.to_frame().astype(str).itertuples(index=False, name=None)
    return dict(zip(keys, few.astype(int), strict=True))


def _leak(what: str, people: People, at: str, who: str) -> Leak:
    return Leak("shown", what, (str(Place(people.period, RESULTS, at)),), who, FAULT)
