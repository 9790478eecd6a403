"""Kernels forked from a warm process beside stock papermill, in time and in memory."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

import nbformat

from lodestar.kernels import Kernels
from lodestar.provenance import kernel_environment
from lodestar.run.engine import DeterministicEngine
from tests.benchmarks.harness import Row, compared, seconds, share

ABOUT = "One notebook of four charts on a forked kernel, beside stock papermill (two minutes)."
TIMES = 5
KERNELS = 8
CHART = (
    "alt.Chart(pd.DataFrame({'x': range(200), 'y': [n % 7 for n in range(200)]}))"
    ".mark_line().encode(x='x:Q', y='y:Q', tooltip=['x', 'y']).to_dict() and None"
)
CELLS = ("import altair as alt\nimport pandas as pd\nimport lodestar.workbook", *[CHART] * 4)


def run() -> list[Row]:
    """Time both, and the same cells without a kernel; then weigh kernels that wait."""
    with tempfile.TemporaryDirectory(prefix="ls-") as folder:
        kernels = Kernels(Path(folder), warm=True)
        ours = seconds(lambda: _execute(kernels), TIMES + 1)
        new = seconds(lambda: _execute(Kernels(Path(folder), warm=False)), TIMES)
        stock = seconds(_papermill, TIMES)
        cells = _cells_alone()
        weight = _megabytes(kernels, Path(folder))
    return [
        compared("five cells, four charts, forked kernel", ours, "stock papermill", stock),
        compared("the same, forked kernel", ours, "new kernel, same engine", new),
        {
            "what": "over the same cells without a kernel",
            "each notebook": f"{ours - cells:.2f} s",
            "cells alone": f"{cells:.2f} s",
        },
        {"what": f"{KERNELS} kernels after their imports", "PSS of each": f"{weight:.0f} MB"},
    ]


def _notebook() -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_code_cell(text) for text in CELLS]
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": _SPECIFICATION})


_SPECIFICATION = {"name": "python3", "display_name": "Python 3", "language": "python"}


def _execute(kernels: Kernels) -> None:
    DeterministicEngine.execute_notebook(
        _notebook(),
        "python3",
        env=kernel_environment(Path.cwd()),
        kernel_manager_class=kernels.manager_class("bench"),
    )


def _papermill() -> None:
    from papermill.execute import execute_notebook

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.ipynb"
        nbformat.write(_notebook(), source)
        execute_notebook(str(source), str(Path(folder) / "out.ipynb"), progress_bar=False)


def _cells_alone() -> float:
    """Return the time of the cells in a shell of this process, imports and schema done."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()

    def work() -> None:
        for text in CELLS:
            shell.run_cell(text)

    work()
    return seconds(work, TIMES)


def _megabytes(kernels: Kernels, folder: Path) -> float:
    """Return the median share of memory of kernels that have imported what notebooks use."""
    from tests.support.kernels import Running

    running = [Running(kernels.manager_class(f"k{number}"), folder) for number in range(KERNELS)]
    for kernel in running:
        kernel.says(CELLS[0])
    shares = [share(kernel.pid) for kernel in running]
    for kernel in running:
        kernel.end()
    return statistics.median(shares)
