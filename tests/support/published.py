"""A published run written by hand: any files, the manifest that names them, the period's link."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lodestar.provenance import PublishedRun

__all__ = ["BOOK", "publish"]

BOOK = (
    b'{"cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# Where?"}],'
    b' "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
)
"""A workbook that says one thing, as small as it can be."""

MADE_FROM = {
    "framework": {"id": "customer-alignment", "version": "1", "sha256": ""},
    "code": {"version": "0", "sha256": ""},
    "packages": {},
    "workbooks": {},
    "seed": 0,
}


def publish(
    client: Path,
    period: str = "2026-Q4",
    made_from: Mapping[str, Any] | None = None,
    said: Mapping[str, Any] | None = None,
    what_ifs: Mapping[str, bytes] | None = None,
    **books: bytes,
) -> PublishedRun:
    """Publish notebooks of these stems with fixed results and what else is said."""
    results = json.dumps({"client_name": "Small plc", **(said or {})}, indent=1).encode()
    files = {f"{stem}.ipynb": content for stem, content in books.items()}
    files |= {"results.json": results, "tables/a.csv": b"x\n1\n", **(what_ifs or {})}
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest = {
        **MADE_FROM,
        "client": client.name,
        "period": period,
        "inputs": {},
        **(made_from or {}),
        "notebooks": {stem: hashes[f"{stem}.ipynb"] for stem in books},
        "tables": {"tables/a.csv": hashes["tables/a.csv"]},
        "what_ifs": {name: hashes[name] for name in what_ifs or ()},
        "results": hashes["results.json"],
        "key": "",
    }
    files["manifest.json"] = json.dumps(manifest).encode()
    name = hashlib.sha256(files["manifest.json"]).hexdigest()[:32]
    folder = client / "runs" / ".store" / name
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    link = client / "runs" / period
    link.unlink(missing_ok=True)
    link.symlink_to(folder)
    return PublishedRun(client.name, period, folder.resolve())
