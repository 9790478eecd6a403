"""The headlines of a comparison: each movement, its interval, its verdict, and where it is from."""

from __future__ import annotations

from dataclasses import replace

from lodestar.findings.differences import (
    VERDICTS,
    decimals,
    figure,
    interval,
    scaled,
    split_parts,
)
from lodestar.findings.headlines import Figure
from lodestar.findings.words import signed
from lodestar.review.attribution import rounded_parts
from lodestar.review.difference import Difference
from lodestar.review.explained import Attribution
from lodestar.review.headlines import Moved
from lodestar.review.noise import HALVES, Movement
from lodestar.review.report_parts import Block, Grid, Said, Section
from lodestar.review.why import attribution_notes, pointer_sentences

__all__ = ["headlines_section", "source_words"]

CHOSEN = (
    "The chosen level changed, and with it every target: index, distance and plan are measured "
    "against other targets, which is a decision and neither noise nor progress."
)
INDEPENDENT = (
    "* The two intervals taken as independent. Whoever answered on both sides makes the "
    "movement's true interval narrower."
)


def headlines_section(found: Difference) -> Section:
    """Return what moved beyond noise in sentences, then every headline that moved as a table."""
    numbers = [one for one in found.headlines if isinstance(one.before, Figure)]
    told = [one for one in found.headlines if one.movement and one.movement.beyond_noise]
    blocks: list[Block] = [Said(one.sentence, strong=True) for one in told]
    if _rests_on_choice(found):
        blocks.append(Said(CHOSEN))
    if any(one.movement for one in numbers):
        blocks.append(_table(numbers, found.attribution))
    if any(one.movement and one.movement.basis == HALVES for one in numbers):
        blocks.append(Said(INDEPENDENT))
    blocks += [Said(reason) for reason in _reasons(numbers)]
    if found.attribution is not None:
        blocks += [Said(sentence) for sentence in pointer_sentences(found.attribution)]
        blocks += [Said(note) for note in attribution_notes(found.attribution)]
    blocks += [Said(one.sentence) for one in found.headlines if one.movement is None]
    return Section("Headline numbers", tuple(blocks))


def _rests_on_choice(found: Difference) -> bool:
    """Tell whether headlines moved that are measured against the chosen level, which moved too."""
    ids = {one.id for one in found.headlines}
    return "level.chosen" in ids and any(
        name.startswith(("alignment.", "roadmap.")) for name in ids
    )


def _table(numbers: list[Moved], attribution: Attribution | None) -> Grid:
    head = ("Number", "Before", "After", "Moved", "Noise")
    rows = [_row(one) for one in numbers if one.movement]
    if attribution is None or len(attribution.differing) < 2:
        return Grid(head, tuple(rows), frozenset({1, 2, 3}))
    because = [source_words(one, attribution) for one in numbers if one.movement]
    told = tuple((*row, why) for row, why in zip(rows, because, strict=True))
    return Grid((*head, "Because of"), told, frozenset({1, 2, 3}))


def _row(one: Moved) -> tuple[str, ...]:
    way = one.movement or Movement(0.0)
    places = _places(one, way)
    before, after = (_side(side, one.unit, places) for side in (one.before, one.after))
    change = signed(_change(one, places), places)
    moved = f"{change} ({interval(way.bounds, one.unit, places)})" if way.bounds else change
    noise = "–" if way.beyond_noise is None else VERDICTS[way.beyond_noise].removesuffix(" noise")
    star = "*" if way.basis == HALVES else ""
    return one.label, before, after, moved, noise + star


def _places(one: Moved, way: Movement) -> int:
    return decimals(one.before.value, one.after.value, one.unit, way.bounds or ())


def _change(one: Moved, places: int) -> float:
    """Return the movement as the difference of the two figures shown."""
    return _shown(one.after, one.unit, places) - _shown(one.before, one.unit, places)


def _shown(side: Figure, unit: str, places: int) -> float:
    """Return a figure as it is shown, as a number."""
    return round(scaled(float(side.value or 0.0), unit), places)


def _side(side: Figure, unit: str, places: int) -> str:
    text = figure(side.value, unit, places)
    if side.low is None or side.high is None:
        return text
    return f"{text} ({figure(side.low, unit, places)} to {figure(side.high, unit, places)})"


def _reasons(numbers: list[Moved]) -> list[str]:
    """Return why there is no verdict where there are intervals, each reason once."""
    told = (one.movement.reason for one in numbers if one.movement and one.interval)
    return list(dict.fromkeys(f"No verdict on noise: {reason}" for reason in told if reason))


def source_words(one: Moved, attribution: Attribution) -> str:
    """Return what a headline's movement is due to, adding up to the movement shown.

    Parameters
    ----------
    one : Moved
        A headline with a movement.
    attribution : Attribution
        Where its id is explained.
    """
    explained = attribution.numbers.get(one.id)
    if explained is None or one.movement is None:
        return ""
    if explained.split is None:
        return "not split"
    places = _places(one, one.movement)
    parts = {name: scaled(part, one.unit) for name, part in explained.split.parts.items()}
    split = replace(explained.split, total=scaled(explained.split.total, one.unit), parts=parts)
    told = split_parts(rounded_parts(split, places, _change(one, places)), places)
    return told if split.complete else f"{told} (not every order)"
