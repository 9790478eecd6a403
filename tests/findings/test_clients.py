"""Sentences of how clients stand. Oracle: counts read back out of the sentence."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from lodestar.findings.clients import all_clients, looked, run_stands

COUNTS = st.integers(0, 40)


@given(number=st.integers(1, 60), none=COUNTS, again=COUNTS, drafts=COUNTS)
def test_each_kind_is_named_exactly_when_there_is_one(
    number: int, none: int, again: int, drafts: int
) -> None:
    said = all_clients(number, none, again, drafts)
    assert ("nothing published" in said) == bool(none)
    assert ("another run" in said) == bool(again)
    assert ("review" in said and "reviewed" not in said) == bool(drafts)
    assert ("up to date" in said) == (not (none or again or drafts))
    for digits in re.findall(r"\d+", said):
        assert int(digits) in (number, none, again, drafts)


@given(st.lists(st.sampled_from(["a.csv", "b.csv", "engagement.yml"]), min_size=1, max_size=9))
def test_at_most_three_files_are_named_and_the_command_is_given(files: list[str]) -> None:
    said = run_stands("acme", "2 November 2026", [f"inputs/x/{name}" for name in files], True)
    named = sum(said.count(name) for name in {"a.csv", "b.csv", "engagement.yml"})
    assert named == (len(files) if len(files) <= 3 else 2)
    assert said.endswith("): lodestar run acme.")
    assert "inputs/" not in said


def test_guests_and_the_host_are_told_as_people_say() -> None:
    assert looked("guest", "2 May 2026", False) == "a guest on 2 May 2026, at an earlier run"
    assert looked("host", "2 May 2026", True) == "whoever runs the server on 2 May 2026"
