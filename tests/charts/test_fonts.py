"""Text is measured with the bundled font alone: fonts of the machine move nothing.

Oracle: the same chart drawn in a process that finds no font but the bundled ones.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lodestar.charts.converter import FONTS

DRAW = """
import sys
from lodestar.charts.render import chart_svg
rows = {"values": [{"name": sys.argv[1], "value": 1}]}
axes = {"y": {"field": "name", "type": "nominal"}, "x": {"field": "value", "type": "quantitative"}}
look = {"font": "Inter", "axis": {"labelLimit": 900}}
sys.stdout.write(chart_svg({"data": rows, "mark": "bar", "encoding": axes, "config": look}))
"""

ALONE = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"""


def _drawn(text: str, **environment: str) -> str:
    call = [sys.executable, "-c", DRAW, text]
    environ = {**os.environ, **environment}
    return subprocess.run(call, env=environ, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    "text", ["Délai → œuvre ↑ ■ ≤ 5 €", "Müşteri, zákazník, odbiorców", "Πελάτης και клиент"]
)
def test_the_machines_fonts_move_no_letter(text: str, tmp_path: Path) -> None:
    lone = tmp_path / "fonts.conf"
    lone.write_text(ALONE.format(fonts=FONTS, cache=tmp_path / "cache"), encoding="utf-8")
    assert _drawn(text) == _drawn(text, FONTCONFIG_FILE=str(lone))
