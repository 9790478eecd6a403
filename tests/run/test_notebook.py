"""What an executed notebook holds. Oracle: the notebook's own text, and a plain papermill run."""

from __future__ import annotations

import json

import nbformat
import pytest

from lodestar.kernels import Kernels
from lodestar.run.notebook import execute_workbook
from tests.support.clients import NOTEBOOKS


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> nbformat.NotebookNode:
    folder = tmp_path_factory.mktemp("k")
    parameters = {"client": "demo", "period": "2026-Q4"}
    content = execute_workbook(
        NOTEBOOKS / "good.ipynb", parameters, folder, Kernels(folder), lambda: None
    )
    notebook = nbformat.reads(content.decode(), as_version=4)
    nbformat.validate(notebook)
    return notebook


def test_parameters_are_client_and_period_only(executed: nbformat.NotebookNode) -> None:
    (cell,) = [c for c in executed.cells if "injected-parameters" in c.metadata.get("tags", [])]
    assert cell["id"] == "injected-parameters"
    assert cell.source == '# Parameters\nclient = "demo"\nperiod = "2026-Q4"\n'


def test_the_kernel_is_pinned(executed: nbformat.NotebookNode) -> None:
    (noise,) = [c for c in executed.cells if c["id"] == "noise"]
    assert noise.outputs[0].text.startswith("UTC 0 demo 2026-Q4\n")


def test_no_clock_path_duration_or_papermill_trace_is_left(executed: nbformat.NotebookNode) -> None:
    text = json.dumps(executed)
    for word in ("papermill", "iopub", "start_time", "duration", "ipykernel_", '"version": "3.'):
        assert word not in text
    assert set(executed.metadata) == {"kernelspec", "language_info", "widgets"}


def test_streams_are_whole_and_in_order(executed: nbformat.NotebookNode) -> None:
    (noise,) = [c for c in executed.cells if c["id"] == "noise"]
    assert [output.name for output in noise.outputs] == ["stdout", "stderr"]


def test_widget_ids_depend_on_the_notebook_alone(executed: nbformat.NotebookNode) -> None:
    states = executed.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    (shown,) = [c for c in executed.cells if c["id"] == "what-if"]
    model = shown.outputs[0].data["application/vnd.jupyter.widget-view+json"]["model_id"]
    assert model in states
    assert all(len(name) == 32 for name in states)
