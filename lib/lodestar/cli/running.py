"""Verbs that execute and open: run, lab, serve."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lodestar.cli.report import print_json, print_lines, print_problems
from lodestar.errors import InputError, LodestarError

__all__ = ["lab", "run", "serve"]


def run(
    clients: list[str],
    every: bool,
    period: str,
    data_root: Path | None,
    jobs: int,
    force: bool,
    as_json: bool,
) -> None:
    """Run each client; the status is the worst of them, the others still run."""
    from lodestar.engagement.places import client_names

    names = client_names(data_root) if every else clients
    if not names:
        sys.stderr.write("Name a client, e.g. `lodestar run demo`, or give --all.\n")
        sys.exit(2)
    reports, status = [], 0
    for name in names:
        report, code = _run_one(name, period, data_root, jobs, force)
        reports.append(report)
        status = max(status, code)
    if as_json:
        print_json(reports)
    else:
        print_lines(_sentence(report) for report in reports)
    sys.exit(status)


def _run_one(
    name: str, period: str, data_root: Path | None, jobs: int, force: bool
) -> tuple[dict[str, object], int]:
    from lodestar.run import run_client

    try:
        with _progress(name) as told:
            report = run_client(name, period, data_root, jobs=jobs, force=force, progress=told)
    except InputError as error:
        print_problems(error.problems)
        return {"client": name, "status": "refused", "problems": len(error.problems)}, 2
    except LodestarError as error:
        sys.stderr.write(f"{name}: {error}\n")
        return {"client": name, "status": "failed", "cause": str(error)}, error.exit_code
    return report.as_dict(), 0


def _sentence(report: dict[str, object]) -> str:
    if report["status"] in ("refused", "failed"):
        return f"{report['client']}: {report['status']}; the earlier run stands."
    return f"{report['client']} {report['period']}: {report['status']}, {report['folder']}"


@contextmanager
def _progress(name: str) -> Iterator[Callable[[int, int, str], None]]:
    """Show a bar on a terminal and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done, total, what: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=None)

        def told(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total, description=f"{name} {what}")

        yield told


def lab(client: str, period: str, data_root: Path | None) -> None:
    """Open JupyterLab on a client's workbooks."""
    from lodestar.serve.lab import open_lab

    sys.exit(open_lab(client, period, data_root))


def serve(
    clients: list[str], period: str, data_root: Path | None, port: int, open_browser: bool
) -> None:
    """Serve published dashboards until interrupted."""
    from lodestar.serve import serve as serve_dashboards

    serve_dashboards(clients, period, data_root, port=port, open_browser=open_browser)
