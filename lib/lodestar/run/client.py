"""Run a client's workbooks: check, execute aside, publish at once, or say what stopped."""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
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
from lodestar.run.manifest import intact, make_manifest
from lodestar.run.notebook import CELL_TIMEOUT, code_cells
from lodestar.run.pool import Executor, LocalExecutor, outcomes
from lodestar.run.report import Failure, Progress, RunFailedError, RunReport, silent
from lodestar.run.results import results_bytes
from lodestar.run.store import Store
from lodestar.run.tables import result_lists
from lodestar.run.work import Outcome, Task
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
    """
    engagement = load(client, period, data_root)
    files = workbook_files(workbooks or resources.workbooks())
    place = nullcontext(executor) if executor else LocalExecutor(jobs)
    with place as chosen:
        return _Run(engagement, files, chosen, progress).report(force)


def workbook_files(folder: Path) -> list[Path]:
    """Return the notebooks of a folder in the order of the walk."""
    files = sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith("."))
    if not files:
        raise FaultError(f"No notebook lies in '{folder.name}'; install lodestar-workbook again.")
    return files


class _Run:
    """One run: where it is built, what is done, what went wrong."""

    def __init__(
        self, engagement: Engagement, files: list[Path], executor: Executor, progress: Progress
    ) -> None:
        if engagement.folder is None:
            raise FaultError("An engagement made in memory has no folder to publish a run in.")
        self.engagement, self.files, self.executor = engagement, files, executor
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
        with _shared(building, self.executor.local) as shared:
            tasks = [self._task(path, shared) for path in sorted(due, reverse=True)]

            def keep_done(task: Task, outcome: Outcome) -> None:
                if outcome.content is not None:
                    write(building / task.path.name, outcome.content)

            futures = self.executor.start(tasks, keep_done, self._next)
            try:
                results = self._results(building, shared)
                failures = [results, *(outcome.failure for outcome in outcomes(futures))]
            except BaseException:
                for future in futures:
                    future.cancel()
                raise
        return [failure for failure in failures if failure]

    def _next(self, task: Task) -> None:
        self.steps.next(task.stem)

    def _task(self, path: Path, shared: Path) -> Task:
        client, period = self.engagement.settings.client, self.engagement.period.id
        parameters = {"client": client, "period": period}
        root = self.folder.parent
        return Task(client, period, path.stem, path, parameters, root, shared, CELL_TIMEOUT)

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


@contextmanager
def _shared(building: Path, local: bool) -> Iterator[Path]:
    """Make the private folder of a run's sections; beside the run when other machines need it.

    What a killed run leaves beside the run goes with the left-overs of other runs.
    """
    prefix, place = ("ls-", None) if local else (f"{building.name}-", building.parent)
    with tempfile.TemporaryDirectory(
        prefix=prefix, dir=place, ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


class _Steps:
    """Counts what is done, across threads."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0
        self._lock = threading.Lock()

    def next(self, doing: str) -> None:
        """Say that one more step has begun."""
        with self._lock:
            self._done = min(self._done + 1, self._total)
            self._progress(self._done, self._total, doing)
