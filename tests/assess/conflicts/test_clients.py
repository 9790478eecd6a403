"""The shipped clients: the planted case of the demo, real history of emergency departments."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lodestar.assess.results import Results
from lodestar.engagement import load
from lodestar.findings.conflicts import answer, findings
from lodestar.findings.model import Finding
from lodestar.workbook.conflicts import EXHIBITS
from tests.support.conflicts import check_section, resolve
from tests.support.series import pair_by_pair

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
    assert [n for n, row in told.items() if row["wanted"] is False] == [
        n for n in sorted(told) if _went_wrong(n, means.loc[0, n], means.loc[1, n])
    ]
    on_target = {n: row["on_target"] for n, row in told.items() if n.startswith("over4_")}
    assert on_target == {n: means.loc[1, n] <= 5 for n in on_target}
    first = answer(results("emergency-departments"))[1]
    ends = [f"{means.loc[half, 'over4_major']:.1f}" for half in (0, 1)]
    assert f"major departments” most (from {ends[0]} to {ends[1]}, +4 %)" in first
    assert first.startswith("Four of four measures")
    assert "two of them still on target" in first


def _went_wrong(name, before, after):
    """Waits are wanted down, people seen in four hours up; of the rest nothing is wanted."""
    rose = after > before
    return rose if name.startswith("over4_") else name == "seen_in_four" and not rose


def test_emergency_departments_ties_are_those_of_their_table():
    """Oracle: changes less season and past by plain least squares, correlated by numpy."""
    history = results("emergency-departments")["conflicts"]["history"]
    period = sorted((ROOT / "emergency-departments" / "inputs").iterdir())[-1]
    wide = pd.read_csv(period / "history.csv").pivot(index="date", columns="node", values="value")
    assert len(history["pairs"]) == history["family"] == 7
    for pair in history["pairs"]:
        one, two = (wide[pair[end]].to_numpy() for end in ("a", "b"))
        r, lag, p, n = pair_by_pair(one, two, 6, not pair["directed"])
        assert (pair["lag"], pair["n"]) == (lag, n)
        assert pair["r"] == pytest.approx(r)
        assert pair["p"] == pytest.approx(p)
    found = [(p["a"], p["b"], p["verdict"]) for p in history["pairs"] if p["q"] <= 0.05]
    assert found == [("over4_major", "seen_in_four", "confirmed")]
    closest = next(s for s in findings(results("emergency-departments")) if _is_measured(s))
    assert closest.headline.startswith("One of seven pairs moves together")
    assert "falls in the same month (r −1.00)" in closest.headline
    whole, part = wide["seen_in_four"], wide["over4_major"]
    assert np.corrcoef(whole, part)[0, 1] < -0.99


def _is_measured(slot):
    return slot.id == "conflicts.measured"
