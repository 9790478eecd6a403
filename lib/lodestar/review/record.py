"""Append to the record of reviews: one at a time, on the disk before anybody is told."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO

from lodestar.errors import FaultError, LodestarError
from lodestar.provenance.disk import sync, write
from lodestar.provenance.reviews import Review, head_path, read_chain, record_path

__all__ = ["BrokenRecordError", "append"]


class BrokenRecordError(LodestarError):
    """The record of reviews was changed by hand; a check found it: status 3."""

    exit_code = 3

    def __init__(self, name: str, fault: str) -> None:
        super().__init__(
            f"The record of reviews in {name} cannot be trusted: {fault}. "
            "Restore it from a backup; until then every page says Draft."
        )


def append(client_folder: Path, period: str, review: Review) -> Review:
    """Append a review to a period's record and return it as written.

    Parameters
    ----------
    client_folder : Path
        The client's folder.
    period : str
        Period of the run.
    review : Review
        What to write; ``previous`` is filled in here.

    Raises
    ------
    BrokenRecordError
        Earlier records were changed: nothing is added to what cannot be trusted.
    FaultError
        The disk takes no more; the record is as it was.

    Notes
    -----
    Who comes second waits. The record is brought to the disk before this returns; a crash leaves
    the record as it was, or with the new line.
    """
    path = record_path(client_folder, period)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b", buffering=0) as handle, _alone(handle):
        chain = read_chain(client_folder, period)
        if chain.fault:
            raise BrokenRecordError(f"{path.parent.name}/{path.name}", chain.fault)
        written = replace(review, previous=chain.last)
        _add(handle, written.line() + b"\n")
        write(head_path(client_folder, period), f"{written.hash}\n".encode())
        sync(path.parent)
    return written


def _add(handle: IO[bytes], line: bytes) -> None:
    """Write one line behind the last whole one, or leave the file as it was."""
    handle.seek(0)
    whole = handle.read().rfind(b"\n") + 1
    handle.truncate(whole)
    try:
        if handle.write(line) != len(line):
            raise OSError("the disk is full")
        os.fsync(handle.fileno())
    except OSError as error:
        handle.truncate(whole)
        raise FaultError(
            f"Nothing was signed: the record could not be written ({error})."
        ) from None


@contextmanager
def _alone(handle: IO[bytes]) -> Iterator[None]:
    """Wait until nobody else writes; the system lets go when a process dies."""
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)
    yield
