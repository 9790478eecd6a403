"""The law of bad inputs: each fault is told with its code, place and remedy, all in one pass.

Oracle: the `expected.json` of each folder in tests/bad_inputs, written by hand beside its files.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lodestar.engagement import check, load
from lodestar.errors import InputError, Problem
from tests.support.cases import BAD, client_root, expected, names

PLACE = ("code", "file", "row", "column")


@pytest.mark.parametrize("name", names(BAD))
def test_every_fault_is_told_with_place_and_remedy(name: str, tmp_path: Path) -> None:
    wanted = expected(BAD / name)
    root = client_root(BAD / name, tmp_path)
    with pytest.raises(InputError) as raised:
        load("acme", wanted.get("period", ""), root)
    problems = raised.value.problems
    told = {tuple(getattr(p, key) for key in PLACE): p for p in problems}
    due = {tuple(w[key] for key in PLACE): w for w in wanted["problems"]}
    assert sorted(told, key=repr) == sorted(due, key=repr)
    assert len(told) == len(problems), "a fault is told twice"
    for place, want in due.items():
        _check_words(told[place], want)


def _check_words(problem: Problem, want: dict[str, Any]) -> None:
    assert want["remedy"] in problem.remedy
    if "value" in want:
        assert problem.value == want["value"]
    assert problem.message.endswith(".")
    assert problem.remedy.endswith((".", "?"))


@pytest.mark.parametrize("name", names(BAD)[::20])
def test_checking_tells_what_loading_raises(name: str, tmp_path: Path) -> None:
    wanted = expected(BAD / name)
    root = client_root(BAD / name, tmp_path)
    report = check("acme", wanted.get("period", ""), root)
    with pytest.raises(InputError) as raised:
        load("acme", wanted.get("period", ""), root)
    assert report.problems == raised.value.problems
    assert not report.ok
    assert report.as_dict()["problems"] == [p.as_dict() for p in report.problems]


def test_the_base_client_has_no_fault(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "expected.json").write_text("{}")
    report = check("acme", "", client_root(tmp_path / "case", tmp_path / "data"))
    assert report.problems == ()
    assert {notice.code for notice in report.notices} == {"corrected", "no-customer"}


def test_there_are_at_least_sixty_cases() -> None:
    assert len(names(BAD)) >= 60
