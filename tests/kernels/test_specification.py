"""Who gets which kernel. Oracle: the installed file, Jupyter's own finder, and what kernels say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_client.manager import AsyncKernelManager

from lodestar.kernels import Kernels
from lodestar.kernels.finder import OwnFirst, OwnOnly
from lodestar.kernels.server import fork_server
from lodestar.kernels.specification import NAME, PROVISIONER, kernel_specification
from lodestar.schema import resources
from tests.support.kernels import Running, needs_fork, soon

SPECIFICATIONS = resources.templates() / "kernels"


def test_the_installed_specification_is_the_one_that_is_used_here() -> None:
    installed = json.loads((SPECIFICATIONS / NAME / "kernel.json").read_text(encoding="utf-8"))
    own = kernel_specification()
    assert installed.pop("display_name") == "Lodestar"
    assert installed["argv"][0] == "python"
    installed["argv"][0] = own["argv"][0] = sys.executable
    own.pop("display_name")
    assert installed == own


def test_an_ordinary_specification_names_no_provisioner() -> None:
    assert "kernel_provisioner" not in kernel_specification(warm=False)["metadata"]


def test_a_server_of_dashboards_knows_one_kernel() -> None:
    assert list(OwnOnly().get_all_specs()) == ["python3"]
    assert OwnOnly().get_kernel_spec("R").metadata["kernel_provisioner"] == {
        "provisioner_name": PROVISIONER
    }


def test_jupyterlab_keeps_the_kernels_of_other_languages(tmp_path: Path) -> None:
    (tmp_path / "ir").mkdir()
    other = {"argv": ["R"], "display_name": "R", "language": "R"}
    (tmp_path / "ir" / "kernel.json").write_text(json.dumps(other), encoding="utf-8")
    finder = OwnFirst(kernel_dirs=[str(tmp_path), str(SPECIFICATIONS)])
    assert sorted(finder.get_all_specs()) == ["ir", "python3"]
    assert finder.get_kernel_spec("ir").argv == ["R"]
    assert finder.get_kernel_spec("python3").argv[0] == sys.executable
    with pytest.raises(NoSuchKernel):
        finder.get_kernel_spec("nobody")


@needs_fork
def test_plain_papermill_gets_a_forked_kernel(tmp_path: Path) -> None:
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("print(open('/proc/self/comm').read(), 'R' + 'eady')"),
        ],
        metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "x"}},
    )
    nbformat.write(notebook, tmp_path / "in.ipynb")
    papermill = [sys.executable, "-m", "papermill", "in.ipynb", "out.ipynb", "-k", NAME]
    found = {"JUPYTER_PATH": str(SPECIFICATIONS.parent)}
    assert NAME in KernelSpecManager(kernel_dirs=[str(SPECIFICATIONS)]).find_kernel_specs()
    run = subprocess.run(
        papermill, cwd=tmp_path, env={**os.environ, **found}, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    assert "clear" not in run.stderr
    (cell,) = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells
    assert cell.outputs[0].text == "lodestar-kernel\n Ready\n"


@needs_fork
@pytest.mark.parametrize("now", [True, False], ids=["at once", "politely"])
def test_a_kernel_of_jupyterlab_restarts_under_the_same_client(tmp_path: Path, now: bool) -> None:
    options = {"kernel_spec_manager": OwnFirst(), "kernel_name": "python3"}
    kernel = Running(AsyncKernelManager, tmp_path, manager=options, cwd=str(tmp_path))
    try:
        first = kernel.pid
        assert kernel.says("kept = 1; print(open('/proc/self/comm').read())") == "lodestar-kernel"
        kernel.wait(kernel.manager.restart_kernel(now=now))
        kernel.wait(kernel.client.wait_for_ready(60))
        assert kernel.says("import os; print('kept' in globals(), os.getcwd())") == (
            f"False {tmp_path}"
        )
        assert kernel.pid != first
    finally:
        kernel.end()
    soon(lambda: not list(fork_server().folder.glob("c*")))


def test_a_user_can_force_ordinary_kernels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LODESTAR_KERNELS", "ordinary")
    kernels = Kernels(tmp_path)
    assert not kernels.warm
    sentence = "Each kernel starts anew: LODESTAR_KERNELS=ordinary asks for it."
    assert kernels.note == f"{sentence} Same results, but slower."
