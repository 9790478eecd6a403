"""What of an engagement was read: the ground on which a page need not be made again."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from lodestar.schema.tables import TABLES

if TYPE_CHECKING:
    from lodestar.engagement.model import Engagement, Wave

__all__ = ["EVERYTHING", "NOTES", "OPENED", "Reads", "traced"]

OPENED = "settings"
"""Read by whoever opens an engagement; who never read it did not tell what else it read."""

NOTES = "notes"
"""All of the consultant's words at once; one of them is ``notes/<its heading>``."""

EVERYTHING = "*"
"""What a notebook read that told nothing: whatever changes, it changes too."""

_V = TypeVar("_V")


class Reads:
    """Names of what was read, in all and by each part of a computation.

    Parameters
    ----------
    sink : Path, optional
        File that takes each name once, one a line, as soon as it is read.

    Notes
    -----
    A table is named ``<period>/<table>``, whether it is there or not: that one is absent is a
    thing to know as well.
    """

    def __init__(self, sink: Path | None = None) -> None:
        self._sink = sink
        self._names: set[str] = set()
        self._threads = threading.local()

    def __reduce__(self) -> tuple[type[Reads], tuple[()]]:
        """Travel to another process empty: what is read there is read anew."""
        return Reads, ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return everything read so far, sorted."""
        return tuple(sorted(self._names))

    def add(self, *names: str) -> None:
        """Note that these were read, for every part of the computation that is under way."""
        for part in self._parts():
            part.update(names)
        fresh = [name for name in names if name not in self._names]
        self._names.update(fresh)
        if fresh and self._sink is not None:
            with self._sink.open("a", encoding="utf-8") as file:
                file.write("".join(f"{name}\n" for name in fresh))

    @contextmanager
    def within(self) -> Iterator[set[str]]:
        """Collect what this thread reads from here on, also by parts inside this one."""
        mine: set[str] = set()
        parts = self._parts()
        parts.append(mine)
        try:
            yield mine
        finally:
            parts.pop()

    def _parts(self) -> list[set[str]]:
        if not hasattr(self._threads, "parts"):
            self._threads.parts = []
        parts: list[set[str]] = self._threads.parts
        return parts


class _Traced(Mapping[str, _V]):
    """A mapping that notes which of its keys were asked for, whether they are there or not."""

    def __init__(
        self, inner: Mapping[str, _V], reads: Reads, place: str, whole: tuple[str, ...]
    ) -> None:
        self._inner, self._reads, self._place, self._whole = inner, reads, place, whole

    def __getitem__(self, key: str) -> _V:
        self._reads.add(self._place + key)
        return self._inner[key]

    def __iter__(self) -> Iterator[str]:
        self._reads.add(*self._whole)
        return iter(self._inner)

    def __len__(self) -> int:
        self._reads.add(*self._whole)
        return len(self._inner)

    def __repr__(self) -> str:
        return f"traced({self._inner!r})"


def traced(engagement: Engagement, sink: Path | None = None) -> Engagement:
    """Return an engagement that notes in ``reads`` what is read of it.

    Parameters
    ----------
    engagement : Engagement
        The client's material.
    sink : Path, optional
        File that takes each name as soon as it is read.

    Notes
    -----
    Settings, framework, assumptions and the days of the periods are not followed one by one:
    every page rests on them.
    """
    reads = Reads(sink)
    reads.add(OPENED)
    notes: Any = _Traced(engagement.notes, reads, f"{NOTES}/", (NOTES,))
    waves = tuple(_traced_wave(wave, reads) for wave in engagement.waves)
    return replace(engagement, waves=waves, notes=notes, reads=reads)


def _traced_wave(wave: Wave, reads: Reads) -> Wave:
    place = f"{wave.period.id}/"
    whole = tuple(f"{place}{name}" for name in TABLES)
    return replace(
        wave,
        tables=_Traced(wave.tables, reads, place, whole),
        left_out=_Traced(wave.left_out, reads, place, whole),
    )
