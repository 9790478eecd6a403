"""Sign classes of all pairs at once, against enumeration of all simple paths and walks."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from lodestar.assess.conflicts import classes as module
from lodestar.assess.conflicts.classes import WORDS, classes
from lodestar.assess.conflicts.components import components
from lodestar.assess.conflicts.finders import Finders
from lodestar.assess.conflicts.links import Link, Links
from tests.support.conflicts import field_results, link, metric
from tests.support.registers import links, register, walks_simple

TRAPS = json.loads(
    (Path(__file__).parents[2] / "oracles" / "conflicts" / "signed_path_traps.json").read_text()
)["cases"]
CASES = 2_200
CROWD = 300


def random_links(chance: random.Random, most: int = 7) -> Links:
    ids = "abcdefgh"[: chance.randint(2, most)]
    dense = chance.choice([0.15, 0.3, 0.6])
    pairs = [(a, b) for a in ids for b in ids if a != b and chance.random() < dense]
    return links(ids, [(a, b, chance.choice([-0.5, 0.5])) for a, b in pairs])


def enumerated(found: Links) -> dict[tuple[str, str], tuple[str, set[int]]]:
    """Word of every ordered pair with the signs of its simple paths."""
    told = {}
    for a in found.ids:
        walked = walk_signs(found, a)
        for b in found.ids:
            if a != b:
                signs = {1 if p > 0 else -1 for _, p in walks_simple(found, a, b)}
                told[a, b] = word_of(signs, {s for end, s in walked if end == b}), signs
    return told


def walk_signs(found: Links, source: str) -> set[tuple[str, int]]:
    reached, edge = set(), [(source, 1)]
    while edge:
        place, sign = edge.pop()
        for row in found.rows:
            step = (row.target, sign if row.strength > 0 else -sign)
            if row.source == place and step not in reached:
                reached.add(step)
                edge.append(step)
    return reached


def word_of(paths: set[int], walked: set[int]) -> str:
    assert paths <= walked
    if not walked:
        return "none"
    if len(paths) == 2:
        return "mixed"
    if len(walked) == 2:
        return "loop-only"
    return "positive" if 1 in walked else "negative"


def table(found: Links) -> dict[tuple[str, str], tuple[str, int]]:
    every = range(len(found.ids))
    got = classes(found, every, every)
    pairs = ((a, b) for a in every for b in every if a != b)
    told = {pair: got.of(*pair) for pair in pairs}
    return {(found.ids[a], found.ids[b]): (c.word, c.path_sign) for (a, b), c in told.items()}


def test_every_pair_of_small_maps_is_classed_as_enumerated():
    """Oracle: all simple paths and walks of 2,200 seeded maps, cycles and all."""
    chance = random.Random(11)
    for _ in range(CASES):
        found = random_links(chance)
        expected, got = enumerated(found), table(found)
        assert {pair: word for pair, (word, _) in expected.items()} == {
            pair: word for pair, (word, _) in got.items()
        }, found.rows
        for pair, (word, sign) in got.items():
            assert word in ("mixed", "none") or expected[pair][1] == {sign}


def test_large_components_are_never_guessed(monkeypatch):
    """Oracle: enumeration. Without searches a pair may stay undecided, and is never wrong."""
    monkeypatch.setattr(module, "SMALL", 0)
    chance, left, mixed = random.Random(12), 0, 0
    for _ in range(500):
        found = random_links(chance)
        expected, got = enumerated(found), table(found)
        for pair, (word, _) in got.items():
            assert word in ("undecided", expected[pair][0])
            mixed += expected[pair][0] == "mixed"
            left += word == "undecided" and expected[pair][0] == "mixed"
    assert left < mixed / 10


def test_an_empty_purse_leaves_pairs_undecided(monkeypatch):
    monkeypatch.setattr(module, "LOOKS", 0)
    found = links("abc", [("a", "b", 0.5), ("b", "a", -0.5), ("b", "c", 0.5)])
    assert table(found)["a", "c"][0] == "undecided"
    monkeypatch.undo()
    assert table(found)["a", "c"] == ("loop-only", 1)


def test_a_crowd_of_loops_comes_out_in_time():
    """Everything of 300 acts on everything: nearly every pair is proven mixed, none is guessed."""
    chance = np.random.default_rng(3)
    ids = tuple(f"m{i:03d}" for i in range(CROWD))
    signs = chance.choice([-0.5, 0.5], (CROWD, CROWD))
    rows = [Link(a, b, signs[i, j]) for i, a in enumerate(ids) for j, b in enumerate(ids) if i != j]
    got = classes(Links(ids, tuple(rows)), range(CROWD), range(CROWD))
    words = np.array(WORDS)[got.code[~np.eye(CROWD, dtype=bool)]]
    assert np.mean(words == "mixed") > 0.98
    assert set(words) <= {"mixed", "undecided"}


def test_flipping_a_place_turns_signs_and_keeps_classes():
    """Switching invariance: turn a place and all its links, and only its own pairs turn."""
    chance = random.Random(13)
    for _ in range(200):
        found = random_links(chance)
        turned = chance.choice(found.ids)
        rows = [
            (r.source, r.target, r.strength * (-1) ** (turned in (r.source, r.target)))
            for r in found.rows
        ]
        before, after = table(found), table(links(found.ids, rows))
        for pair, (word, sign) in before.items():
            turn = -1 if turned in pair else 1
            single = {"positive": 1, "negative": -1}.get(word, 0) * turn
            expected = {1: "positive", -1: "negative"}.get(single, word)
            assert after[pair] == (expected, sign * turn)


def test_new_names_keep_classes():
    """Relabelling by a random permutation: the same class for the same pair."""
    chance = random.Random(14)
    for _ in range(200):
        found = random_links(chance)
        names = [f"n{i}" for i in range(len(found.ids))]
        chance.shuffle(names)
        name = dict(zip(found.ids, names, strict=True))
        moved = links(names, [(name[r.source], name[r.target], r.strength) for r in found.rows])
        after = table(moved)
        assert {(name[a], name[b]): c for (a, b), c in table(found).items()} == after


def test_witnesses_of_mixed_pairs_are_simple_paths_of_their_sign():
    """Oracle: products along the links of the map."""
    chance = random.Random(15)
    for _ in range(400):
        found = random_links(chance)
        metrics = dict.fromkeys(found.ids, ("sales", 1.0, 0.1))
        finders = Finders(register(metrics, [(r.source, r.target, r.strength) for r in found.rows]))
        for a in range(len(found.ids)):
            for b in set(range(len(found.ids))) - {a}:
                got = finders.signed(a, b)
                if got.word == "mixed":
                    for path, sign in zip(got.witnesses, (1, -1), strict=True):
                        assert (path[0], path[-1]) == (found.ids[a], found.ids[b])
                        assert len(set(path)) == len(path)
                        product = np.prod([found.by_pair[p].strength for p in pairwise(path)])
                        assert product * sign > 0


@pytest.mark.parametrize("case", TRAPS, ids=lambda case: case["name"])
def test_traps_through_the_product(case):
    """Oracle: published signs of simple paths and walks; every place a metric paid for rising."""
    tables = {
        "metrics": [metric(n, "sales", incentive=0.1) for n in case["nodes"]],
        "links": [link(a, b, "+" if s > 0 else "-", 0.5) for a, b, s in case["edges"]],
    }
    section = field_results(tables)["conflicts"]
    words = {
        pair: word_of(set(case["simple_path_signs"].get(pair, [])), set(signs))
        for pair, signs in case["walk_signs"].items()
    }
    told = {"positive": "reinforcing", "negative": "opposing"}
    many = len(case["nodes"]) * (len(case["nodes"]) - 1)
    counted = [told.get(word, word) for word in words.values()]
    expected = {word: counted.count(word) for word in section["classes"]}
    expected["none"] = many - sum(n for word, n in expected.items() if word != "none")
    assert section["classes"] == expected
    for item in section["items"]:
        word = words[f"{item['a']}->{item['b']}"]
        assert item["sign"] == told.get(word, word)
        assert ("witnesses" in item) == (word == "mixed")


def test_components_come_after_what_they_lead_to():
    """Oracle: every link stays in its component or leads to an earlier one."""
    chance = random.Random(16)
    for _ in range(300):
        found = random_links(chance, 8)
        number = {p: i for i, part in enumerate(components(found)) for p in part.members}
        assert len(number) == len(found.ids)
        for start, end in zip(found.source, found.target, strict=True):
            assert number[end] <= number[start]
