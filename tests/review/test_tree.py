"""Documents compared leaf by leaf. Oracle: a plain walk that changes leaves at known places."""

from __future__ import annotations

import copy
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.review.tree import Leaf, compare, same
from tests.support.review import DOCUMENTS, changed, leaves_of, pointer

OTHER_WAY = {"added": "gone", "gone": "added"}


def _mirrored(leaf: Leaf) -> Leaf:
    """Return the same difference seen from the other side."""
    return Leaf(
        OTHER_WAY.get(leaf.kind, leaf.kind),  # type: ignore[arg-type]
        leaf.place,
        leaf.pointer_after,
        leaf.pointer_before,
        leaf.after,
        leaf.before,
        leaf.reason_after,
        leaf.reason_before,
    )


def _key(leaf: Leaf) -> tuple[str, ...]:
    return (leaf.kind, *(str(getattr(leaf, name)) for name in ("place", "before", "after")))


@settings(max_examples=60)
@given(DOCUMENTS)
def test_a_document_does_not_differ_from_itself(document: Any) -> None:
    assert compare(document, copy.deepcopy(document)) == []


@settings(max_examples=60)
@given(DOCUMENTS, st.data())
def test_every_changed_leaf_is_found_and_nothing_else(document: Any, data: st.DataObject) -> None:
    places = leaves_of(document)
    chosen = data.draw(st.lists(st.sampled_from(places), unique=True)) if places else []
    found = compare(document, changed(document, chosen))
    assert {leaf.kind for leaf in found} <= {"changed"}
    assert sorted(leaf.pointer_before or "" for leaf in found) == sorted(map(pointer, chosen))
    assert [leaf.pointer_before for leaf in found] == [leaf.pointer_after for leaf in found]


@settings(max_examples=60)
@given(DOCUMENTS, DOCUMENTS)
def test_the_comparison_turned_round_is_the_other_one_mirrored(before: Any, after: Any) -> None:
    one, other = compare(before, after), compare(after, before)
    assert sorted(_key(_mirrored(leaf)) for leaf in other) == sorted(map(_key, one))
    assert bool(one) == bool(other)


@settings(max_examples=60)
@given(DOCUMENTS, DOCUMENTS)
def test_no_difference_is_found_exactly_where_the_documents_are_equal(
    before: Any, after: Any
) -> None:
    assert (compare(before, after) == []) == same(before, after)


def test_entries_are_matched_by_who_they_are_wherever_they_stand() -> None:
    gaps = [{"capability": f"C{i}", "function": "sales", "gap": i / 2} for i in range(9)]
    moved = copy.deepcopy(gaps)
    random.Random(1).shuffle(moved)
    moved.remove(gaps[3])
    next(one for one in moved if one["capability"] == "C5")["gap"] = 9.0
    found = compare({"gaps": gaps}, {"gaps": moved}, "alignment")
    told = [(leaf.kind, leaf.names[0][1]) for leaf in found]
    assert told == [("gone", "C3"), ("changed", "C5")]
    assert found[1].change == 6.5


def test_entries_that_only_change_places_are_one_difference() -> None:
    entries = [{"id": "a"}, {"id": "b"}]
    assert [leaf.kind for leaf in compare(entries, entries[::-1])] == ["reordered"]


def test_a_conflict_told_the_other_way_round_stays_the_same_conflict() -> None:
    before = {"items": [{"kind": "structural", "a": "m1", "b": "m2", "severity": 0.1}]}
    after = {"items": [{"kind": "structural", "a": "m2", "b": "m1", "severity": 0.3}]}
    found = compare(before, after, "conflicts")
    assert {leaf.path for leaf in found} == {
        "conflicts.items.a",
        "conflicts.items.b",
        "conflicts.items.severity",
    }


def test_what_differs_below_six_decimals_is_float_noise() -> None:
    assert compare({"x": 0.1 + 0.2, "y": 1.00000049}, {"x": 0.3, "y": 1}) == []
    assert len(compare({"x": 0.000001}, {"x": 0.000003})) == 1
    assert len(compare({"x": 1}, {"x": True})) == 1


def test_a_number_that_comes_or_goes_says_why_and_says_it_once() -> None:
    before = {"x": None, "x_reason": "Nobody was asked.", "y": 2.0}
    after = {"x": 3.5, "y": None, "suppressed": True}
    by_path = {leaf.path: leaf for leaf in compare(before, after)}
    assert set(by_path) == {"x", "y", "suppressed"}
    assert by_path["x"].reason_before == "Nobody was asked."
    assert by_path["y"].reason_after == "too few to show"
    assert by_path["x"].change is None


def test_a_reason_that_changes_alone_is_a_difference() -> None:
    found = compare({"x": None, "x_reason": "One."}, {"x": None, "x_reason": "Two."})
    assert [leaf.path for leaf in found] == ["x_reason"]


@given(st.lists(st.sampled_from([{"u": 1.5}, {"u": 2.5}, {"v": 1.5}]), max_size=6), st.randoms())
def test_entries_nothing_tells_apart_are_matched_by_their_content(
    entries: list[dict[str, float]], chance: random.Random
) -> None:
    """Oracle: counts of equal entries on both sides."""
    after = copy.deepcopy([*entries, {"u": 1.5}])
    chance.shuffle(after)
    found = compare([*entries, {"u": 3.5}], [*after, {"u": 4.5}])
    told = {(leaf.kind, str(leaf.before or leaf.after)) for leaf in found}
    if len(entries):
        assert told == {("gone", "{'u': 3.5}"), ("added", "{'u': 1.5}"), ("added", "{'u': 4.5}")}
