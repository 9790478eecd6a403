"""Check survey items: pairs that match, maps to levels where they may be, subjects of scores."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lodestar.errors import Problem
from lodestar.framework.documents import Document, entries
from lodestar.schema.nearest import meant

__all__ = ["item_problems"]

_PARTNER = {
    "importance5": "performance5",
    "performance5": "importance5",
    "know5": "do5",
    "do5": "know5",
}
_NEVER_A_LEVEL = ("importance5", "know5", "nps")


def item_problems(document: Document, where: str) -> Iterator[Problem]:
    """Yield what is wrong with the meaning of the survey items.

    Parameters
    ----------
    document : dict
        Plain data that passed the schema.
    where : str
        Name of the file for messages.

    Yields
    ------
    Problem
        In the order of the items.
    """
    items = entries(document, "items")
    for id, item in items.items():
        yield from _pair_problems(id, item, items, where)
        yield from _map_problems(id, item, where)
        yield from _score_problems(id, item, where)


def _problem(code: str, where: str, column: str, value: Any, message: str, remedy: str) -> Problem:
    """Return a problem at a key of an item."""
    shown = None if value is None else str(value)
    return Problem(
        f"framework-{code}", where, message, remedy, column=f"items.{column}", value=shown
    )


def _pair_problems(id: str, item: Document, items: Document, where: str) -> Iterator[Problem]:
    """Yield a problem for a pair that is missing, unknown, of the wrong kind or one-sided."""
    kind, pair, wanted = item["kind"], item.get("pair"), _PARTNER.get(item["kind"])
    column = f"{id}.pair"
    if wanted is None:
        if pair is not None:
            message = f"An item of kind {kind} has no pair."
            yield _problem("pair", where, column, pair, message, "Remove the pair.")
    elif pair is None:
        message = f"An item of kind {kind} needs its {wanted} item."
        yield _problem("pair", where, column, None, message, f"Name the {wanted} item as pair.")
    elif pair not in items:
        fitting = [other for other in items if items[other]["kind"] == wanted]
        remedy = meant(pair, fitting, f"Name an item of kind {wanted}.")
        yield _problem("unknown-id", where, column, pair, "No item has this id.", remedy)
    elif items[pair]["kind"] != wanted or items[pair].get("pair") != id:
        message = f"The pair must be a {wanted} item that names {id} as its own pair."
        yield _problem("pair", where, column, pair, message, "Let the two items name each other.")
    elif items[pair].get("dimension") != item.get("dimension"):
        message = "The two items of a pair belong to different dimensions."
        yield _problem("pair", where, column, pair, message, "Give both the same dimension.")


def _map_problems(id: str, item: Document, where: str) -> Iterator[Problem]:
    """Yield a problem for a map to levels that may not be, leaves the scale or falls."""
    mapping, column = item.get("to_level"), f"{id}.to_level"
    if mapping is None:
        return
    if item["kind"] in _NEVER_A_LEVEL:
        message = f"An item of kind {item['kind']} never enters a level."
        yield _problem("to-level", where, column, None, message, "Remove to_level.")
        return
    points = sorted((float(answer), level) for answer, level in mapping.items())
    if points[0][0] != 1 or points[-1][0] != 5:
        message = "The map must reach from answer 1 to answer 5."
        remedy = "Give a level at 1 and at 5; between the points the level is linear."
        reach = f"{points[0][0]:g} to {points[-1][0]:g}"
        yield _problem("to-level", where, column, reach, message, remedy)
    levels = [level for _, level in points]
    if levels != sorted(levels):
        message = "The level falls while the answer rises."
        remedy = "Let levels rise, and mark an item worded the other way with reverse: true."
        yield _problem("to-level", where, column, None, message, remedy)


def _score_problems(id: str, item: Document, where: str) -> Iterator[Problem]:
    """Yield a problem for a 0-10 item without subject, or a subject or turn that cannot be."""
    score = item["kind"] == "nps"
    subject = item.get("subject")
    if score and subject is None:
        message = "A 0-10 item does not say what is recommended."
        remedy = "Add subject: offer, or subject: employer."
        yield _problem("subject", where, f"{id}.subject", None, message, remedy)
    if not score and subject is not None:
        message = f"An item of kind {item['kind']} has no subject."
        yield _problem("subject", where, f"{id}.subject", subject, message, "Remove the subject.")
    if score and item.get("reverse"):
        message = "A 0-10 item cannot be turned."
        yield _problem("reverse", where, f"{id}.reverse", "true", message, "Remove reverse.")
