"""What may be typed about people. Oracle: lists of good and bad, and the problem each must give."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.access.names import checked_person, normal_name
from lodestar.errors import InputError
from tests.support.access import opened

TODAY = date(2026, 9, 21)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ana.Ruiz@Example.com", "ana.ruiz@example.com"),
        (" bo ", "bo"),
        ("ｂｏ", "bo"),
        ("o'neil+x@mail.example.co.uk", "o'neil+x@mail.example.co.uk"),
    ],
)
def test_good_names_have_one_spelling(typed: str, name: str) -> None:
    assert checked_person(typed, "client", ["demo"], None, TODAY).name == name


@pytest.mark.parametrize(
    "name",
    ["", " ", "a b", "a\nb", "a\x1b[2J", "@x.com", "a@", "a@x", "-a", "guest", "Guest", "аna",
     "a" * 65, "a@" + "x" * 300 + ".com", "../a", "a/b", "<b>", 'a"@x.com', "a\u202eb"],
)  # fmt: skip
def test_bad_names_are_one_problem_that_is_safe_to_print(name: str) -> None:
    with pytest.raises(InputError) as caught:
        checked_person(name, "client", ["demo"], None, TODAY)
    (problem,) = caught.value.problems
    assert problem.code == "person-name"
    assert str(problem).isprintable()


@pytest.mark.parametrize(
    ("role", "clients", "ends", "codes"),
    [
        ("boss", ["demo"], None, ["unknown-role"]),
        ("Client", ["demo"], None, ["unknown-role"]),
        ("client", [], None, ["no-client"]),
        ("client", ["../demo", ".access"], None, ["client-name", "client-name"]),
        ("reviewer", [], "soon", ["bad-date"]),
        ("reviewer", [], "2026-02-30", ["bad-date"]),
        ("reviewer", [], "2026-09-20", ["past-date"]),
        ("boss", ["a/b"], "x", ["unknown-role", "client-name", "bad-date"]),
    ],
)
def test_every_wrong_part_is_told_in_one_pass_and_nobody_is_added(
    role: str, clients: list[str], ends: str | None, codes: list[str], tmp_path: Path
) -> None:
    store = opened(tmp_path)
    with pytest.raises(InputError) as caught:
        store.add("ana", role, clients, ends)
    assert [problem.code for problem in caught.value.problems] == codes
    assert store.people() == []


def test_access_may_end_today_or_never() -> None:
    ends = [checked_person("a", "reviewer", [], e, TODAY).ends for e in (TODAY, "never", "", None)]
    assert ends == [TODAY, None, None, None]


@given(st.text())
def test_a_normal_name_stays_itself(name: str) -> None:
    once = normal_name(normal_name(name))
    assert normal_name(once) == once
