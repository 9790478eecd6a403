"""Make one run: plan it, execute what is due, publish it, or say why nothing was published."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from lodestar.engagement.model import Engagement
from lodestar.errors import FaultError
from lodestar.kernels.calls import CallDiedError, CallFailedError, call
from lodestar.provenance import (
    MANIFEST,
    RESULTS,
    PrivateFolder,
    changed_inputs,
    digest,
    framework_text,
    keep,
    sources,
    write,
)
from lodestar.run.faults import in_short, in_words
from lodestar.run.leaks import found_leaks
from lodestar.run.manifest import intact, make_manifest
from lodestar.run.notebook import CELL_TIMEOUT, code_cells
from lodestar.run.plan import Ground, Plan, make_plan, reads_of, told, write_reads
from lodestar.run.pool import Executor, outcomes
from lodestar.run.pruning import prune
from lodestar.run.report import Failure, Progress, RunFailedError, RunReport
from lodestar.run.results import results_files
from lodestar.run.store import Store
from lodestar.run.unchanged import glance, remember
from lodestar.run.work import Outcome, Task

__all__ = ["Making"]


class Making:
    """One run of one client and period.

    Parameters
    ----------
    engagement : Engagement
        The client's material, loaded from its folder.
    files : list of Path
        The workbooks, in the order of the walk.
    executor : Executor
        Where they are executed.
    progress : callable
        Called with steps done, steps in all and what is being done; from any thread.
    looked : pair of str
        The period asked for, and how the client's files looked before they were loaded.
    """

    def __init__(
        self,
        engagement: Engagement,
        files: list[Path],
        executor: Executor,
        progress: Progress,
        looked: tuple[str, str],
    ) -> None:
        if engagement.folder is None:
            raise FaultError("An engagement made in memory has no folder to publish a run in.")
        self.engagement, self.files, self.executor = engagement, files, executor
        self.folder: Path = engagement.folder
        self.period = engagement.period.id
        self.sources = sources(engagement, files)
        self.key = digest(self.sources)
        self.ground = Ground(engagement, self.sources)
        self.store = Store(self.folder / "runs")
        self._progress, self._looked = progress, looked

    def report(self, force: bool) -> RunReport:
        """Return what happened."""
        client, standing = self.engagement.settings.client, self.store.published(self.period)
        with in_words(self.folder, standing), self.store.lock():
            standing = self.store.published(self.period)
            if standing and not force and intact(standing, self.key):
                self.store.tidy()
                if not self._moved():
                    self._remember(standing)
                return RunReport(client, self.period, "unchanged", standing)
            plan, final = self._publish(force, standing)
            with suppress(OSError):  # published is published; the next run tidies up
                self._remember(final)
                prune(self.folder)
        executed, note = tuple(path.stem for path in plan.due), self.executor.note
        return RunReport(
            client, self.period, "published", final, executed, plan.resumed, plan.taken, note
        )

    def _publish(self, force: bool, standing: Path | None) -> tuple[Plan, Path]:
        """Make the run and let it take the standing one's place."""
        self.store.refuse_folder(self.period)
        keep(self.folder, self.sources["inputs"], [framework_text(self.engagement.framework)])
        building = self.store.building(self.key, fresh=force)
        plan = make_plan(self.files, self.ground, building, None if force else standing)
        with _shared(building, self.executor.local) as shared:
            _share(self.engagement, shared)
            failures = self._build(building, plan, shared) or _leaks(building, shared)
        if failures:
            raise RunFailedError(failures, stands=standing is not None)
        self._refuse_moved()
        manifest = make_manifest(
            building, self.engagement, self.sources, self.key, self.ground, reads_of(building)
        )
        write(building / MANIFEST, manifest)
        return plan, self.store.publish(building, self.period)

    def _refuse_moved(self) -> None:
        """Refuse to publish when a file changed while it was read: pages may hold either."""
        if self._moved():
            moved = ", ".join(changed_inputs(self.folder, self.sources["inputs"]))
            raise FaultError(
                f"Files changed while the run was under way{f': {moved}' if moved else ''}. "
                "Let them rest, then run again."
            )

    def _moved(self) -> bool:
        """Tell whether a file changed since it was looked at, before anything was loaded."""
        return glance(self.folder, self.files) != self._looked[1]

    def _remember(self, final: Path) -> None:
        """Let the next run of the files looked at be known at a glance."""
        asked, look = self._looked
        remember(self.store.runs, {asked, self.period}, look, self.period, final)

    def _build(self, building: Path, plan: Plan, shared: Path) -> list[Failure]:
        """Execute the due workbooks and write the results beside them; return what failed.

        The results need the early sections first, so the workbooks start from the walk's end.
        """
        steps = _Steps(self._progress, plan.results + sum(map(code_cells, plan.due)))
        tasks = [self._task(path, shared) for path in sorted(plan.due, reverse=True)]
        futures = self.executor.start(
            tasks,
            lambda task, outcome: _keep_done(building, task, outcome),
            lambda task: steps.next(task.stem),
        )
        try:
            results = self._results(building, shared, steps) if plan.results else None
            failures = [results, *(outcome.failure for outcome in outcomes(futures))]
        except BaseException:
            for future in futures:
                future.cancel()
            raise
        return [failure for failure in failures if failure]

    def _task(self, path: Path, shared: Path) -> Task:
        client = self.engagement.settings.client
        parameters = {"client": client, "period": self.period}
        root = self.folder.parent
        return Task(client, self.period, path.stem, path, parameters, root, shared, CELL_TIMEOUT)

    def _results(self, building: Path, shared: Path, steps: _Steps) -> Failure | None:
        """Write results.json, its lists as tables, and what the what-ifs are computed from."""
        try:
            files = results_files(shared)
        except Exception as error:
            return Failure(RESULTS, "", in_short(error))
        for path, content in files.items():
            write(building / path, content)
        steps.next(RESULTS)
        return None


def _share(engagement: Engagement, shared: Path) -> None:
    """Spare the workbooks to read the client's material again."""
    from lodestar.workbook.material import share_material

    share_material(engagement, shared)


def _leaks(building: Path, shared: Path) -> list[Failure]:
    """Return what would tell an outsider something of too few persons: it must not be published."""
    try:
        leaks = call(found_leaks, str(building), str(shared))
    except (CallDiedError, CallFailedError) as error:
        return [Failure("audit", "", in_short(error))]
    return [Failure("audit", "", leak) for leak in leaks]


def _keep_done(building: Path, task: Task, outcome: Outcome) -> None:
    """Keep a notebook as soon as it is done; what it read stands there before it does."""
    if outcome.content is not None:
        write_reads(building, task.stem, told(outcome.reads))
        write(building / task.path.name, outcome.content)


def _shared(building: Path, local: bool) -> AbstractContextManager[Path]:
    """Make the private folder of a run's sections; beside the run when other machines need it.

    What a killed run leaves beside the run goes with the left-overs of other runs.
    """
    return PrivateFolder() if local else _beside(building)


@contextmanager
def _beside(building: Path) -> Iterator[Path]:
    prefix, place = f"{building.name}-", building.parent
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
