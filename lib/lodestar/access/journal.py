"""The record of who did what: one JSON line an event, appended and never changed."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from lodestar.schema.letters import visible

__all__ = ["FILE", "Journal"]

FILE = "audit.jsonl"
LARGEST = 20 * 1024 * 1024
"""Bytes after which the record goes on in a new file; the old one is kept under its date."""

LONGEST = 200
"""Letters of one fact."""

MINUTE, PER_MINUTE = 60.0, 30
"""Refusals of one address that are written in a minute; the others are counted."""

_KEY = re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])")
"""What looks like the key of a link or session, whichever fact it stands in."""

_SECRET = {"key", "password", "token", "csrf", "cookie"}


class Journal:
    """The audit log of a data root.

    Parameters
    ----------
    folder : Path
        Where the file is, readable by its owner alone.
    clock : callable
        Seconds since 1970, UTC.

    Notes
    -----
    Line breaks and other characters that steer are written out, so no name can forge a line. A
    line torn by a loss of power stays alone: the next event starts on a line of its own.
    """

    def __init__(self, folder: Path, clock: Callable[[], float]) -> None:
        self.path, self._clock = folder / FILE, clock
        self._refusals: dict[str, tuple[float, int]] = {}

    def write(self, event: str, facts: dict[str, Any]) -> None:
        """Append an event.

        Raises
        ------
        ValueError
            A fact is named like a secret: keys and passwords are never written.
        """
        if _SECRET & facts.keys():
            raise ValueError("Keys and passwords are never written to the record.")
        now = self._clock()
        left_out = self._left_out(str(facts.get("address", "")), now) if event == "refused" else 0
        if left_out < 0:
            return
        said = {name: _plain(value) for name, value in sorted(facts.items()) if value is not None}
        if left_out:
            said["left_out"] = left_out
        line = json.dumps({"at": _moment(now), "event": _plain(event), **said})
        self._append(line.encode() + b"\n", now)

    def _left_out(self, address: str, now: float) -> int:
        """Return how many refusals were left out before this one; -1 to leave this one out too."""
        since, count = self._refusals.get(address, (now, 0))
        if not 0 <= now - since < MINUTE:
            self._refusals.pop(address, None)
            self._trim()
            self._refusals[address] = (now, 1)
            return max(count - PER_MINUTE, 0)
        self._refusals[address] = (since, count + 1)
        return 0 if count < PER_MINUTE else -1

    def _trim(self) -> None:
        while len(self._refusals) >= 10_000:
            self._refusals.pop(next(iter(self._refusals)))

    def _append(self, line: bytes, now: float) -> None:
        handle = self._held()
        try:
            size = os.fstat(handle).st_size
            if size + len(line) > LARGEST:
                self.path.rename(self._kept(now))
                os.close(handle)
                handle = self._held()
                size = os.fstat(handle).st_size
            torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
            os.write(handle, b"\n" + line if torn else line)
        finally:
            os.close(handle)

    def _held(self) -> int:
        """Open the file and hold it against other processes; one renamed meanwhile is left."""
        import fcntl

        while True:
            handle = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
            fcntl.flock(handle, fcntl.LOCK_EX)
            try:
                if os.path.samestat(os.fstat(handle), self.path.stat()):
                    return handle
            except FileNotFoundError:
                pass
            os.close(handle)

    def _kept(self, now: float) -> Path:
        stamp = datetime.fromtimestamp(now, UTC).strftime("%Y%m%dT%H%M%SZ")
        names = (f"audit-{stamp}{more}.jsonl" for more in ("", *(f"-{n}" for n in range(1, 10**6))))
        return next(path for name in names if not (path := self.path.with_name(name)).exists())


def _moment(now: float) -> str:
    return datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _plain(value: Any) -> Any:
    """Return a fact as it may stand in the record."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in (sorted(value) if isinstance(value, set) else value)]
    text = _KEY.sub("(key)", str(value)[: 4 * LONGEST])
    return visible(text.replace("\n", "\\n").replace("\t", "\\t"))[:LONGEST]
