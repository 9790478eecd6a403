"""Run a client's workbooks: check, execute aside, publish at once, or say what stopped."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from lodestar.engagement.places import client_folder
from lodestar.errors import FaultError
from lodestar.run.report import Progress, RunReport, silent
from lodestar.run.unchanged import glance, recognise
from lodestar.schema import resources

if TYPE_CHECKING:
    from lodestar.run.pool import Executor

__all__ = ["run_client", "workbook_files"]


def run_client(
    client: str,
    period: str = "",
    data_root: str | Path | None = None,
    jobs: int = 2,
    force: bool = False,
    progress: Progress = silent,
    workbooks: Path | None = None,
    executor: Executor | None = None,
) -> RunReport:
    """Execute every workbook for a client and period and publish the run.

    Parameters
    ----------
    client : str
        Folder in the data root.
    period : str
        Period, e.g. ``2026-Q4``; empty means the latest.
    data_root : str or Path, optional
        Folder of clients; else ``$LODESTAR_DATA``, else ``client_data``.
    jobs : int
        Workbooks executed at the same time.
    force : bool
        Execute even when the published run holds the same material.
    progress : callable
        Called with cells done, cells in all and the workbook; from any thread.
    workbooks : Path, optional
        Folder of notebooks; the shipped ones by default.
    executor : Executor, optional
        Where the workbooks are executed, together with those of other clients; by default on this
        machine, ``jobs`` at once.

    Returns
    -------
    RunReport
        What was published and what was executed for it.

    Raises
    ------
    InputError
        The client's material has problems: mend them; nothing was written.
    RunFailedError
        A workbook stopped: each is named with its cell and cause; an earlier run stands.
    FaultError
        Another run of this client is under way: wait for it.

    Notes
    -----
    A workbook that stops does not keep the others from finishing. A run that fails or is
    interrupted publishes nothing; the workbooks it finished are kept and taken up by the next run
    of exactly the same material.

    When no file changed, nothing is read but the files' bytes. When some did, only the workbooks
    that read what changed are executed (``lodestar.run.plan``); the bytes are those of a full run.
    """
    folder = client_folder(client, data_root)
    files = workbook_files(workbooks or resources.workbooks())
    look = glance(folder, files)
    known = None if force else recognise(folder / "runs", period, look)
    if known:
        return RunReport(client, known[0], "unchanged", known[1])
    from lodestar.run.pool import LocalExecutor

    with nullcontext(executor) if executor else LocalExecutor(jobs) as chosen:
        chosen.prepare()
        # Imported here, for an unchanged run needs none of it, and beside what was just begun.
        from lodestar.engagement import load
        from lodestar.run.making import Making

        engagement = load(client, period, folder.parent)
        return Making(engagement, files, chosen, progress, (period, look)).report(force)


def workbook_files(folder: Path) -> list[Path]:
    """Return the notebooks of a folder in the order of the walk."""
    files = sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith("."))
    if not files:
        raise FaultError(f"No notebook lies in '{folder.name}'; install lodestar-workbook again.")
    return files
