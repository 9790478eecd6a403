"""Whether a published run still holds the bytes that its manifest names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lodestar.provenance.files import known_hash
from lodestar.provenance.hashes import differing, file_hash
from lodestar.provenance.published import MANIFEST, RESULTS

__all__ = ["harmed_files", "named_hashes"]

_NAME = 32
"""Characters of the manifest's sha256 that name a run's folder."""


def named_hashes(manifest: Mapping[str, Any]) -> dict[str, str]:
    """Return the sha256 of each file that a manifest names, by its path in the run's folder."""
    books = {f"{stem}.ipynb": value for stem, value in manifest["notebooks"].items()}
    what_ifs = manifest.get("what_ifs", {})  # a run made before it carried any
    return {**books, **manifest["tables"], **what_ifs, RESULTS: manifest["results"]}


def harmed_files(folder: Path) -> tuple[str, ...]:
    """Return the files of a published run that are changed, missing or did not belong to it.

    Parameters
    ----------
    folder : Path
        The run's immutable folder, named by the hash of its manifest.

    Returns
    -------
    tuple of str
        Paths inside the folder, sorted; the manifest alone when it is itself not what the folder
        is named after: then nothing it says can be relied on.

    Notes
    -----
    Asked again, it reads only files whose size or times are new.
    """
    manifest = folder / MANIFEST
    try:
        if file_hash(manifest)[:_NAME] != folder.name:
            return (MANIFEST,)
        named = named_hashes(json.loads(manifest.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError):
        return (MANIFEST,)
    found = {}
    for path in folder.rglob("*"):
        if path.is_file() and path != manifest:
            name = path.relative_to(folder).as_posix()
            found[name] = known_hash(folder, name, path.stat())
    return tuple(differing(found, named))
