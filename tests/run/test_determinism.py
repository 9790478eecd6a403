"""Same inputs, same bytes. Oracle: another execution where everything else is different."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from lodestar.kernels import Kernels
from lodestar.kernels.specification import refused
from lodestar.run.notebook import WorkbookError, execute_workbook
from lodestar.schema import resources
from tests.support.clients import NOTEBOOKS, contents
from tests.support.kernels import kinds

ENVIRONMENTS = {
    "utc": {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "COLUMNS": "80"},
    "tokyo": {"TZ": "Asia/Tokyo", "LC_ALL": "POSIX", "PYTHONHASHSEED": "77", "COLUMNS": "200"},
    "lisbon": {"TZ": "Europe/Lisbon", "LANG": "pt_PT.UTF-8", "PYTHONHASHSEED": "random"},
    "plain": {"TZ": "", "LC_ALL": "C", "PYTHONHASHSEED": "1", "OMP_NUM_THREADS": "2"},
    "chatham": {"TZ": "Pacific/Chatham", "LC_ALL": "C", "PYTHONHASHSEED": "4294967295"},
    "optimised": {"TZ": "America/Caracas", "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
}
"""Time zones, locales and hash orders; the first two in every test, all six in a soak."""

SOAK = "LODESTAR_SOAK" in os.environ
TRIED = list(ENVIRONMENTS) if SOAK else list(ENVIRONMENTS)[:2]


@pytest.fixture(scope="module")
def known() -> dict[str, bytes]:
    """Return what the first execution gave, by what was executed."""
    return {}


@pytest.fixture
def moved(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> dict[str, str]:
    """Go to another folder, time zone, locale and hash order."""
    environment = ENVIRONMENTS[request.param]
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    return environment


@kinds
@pytest.mark.parametrize("moved", TRIED, indirect=True)
def test_a_notebook_of_all_that_differs_by_chance_is_the_same_bytes(
    moved: dict[str, str], warm: bool, known: dict[str, bytes], tmp_path: Path
) -> None:
    """Streams, warnings, styled tables, charts, sets, widgets, tracebacks: runs.md, rows 1-18."""
    folder = tmp_path / "k"
    folder.mkdir()
    kernels = Kernels(folder, warm)
    content = execute_workbook(NOTEBOOKS / "torture.ipynb", {}, tmp_path, kernels, lambda: None)
    assert content == known.setdefault("torture", content)
    cells = nbformat.reads(content.decode(), as_version=4).cells
    assert all(
        cell.outputs for cell in cells if cell.id not in ("injected-parameters", "parameters")
    )


def _walks() -> list[tuple[str, str]]:
    """Return the environments and kernels to walk in: the session's own run is one of them."""
    kinds = ["ordinary"] if refused() else ["warm", "ordinary"]
    return [(place, kind) for place in TRIED for kind in kinds][0 if SOAK else 1 :]


@pytest.mark.slow
@pytest.mark.parametrize(("place", "kind"), _walks())
def test_every_workbook_of_the_demo_is_the_same_bytes(
    place: str, kind: str, demo_root: Path, known: dict[str, bytes], tmp_path: Path
) -> None:
    """A whole run from the command line: other folder, jobs and environment than the session's."""
    first = contents((demo_root / "demo" / "runs" / "2026-Q4").resolve())
    source = resources.client_data() / "demo"
    shutil.copytree(source, tmp_path / "demo", ignore=shutil.ignore_patterns("runs", "lab"))
    jobs = 1 + (list(ENVIRONMENTS).index(place) + 1) % 3
    code = "from lodestar.cli import main; main()"
    ordinary = {"LODESTAR_KERNELS": "ordinary"} if kind == "ordinary" else {}
    done = subprocess.run(
        [sys.executable, "-c", code, "run", "demo", "--data-root", ".", f"--jobs={jobs}"],
        cwd=tmp_path,
        env={**os.environ, **ENVIRONMENTS[place], **ordinary},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    again = contents((tmp_path / "demo" / "runs" / "2026-Q4").resolve())
    assert len([name for name in first if name.endswith(".ipynb")]) == 9
    assert sorted(again) == sorted(first)
    assert [name for name in first if again[name] != first[name]] == []


def test_a_clock_hidden_from_the_source_is_found_in_the_output(tmp_path: Path) -> None:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
    hidden = (
        "import importlib\nclock = importlib.import_module('time')\nprint(getattr(clock, 'time')())"
    )
    notebook.cells = [
        nbformat.v4.new_markdown_cell("# When", id="title"),
        nbformat.v4.new_code_cell("a = 1", id="parameters", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(hidden, id="hidden"),
    ]
    path = tmp_path / "00_a.ipynb"
    nbformat.write(notebook, path)
    folder = tmp_path / "k"
    folder.mkdir()
    with pytest.raises(WorkbookError, match=r"00_a, cell 3 \(hidden\): its output carries '1"):
        execute_workbook(path, {}, tmp_path, Kernels(folder), lambda: None)
