"""Verbs of the second consultant: diff, verify, sign, setup-git."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from lodestar.cli.report import print_json, print_lines

if TYPE_CHECKING:
    from lodestar.review.difference import Difference
    from lodestar.review.sides import Side

__all__ = ["diff", "diff_web", "listed", "setup_git", "sign", "verify", "withdraw"]


def diff(
    client: str,
    before: str,
    after: str,
    period: str,
    data_root: Path | None,
    as_json: bool,
    page: Path | None,
    exit_code: bool,
    pointers: list[str],
    why: bool,
) -> None:
    """Print what differs between two sides, what moved first; 3 with `exit_code` when it does."""
    from lodestar.review.difference import compare_sides
    from lodestar.review.page import difference_page
    from lodestar.review.terminal import print_difference

    found = compare_sides(*_sides(client, before, after, period, data_root))
    if why or pointers:
        found = _explained(found, pointers)
    if page is not None:
        page.write_text(difference_page(found), encoding="utf-8")
    if as_json:
        print_json(found.as_dict())
    elif page is None:
        print_difference(found)
    else:
        print_lines([found.sentence(), f"Written: {page}"])
    sys.exit(3 if exit_code and found.differs else 0)


def _sides(
    client: str, before: str, after: str, period: str, root: Path | None
) -> tuple[Side, Side]:
    """Find both sides; a git revision takes a run of its own."""
    from rich.console import Console

    from lodestar.review.sides import sides

    with Console(stderr=True).status("Finding both sides; a git revision is run by its own code"):
        return sides(client, before, after, period, root)


def _explained(found: Difference, pointers: list[str]) -> Difference:
    """Return a comparison with its reasons; mixtures take a while, so they are told."""
    from rich.console import Console

    from lodestar.review.why import explain

    began = time.monotonic()
    with Console(stderr=True).status("Why it moved (--no-why leaves it out)") as status:

        def told(done: int, total: int, what: str) -> None:
            status.update(_so_far(done, total, what, time.monotonic() - began))

        return explain(found, pointers, told)


def _so_far(done: int, total: int, what: str, seconds: float) -> str:
    """Return how far the mixtures are, and how long the rest will take at their pace.

    Examples
    --------
    >>> _so_far(0, 6, "data of A", 0.0)
    'Why it moved: mixture 1 of 6, data of A (--no-why leaves it out)'
    >>> _so_far(2, 6, "data of A", 30.0)
    'Why it moved: mixture 3 of 6, data of A; 1 min left (--no-why leaves it out)'
    """
    from lodestar.cli.batch import time_left

    left = f"; {time_left(seconds / done * (total - done))}" if done else ""
    return f"Why it moved: mixture {done + 1} of {total}, {what}{left} (--no-why leaves it out)"


def diff_web(
    client: str, before: str, after: str, period: str, data_root: Path | None, browser: bool
) -> None:
    """Show the notebooks of two sides beside each other until interrupted."""
    from lodestar.review.web import changed_pairs, serve_notebooks

    found = _sides(client, before, after, period, data_root)
    pairs = changed_pairs(*(side.notebooks for side in found))
    if not pairs:
        print_lines(["No notebook differs in what it says."])
        return
    titles = [side.title() for side in found]
    serve_notebooks(pairs, titles, lambda link: typer.echo(f"{link} (Ctrl+C ends it)"), browser)


def verify(client: str, period: str, data_root: Path | None, as_json: bool) -> None:
    """Execute a published run's material aside and compare every byte; 3 when one differs."""
    from rich.console import Console

    from lodestar.review.verified import verification_lines
    from lodestar.review.verify import verify as verify_run
    from lodestar.run import run_client

    with Console(stderr=True).status(f"{client}: comparing with the manifest") as status:

        def told(done: int, total: int, what: str) -> None:
            status.update(f"{client}: executing aside, {done} of {total} cells, {what}")

        def execute(name: str, wave: str, root: Path) -> Path:
            return run_client(name, wave, root, progress=told).folder

        found = verify_run(client, execute, period, data_root)
    if as_json:
        print_json(found.as_dict())
    else:
        print_lines(verification_lines(found))
    sys.exit(0 if found.verdict == "reproduces" else 3)


def sign(
    client: str,
    reviewer: str,
    note: str,
    checklist: Path | None,
    said: list[str],
    period: str,
    data_root: Path | None,
    as_json: bool,
) -> None:
    """Sign the published run; what the checklist leaves open is asked on a terminal."""
    from lodestar.provenance import required_run
    from lodestar.review.checklist import read_answers
    from lodestar.review.signatures import sign as sign_run

    required_run(client, period, data_root)
    answers = {**(read_answers(checklist) if checklist else {}), **_pairs(said)}
    if sys.stdin.isatty():
        reviewer = reviewer or typer.prompt("Reviewer", err=True)
        note = note or typer.prompt("Note", err=True)
        answers = {**answers, **_asked(answers)}
    sign_run(client, reviewer, note, answers, period, data_root)
    listed(client, period, data_root, as_json)


def withdraw(
    client: str, reviewer: str, note: str, period: str, data_root: Path | None, as_json: bool
) -> None:
    """Take back what a reviewer signed of the published run."""
    from lodestar.review.signatures import withdraw as withdraw_signature

    withdraw_signature(client, reviewer, note, period, data_root)
    listed(client, period, data_root, as_json)


def listed(client: str, period: str, data_root: Path | None, as_json: bool) -> None:
    """Print every review of a period and what stands; 3 when record or run was changed by hand."""
    from lodestar.review.signatures import review_of, reviews

    document = review_of(*reviews(client, period, data_root))
    print_json(document) if as_json else print_lines(_record(document))
    sys.exit(3 if document["fault"] or document["harmed"] else 0)


def setup_git(repository: Path | None, undo: bool) -> None:
    """Set git up for notebooks, or restore what stood before."""
    from lodestar.review.git_setup import set_up_git, undo_git

    print_lines(undo_git(repository) if undo else set_up_git(repository))


def _pairs(said: list[str]) -> dict[str, str]:
    """Return answers given as ``item=answer``."""
    parts = [text.partition("=") for text in said]
    return {item.strip(): answer for item, _, answer in parts}


def _asked(answers: Mapping[str, str]) -> dict[str, str]:
    """Ask for every answer that is still open."""
    from lodestar.review.checklist import ANSWERS, load_checklist, tidy_answer

    def complete(text: str) -> str:
        if not tidy_answer(text):
            raise typer.BadParameter(ANSWERS)
        return text

    typer.echo(ANSWERS, err=True)
    given = {}
    for item in load_checklist().items:
        if not tidy_answer(answers.get(item.id, "")):
            typer.echo(f"\n{item.question}\n  Where to look: {item.look}", err=True)
            given[item.id] = typer.prompt(item.id, err=True, value_proc=complete)
    return given


def _record(document: Mapping[str, Any]) -> list[str]:
    run = f"{document['client']} {document['period']}, run {document['run'][:12]}"
    lines = [f"{run}: {document['words']}"]
    if document["fault"]:
        lines.append(f"The record cannot be trusted: {document['fault']}.")
    if document["harmed"]:
        files = ", ".join(document["harmed"])
        lines.append(f"Not what was published any more: {files}. Run again with --force.")
    for review in document["reviews"]:
        of = f"run {review['run'][:12]}"
        lines.append(f"  {review['at']}  {review['reviewer']}  {of}  {review['state']}")
        lines.append(f"    {' '.join(review['note'].split())}")
    return lines
