"""Every chart of every sample client is valid Vega-Lite. Oracle: the schema that Altair ships.

Charts are made unchecked, because checking takes longer than making them; so it is done here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import altair as alt
import pytest

from lodestar.charts import live, render
from lodestar.engagement import load
from lodestar.engagement.places import client_names
from lodestar.findings.model import Finding
from lodestar.schema.quick_start import import_jsonschema
from lodestar.schema.resources import client_data
from lodestar.workbook import PAGES, Workbook

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
    for workbook in _pages(client):
        for finding, slot in workbook.findings.items():
            if isinstance(slot, Finding):
                workbook.show(finding)
        if workbook.page.control:
            workbook.what_if()
    faults = [(spec["description"], e.message) for spec in made for e in schema.iter_errors(spec)]
    assert not faults
    assert len(made) >= FEWEST.get(client, 1)


def test_a_fault_would_be_found(schema: Any) -> None:
    broken = alt.Chart(alt.Data(values=[])).mark_bar(opacity="thick").encode(x="a:Q")
    assert list(schema.iter_errors(render.specification(broken)))
