"""manifest.json: what a run was made from and what it is made of, without a clock."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lodestar.provenance import MANIFEST, RESULTS, file_hash

__all__ = ["intact", "make_manifest"]

MANIFEST_VERSION = 1


def make_manifest(folder: Path, sources: dict[str, Any], key: str) -> bytes:
    """Return the manifest of a folder that is ready to be published.

    Parameters
    ----------
    folder : Path
        Executed notebooks, results.json and tables.
    sources : dict
        What decides over the run's bytes (``lodestar.provenance.sources``).
    key : str
        Digest of the sources.

    Returns
    -------
    bytes
        JSON with sorted keys: the sources, the key, and the sha256 of every file by its path:
        ``notebooks``, ``tables`` and ``results``.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    hashes = {path.relative_to(folder).as_posix(): file_hash(path) for path in files}
    books = {name: value for name, value in hashes.items() if name.endswith(".ipynb")}
    manifest = {
        **sources,
        "manifest_version": MANIFEST_VERSION,
        "key": key,
        "notebooks": {name.removesuffix(".ipynb"): value for name, value in books.items()},
        "tables": {n: h for n, h in hashes.items() if n.startswith("tables/")},
        "results": hashes[RESULTS],
    }
    return (json.dumps(manifest, sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode()


def intact(folder: Path, key: str) -> bool:
    """Tell whether a published run was made from this material and holds every file unchanged."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = {f"{stem}.ipynb": h for stem, h in manifest["notebooks"].items()}
        files |= {**manifest["tables"], RESULTS: manifest["results"]}
        return manifest["key"] == key and all(file_hash(folder / n) == h for n, h in files.items())
    except (OSError, ValueError, KeyError):
        return False
