"""Every chart of every sample client: valid, named, and with a table of all that its marks say.

Oracles: the schema that Altair ships (charts are made unchecked, because checking takes longer than
making them; so it is done here), and the rows of the tables, read from the HTML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import altair as alt
import pandas as pd
import pytest

from lodestar.charts import live, render
from lodestar.charts.pointed import NEXT
from lodestar.charts.told import SAYS
from lodestar.engagement import load
from lodestar.engagement.places import client_names
from lodestar.findings.model import Finding
from lodestar.schema.quick_start import import_jsonschema
from lodestar.schema.resources import client_data
from lodestar.workbook import PAGES, Workbook

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
FEWEST = {"demo": 60}
"""Charts known to be there, so that nothing passes because nothing was seen; elsewhere one."""


@pytest.fixture(scope="module")
def schema() -> Any:
    """Return a validator of whole specifications."""
    return import_jsonschema().Draft7Validator(alt.load_schema())


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Collect the specifications that cards and controls are made of; only controls are drawn."""
    seen: list[dict[str, Any]] = []
    specification = render.specification

    def collected(chart: Any) -> dict[str, Any]:
        spec = specification(chart)
        seen.append({**spec})
        return spec

    for module in (render, live):
        monkeypatch.setattr(module, "specification", collected)
    monkeypatch.setattr(render, "chart_svg", lambda spec: "<svg></svg>")
    return seen


def _pages(client: str) -> Iterator[Workbook]:
    """Yield a client's workbooks, which share their sections."""
    engagement = load(client, data_root=client_data())
    results = None
    for page in PAGES:
        workbook = Workbook(page, engagement)
        results = workbook.results = results or workbook.results
        yield workbook


@pytest.mark.parametrize("client", client_names(client_data()))
def test_every_chart_follows_the_schema(
    client: str, made: list[dict[str, Any]], schema: Any
) -> None:
    untold: list[str] = []
    for workbook in _pages(client):
        for finding, slot in workbook.findings.items():
            if isinstance(slot, Finding):
                untold += _untold(workbook.show(finding).html)
        if workbook.page.control:
            workbook.what_if()
    faults = [(spec["description"], e.message) for spec in made for e in schema.iter_errors(spec)]
    assert not faults
    assert not untold
    assert len(made) >= FEWEST.get(client, 1)


def _untold(card: str) -> list[str]:
    """Return what marks of a card say and no row of the tables beneath their chart does."""
    missing = []
    for figure in card.split('<figure class="ls-chart">')[1:]:
        assert re.match(r'<img alt="[^"]{12,}" src="data:image/svg', figure)
        (spec,) = re.findall(r'class="ls-spec">(.*?)</script>', figure, re.S)
        rows = [_plain(row) for row in re.findall(r"<tr>(.*?)</tr>", figure, re.S)]
        assert all("scope='col'" in head for head in re.findall(r"<th\b[^>]*>", figure))
        known = [(row, set(NUMBER.findall(row))) for row in rows]
        missing += [said for said in _said(json.loads(spec)) if not _found(said, known)]
    return missing


def _found(said: str, known: list[tuple[str, set[str]]]) -> bool:
    name, _, figures = _plain(said).partition(SAYS)
    wanted = set(NUMBER.findall(figures))
    parts = [part.rstrip("…") for part in name.split(", ")]
    return any(wanted <= had and all(part in row for part in parts) for row, had in known)


def _said(spec: dict[str, Any]) -> set[str]:
    rows = [row for rows in spec.get("datasets", {}).values() for row in rows]
    lines = [said for row in rows for said in str(row.get("course") or "").split(NEXT)]
    return {said for said in (*lines, *(row.get("tip") or "" for row in rows)) if said}


def _plain(html: str) -> str:
    words = unescape(re.sub(r"<[^>]*>", " ", re.sub(r"alt=.([^\"']*)[\"']", r">\1<", html)))
    return re.sub(r"(\d)[.,]0+(?!\d)", r"\1", words).casefold()


def test_what_no_table_says_would_be_found() -> None:
    chart = (
        alt.Chart(pd.DataFrame({"label": ["Sales"], "text": ["7"]})).mark_bar().encode(y="label:N")
    )
    html = render.figure_html(render.specification(chart), "<svg></svg>").replace(
        'alt="Chart"', 'alt="A chart of sales"'
    )
    assert _untold(html) == [f"Sales{SAYS}7"]
    assert not _untold(f"{html}<tr><td>Sales</td><td>7.0</td></tr>")


def test_a_fault_would_be_found(schema: Any) -> None:
    broken = alt.Chart(alt.Data(values=[])).mark_bar(opacity="thick").encode(x="a:Q")
    assert list(schema.iter_errors(render.specification(broken)))
