"""A forked kernel and a new one give the same bytes. Oracle: each other, and a second execution."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from lodestar.kernels import Kernels
from lodestar.kernels.extension import NOTEBOOK
from lodestar.provenance import kernel_environment
from lodestar.run.engine import DeterministicEngine
from lodestar.run.notebook import execute_workbook
from lodestar.schema import resources
from tests.support.kernels import needs_fork

pytestmark = needs_fork

CELLS = (
    "import os, random, sys, time, warnings\nimport altair as alt, ipywidgets as w, numpy as np",
    "import pandas as pd\nfrom IPython.display import display, update_display",
    "print(time.tzname, sorted(os.environ)[:0], hash('lodestar'), set('lodestar'))",
    "print(random.random(), np.random.random(), random.getrandbits(64), np.random.randn(2))",
    "for n in range(4):\n    print('out', n); print('err', n, file=sys.stderr); time.sleep(0.02)",
    "warnings.warn('mind this'); np.float64(1) / np.float64(0)",
    "warnings.warn('mind this again', DeprecationWarning); np.log(np.array([-1.0]))",
    "d = display('first', display_id='shown'); update_display('second', display_id='shown')",
    "pd.DataFrame({'a': [1, 2], 'b': list('xy')}).style.set_uuid('t').highlight_max('a')",
    "rows = pd.DataFrame({'x': [1, 2, 3], 'y': [3, 1, 2]})\n"
    "pick = alt.selection_point(); level = alt.param(bind=alt.binding_range(min=0, max=3))\n"
    "alt.Chart(rows).mark_bar().encode(x='x:Q', y='y:Q').add_params(pick, level).to_dict()",
    "alt.layer(alt.Chart(rows).mark_line(), alt.Chart(rows).mark_rule()).interactive().to_json()",
    "w.VBox([w.IntSlider(value=3, description='level'), w.Dropdown(options=['a', 'b'])])",
    "w.interact(lambda x: print('x is', x), x=(0, 5));",
    "def broken(n):\n    return 1 / n\nget_ipython().showtraceback((ValueError, 'no', None))",
    "try:\n    broken(0)\nexcept ZeroDivisionError:\n    get_ipython().showtraceback()",
    "print(w.IntSlider().model_id, get_ipython().execution_count, In[-2][:3], __name__)",
)
"""What differs most easily: order, chance, streams, warnings, ids, counters, tracebacks."""


def tortured(folder: Path, warm: bool, stem: str = "torture") -> str:
    """Execute the cells as a run does and return the notebook's text."""
    cells = [nbformat.v4.new_code_cell(text, id=f"c{n}") for n, text in enumerate(CELLS)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    kernels = Kernels(folder, warm)
    DeterministicEngine.execute_notebook(
        notebook,
        "python3",
        execution_timeout=60,
        env={**kernel_environment(folder), NOTEBOOK: stem},
        kernel_manager_class=kernels.manager_class(stem),
    )
    return nbformat.writes(notebook)


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> str:
    return tortured(tmp_path_factory.mktemp("n"), warm=False)


def test_a_torture_notebook_comes_out_the_same(tmp_path: Path, new: str) -> None:
    assert "mind this again" in new
    assert "ZeroDivisionError" in new
    assert tortured(tmp_path, warm=True).splitlines() == new.splitlines()


def test_the_second_kernel_of_a_warm_process_is_as_the_first(tmp_path: Path, new: str) -> None:
    first = tortured(tmp_path, warm=True)
    assert tortured(tmp_path, warm=True).splitlines() == first.splitlines() == new.splitlines()


@pytest.mark.parametrize("stem", ["01_purpose", "90_method"])
def test_a_workbook_of_the_demo_comes_out_the_same(
    tmp_path_factory: pytest.TempPathFactory, stem: str
) -> None:
    path = resources.workbooks() / f"{stem}.ipynb"
    root = resources.client_data()
    contents = []
    for warm in (True, False):
        kernels = Kernels(tmp_path_factory.mktemp("k"), warm)
        parameters = {"client": "demo", "period": "2026-Q4"}
        contents.append(execute_workbook(path, parameters, root, kernels, lambda: None))
    assert contents[0] == contents[1]
