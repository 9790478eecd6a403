"""Run a client's workbooks: check, execute aside, publish at once, or say what stopped."""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lodestar.engagement import load
from lodestar.engagement.model import Engagement
from lodestar.errors import FaultError
from lodestar.provenance import (
    MANIFEST,
    RESULTS,
    changed_inputs,
    digest,
    framework_text,
    keep,
    sources,
    write,
)
from lodestar.run.kernel import Kernels
from lodestar.run.manifest import intact, make_manifest
from lodestar.run.notebook import CELL_TIMEOUT, WorkbookError, code_cells, execute_workbook
from lodestar.run.report import Failure, Progress, RunFailedError, RunReport, silent
from lodestar.run.results import results_bytes
from lodestar.run.store import Store
from lodestar.run.tables import result_lists
from lodestar.schema import resources

__all__ = ["run_client", "workbook_files"]


def run_client(
    client: str,
    period: str = "",
    data_root: str | Path | None = None,
    jobs: int = 2,
    force: bool = False,
    progress: Progress = silent,
    workbooks: Path | None = None,
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
    """
    engagement = load(client, period, data_root)
    files = workbook_files(workbooks or resources.workbooks())
    return _Run(engagement, files, max(1, jobs), progress).report(force)


def workbook_files(folder: Path) -> list[Path]:
    """Return the notebooks of a folder in the order of the walk."""
    files = sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith("."))
    if not files:
        raise FaultError(f"No notebook lies in '{folder.name}'; install lodestar-workbook again.")
    return files


class _Run:
    """One run: where it is built, what is done, what went wrong."""

    def __init__(
        self, engagement: Engagement, files: list[Path], jobs: int, progress: Progress
    ) -> None:
        if engagement.folder is None:
            raise FaultError("An engagement made in memory has no folder to publish a run in.")
        self.engagement, self.files, self.jobs = engagement, files, jobs
        self.folder: Path = engagement.folder
        self.sources = sources(engagement, files)
        self.key = digest(self.sources)
        self.store = Store(self.folder / "runs")
        self.steps = _Steps(progress, 1 + sum(map(code_cells, files)))

    def report(self, force: bool) -> RunReport:
        """Return what happened."""
        client, period = self.engagement.settings.client, self.engagement.period.id
        with self.store.lock():
            standing = self.store.published(period)
            if standing and not force and intact(standing, self.key):
                return RunReport(client, period, "unchanged", standing)
            framework = framework_text(self.engagement.framework)
            keep(self.folder, self.sources["inputs"], [framework])
            building = self.store.building(self.key, fresh=force)
            kept = tuple(path.stem for path in self.files if (building / path.name).is_file())
            due = [path for path in self.files if path.stem not in kept]
            failures = self._build(building, due)
            if failures:
                raise RunFailedError(failures)
            self._unmoved()
            write(building / MANIFEST, make_manifest(building, self.sources, self.key))
            final = self.store.publish(building, period)
            executed = tuple(path.stem for path in due)
            return RunReport(client, period, "published", final, executed, kept)

    def _unmoved(self) -> None:
        """Refuse to publish when a file changed while the workbooks read it."""
        moved = changed_inputs(self.folder, self.sources["inputs"])
        if moved:
            raise FaultError(
                f"These files changed while the run was under way: {', '.join(moved)}. "
                "Let them rest, then run again."
            )

    def _build(self, building: Path, due: Iterable[Path]) -> list[Failure]:
        """Execute the due workbooks and write the results beside them; return what failed.

        The results need the early sections first, so the workbooks start from the walk's end.
        """
        with tempfile.TemporaryDirectory(prefix="ls-") as private:
            kernels, pool = Kernels(Path(private)), ThreadPoolExecutor(self.jobs)
            last_first = sorted(due, reverse=True)
            futures = [pool.submit(self._execute, path, building, kernels) for path in last_first]
            try:
                failures = [self._results(building, Path(private))]
                failures += [future.result() for future in futures]
            except BaseException:
                kernels.stop(futures)
                raise
            finally:
                pool.shutdown()
        return [failure for failure in failures if failure]

    def _execute(self, path: Path, building: Path, kernels: Kernels) -> Failure | None:
        parameters = {
            "client": self.engagement.settings.client,
            "period": self.engagement.period.id,
        }
        try:
            content = execute_workbook(
                path,
                parameters,
                self.folder.parent,
                kernels,
                lambda: self.steps.next(path.stem),
                CELL_TIMEOUT,
            )
        except WorkbookError as error:
            return error.failure
        write(building / path.name, content)
        return None

    def _results(self, building: Path, shared: Path) -> Failure | None:
        """Write results.json and its lists as tables."""
        try:
            content = results_bytes(self.engagement, shared)
        except Exception as error:
            return Failure(RESULTS, "", f"{type(error).__name__}: {error}")
        write(building / RESULTS, content)
        for name, text in result_lists(json.loads(content)).items():
            write(building / "tables" / f"{name}.csv", text.encode())
        self.steps.next(RESULTS)
        return None


class _Steps:
    """Counts what is done, across threads."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0
        self._lock = threading.Lock()

    def next(self, doing: str) -> None:
        """Say that one more step has begun."""
        with self._lock:
            self._done += 1
            self._progress(self._done, self._total, doing)
