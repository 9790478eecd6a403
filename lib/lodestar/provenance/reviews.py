"""Reviews of a client's runs: a chain of signatures and withdrawals, and what stands of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from lodestar.provenance.hashes import sha256

__all__ = ["REVIEWS", "Chain", "Review", "Standing", "head_path", "read_chain", "record_path"]

REVIEWS = "reviews"
"""Folder of a client's reviews, one file a period."""


@dataclass(frozen=True)
class Review:
    """One line of the record: a signature, or its withdrawal.

    Parameters
    ----------
    kind : str
        ``signature`` or ``withdrawal``; the latter takes back what the same reviewer signed of the
        same run.
    reviewer, note : str
        Who, and what they want to be read.
    at : str
        Date and time in UTC, e.g. ``2026-11-22T08:30:00Z``.
    run : str
        Content hash of the run.
    answers : mapping
        The checklist's items and what was answered.
    checklist : str
        sha256 of the checklist that was answered.
    previous : str
        Hash of the record before; empty for the first.
    """

    kind: Literal["signature", "withdrawal"]
    reviewer: str
    at: str
    run: str
    note: str
    answers: Mapping[str, str] = field(default_factory=dict)
    checklist: str = ""
    previous: str = ""

    def line(self) -> bytes:
        """Return the record as its line in the file, without the line's end."""
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return text.encode()

    @property
    def hash(self) -> str:
        """Return the hash that the next record repeats."""
        return sha256(self.line())


@dataclass(frozen=True)
class Standing:
    """What stands of the reviews of one run.

    Parameters
    ----------
    state : str
        ``draft``, ``reviewed``, or ``void`` when only other runs of the period were signed.
    reviewer, at : str
        Who signed last, and when; empty unless reviewed.
    fault : str
        Why the record cannot be trusted; the state is then ``draft``.
    """

    state: Literal["draft", "reviewed", "void"] = "draft"
    reviewer: str = ""
    at: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Chain:
    """The reviews of one period, oldest first.

    Parameters
    ----------
    reviews : tuple of Review
        What could be read; when ``fault`` is not empty, nothing of it counts.
    fault : str
        Where the chain is broken: a record was edited, removed or put in between.
    """

    reviews: tuple[Review, ...] = ()
    fault: str = ""

    @property
    def last(self) -> str:
        """Return the hash of the newest record; empty when there is none."""
        return self.reviews[-1].hash if self.reviews else ""

    def signatures(self) -> list[Review]:
        """Return the signatures that nobody withdrew, oldest first."""
        standing: list[Review] = []
        for review in self.reviews:
            if review.kind == "signature":
                standing.append(review)
            else:
                mine = (review.reviewer, review.run)
                standing = [made for made in standing if (made.reviewer, made.run) != mine]
        return standing

    def standing(self, run: str) -> Standing:
        """Return what stands for the run of this content hash.

        Notes
        -----
        A signature holds for the bytes that were signed. It is void for any other run, and holds
        again should the same bytes be published again.
        """
        if self.fault:
            return Standing(fault=self.fault)
        signed = self.signatures()
        mine = [review for review in signed if review.run == run]
        if mine:
            return Standing("reviewed", mine[-1].reviewer, mine[-1].at)
        return Standing("void" if signed else "draft")


def record_path(client_folder: Path, period: str) -> Path:
    """Return the file that holds a period's reviews, one JSON record a line."""
    return client_folder / REVIEWS / f"{period}.jsonl"


def head_path(client_folder: Path, period: str) -> Path:
    """Return the file that names the newest record, so that a shortened file is noticed."""
    return client_folder / REVIEWS / f"{period}.head"


def read_chain(client_folder: Path, period: str) -> Chain:
    """Return the reviews of a client's period and whether their chain holds.

    Parameters
    ----------
    client_folder : Path
        The client's folder; one without reviews gives an empty chain.
    period : str
        Period of the runs.

    Notes
    -----
    Each record repeats the hash of the one before, and a file beside names the newest: editing,
    removing or inserting a record is noticed, but not the doing of someone who writes the whole
    record anew. A last line without its end is what a crash left of a record that nobody was told
    of: it does not count.
    """
    path, head = record_path(client_folder, period), head_path(client_folder, period)
    lines = path.read_bytes().split(b"\n")[:-1] if path.is_file() else []
    newest = head.read_text("utf-8", "replace").strip() if head.is_file() else ""
    reviews: list[Review] = []
    for number, line in enumerate(lines, 1):
        review = _read(line)
        if review is None:
            return Chain(tuple(reviews), f"record {number} is not as it was written")
        if review.previous != (reviews[-1].hash if reviews else ""):
            return Chain(tuple(reviews), f"what stands before record {number} was changed")
        reviews.append(review)
    return Chain(tuple(reviews), _shortened(reviews, newest))


def _read(line: bytes) -> Review | None:
    """Return a line's record; None when it is not one as this package writes them."""
    try:
        review = Review(**json.loads(line))
        return review if review.line() == line else None
    except (ValueError, TypeError):
        return None


def _shortened(reviews: Iterable[Review], newest: str) -> str:
    """Say whether records at the end are gone; one more than the head knows is no fault."""
    hashes = [review.hash for review in reviews]
    if newest in hashes[-2:] or (not newest and len(hashes) < 2):
        return ""
    return "its last record was changed or removed, or the file that names it"
