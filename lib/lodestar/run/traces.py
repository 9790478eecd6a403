"""What in an executed cell's outputs could not come out the same on another machine or day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Any

__all__ = ["traces"]

Window = tuple[float, float]

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]{6,}")
_KERNEL_FILE = re.compile(r"ipykernel_\d+[/\\]\d+(?:\.py)?|/tmp/ipykernel_\d+")
_TEMPORARY = re.compile(r"(?<![\w.])/(?:private/)?(?:var/)?tmp/[\w.+-]+")
_UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b")
_MOMENT = re.compile(r"\b(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)")
_SECONDS = re.compile(r"(?<![\d.])(\d{10})(?:\.\d+|\d{3}|\d{6}|\d{9})?(?![\d])")
_SHAPES = ((" at 0x", _ADDRESS), ("ipykernel_", _KERNEL_FILE), ("tmp/", _TEMPORARY), ("-", _UUID))
"""What gives each away, after what it cannot be without: that is looked for much quicker."""

_QUARTERS = range(-48, 57)
"""Quarters of an hour by which a clock on earth may differ from UTC."""

_SLACK = 2.0
"""Seconds by which clocks that cut off fractions may lie outside the execution."""


def traces(cell: Any, paths: Iterable[str] = (), window: Window | None = None) -> list[str]:
    """Return what in a cell's outputs would differ on another machine or at another time.

    Parameters
    ----------
    cell : NotebookNode
        An executed code cell.
    paths : iterable of str
        Folders of this machine that must not appear.
    window : tuple of float, optional
        Seconds since 1970 between which the notebook ran: a moment within it came from a clock.

    Returns
    -------
    list of str
        Addresses of objects, files of a kernel's process, temporary and given folders, random
        ids (UUIDs) and moments of the execution itself, as they stand in the output.
    """
    found = []
    for output in cell.get("outputs", []):
        text = "\n".join(_texts(output))
        for part, shape in _SHAPES:
            if part in text:
                found += [match.group().strip() for match in shape.finditer(text)][:1]
        found += [path for path in paths if f"{path}/" in text and path not in found]
        found += list(_now(text, window))[:1] if window else []
    return list(dict.fromkeys(found))


def _now(text: str, window: Window) -> Iterator[str]:
    """Yield the moments in a text that lie within the execution, in any time zone."""
    first, last = window[0] - _SLACK, window[1] + _SLACK
    # Whether the first digits, or the day, stand there is known at once; the patterns take long.
    if _alike(str(int(first)), str(int(last))) in text:
        for match in _SECONDS.finditer(text):
            if first <= int(match.group(1)) <= last:
                yield match.group()
    for match in _MOMENT.finditer(text) if any(day in text for day in _days(first, last)) else ():
        try:
            moment = datetime.fromisoformat(f"{match[1]} {match[2]}Z")
        except ValueError:
            continue
        local = [moment - timedelta(minutes=15 * quarter) for quarter in _QUARTERS]
        if any(first <= each.timestamp() <= last for each in local):
            yield match.group()


def _alike(first: str, last: str) -> str:
    """Return what two numbers, and so all between them, begin with."""
    pairs = zip(first, last, strict=True)
    return "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _days(first: float, last: float) -> set[str]:
    """Return the days that it was during the execution, wherever on earth."""
    edges = (first + 900 * _QUARTERS[0], last + 900 * _QUARTERS[-1])
    start, end = (datetime.fromtimestamp(edge, UTC).date() for edge in edges)
    return {str(start + timedelta(days=number)) for number in range((end - start).days + 1)}


def _texts(node: Any) -> Iterator[str]:
    """Yield every text of an output, however deep."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)
