"""Sign a run, withdraw a signature, list what stands: the second consultant's word."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lodestar.engagement import load_settings
from lodestar.errors import InputError, LodestarError, Problem
from lodestar.findings.signed import review_words
from lodestar.provenance import PublishedRun, client_of, required_run
from lodestar.provenance.integrity import harmed_files
from lodestar.provenance.reviews import Chain, Review, Standing, read_chain
from lodestar.review.checklist import answered, load_checklist
from lodestar.review.record import append

__all__ = ["HarmedRunError", "review_of", "reviews", "sign", "withdraw"]

_LONGEST = 80


class HarmedRunError(LodestarError):
    """A published run no longer holds what its manifest names: a check found it, status 3."""

    exit_code = 3

    def __init__(self, run: str, files: tuple[str, ...]) -> None:
        self.files = files
        super().__init__(
            f"Run {run[:12]} is not what was published; these files differ from its manifest: "
            f"{', '.join(files)}. Nothing was signed. Run again with --force, then review anew."
        )


def sign(
    client: str,
    reviewer: str,
    note: str,
    answers: Mapping[str, str],
    period: str = "",
    data_root: str | Path | None = None,
    now: datetime | None = None,
) -> Review:
    """Append a reviewer's signature of the published run to the client's record.

    Parameters
    ----------
    client, period, data_root
        Whose run; an empty period means the latest that is published.
    reviewer : str
        Who signs: somebody who did not make the engagement (``made_by`` in engagement.yml).
    note : str
        What the reviewer wants to be read beside the name.
    answers : mapping
        Item of the checklist to answer; all are needed.
    now : datetime, optional
        The moment; the clock's by default.

    Returns
    -------
    Review
        The signature as written.

    Raises
    ------
    InputError
        No run, no name or note, unanswered items, or a reviewer who made the engagement.
    HarmedRunError
        Files of the run are not those its manifest names.
    BrokenRecordError
        The record of reviews was changed by hand.
    """
    run = required_run(client, period, data_root)
    name, said = _tidy(reviewer), note.strip()
    makers = load_settings(client, data_root)[0].made_by
    problems = [*_unfit(name, said), *_own_work(name, makers)]
    checklist, complete = load_checklist(), {}
    try:
        complete = answered(checklist, answers)
    except InputError as error:
        problems += error.problems
    if problems:
        raise InputError(problems)
    harmed = harmed_files(run.folder)
    if harmed:
        raise HarmedRunError(run.hash, harmed)
    signature = Review("signature", name, _moment(now), run.hash, said, complete, checklist.sha256)
    return append(client_of(run), run.period, signature)


def withdraw(
    client: str,
    reviewer: str,
    note: str,
    period: str = "",
    data_root: str | Path | None = None,
    now: datetime | None = None,
) -> Review:
    """Append the withdrawal of what a reviewer signed of the published run.

    Parameters
    ----------
    client, reviewer, note, period, data_root, now
        As for ``sign``; the note says why.

    Raises
    ------
    InputError
        This reviewer has no standing signature of the published run.
    """
    run = required_run(client, period, data_root)
    name, said = _tidy(reviewer), note.strip()
    problems = _unfit(name, said)
    if problems:
        raise InputError(problems)
    standing = read_chain(client_of(run), run.period).signatures()
    if (name, run.hash) not in {(review.reviewer, review.run) for review in standing}:
        raise InputError([_unsigned(name)])
    return append(
        client_of(run), run.period, Review("withdrawal", name, _moment(now), run.hash, said)
    )


def reviews(
    client: str, period: str = "", data_root: str | Path | None = None
) -> tuple[PublishedRun, Chain]:
    """Return the published run and the record of its period."""
    run = required_run(client, period, data_root)
    return run, read_chain(client_of(run), run.period)


def review_of(run: PublishedRun, chain: Chain) -> dict[str, Any]:
    """Return the record for programs: each review with whether it stands, and the run's state.

    Notes
    -----
    A signature is of bytes: it is void while the run's folder does not hold what was published.
    """
    standing, signed = chain.standing(run.hash), chain.signatures()
    harmed = harmed_files(run.folder)
    if harmed and standing.state == "reviewed":
        standing = Standing("void")
    return {
        "client": run.client,
        "period": run.period,
        "run": run.hash,
        "state": standing.state,
        "words": review_words(standing),
        "fault": chain.fault,
        "harmed": list(harmed),
        "reviews": [
            {**asdict(review), "hash": review.hash, "state": state}
            for review in chain.reviews
            for state in [_state(review, run, signed, chain, bool(harmed))]
        ],
    }


def _state(
    review: Review, run: PublishedRun, signed: list[Review], chain: Chain, harmed: bool
) -> str:
    if review.kind == "withdrawal":
        return "withdrawal"
    if chain.fault:
        return "not counted"
    if review not in signed:
        return "withdrawn"
    return "stands" if review.run == run.hash and not harmed else "void"


def _moment(now: datetime | None) -> str:
    return (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _tidy(name: str) -> str:
    """Return a name with single spaces, letters and their accents joined."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def _unfit(name: str, note: str) -> list[Problem]:
    found = []
    if not name or len(name) > _LONGEST or not name.isprintable():
        remedy = f'Give --reviewer "First Last", up to {_LONGEST} characters.'
        found.append(_problem("reviewer", "The reviewer needs a name.", remedy))
    if not note:
        remedy = 'Give --note "what was looked at and what to watch".'
        found.append(_problem("note", "A review needs a note.", remedy))
    return found


def _own_work(name: str, makers: tuple[str, ...]) -> list[Problem]:
    if name.casefold() not in {_tidy(maker).casefold() for maker in makers}:
        return []
    message = "The reviewer is named in 'made_by': nobody reviews their own work."
    return [_problem("reviewer", message, "Let a second consultant sign.", name)]


def _unsigned(name: str) -> Problem:
    message = "This reviewer has no standing signature of the published run."
    return _problem("reviewer", message, "See `lodestar sign CLIENT --list`.", name)


def _problem(option: str, message: str, remedy: str, value: str | None = None) -> Problem:
    return Problem("review", f"--{option}", message, remedy, value=value)
