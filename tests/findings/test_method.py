"""Oracle: the figures recorded beside the benchmark that measured them."""

from __future__ import annotations

import re
from pathlib import Path

from lodestar.findings.method import HELD, answer

README = Path(__file__).parents[1] / "benchmarks" / "README.md"


def test_the_page_tells_how_often_intervals_held_as_recorded() -> None:
    rows = re.findall(r"^\| (\d+) \| the product's \| (.*) \|$", README.read_text("utf-8"), re.M)
    recorded = {
        int(raters): tuple(round(float(cell.split(" %")[0])) for cell in cells.split(" | "))
        for raters, cells in rows
    }
    assert recorded == HELD
    said = answer({"framework": {"id": "f", "version": 1}, "threshold": 5, "labels": LABELS})[-1]
    assert "68 % with 2, 78 % with 3, 82 % with 5, 80 % with 8 and 81 % with 15 raters" in said
    assert "a dimension's held in 56 % and a function's in 71 %" in said


LABELS = {"capability": {}, "dimension": {}}
