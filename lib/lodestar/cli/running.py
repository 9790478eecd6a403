"""Verbs that execute, tidy and open: run, prune, lab."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lodestar.cli.report import print_json, print_lines, print_problems
from lodestar.schema.letters import visible

if TYPE_CHECKING:
    from lodestar.run.batch import ClientOutcome
    from lodestar.run.progress import Board

__all__ = ["lab", "prune", "run"]

_GOOD = ("published", "unchanged")


def run(
    clients: list[str],
    every: bool,
    period: str,
    data_root: Path | None,
    jobs: int | None,
    scheduler: str,
    force: bool,
    as_json: bool,
) -> None:
    """Run each client; the status is the worst of them, the others still run."""
    from lodestar.engagement.places import client_names
    from lodestar.run.batch import run_clients
    from lodestar.run.pool import default_jobs
    from lodestar.run.progress import Board

    names = client_names(data_root) if every else list(dict.fromkeys(clients))
    if not names:
        sys.stderr.write("Name a client, e.g. `lodestar run demo`, or give --all.\n")
        sys.exit(2)
    jobs = jobs or default_jobs()
    board = Board(names, jobs, lambda client: _remembered(client, data_root))
    with _executor(scheduler, jobs) as executor, _shown(board) as tick:
        done = run_clients(
            names,
            executor,
            board,
            period,
            data_root,
            force,
            at_once=2 + jobs // 4,
            tick=tick,
        )
    _tell(done, as_json)
    sys.exit(max(outcome.exit_code for outcome in done))


def _tell(done: list[ClientOutcome], as_json: bool) -> None:
    """Print the problems, then what came of each client and of the batch."""
    from lodestar.cli.batch import client_line, summary

    documents = [outcome.as_dict() for outcome in done]
    for outcome in done:
        if outcome.problems:
            print_problems(outcome.problems)
    if as_json:
        print_json(documents)
        return
    lines = [(client_line(each), each["status"] in _GOOD) for each in documents]
    print_lines(line for line, good in lines if good)
    sys.stderr.write("".join(f"{visible(line)}\n" for line, good in lines if not good))
    if len(documents) > 1:
        print_lines([summary(documents)])
    for note in dict.fromkeys(filter(None, (each.get("note") for each in documents))):
        sys.stderr.write(f"{visible(note)}\n")


def _executor(scheduler: str, jobs: int) -> AbstractContextManager[Any]:
    """Return where the notebooks are executed."""
    if scheduler:
        from lodestar.run.cluster import ClusterExecutor

        return ClusterExecutor(scheduler, jobs)
    from lodestar.run.pool import LocalExecutor

    return LocalExecutor(jobs)


def _remembered(client: str, data_root: Path | None) -> Any:
    from lodestar.engagement.places import client_folder
    from lodestar.run.log import remembered_seconds

    return remembered_seconds(client_folder(client, data_root))


@contextmanager
def _shown(board: Board) -> Iterator[Callable[[], None]]:
    """Show a bar a client and one for all, with the time left, on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    from lodestar.cli.batch import time_left

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[said]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        whole = bars.add_task("all", total=None, said="", visible=len(board.states) > 1)
        rows = {
            client: bars.add_task(client, total=None, said="", visible=len(board.states) == 1)
            for client in board.states
        }

        def tick() -> None:
            states = board.states.values()
            left = time_left(board.time_left())
            for state in states:
                begun, cells = state.cells
                busy = ", ".join(state.at_work)
                said = f"{begun} of {cells} cells  {busy}" if cells else "reading"
                said = said if len(board.states) > 1 else f"{said}  {left}"
                shown = bool(state.at_work) or len(board.states) == 1
                bars.update(
                    rows[state.client],
                    completed=begun,
                    total=cells or None,
                    said=said,
                    visible=shown and not state.ended,
                )
            ended = sum(state.ended for state in states)
            said = f"{ended} of {len(board.states)} clients  {left}"
            bars.update(whole, completed=ended, total=len(board.states), said=said)

        yield tick


def prune(client: str, keep: int, forget_inputs: bool, data_root: Path | None) -> None:
    """Remove old runs and copies of inputs, and say how many."""
    from lodestar.run.pruning import prune_client

    gone = prune_client(client, keep, forget_inputs, data_root)
    print_lines([f"{client}: {len(gone.runs)} runs and {len(gone.inputs)} kept inputs removed."])


def lab(client: str, period: str, data_root: Path | None) -> None:
    """Open JupyterLab on a client's workbooks."""
    from lodestar.serve.lab import open_lab

    sys.exit(open_lab(client, period, data_root))
