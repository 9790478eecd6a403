"""Sentences of what changed since a visit. Oracle: figures rounded by hand, and laws."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from lodestar.findings.headlines import HEADLINES, Figure, Headline
from lodestar.findings.visits import HEADS, figure_moved, period_changed

INDEX = Headline("alignment.index", "Alignment index", "index", "", 80)
VALUES = st.floats(-200, 200).map(lambda x: round(x, 6))


def test_each_number_told_is_a_headline_in_the_order_of_the_walk() -> None:
    order = [headline.id for headline in HEADLINES]
    assert sorted(HEADS, key=order.index) == list(HEADS)


@given(before=VALUES, after=VALUES)
def test_a_movement_is_told_exactly_when_a_reader_can_see_it(before: float, after: float) -> None:
    said = figure_moved(INDEX, Figure(before), Figure(after))
    seen = f"{round(before, 1) + 0.0:.1f}" != f"{round(after, 1) + 0.0:.1f}"
    assert bool(said) == seen
    if said:
        told = re.fullmatch(r"Alignment index (rose|fell) from (\S+) to (\S+)\.", said)
        assert told
        shown = [float(end.replace("−", "-")) for end in told.groups()[1:]]
        assert (told[1] == "rose") == (after > before) == (shown[1] > shown[0])


def test_a_number_that_came_or_went_says_why() -> None:
    gone = figure_moved(INDEX, Figure(61.2), Figure(None, reason="No level was chosen."))
    assert gone == "Alignment index: 61.2 before, none now. Now: No level was chosen."
    assert figure_moved(INDEX, Figure(None, reason="a"), Figure(None, reason="b")) == ""


def test_periods_are_told_by_what_became_of_them() -> None:
    told = [
        period_changed("July 2026", None),
        period_changed("July 2026", (), kept=False),
        period_changed("July 2026", ["One"], 9),
        period_changed("July 2026", ["One"], 1),
        period_changed("July 2026", list("abc"), 3),
    ]
    assert told == [
        "July 2026 is new.",
        "July 2026 was published again; the run you saw is no longer kept, so what moved cannot "
        "be told.",
        "July 2026 was published again: “One” reads differently.",
        "July 2026 was published again: “One” reads differently.",
        "July 2026 was published again: all three pages read differently.",
    ]
