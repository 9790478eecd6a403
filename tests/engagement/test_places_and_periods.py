"""Where clients are found, and in which order their periods stand.

Oracle: the calendar, and the contract's order argument > environment > working directory.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lodestar.engagement.periods import calendar_period, in_order, period_of
from lodestar.engagement.places import client_folder, client_names, data_folder
from lodestar.errors import InputError


def test_the_data_root_is_argument_then_environment_then_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "client_data").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LODESTAR_DATA", raising=False)
    assert data_folder() == Path("client_data")
    monkeypatch.setenv("LODESTAR_DATA", str(tmp_path / "elsewhere"))
    assert data_folder("") == tmp_path / "elsewhere"
    assert data_folder(tmp_path) == tmp_path


def test_clients_are_folders_with_settings(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        (tmp_path / name).mkdir()
    for name in ("b", "a"):
        (tmp_path / name / "engagement.yml").touch()
    assert client_names(tmp_path) == ["a", "b"]
    assert client_names(tmp_path / "none") == []


def test_an_unknown_client_is_told_with_those_near(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "engagement.yml").touch()
    with pytest.raises(InputError) as raised:
        client_folder("acmee", tmp_path)
    (problem,) = raised.value.problems
    assert (problem.code, "'acme'" in problem.remedy) == ("unknown-client", True)
    with pytest.raises(InputError) as raised:
        client_folder("acme", tmp_path / "none")
    assert raised.value.problems[0].code == "unknown-data-root"


@pytest.mark.parametrize(
    ("id", "start", "as_of"),
    [
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_calendar_periods_end_on_their_last_day(id: str, start: date, as_of: date) -> None:
    period = calendar_period(id)
    assert period is not None
    assert (period.start, period.as_of) == (start, as_of)


@pytest.mark.parametrize("id", ["2026-Q5", "2026-13", "2026Q1", "autumn", "0000-Q1", "2026-Q4 "])
def test_other_names_are_no_calendar_period(id: str) -> None:
    assert calendar_period(id) is None


def test_declared_days_complete_and_replace_the_calendars() -> None:
    declared = {"2026-Q4": {"as_of": date(2026, 12, 15)}, "wave": {"from": date(2026, 1, 1)}}
    period = period_of("2026-Q4", declared)
    assert period is not None
    assert (period.start, period.as_of) == (date(2026, 10, 1), date(2026, 12, 15))
    assert period_of("wave", declared) is None


def test_periods_stand_in_the_order_of_their_last_day() -> None:
    found = [calendar_period(id) for id in ("2026-Q4", "2026-11", "2026-Q1")]
    ordered = in_order([period for period in found if period])
    assert [period.id for period in ordered] == ["2026-Q1", "2026-11", "2026-Q4"]
