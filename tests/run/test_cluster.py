"""Notebooks on a Dask cluster on loopback. Oracle: the same notebooks on this machine alone."""

from __future__ import annotations

import builtins
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lodestar.errors import FaultError
from lodestar.run import remote
from lodestar.run.cluster import ClusterExecutor, differences
from lodestar.run.pool import outcomes
from lodestar.run.work import Outcome, Task
from tests.run.test_work import a_task
from tests.support.clients import contents, known_results, small_client, small_run, walk_of
from tests.support.kernels import soon

distributed = pytest.importorskip("distributed")

PATIENCE = 30
"""Seconds for what happens on a worker."""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a cluster of two workers with one thread each, as `dask worker` starts them."""
    mark = tmp_path_factory.mktemp("mark") / "mark"
    os.environ["LODESTAR_MARK"] = str(mark)
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        worker_dashboard_address="127.0.0.1:0",
        silence_logs=50,
    ) as made:
        made.mark = mark
        yield made
    del os.environ["LODESTAR_MARK"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a data root that workers see, with the client's folder in it."""
    (tmp_path / "small").mkdir()
    return tmp_path


def _ignore(*_: Any) -> None:
    pass


def test_a_run_on_a_cluster_publishes_the_same_bytes(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known_results(monkeypatch)
    walk = walk_of(tmp_path / "walk", **{"00_a": "good", "01_b": "good"})
    for root in ("here", "there"):
        small_client(tmp_path / root)
    here = small_run(tmp_path / "here", walk)
    with ClusterExecutor(cluster.scheduler_address) as executor:
        there = small_run(tmp_path / "there", walk, executor=executor)
    assert contents(there.folder) == contents(here.folder)
    assert [p.name for p in there.folder.parent.glob(".building-*")] == []


def test_a_worker_killed_in_mid_notebook_is_replaced_and_the_result_comes_once(
    cluster: Any, place: Path
) -> None:
    done: list[Outcome] = []
    with ClusterExecutor(cluster.scheduler_address) as executor:
        task = a_task("mortal", place)
        futures = executor.start([task], lambda _, outcome: done.append(outcome), _ignore)
        soon(cluster.mark.exists, PATIENCE)
        with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
            busy = [address for address, tasks in client.processing().items() if tasks]
            pids = client.run(os.getpid, workers=busy)
        (pid,) = pids.values()
        os.kill(pid, signal.SIGKILL)
        (outcome,) = outcomes(futures)
    assert outcome.content is not None
    assert b"done" in outcome.content
    assert outcome.log.startswith("on tcp://127.0.0.1:")
    assert len(done) == 1


def test_failures_and_cells_come_back_to_the_caller(cluster: Any, place: Path) -> None:
    begun: list[Task] = []
    with ClusterExecutor(cluster.scheduler_address) as executor:
        tasks = [a_task("failing", place), a_task("good", place)]
        failing, good = outcomes(executor.start(tasks, _ignore, begun.append))
        soon(lambda: len(begun) >= 7, PATIENCE)
    assert str(failing.failure).startswith("failing, cell ")
    assert good.content is not None


def test_stopping_ends_what_is_at_work_on_the_workers(cluster: Any, place: Path) -> None:
    with ClusterExecutor(cluster.scheduler_address) as executor:
        begun: list[Task] = []
        futures = executor.start([a_task("slow", place)], _ignore, begun.append)
        soon(lambda: len(begun) >= 2, PATIENCE)
        executor.stop()
        with pytest.raises(FaultError, match="stopped"):
            outcomes(futures)
        with pytest.raises(FaultError, match="stopped"):
            executor.start([a_task("good", place)], _ignore, _ignore)


def test_folders_that_a_worker_does_not_see_are_named(cluster: Any, place: Path) -> None:
    with ClusterExecutor(cluster.scheduler_address) as executor:
        (outcome,) = outcomes(
            executor.start([a_task("good", place / "elsewhere")], _ignore, _ignore)
        )
    assert "does not see" in str(outcome.failure)
    assert "must share these folders" in str(outcome.failure)


def test_other_versions_are_told_and_nothing_is_executed(
    cluster: Any, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = {**remote.fingerprint(), "pandas": "0.1"}
    monkeypatch.setattr("lodestar.run.cluster.fingerprint", lambda: ours)
    with (
        ClusterExecutor(cluster.scheduler_address) as executor,
        pytest.raises(FaultError, match=r"has pandas .*, here is 0\.1; install the same"),
    ):
        executor.start([a_task("good", place)], _ignore, _ignore)


def test_a_worker_without_lodestar_is_named() -> None:
    (line,) = differences({}, {"tcp://a:1": ModuleNotFoundError("No module named 'lodestar'")})
    assert line.startswith("tcp://a:1 lacks Lodestar")


def test_nobody_at_the_address_and_no_dask_are_told_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lodestar.run.cluster._PATIENCE", 1)
    with pytest.raises(FaultError, match="Start `dask scheduler`"):
        ClusterExecutor("tcp://127.0.0.1:9").start([a_task("good", tmp_path)], _ignore, _ignore)
    known = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.split(".")[0] in ("dask", "distributed"):
            raise ImportError(name)
        return known(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(FaultError, match=r"pip install 'lodestar-workbook\[dask\]'"):
        ClusterExecutor("local").start([a_task("good", tmp_path)], _ignore, _ignore)
