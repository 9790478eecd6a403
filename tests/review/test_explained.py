"""What moved a real number: changes made on purpose, one at a time and together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lodestar.review.explained import attribute, number_at
from tests.support.sides import few_tables, rated, side_of

HIGHER = "capabilities: [{id: C01, target: {4: 5}}]\n"
ADDED = """\
capabilities:
  - {id: X1, dimension: D1, name: Tried, target: {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}, descriptors: {}}
"""
INDEX, GAP = "/alignment/index", "/alignment/gaps/0/gap"


@pytest.fixture(scope="module")
def sides(tmp_path_factory):
    """The same client as it was, with other ratings, with another framework, and with both."""
    made = {}
    for name, own, level in [("a", "", ""), ("d", "", "5"), ("f", HIGHER, ""), ("df", HIGHER, "5")]:
        folder = few_tables(tmp_path_factory.mktemp(name), own)
        if level:
            rated(folder, "C01", level)
        made[name] = side_of(folder, name)
    return made


def _index(side):
    return side.results["alignment"]["index"]


def _explained(before, after, pointer=INDEX):
    return attribute(before, after, [number_at(pointer, before, after)])


@pytest.mark.parametrize(("other", "source"), [("d", "data"), ("f", "framework")])
def test_one_change_is_attributed_to_its_source_and_nothing_is_computed(sides, other, source):
    found = _explained(sides["a"], sides[other])
    moved = _index(sides[other]) - _index(sides["a"])
    parts = found.numbers[INDEX].split.parts
    assert found.differing == (source,)
    assert found.computed == 0
    assert parts[source] == pytest.approx(moved, abs=2e-6)
    assert {name for name in parts if parts[name]} == {source}


def test_two_changes_are_split_as_the_four_folders_loaded_one_by_one_say(sides):
    """Oracle: the mixtures exist as folders of their own; Shapley of two players by hand."""
    a, d, f, df = (_index(sides[name]) for name in ("a", "d", "f", "df"))
    found = _explained(sides["a"], sides["df"])
    parts = found.numbers[INDEX].split.parts
    assert found.computed == 2
    assert parts["data"] == pytest.approx(((d - a) + (df - f)) / 2, abs=2e-6)
    assert parts["framework"] == pytest.approx(((f - a) + (df - d)) / 2, abs=2e-6)
    assert parts["code"] == 0
    assert sum(parts.values()) == pytest.approx(found.numbers[INDEX].split.total, abs=1e-9)


def test_an_entry_of_a_list_is_followed_by_who_it_is(sides):
    """Its position among the gaps differs between the sides: a rating moved it down the list."""
    before, after = sides["a"], sides["df"]
    gaps = before.results["alignment"]["gaps"]
    at = next(i for i, gap in enumerate(gaps) if gap["capability"] == "C01")
    who = {key: gaps[at][key] for key in ("capability", "function")}
    twin = next(g for g in after.results["alignment"]["gaps"] if who.items() <= g.items())
    pointer = f"/alignment/gaps/{at}/gap"
    found = attribute(after, before, [number_at(pointer, after, before)]).numbers[pointer]
    assert found.split.total == pytest.approx(gaps[at]["gap"] - twin["gap"], abs=2e-6)


def test_a_mixture_that_does_not_go_together_is_named_and_the_other_order_taken(sides, tmp_path):
    """Ratings of a capability that only the later framework has: framework first, then data."""
    folder = few_tables(tmp_path, ADDED)
    path = folder / "inputs/2026-Q4/ratings.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*rows, rows[1].replace("C01", "X1")]) + "\n", encoding="utf-8")
    found = _explained(sides["a"], side_of(folder, "x")).numbers[INDEX]
    assert found.split.orders == (("framework", "data"),)
    assert not found.split.complete
    assert "data of B with framework of A cannot be computed" in found.reason
    assert "X1" not in found.split.parts


def test_material_no_longer_kept_leaves_the_order_that_does_not_need_it(sides, tmp_path):
    gone = few_tables(tmp_path)
    before = side_of(gone, "gone")
    (gone / "inputs/2026-Q4/ratings.csv").unlink()
    found = _explained(before, sides["df"]).numbers[INDEX]
    assert found.split.orders == (("data", "framework"),)
    assert "no longer kept" in found.reason


def test_code_that_is_not_at_hand_is_what_is_left_over(sides):
    """Oracle: a published value moved by exactly 3 under code that nobody has any more."""
    told = {**sides["a"].manifest, "code": {"sha256": "0" * 64, "version": "0.0.1"}}
    before = sides["a"].results
    published = {**before, "alignment": {**before["alignment"], "index": _index(sides["a"]) - 3}}
    old = replace(sides["a"], manifest=told, results=published)
    only = _explained(old, sides["a"])
    both = _explained(old, sides["df"])
    split = both.numbers[INDEX].split
    assert only.numbers[INDEX].split.parts["code"] == pytest.approx(3, abs=2e-6)
    assert both.remainder.startswith("2026-Q4")
    assert split.parts["code"] == pytest.approx(3, abs=2e-6)
    assert split.parts["data"] == pytest.approx(
        _explained(sides["a"], sides["df"]).numbers[INDEX].split.parts["data"], abs=2e-6
    )
    assert sum(split.parts.values()) == pytest.approx(split.total, abs=1e-9)


def test_equal_sides_have_nothing_to_explain(sides):
    found = _explained(sides["a"], sides["a"])
    assert found.differing == ()
    assert found.numbers[INDEX].split is None


def test_a_pointer_that_leads_nowhere_is_no_number(sides):
    assert number_at("/alignment/nothing/here", sides["a"], sides["d"]) is None
