"""What runs were made from, kept so that an old run can be compared, explained and made again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from lodestar.errors import FaultError
from lodestar.provenance.disk import sync, write
from lodestar.provenance.hashes import file_hash, sha256
from lodestar.provenance.published import PublishedRun

__all__ = [
    "KEPT",
    "client_of",
    "content_of",
    "forget",
    "keep",
    "kept",
    "look_ahead",
    "material",
]

KEPT = Path("inputs") / ".kept"
"""Folder of the copies, below the client's: what clients answered never leaves ``inputs``."""

_OWNER, _OWNERS_FOLDER = 0o600, 0o700


def keep(folder: Path, files: Mapping[str, str], documents: Iterable[bytes] = ()) -> None:
    """Keep a copy of each file that a run is made from, named by its content.

    Parameters
    ----------
    folder : Path
        The client's folder.
    files : mapping
        Path below the folder: sha256, as ``input_hashes`` gives them.
    documents : iterable of bytes
        Further content to keep, such as the merged framework's canonical text.

    Raises
    ------
    FaultError
        A file is no longer what its hash says: it changed meanwhile; run again.
    """
    place = folder / KEPT
    place.mkdir(mode=_OWNERS_FOLDER, parents=True, exist_ok=True)
    missing = {name: sha for name, sha in files.items() if not (place / sha).is_file()}
    for name, sha in missing.items():
        content = (folder / name).read_bytes()
        if sha256(content) != sha:
            raise FaultError(f"'{name}' changed while it was read. Let it rest, then run again.")
        write(place / sha, content, _OWNER)
    fresh = {sha256(content): content for content in documents}
    for sha in (sha for sha in fresh if not (place / sha).is_file()):
        write(place / sha, fresh[sha], _OWNER)
    sync(place)


def kept(folder: Path, sha: str) -> Path | None:
    """Return the kept copy of a file; None when it was never kept, was forgotten, or is harmed.

    Parameters
    ----------
    folder : Path
        The client's folder.
    sha : str
        The sha256 of its content, as a manifest's ``inputs`` names it.
    """
    path = folder / KEPT / sha
    return path if path.is_file() and file_hash(path) == sha else None


def content_of(folder: Path, name: str, sha: str) -> bytes | None:
    """Return a file as a run was made from it: kept, else the client's own if it still is the same.

    Parameters
    ----------
    folder : Path
        The client's folder.
    name : str
        The file's path below the folder.
    sha : str
        The sha256 of its content, as a manifest's ``inputs`` names it.

    Returns
    -------
    bytes or None
        None when it is no longer at hand.
    """
    for path in (folder / KEPT / sha, folder / name):
        if path.is_file() and sha256(content := path.read_bytes()) == sha:
            return content
    return None


def client_of(run: PublishedRun) -> Path:
    """Return the client's folder that a published run lies in."""
    return run.folder.parents[2]


@contextmanager
def material(run: PublishedRun) -> Iterator[Path]:
    """Lay out what a run was made from as the client's folder was, for as long as it is used.

    Parameters
    ----------
    run : PublishedRun
        The run.

    Yields
    ------
    Path
        A private copy of the client's folder: ``load(copy.name, run.period, copy.parent)`` reads
        it, and ``sources`` of what it reads names the same inputs as the run's manifest.

    Raises
    ------
    FaultError
        Copies are missing: an older version kept none, or somebody had them forgotten.
    """
    folder, recorded = client_of(run), run.manifest()["inputs"]
    with tempfile.TemporaryDirectory(prefix="lodestar-") as private:
        copy, lost = Path(private) / folder.name, []
        for name, sha in sorted(recorded.items()):
            content = content_of(folder, name, sha)
            if content is None:
                lost.append(name)
            else:
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                (copy / name).write_bytes(content)
        if lost:
            raise FaultError(
                f"Of run {run.hash[:12]} these inputs are no longer kept: {', '.join(lost)}. "
                "Put the files back as they were and run the period again, or choose another run."
            )
        look_ahead(folder, copy, run.period)
        yield copy


def look_ahead(folder: Path, copy: Path, period: str) -> None:
    """Lay the client's later periods beside what a run was made from.

    Parameters
    ----------
    folder : Path
        The client's folder as it is now.
    copy : Path
        What a run was made from, laid out as that folder was.
    period : str
        The run's period.

    Notes
    -----
    No number comes from them. One file holds the corrections of all periods, and a correction that
    finds its row in no period at all is refused.
    """
    from lodestar.engagement.collector import Collector
    from lodestar.engagement.documents.settings import read_settings
    from lodestar.engagement.periods import in_order, period_of

    if not (copy / "corrections.yml").is_file():
        return
    declared = read_settings(copy, Collector())[1]
    known = [period_of(path.name, declared) for path in (folder / "inputs").iterdir()]
    names = [each.id for each in in_order([each for each in known if each])]
    for name in names[names.index(period) + 1 :] if period in names else ():
        shutil.copytree(folder / "inputs" / name, copy / "inputs" / name)


def forget(folder: Path, named: Iterable[str]) -> list[str]:
    """Remove kept copies that are no longer named.

    Parameters
    ----------
    folder : Path
        The client's folder.
    named : iterable of str
        Hashes to keep.

    Returns
    -------
    list of str
        The hashes whose copies were removed, sorted.
    """
    place, wanted = folder / KEPT, set(named)
    gone = sorted(path for path in place.glob("*") if path.name not in wanted)
    for path in gone:
        path.unlink()
    return [path.name for path in gone]
