"""The walk of the demo and of twenty clients beside a plain loop of papermill."""

from __future__ import annotations

import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.harness import ROOT, Row, call

ABOUT = (
    "The nine notebooks of the demo and of 20 clients, beside papermill one by one (10 minutes)."
)
BIN = Path(sys.executable).parent
DEMO = ROOT / "client_data" / "demo"
TIMES, CLIENTS = 5, 20
PEER = "papermill, one by one"
WITHOUT = """
import sys


class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("jupyter_server", "rfc3987_syntax"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


sys.meta_path.insert(0, Absent())
"""
"""Makes Python start as if Jupyter Server, and the slow grammar it brings, were not installed."""


class Taken(NamedTuple):
    """Seconds by the clock, and of the processors: what others do beside moves only the first."""

    wall: float
    processors: float


def run() -> list[Row]:
    """Time ``lodestar run``, the same with nothing changed, twenty clients, and the peer."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _client(root, "demo")
        whole = _median(lambda: _lodestar(root, "demo", "--force"), TIMES)
        again = _median(lambda: _lodestar(root, "demo"), TIMES)
        nothing = _median(lambda: call(sys.executable, "-c", "pass"), TIMES)
        loop = _median(lambda: _papermill(root), 1)
        (root / "absent").mkdir()
        (root / "absent" / "sitecustomize.py").write_text(WITHOUT, encoding="utf-8")
        absent = {"PYTHONPATH": str(root / "absent")}
        lean = _median(lambda: _lodestar(root, "demo", "--force", **absent), TIMES)
        lean_loop = _median(lambda: _papermill(root, **absent), 1)
        names = [f"client-{number:02}" for number in range(1, CLIENTS + 1)]
        for name in names:
            _client(root, name)
        many = _median(lambda: _lodestar(root, *names, "--jobs", "2"), 1)
    books = len(_notebooks())
    twenty = Taken(CLIENTS * loop.wall, CLIENTS * loop.processors)
    return [
        _row(f"nine notebooks, `lodestar run --force`, median of {TIMES}", whole, PEER, loop),
        _row("the same, no Jupyter Server to import", lean, PEER, lean_loop),
        _row(f"nothing changed, median of {TIMES}", again, PEER, loop),
        _row("nothing changed", again, "`python -c pass`", nothing),
        _row(
            f"{CLIENTS} clients, 2 at once: {_pace(CLIENTS * books, many)} notebooks a minute",
            many,
            f"{PEER}, {_pace(books, loop)} a minute, extrapolated from one client",
            twenty,
        ),
    ]


def _client(root: Path, name: str) -> None:
    """Copy the demo under another name."""
    ignored = shutil.ignore_patterns("runs", ".kept", "lab")
    shutil.copytree(DEMO, root / name, ignore=ignored)
    settings = root / name / "engagement.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"^client: demo$", f"client: {name}", text, flags=re.M), "utf-8")


def _median(work: Callable[[], object], times: int) -> Taken:
    taken = [_once(work) for _ in range(times)]
    return Taken(*(statistics.median(column) for column in zip(*taken, strict=True)))


def _once(work: Callable[[], object]) -> Taken:
    """Return what a call takes, all processes it starts and waits for included."""
    before, begun = os.times(), time.perf_counter()
    work()
    after = os.times()
    spent = [after[i] - before[i] for i in range(4)]
    return Taken(time.perf_counter() - begun, sum(spent))


def _row(what: str, own: Taken, peer: str, taken: Taken) -> Row:
    return {
        "what": what,
        "time (processors)": _both(own),
        "peer in the same run": f"{peer}, {_both(taken)}",
        "ratio (processors)": f"{taken.wall / own.wall:.3g} "
        f"({taken.processors / own.processors:.3g})",
    }


def _both(taken: Taken) -> str:
    return f"{taken.wall:.2f} s ({taken.processors:.2f} s)"


def _pace(notebooks: int, taken: Taken) -> str:
    return f"{60 * notebooks / taken.wall:.3g}"


def _notebooks() -> list[Path]:
    return sorted((ROOT / "workbooks").glob("*.ipynb"))


def _lodestar(root: Path, *arguments: str, **environment: str) -> None:
    call(str(BIN / "lodestar"), "run", *arguments, "--data-root", str(root), **environment)


def _papermill(root: Path, **environment: str) -> None:
    for notebook in _notebooks():
        out = root / f"{notebook.stem}.out.ipynb"
        papermill = (str(BIN / "papermill"), str(notebook), str(out), "-p", "client", "demo")
        call(*papermill, LODESTAR_DATA=str(root), **environment)
