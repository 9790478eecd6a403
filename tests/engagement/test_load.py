"""Loading a client's folder: what it returns, and that checking and loading tell the same.

Oracle: the base client of tests/bad_inputs, read by eye.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from lodestar.engagement import check, load, load_settings
from lodestar.errors import InputError
from lodestar.schema.tables import TABLES, empty
from tests.support.cases import BAD, client_root, expected, names

OF_ONE_TABLE = {"missing-table", "no-customer", "corrected"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A data root that holds the base client."""
    shutil.copytree(BAD / "base", tmp_path / "acme")
    return tmp_path


@pytest.mark.parametrize("name", names(BAD)[::12])
def test_checking_tells_what_loading_raises(name: str, tmp_path: Path) -> None:
    wanted = expected(BAD / name)
    root = client_root(BAD / name, tmp_path)
    report = check("acme", wanted.get("period", ""), root)
    with pytest.raises(InputError) as raised:
        load("acme", wanted.get("period", ""), root)
    assert report.problems == raised.value.problems
    assert not report.ok
    assert report.as_dict()["problems"] == [problem.as_dict() for problem in report.problems]


def test_every_table_is_read_in_the_guaranteed_types(root: Path) -> None:
    engagement = load("acme", "", root)
    assert set(engagement.wave.tables) == set(TABLES)
    for name, frame in engagement.wave.tables.items():
        assert (frame.dtypes == empty(name).dtypes).all()
        assert len(frame)


def test_settings_and_what_they_leave_out(root: Path) -> None:
    settings = load("acme", "", root).settings
    assert [(f.id, f.weight) for f in settings.functions] == [
        ("sales", 2),
        ("service", 1),
        ("finance", 1),
    ]
    assert (settings.chosen_level, settings.language, settings.severe_conflict) == (3.5, "en", 0.02)
    assert settings.purpose[0].last_revisited == date(2025, 3, 1)
    assert settings.sponsor["until"] == date(2028, 6, 30)
    (root / "acme" / "engagement.yml").write_text(
        "client: acme\nname: Acme\nframework: customer-alignment\n"
        "functions: [{id: sales, name: Sales}]\n"
    )
    bare, _ = load_settings("acme", root)
    assert bare.chosen_level is None
    assert (bare.seed, bare.currency, bare.confidentiality.minimum) == (0, "EUR", 5)
    assert (bare.confidentiality.comments, bare.finance.taper) == (10, 0.5)


def test_words_corrections_and_assumptions_come_along(root: Path) -> None:
    engagement = load("acme", "", root)
    assert engagement.notes == {
        "level.distance": "We stand two levels below what the market asks for."
    }
    (correction,) = engagement.corrections
    assert (correction["table"], correction["old"], correction["new"]) == ("metrics", "30", "0.3")
    assert (correction["period"], correction["rows"]) == ("2026-Q4", 1)
    assert engagement.table("metrics").set_index("metric").loc["m3", "incentive"] == 0.3
    assert [(a["id"], a["impact"]) for a in engagement.assumptions] == [("a1", "red")]


def test_an_earlier_period_is_loaded_alone_and_a_later_one_with_it(root: Path) -> None:
    inputs = root / "acme" / "inputs"
    (inputs / "2026-Q3").mkdir()
    shutil.copy(inputs / "2026-Q4" / "needs.csv", inputs / "2026-Q3")
    assert [w.period.id for w in load("acme", "2026-Q3", root).waves] == ["2026-Q3"]
    latest = load("acme", "", root)
    assert [w.period.id for w in latest.waves] == ["2026-Q3", "2026-Q4"]
    assert latest.period.as_of == date(2026, 12, 31)


@pytest.mark.parametrize("table", sorted(set(TABLES) - {"links", "effects"}))
def test_every_other_table_may_be_absent(table: str, root: Path) -> None:
    inputs = root / "acme" / "inputs" / "2026-Q4"
    for path in inputs.glob("*.csv"):
        if path.stem != table:
            path.unlink()
    if table != "metrics":
        (root / "acme" / "corrections.yml").unlink()
    engagement = load("acme", "", root)
    assert set(engagement.wave.tables) == {table}
    assert {notice.code for notice in engagement.notices} <= OF_ONE_TABLE


def test_tables_that_mean_nothing_alone_are_refused_alone(root: Path) -> None:
    inputs = root / "acme" / "inputs" / "2026-Q4"
    for path in inputs.glob("*.csv"):
        if path.stem not in ("links", "effects"):
            path.unlink()
    (root / "acme" / "corrections.yml").unlink()
    assert {problem.code for problem in check("acme", "", root).problems} == {"unknown-id"}
