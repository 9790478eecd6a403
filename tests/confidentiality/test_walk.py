"""The whole walk of a poisoned demo: nothing that a person said or is called by lands anywhere.

Oracle: the marks of `poisoned`, looked for in every byte of the run; and the sizes it left small.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lodestar.run import run_client
from tests.confidentiality.poisoned import SMALL, files, marks_in, poison
from tests.support.cards import chart_specs

LEAST = 5
PAGES_OF_PEOPLE = ("05_perspectives", "06_inclusion")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("poisoned")
    poison(root)
    return run_client("demo", "", root).folder


@pytest.fixture(scope="module")
def results(run: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((run / "results.json").read_text(encoding="utf-8"))
    return found


def test_the_marks_are_seen_wherever_they_land() -> None:
    """Oracle: a mark in plain bytes, in compressed ones and in a picture."""
    picture = base64.b64encode(b"<svg>zqword00007</svg>").decode()
    written = f'<img src="data:image/svg+xml;base64,{picture}">'.encode()
    assert marks_in(b"x zqid00001 y") == {b"zqid00001"}
    assert marks_in(gzip.compress(written)) == {b"zqword00007"}


def test_no_byte_of_the_run_tells_who_answered_or_what(run: Path) -> None:
    found = list(files(run))
    assert {path.suffix for path in found} >= {".ipynb", ".json", ".csv"}
    assert {path.name: marks for path in found if (marks := marks_in(path.read_bytes()))} == {}


def entries(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every mapping below a node."""
    if isinstance(node, dict):
        yield node
    inside = node.values() if isinstance(node, dict) else node
    for inner in inside if isinstance(node, (dict, list)) else ():
        yield from entries(inner)


def numbers(entry: dict[str, Any]) -> dict[str, float]:
    return {k: v for k, v in entry.items() if isinstance(v, (int, float)) and v is not True}


@pytest.mark.parametrize("function", sorted(SMALL))
def test_small_functions_are_named_without_a_number(results: dict[str, Any], function: str) -> None:
    about = [
        e for e in entries(results["perspectives"]) if e.get("group") == f"employee:{function}"
    ]
    about += [e for e in results["inclusion"]["advocacy_parts"] if e["part"] == function]
    assert len(about) > 3
    for entry in about:
        assert entry["suppressed"] is True
        assert {k: v for k, v in numbers(entry).items() if v is not False} == {}


@pytest.mark.parametrize("stem", PAGES_OF_PEOPLE)
def test_no_chart_carries_a_count_of_few_persons(run: Path, stem: str) -> None:
    """Hover texts show the rows of a chart's data; none of them counts one to four persons."""
    book = json.loads((run / f"{stem}.ipynb").read_text(encoding="utf-8"))
    pages = [
        text if isinstance(text, str) else "".join(text)
        for cell in book["cells"]
        for output in cell.get("outputs", [])
        for text in [output.get("data", {}).get("text/html", "")]
    ]
    specs = [spec for page in pages for spec in chart_specs(page)]
    assert specs
    counted = [row["n"] for spec in specs for row in entries(spec) if "n" in numbers(row)]
    assert not [n for n in counted if 0 < n < LEAST]
