"""Clients' folders kept as small differences from a base client."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

__all__ = ["BAD", "GOOD", "client_root", "expected", "names"]

_TESTS = Path(__file__).resolve().parents[1]
BAD, GOOD = _TESTS / "bad_inputs", _TESTS / "good_inputs"
_BASE = BAD / "base"


def names(folder: Path) -> list[str]:
    """Return the cases of a folder, sorted."""
    return sorted(path.parent.name for path in folder.glob("*/expected.json"))


def expected(case: Path) -> dict[str, Any]:
    """Return what a case should give."""
    return json.loads((case / "expected.json").read_text(encoding="utf-8"))


def client_root(case: Path, root: Path) -> Path:
    """Return a data root that holds the base client with a case's files laid over it."""
    client = root / "acme"
    shutil.copytree(_BASE, client)
    for name in expected(case).get("remove", []):
        path = client / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(case, client, dirs_exist_ok=True, symlinks=True)
    (client / "expected.json").unlink()
    return root
