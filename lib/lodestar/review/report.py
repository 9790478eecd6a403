"""A comparison as sections of sentences and tables, for the terminal and the page alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from lodestar.findings.differences import counted
from lodestar.findings.words import plural, start
from lodestar.review.difference import Difference
from lodestar.review.moves import Group, entry_name
from lodestar.review.report_cells import cells_section
from lodestar.review.report_headlines import headlines_section
from lodestar.review.report_inputs import inputs_section, sources_section
from lodestar.review.report_parts import (
    Block,
    Fold,
    Grid,
    Limits,
    Said,
    Section,
    Words,
    leaf_grid,
    rest,
)
from lodestar.review.shown import change_text, leaf_ends
from lodestar.review.told import Findings

__all__ = ["PAGE", "TERMINAL", "sections"]

Labels = Mapping[str, Mapping[str, str]]


TERMINAL = Limits(rows=6, groups=6, detail=False)
PAGE = Limits(rows=25, groups=200, detail=True)


def sections(found: Difference, limits: Limits) -> list[Section]:
    """Return a comparison's sections, what moved first; those without a difference are left out.

    Parameters
    ----------
    found : Difference
        Both sides compared.
    limits : Limits
        How much to show.
    """
    labels = _labels(found)
    made = [
        headlines_section(found),
        _results(found.results, limits, labels),
        _findings(found.findings, limits),
        inputs_section(found.inputs, limits),
        sources_section(found.sources, limits),
        cells_section(found.notebooks, limits),
    ]
    return [section for section in made if section.blocks]


def _labels(found: Difference) -> Labels:
    """Return names of both sides, the later one's first."""
    there, here = (side.results.get("labels", {}) for side in (found.before, found.after))
    merged = {kind: {**there.get(kind, {}), **here.get(kind, {})} for kind in {*there, *here}}
    parties = {**merged.get("function", {}), **merged.get("group", {})}
    return {**merged, "party": parties}


def _results(groups: Sequence[Group], limits: Limits, labels: Labels) -> Section:
    blocks: list[Block] = []
    for name, of in groupby(groups, key=lambda group: group.section):
        own = list(of)
        total = sum(len(group.leaves) for group in own)
        title = (
            f"{name.replace('_', ' ')}: {plural(total, 'result')} in {plural(len(own), 'place')}"
        )
        summary = _summary(own, limits, labels)
        if limits.detail:
            inside = tuple(_group(group, limits, labels) for group in own[: limits.groups])
            blocks.append(Fold(start(title), (summary, *inside)))
        else:
            blocks += [Said(start(title)), summary]
    return Section("All results that moved", tuple(blocks))


def _summary(groups: Sequence[Group], limits: Limits, labels: Labels) -> Grid:
    """Return one row a kind of number: how many moved, and the largest movement."""
    rows = []
    for group in groups[: limits.groups]:
        largest = group.leaves[0]
        before, after = leaf_ends(largest, 28)
        who = entry_name(largest, labels)
        change = change_text(largest)
        moved = f"{before} → {after}" + (f" ({change})" if change else "")
        where = group.path.partition(".")[2] or group.path
        rows.append((where, f"{len(group.leaves):,}", f"{who}: {moved}" if who else moved))
    left = rest(len(groups), limits.groups)
    return Grid(("What", "Moved", "Largest"), tuple(rows), frozenset({1}), left)


def _group(group: Group, limits: Limits, labels: Labels) -> Fold:
    title = f"{group.path} ({len(group.leaves):,})"
    skip = len(group.path.split("."))
    return Fold(title, (leaf_grid(group.leaves, limits.rows, labels, skip),))


def _findings(found: Findings, limits: Limits) -> Section:
    blocks: list[Block] = []
    if len(found):
        counts = counted(added=len(found.added), gone=len(found.gone), changed=len(found.changed))
        blocks.append(Said(f"Findings: {counts}."))
    for word, entries in (("Added", found.added), ("Gone", found.gone)):
        if entries:
            rows = tuple((str(one["id"]), str(one["headline"])) for one in entries)
            blocks.append(Grid((word, "Headline"), rows))
    for one in found.changed:
        for key, (before, after) in one.words.items():
            if key != "headline" and not limits.detail:
                continue
            title = one.id if key == "headline" else f"{one.id}, what to do"
            blocks.append(Words(title, before, after))
    return Section("Findings", tuple(blocks))
