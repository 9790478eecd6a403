"""Forked kernels have their charts drawn. Oracle: what the system counts, and ordinary kernels."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.support.kernels import alive, needs_fork, parent, running, soon

pytestmark = needs_fork

DRAW = (
    "from lodestar.charts.render import chart_svg; import hashlib, os\n"
    "spec = {'data': {'values': [{'a': 1}]}, 'mark': 'bar', 'encoding': {'x': {'field': 'a'}}}\n"
    "print(hashlib.sha256(chart_svg(spec).encode()).hexdigest())"
)
THREADS = "import os; print(len(os.listdir('/proc/self/task')))"


@pytest.fixture(scope="module", autouse=True)
def fresh(tmp_path_factory: pytest.TempPathFactory) -> None:
    """End the fork server that other tests used: some of them end what draws for it."""
    with running(tmp_path_factory.mktemp("before")) as kernel:
        os.kill(kernel.server, signal.SIGKILL)


def drawing(server: int) -> list[int]:
    """Return the processes that draw for the kernels of a fork server."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            own = place.joinpath("comm").read_text(encoding="utf-8").strip() == "lodestar-charts"
            if own and parent(int(place.name)) == server and alive(int(place.name)):
                found.append(int(place.name))
        except OSError:
            continue
    return found


def test_a_forked_kernel_draws_the_same_and_starts_no_engine(tmp_path: Path) -> None:
    """An engine is threads of its own; only the ordinary kernel has them afterwards."""
    with running(tmp_path) as forked, running(tmp_path, warm=False) as new:
        before = forked.says(THREADS), new.says(THREADS)
        assert forked.says(DRAW) == new.says(DRAW)
        assert forked.says(THREADS) == before[0]
        assert int(new.says(THREADS)) > int(before[1])


def test_converters_end_with_a_fork_server_that_is_killed(tmp_path: Path) -> None:
    with running(tmp_path) as kernel:
        server = kernel.server
        processes = drawing(server)
        assert processes
        os.kill(server, signal.SIGKILL)
        soon(lambda: not any(alive(process) for process in processes))


def test_a_kernel_whose_converters_died_draws_for_itself(tmp_path: Path) -> None:
    with running(tmp_path) as kernel:
        picture = kernel.says(DRAW)
        processes = drawing(kernel.server)
        assert processes
        for process in processes:
            os.kill(process, signal.SIGKILL)
            soon(lambda ended=process: not alive(ended))
        assert kernel.says(DRAW) == picture
