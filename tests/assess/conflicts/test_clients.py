"""The shipped clients: the planted case of the demo, real history of emergency departments."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lodestar.assess.results import Results
from lodestar.engagement import load
from lodestar.findings.conflicts import answer, findings
from lodestar.findings.model import Finding
from lodestar.workbook.conflicts import EXHIBITS
from tests.support.conflicts import check_section, resolve

ROOT = Path(__file__).parents[3] / "client_data"
CLIENTS = sorted(path.name for path in ROOT.iterdir() if (path / "engagement.yml").is_file())
_KNOWN: dict[str, Results] = {}


def results(client):
    if client not in _KNOWN:
        _KNOWN[client] = Results(load(client, data_root=ROOT))
    return _KNOWN[client]


@pytest.mark.parametrize("client", CLIENTS)
def test_every_client_has_a_page(client):
    given = results(client)
    check_section(given["conflicts"])
    assert answer(given)
    for slot in findings(given):
        if isinstance(slot, Finding):
            assert all(resolve(given, p) is not None for p in slot.evidence)
            EXHIBITS[slot.id](given)


def test_demo_holds_the_case_from_the_field():
    """Logistics cost down → deliveries split → repeat contacts up → service cost up, measured."""
    section = results("demo")["conflicts"]
    ends = ("o_logistics_cost", "v_service_cost")
    item = next(
        i for i in section["items"] if (i["a"], i["b"]) == ends and i["kind"] == "structural"
    )
    assert item["path"] == ["o_logistics_cost", "o_split", "v_repeat", "v_service_cost"]
    assert (item["severe"], item["measured"]) == (True, "confirmed")
    assert section["repairs"]["optimal"]
    assert section["repairs"]["after"]["severe"] == 0


def test_emergency_departments_say_what_their_table_says():
    """Oracle: the yearly means taken straight from the client's file."""
    section = results("emergency-departments")["conflicts"]
    period = sorted((ROOT / "emergency-departments" / "inputs").iterdir())[-1]
    wide = pd.read_csv(period / "history.csv").pivot(index="date", columns="node", values="value")
    means = wide.sort_index().tail(24).groupby([0] * 12 + [1] * 12).mean()
    told = {row["node"]: row for row in section["history"]["movements"]}
    assert set(told) == set(wide.columns)
    for name, row in told.items():
        assert row["before_12"] == pytest.approx(means.loc[0, name])
        assert row["last_12"] == pytest.approx(means.loc[1, name])
    worse = [n for n, row in told.items() if row["wanted"] is False]
    rising = [n for n in worse if n.startswith("over4_")]
    assert all(means.loc[1, name] > means.loc[0, name] for name in rising)
