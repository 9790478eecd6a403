"""Fetch published runs from object storage into a folder that can be served."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from lodestar.engagement.places import data_folder, plain_name
from lodestar.errors import FaultError, InputError, Problem
from lodestar.provenance import MANIFEST, write
from lodestar.provenance.integrity import harmed_files, named_hashes
from lodestar.provenance.reviews import REVIEWS, head_path, read_chain, record_path
from lodestar.run.store import Store
from lodestar.storage.dress import fetch_dress
from lodestar.storage.place import Place, open_place, run_file

__all__ = ["Pulled", "pull"]


@dataclass(frozen=True)
class Pulled:
    """What a pull did for one client.

    Parameters
    ----------
    client : str
        Whose runs.
    fetched : mapping
        Period: content hash of each run that was fetched or became current here.
    gone : tuple of str
        Periods that are published here and no longer named by the storage; they stay.
    """

    client: str
    fetched: dict[str, str]
    gone: tuple[str, ...] = ()


def pull(
    url: str, clients: tuple[str, ...] = (), data_root: str | Path | None = None
) -> list[Pulled]:
    """Fetch the current runs of clients and publish each at once.

    Parameters
    ----------
    url : str
        As for ``open_place``.
    clients : tuple of str
        Whose; empty means every client there.
    data_root : str or Path, optional
        Folder to serve from; made when missing.

    Returns
    -------
    list of Pulled
        One a client, in the order of their names.

    Raises
    ------
    InputError
        There is no such client at the address, or the address is none.
    FaultError
        What was fetched is not what its manifest names, or its reviews are not a continuation of
        those here: nothing of that period is published.
    """
    place, root = open_place(url), data_folder(data_root)
    asked = [name for name in clients or place.names() if plain_name(name)]
    pointers = {name: place.pointers(name) for name in asked}
    missing = [name for name in clients if not pointers.get(name)]
    if missing or not any(pointers.values()):
        raise InputError([_nobody(name, url) for name in missing or [""]])
    return [_pull_client(place, name, root / name, at) for name, at in pointers.items() if at]


def _pull_client(place: Place, client: str, folder: Path, pointers: dict[str, str]) -> Pulled:
    store, fetched = Store(folder / "runs"), {}
    with store.lock():
        latest = place.document(client, "periods", f"{max(pointers)}.json") or {}
        fetch_dress(place, client, str(latest.get("name", client)), folder)
        for period, run in sorted(pointers.items()):
            _reviews(place, client, folder, period)
            standing = store.published(period)
            if standing is None or standing.name != run:
                building = _fetched(place, client, store, run)
                store.publish(building, period)
                building.parent.rmdir()
                fetched[period] = run
    mine = {path.name for path in (folder / "runs").iterdir() if path.is_symlink()}
    return Pulled(client, fetched, tuple(sorted(mine - set(pointers))))


def _fetched(place: Place, client: str, store: Store, run: str) -> Path:
    """Return a folder with a run's files, each of them what the manifest names."""
    folder = store.folder / ".building-pulled" / run
    shutil.rmtree(folder, ignore_errors=True)
    manifest = place.read(client, "runs", run, MANIFEST)
    if manifest is not None:
        write(folder / MANIFEST, manifest)
    for name in _named(manifest, client, run):
        content = place.read(client, "runs", run, *name.split("/"))
        if content is not None:
            write(folder / name, content)
    harmed = harmed_files(folder)
    if harmed:
        shutil.rmtree(folder.parent, ignore_errors=True)
        raise FaultError(
            f"The run {run[:8]} of {client} at {place.url} is not what was published: "
            f"{', '.join(harmed)}. Push it again with `lodestar push {client} {place.url}`."
        )
    return folder


def _named(manifest: bytes | None, client: str, run: str) -> list[str]:
    """Return the files that a manifest names, unless one would lie outside the run's folder."""
    try:
        names = sorted(named_hashes(json.loads(manifest or b"{}")))
    except (ValueError, KeyError, TypeError, AttributeError):
        return []
    if not all(map(run_file, names)):
        raise FaultError(f"The manifest of run {run[:8]} of {client} names a file outside of it.")
    return names


def _reviews(place: Place, client: str, folder: Path, period: str) -> None:
    """Bring the record of reviews up to date; one that does not continue ours is refused."""
    record, head = record_path(folder, period), head_path(folder, period)
    line = place.read(client, REVIEWS, record.name)
    if line is None:
        return
    known = record.read_bytes() if record.is_file() else b""
    if not line.startswith(known):
        raise FaultError(
            f"The reviews of {client} {period} at {place.url} do not continue those here. "
            "Find out which is right; neither was changed."
        )
    newest = place.read(client, REVIEWS, head.name) or b""
    _trusted(client, period, line, newest)
    write(record, line)
    write(head, newest)


def _trusted(client: str, period: str, line: bytes, newest: bytes) -> None:
    """Refuse a record whose chain does not hold, before anything here is touched."""
    with tempfile.TemporaryDirectory() as aside:
        write(record_path(Path(aside), period), line)
        write(head_path(Path(aside), period), newest)
        fault = read_chain(Path(aside), period).fault
    if fault:
        raise FaultError(f"The reviews of {client} {period} cannot be trusted: {fault}.")


def _nobody(client: str, url: str) -> Problem:
    known = plain_name(client)
    return Problem(
        code="storage",
        file="storage",
        value=client or url,
        message="Nothing of this client is published there." if known else "Nobody is there.",
        remedy=f"Push a run first: `lodestar push {client or 'CLIENT'} {url}`.",
    )
