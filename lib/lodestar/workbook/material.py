"""A client's material, read and checked once a run instead of once a notebook."""

from __future__ import annotations

import io
import os
import pickle
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lodestar.engagement import load
from lodestar.engagement.model import Engagement
from lodestar.engagement.places import client_folder
from lodestar.provenance import input_hashes, write
from lodestar.workbook.sections import SHARED

__all__ = ["material_of", "share_material", "shared_material"]

_FILE = "material.pickle"


def share_material(engagement: Engagement, folder: Path) -> None:
    """Leave what was loaded for the workbooks of the same run.

    Parameters
    ----------
    engagement : Engagement
        The client's material, loaded from its folder.
    folder : Path
        Private to one run: what lies in it was written by its own processes.
    """
    buffer = io.BytesIO()
    _Pickler(buffer, pickle.HIGHEST_PROTOCOL).dump((input_hashes(engagement), engagement))
    write(folder / _FILE, buffer.getvalue())


def material_of(client: str, period: str, data_root: str | Path | None) -> Engagement:
    """Return a client's material: as the run has read it already, else read from its files.

    Parameters
    ----------
    client, period, data_root
        As for ``lodestar.engagement.load``.

    Notes
    -----
    What a run has read is taken for the same client, period and folder only, and only while every
    file still has the bytes it was read from.
    """
    shared = os.environ.get(SHARED)
    known = _shared(Path(shared) / _FILE) if shared and period else None
    if known is not None:
        hashes, engagement = known
        same = (engagement.settings.client, engagement.period.id) == (client, period)
        here = same and client_folder(client, data_root) == engagement.folder
        if here and input_hashes(engagement) == hashes:
            return engagement
    return load(client, period, data_root)


def shared_material(folder: Path) -> Engagement:
    """Return the material that a run of ours has left in its folder, as it was then."""
    known = _shared(folder / _FILE)
    if known is None:
        raise FileNotFoundError(folder / _FILE)
    return known[1]


def _shared(path: Path) -> tuple[dict[str, str], Engagement] | None:
    if not path.is_file():
        return None
    known: tuple[dict[str, str], Engagement] = pickle.loads(path.read_bytes())
    return known


def _read_only(entries: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(entries)


class _Pickler(pickle.Pickler):
    """Knows read-only mappings, which pickle does not."""

    def reducer_override(self, value: Any) -> Any:
        """Write a read-only mapping as the mapping it shows."""
        if isinstance(value, MappingProxyType):
            return _read_only, (dict(value),)
        return NotImplemented
