"""manifest.json: what a run was made from and what it is made of, without a clock."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lodestar.engagement.model import Engagement
from lodestar.provenance import MANIFEST, RESULTS, file_hash, harmed_files, made_public
from lodestar.run.plan import Ground

__all__ = ["intact", "make_manifest"]

MANIFEST_VERSION = 3


def make_manifest(
    folder: Path,
    engagement: Engagement,
    sources: Mapping[str, Any],
    key: str,
    ground: Ground,
    reads: Mapping[str, Iterable[str]],
) -> bytes:
    """Return the manifest of a folder that is ready to be published.

    Parameters
    ----------
    folder : Path
        Executed notebooks, results.json and tables.
    engagement : Engagement
        The client's material.
    sources : mapping
        What decides over the run's bytes (``lodestar.provenance.sources``).
    key : str
        Digest of the sources.
    ground : Ground
        What the parts of the run rest on.
    reads : mapping
        Names of what each notebook read, by stem.

    Returns
    -------
    bytes
        JSON with sorted keys. The sources and their ``key``; ``corrections`` and ``assumptions``;
        the thresholds under which it is published (``confidentiality``), frozen from then on;
        the sha256 of every file by its path: ``notebooks``, ``tables``, ``what_ifs`` (what they are
        computed from) and ``results``; what each
        notebook read with the hash of its content (``reads``) and the key over all of that
        (``keys``, and ``results_key`` of the results).

    Notes
    -----
    Of corrections in tables of answers given in confidence neither the row nor the values are
    named: who answered never leaves ``inputs``.
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
        "what_ifs": {n: h for n, h in hashes.items() if n.startswith("whatif/")},
        "results": hashes[RESULTS],
        "reads": {stem: ground.hashes(names) for stem, names in reads.items()},
        "keys": {stem: ground.key(stem, names) for stem, names in reads.items()},
        "results_key": ground.results_key,
        "corrections": [made_public(entry) for entry in engagement.corrections],
        "confidentiality": asdict(engagement.settings.confidentiality),
        "assumptions": [dict(entry) for entry in engagement.assumptions],
    }
    text = json.dumps(manifest, sort_keys=True, indent=1, ensure_ascii=False, default=str)
    return (text + "\n").encode()


def intact(folder: Path, key: str) -> bool:
    """Tell whether a published run was made from this material and holds every file unchanged."""
    if harmed_files(folder):
        return False
    recorded = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return bool(recorded["key"] == key)
