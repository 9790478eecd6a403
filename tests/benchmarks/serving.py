"""What benchmarks of serving share: a published demo, viewers' sessions, stock Voila, verdicts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lodestar.access import Access
from lodestar.provenance import RESULTS, PublishedRun, find_run
from lodestar.run import run_client
from lodestar.serve.live.limits import family
from lodestar.workbook.sections import REVIEWED
from tests.benchmarks.harness import ROOT, Row
from tests.support.server import Server
from tests.support.voila import voila

__all__ = ["STOCK", "address", "held", "kernels", "load", "published", "sessions", "stock"]

STOCK = "stock Voila in the same run"
"""Voila as installed: its own template, an ordinary kernel, the plain workbook. It is given the
published results to read, as our what-ifs are, so that it too has nothing to recompute."""


def published(root: Path) -> PublishedRun:
    """Publish the demo below an empty folder."""
    ignored = shutil.ignore_patterns("runs", "lab", ".kept")
    shutil.copytree(ROOT / "client_data" / "demo", root / "demo", ignore=ignored)
    run_client("demo", "", root)
    run = find_run("demo", "", root)
    assert run is not None
    return run


def address(run: PublishedRun, stem: str) -> str:
    """Return the path of a reviewed page."""
    return f"/c/{run.client}/{run.period}/{stem}"


def sessions(root: Path, server: Server, count: int) -> list[str]:
    """Open so many visitors' sessions; return their cookies."""
    access = Access(root / ".access")
    keys = [access.enter(access.guest_link("demo"), "127.0.0.1") for _ in range(count)]
    access.close()
    return [f"lodestar-{server.port}={key}" for key in keys]


@contextmanager
def stock(root: Path, run: PublishedRun) -> Iterator[tuple[str, int]]:
    """Start stock Voila on the workbooks; yield the address of its pages and its process."""
    given = {"LODESTAR_KERNELS": "ordinary", REVIEWED: str(run.folder / RESULTS)}
    elsewhere = root / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    shutil.rmtree(root / "jupyter", ignore_errors=True)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in given.items():
            patch.setenv(name, value)
        with voila(elsewhere, root, root / "jupyter") as started:
            yield started


def kernels(pid: int) -> list[int]:
    """Return the kernels, ours or ordinary ones, among the descendants of a process."""
    return [one for one in family(pid)[1:] if _is_kernel(one)]


def _is_kernel(pid: int) -> bool:
    try:
        folder = Path(f"/proc/{pid}")
        name = (folder / "comm").read_text(encoding="utf-8").strip()
        return name == "lodestar-kernel" or b"ipykernel" in (folder / "cmdline").read_bytes()
    except OSError:
        return False


def held(
    what: str,
    measured: float,
    unit: str,
    most: float | None = None,
    peer: float | None = None,
    least: float | None = None,
) -> Row:
    """Return the row of a figure beside its target and, where there is one, its peer's figure.

    Parameters
    ----------
    most : float, optional
        The figure's target: at most.
    peer : float, optional
        The same of stock Voila.
    least : float, optional
        Target of the ratio of the peer's figure to ours: at least.
    """
    ratio = peer / measured if peer and measured else None
    missed = (most is not None and not measured <= most) or (
        least is not None and not (ratio and ratio >= least)
    )
    return {
        "what": what,
        "measured": f"{measured:.3g} {unit}",
        "at most": "" if most is None else f"{most:g} {unit}",
        STOCK: "" if peer is None else f"{peer:.3g} {unit}",
        "ratio": "" if ratio is None else f"{ratio:.3g}",
        "at least": "" if least is None else f"{least:g}",
        "target": "" if most is None and least is None else "missed" if missed else "held",
    }


def load() -> Row:
    """Return how busy the machine is now, for who reads the figures later."""
    now, before, _ = os.getloadavg()
    return {
        "load now, of the last minute": f"{now:.1f}",
        "of five": f"{before:.1f}",
        "processors": str(os.cpu_count()),
    }
