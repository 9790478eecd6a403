"""A client's folder as small as it can be, and runs of a few tiny notebooks."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from lodestar.run import RunReport, run_client
from lodestar.run.pool import Executor
from lodestar.run.tables import result_lists
from lodestar.schema import resources

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
SETTINGS = """\
client: {client}
name: {name}
framework: customer-alignment
functions: [{{id: sales, name: Sales}}, {{id: service, name: Service}}]
periods: {{2026-Q3: {{}}, 2026-Q4: {{}}}}
"""
OUTCOMES = "outcome,name,beneficiary,importance\no1,On time,customer,0.5\n"
RESULTS = {"client_name": "Small plc", "alignment": {"gaps": [{"capability": "C01", "gap": -1.5}]}}


def small_client(root: Path, client: str = "small", name: str = "Small plc") -> Path:
    """Write a client of two functions and one outcome a period; return its folder."""
    folder = root / client
    for period in ("2026-Q3", "2026-Q4"):
        inputs = folder / "inputs" / period
        inputs.mkdir(parents=True)
        (inputs / "outcomes.csv").write_text(OUTCOMES, encoding="utf-8")
    text = SETTINGS.format(client=client, name=name)
    (folder / "engagement.yml").write_text(text, encoding="utf-8")
    return folder


def copied_demo(root: Path) -> Path:
    """Copy the demo client without its runs into a data root; return its folder."""
    ignored = shutil.ignore_patterns("runs", "lab", ".kept")
    return shutil.copytree(resources.client_data() / "demo", root / "demo", ignore=ignored)


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table as they stand in its file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    """Write rows in place of those of a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def walk_of(folder: Path, **notebooks: str) -> Path:
    """Make a folder of workbooks from the tiny notebooks, by new stem."""
    folder.mkdir(exist_ok=True)
    for stem, source in notebooks.items():
        shutil.copy(NOTEBOOKS / f"{source}.ipynb", folder / f"{stem}.ipynb")
    return folder


def known_results(patch: pytest.MonkeyPatch, **others: Any) -> None:
    """Let runs of tiny notebooks publish fixed results instead of computing every section."""
    known = {**RESULTS, **others}
    content = (json.dumps(known, sort_keys=True) + "\n").encode()
    lists = {f"tables/{name}.csv": text.encode() for name, text in result_lists(known).items()}
    what_ifs = {"whatif/02_level.json": b"{}\n"}
    files = {"results.json": content, **lists, **what_ifs}
    patch.setattr("lodestar.run.making.results_files", lambda shared: files)


def small_run(
    root: Path,
    workbooks: Path,
    client: str = "small",
    period: str = "",
    executor: Executor | None = None,
) -> RunReport:
    """Run tiny workbooks for a small client."""
    return run_client(client, period, root, workbooks=workbooks, executor=executor)


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
