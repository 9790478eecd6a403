"""Send a client's published runs to object storage."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from lodestar.engagement.places import client_folder
from lodestar.errors import FaultError
from lodestar.provenance import MANIFEST, PublishedRun, required_run
from lodestar.provenance.integrity import harmed_files, named_hashes
from lodestar.provenance.published import published_periods
from lodestar.provenance.reviews import head_path, read_chain, record_path
from lodestar.storage.dress import send_dress
from lodestar.storage.place import Place, open_place

__all__ = ["Pushed", "push"]


@dataclass(frozen=True)
class Pushed:
    """What a push did.

    Parameters
    ----------
    client : str
        Whose runs.
    runs : mapping
        Period: content hash of the run that the storage now names.
    files, bytes : int
        What had to be sent; nothing when the storage held it already.
    """

    client: str
    runs: dict[str, str]
    files: int
    bytes: int


def push(client: str, url: str, period: str = "", data_root: str | Path | None = None) -> Pushed:
    """Send the published runs of a client, whole, and then say which are current.

    Parameters
    ----------
    client : str
        Folder in the data root.
    url : str
        As for ``open_place``.
    period : str
        Only this period; empty means all that are published.
    data_root : str or Path, optional
        Folder of clients.

    Returns
    -------
    Pushed
        What was sent.

    Raises
    ------
    InputError
        Nothing is published, or the address is none.
    FaultError
        A run is not what its manifest names, or the storage refused.

    Notes
    -----
    Executed workbooks, results, tables, what-if material, the record of reviews and the brand go;
    inputs, kept copies and logs never do. Runs are named by their content: what lies there already
    is not sent again, two pushes at once do no harm, and a push that breaks off leaves the periods
    pointing where they did.
    """
    place = open_place(url)
    periods = [period] if period else published_periods(client, data_root)
    runs = [required_run(client, each, data_root) for each in periods or [""]]
    sent = [_send_run(place, run) for run in runs]
    folder = client_folder(client, data_root)
    send_dress(place, client, folder)
    for run in runs:
        _send_reviews(place, folder, run)
        place.write(_pointer(run), client, "periods", f"{run.period}.json")
    counted = [size for sizes in sent for size in sizes]
    return Pushed(client, {run.period: run.hash for run in runs}, len(counted), sum(counted))


def _send_run(place: Place, run: PublishedRun) -> list[int]:
    """Send the files of a run that the storage does not hold; return their sizes."""
    harmed = harmed_files(run.folder)
    if harmed:
        raise FaultError(
            f"The run of {run.client} {run.period} is not what was published: {', '.join(harmed)}. "
            f"Publish it again with `lodestar run {run.client} --period {run.period} --force`."
        )
    if place.has_run(run.client, run.hash):
        return []
    sizes = []
    for name in (*sorted(named_hashes(run.manifest())), MANIFEST):
        content = (run.folder / name).read_bytes()
        place.write(content, run.client, "runs", run.hash, *name.split("/"))
        sizes.append(len(content))
    return sizes


def _send_reviews(place: Place, folder: Path, run: PublishedRun) -> None:
    """Send the record of reviews as far as its chain holds, the head last."""
    chain = read_chain(folder, run.period)
    if chain.fault:
        raise FaultError(
            f"The reviews of {run.client} {run.period} cannot be trusted: {chain.fault}. "
            "Nothing was sent of this period's pointer; restore the record first."
        )
    for path in (record_path(folder, run.period), head_path(folder, run.period)):
        if path.is_file():
            place.write(path.read_bytes(), run.client, "reviews", path.name)


def _pointer(run: PublishedRun) -> bytes:
    name = run.results().get("client_name", run.client)
    return json.dumps({"name": name, "run": run.hash}, sort_keys=True).encode()
