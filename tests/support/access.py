"""Access stores for tests: a clock that is set by hand, and hashes that take no time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from lodestar.access import Access, Passwords

__all__ = ["PASSWORD", "START", "Clock", "opened", "quick"]

START = 1_790_000_000.0
PASSWORD = "four unrelated plain words"


class Clock:
    """Seconds that stand still until moved."""

    def __init__(self, now: float = START) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def quick(**parameters: int) -> PasswordHasher:
    """Return Argon2id with next to no work."""
    return PasswordHasher(**{"time_cost": 1, "memory_cost": 8, "parallelism": 1, **parameters})


def opened(folder: Path, clock: Clock | None = None, hasher: Any = None) -> Access:
    """Return a store in a folder of a test."""
    return Access(folder / ".access", clock or Clock(), passwords=Passwords(hasher or quick()))
