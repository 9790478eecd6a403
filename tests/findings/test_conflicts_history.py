"""What is said of history, against small histories of which it is known what holds."""

from __future__ import annotations

import pytest

from lodestar.findings.conflicts.history_words import driven, moving, pair_sentence
from lodestar.findings.conflicts.history_words import measured as told_measured
from lodestar.workbook.conflicts.history import measured as exhibit
from tests.support.conflicts import field_results, field_tables, planted_history


def pair(**more):
    row = {"a": "cost", "b": "visits", "r": -0.62, "lag": 3, "q": 0.01, "low": -0.8, "high": -0.4}
    return row | {"verdict": "associated", "seen_in": "history", "driver": None} | more


def moved(node, before, after, wanted, on_target=None):
    change = (after - before) / before
    ends = {"before_12": before, "last_12": after, "change": change}
    return {"node": node, **ends, "wanted": wanted, "on_target": on_target}


def results(*pairs, movements=()):
    names = {"cost": "Logistics cost", "visits": "Second visits", "split": "Deliveries split"}
    history = {"pairs": list(pairs), "movements": list(movements), "weakest_r": 0.4}
    history |= {"tested": 9, "family": 12, "changes": 41}
    register = {"rewarded": 2, "nodes": [{"id": k, "name": v} for k, v in names.items()]}
    return {
        "conflicts": {"history": history, "items": [], "register": register},
        "labels": {"node": names},
    }


def test_a_pair_is_told_with_its_lag_and_interval():
    """Oracle: the sentence written by hand; no interval where none was drawn."""
    assert pair_sentence(results(), pair()) == (
        "when “Logistics cost” rises, “Second visits” falls three months later "
        "(r −0.62, −0.80 to −0.40)"
    )
    same = pair(r=0.6, lag=0, low=None, high=None)
    assert pair_sentence(results(), same).endswith("rises in the same month (r 0.60)")


def test_a_third_measure_is_named_only_where_it_explains_a_tie():
    """Oracle: of three, the one found whose r without the driver is under the weakest found."""
    driver = {"driver": "split"}
    given = results(
        pair(r=0.69, r_without_driver=0.05, **driver),
        pair(r=0.69, r_without_driver=0.6, **driver),
        pair(r=0.3, q=0.4, r_without_driver=0.0, **driver),
    )
    assert driven(given) == [
        "“Logistics cost” and “Second visits” move together mostly because “Deliveries split” "
        "drives both: r +0.69, without it +0.05."
    ]


def test_what_misses_its_target_is_named_before_what_moved_more():
    """Oracle: by hand: the larger rise is still on target, so the smaller one is named."""
    rows = [
        moved("cost", 17.7, 18.5, False, False),
        moved("visits", 1.09, 1.47, False, True),
        moved("split", 1281038.9, 1306666.5, None),
    ]
    assert moving(results(movements=rows)) == (
        "Two of two measures moved against the way wanted over the last twelve months, one of "
        "them still on target; of the others “Logistics cost” most (from 17.7 to 18.5, +5 %)"
    )
    assert "all still on target; “Second visits” most" in moving(results(movements=rows[1:]))
    assert "“Deliveries split” most (from 1,281,039 to 1,306,666, +2 %)" in moving(
        results(movements=rows[2:])
    )


@pytest.mark.parametrize(
    ("found", "said", "advice"),
    [
        (pair(), "One of nine pairs moves together", "no way in the map joins them"),
        (pair(verdict="contradicted", seen_in="both"), "One of nine", "expects the opposite"),
        (pair(verdict="confirmed", seen_in="both"), "One of nine", "Your map holds what was found"),
        (pair(r=-0.997, seen_in="both"), "most likely computed from the other", "Your map holds"),
        (pair(q=0.4), "None of nine pairs moves together", "not found is not disproved"),
    ],
)
def test_advice_follows_from_where_a_pair_is_known(found, said, advice):
    slot = told_measured(results(found))
    assert said in slot.headline
    assert advice in slot.so_what
    assert "With 41, a correlation under 0.40 cannot be told from none" in slot.reading


def test_the_exhibit_draws_what_the_section_published():
    """Oracle: as many intervals as pairs, each around its dot."""
    given = field_results(field_tables(history=planted_history()))
    shown = exhibit(given)
    drawn = shown.chart.to_dict()["datasets"]
    rows = [row for data in drawn.values() for row in data if "low" in row and "end" in row]
    assert rows
    assert all(row["low"] <= row["r"] <= row["high"] for row in rows)
    assert any("95 % interval" in note for note in shown.notes)
