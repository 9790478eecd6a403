"""Cards: an executed notebook of one (a sentence, a table, a chart), and the charts in its HTML."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

__all__ = ["card_notebook", "chart_specs"]

_SPEC = re.compile(r'<script type="application/json" class="ls-spec">(.*?)</script>', re.DOTALL)


def chart_specs(html: str) -> list[dict[str, Any]]:
    """Return the specification of each chart in a card."""
    return [json.loads(found) for found in _SPEC.findall(html)]


def card_notebook(value: float = 1.5, title: str = "Levels", count: int = 1) -> dict[str, Any]:
    """Return a notebook whose chart draws this value under this title."""
    spec = {
        "data": {"name": "set"},
        "datasets": {"set": [{"name": "sales", "level": value}, {"name": "service", "level": 3}]},
        "encoding": {"x": {"field": "level", "title": title}},
        "mark": "bar",
    }
    picture = base64.b64encode(f"<svg>{value}{title}</svg>".encode() * 5).decode()
    html = (
        '<section class="ls-card"><h3>Sales work at a level</h3><figure class="ls-chart">'
        f'<img alt="Levels" src="data:image/svg+xml;base64,{picture}">'
        f'<script type="application/json" class="ls-spec">{json.dumps(spec)}</script></figure>'
        f"<table><tr><th>Function</th><th>Level</th></tr><tr><td>sales</td><td>{value}</td></tr>"
        "</table></section>"
    )
    shown = {
        "output_type": "execute_result",
        "execution_count": count,
        "metadata": {},
        "data": {"text/html": html, "text/plain": "Sales work at a level"},
    }
    cell = {
        "cell_type": "code",
        "id": "show",
        "metadata": {"execution": {"iopub.execute_input": f"2026-11-22T08:00:0{count}Z"}},
        "execution_count": count,
        "source": 'wb.show("level.four")',
        "outputs": [shown],
    }
    metadata = {"language_info": {"name": "python", "version": f"3.11.{count}"}}
    return {"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
