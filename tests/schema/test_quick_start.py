"""The needless grammars stay unbuilt. Oracle: the modules a fresh interpreter holds."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "code",
    [
        "from lodestar.charts import theme",
        "import lodestar.charts.render",
        "from lodestar.run.client import run_client",
        "import lodestar.serve.server as s; s.import_jsonschema(); import voila.app",
        "import lodestar.framework as f; f.load_framework('customer-alignment')",
        "from lodestar.schema.results import import_jsonschema as f; f()",
    ],
)
def test_no_process_of_ours_builds_them(code: str) -> None:
    probe = (
        f"{code}\nimport sys\nprint('jsonschema' in sys.modules, 'rfc3987_syntax' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.split()[1] == "False"


def test_others_can_still_import_the_package() -> None:
    code = (
        "from lodestar.schema.quick_start import import_jsonschema as f; f(); import rfc3987_syntax"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
