"""Laws of detection on random registers: enumeration, switching, new names."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.conflicts import detect
from lodestar.assess.conflicts.links import Link, Links
from tests.support.registers import WEIGHT, paths, registers, walks, weakest


def reference(found):
    """Conflicts of rewarded metrics by enumeration of walks and paths: {(a, b): severity}."""
    position = found.links.position
    rewarded = [i for i in found.ids if found.incentive[position[i]] > 0]
    outcomes = [i for i in found.ids if found.group[position[i]] == "outcome"]
    severity = {}
    for a in rewarded:
        for b in [*rewarded, *outcomes]:
            products = [p for _, p in walks(found.links, a, b)] if a != b else []
            net, gross = sum(products), sum(map(abs, products))
            toward = found.direction[position[a]] * net
            wanted = 1.0 if b in outcomes else found.direction[position[b]]
            if gross == 0 or abs(net) / gross < 5e-10 or toward * wanted >= 0:
                continue
            signed = [(p, x) for p, x in paths(found.links, a, b) if x * net > 0]
            best = min(
                signed or [(p, x) for p, x in walks(found.links, a, b) if x * net > 0],
                key=lambda row: (-round(abs(row[1]), 9), len(row[0]), row[0]),
            )
            weight = WEIGHT[weakest(found.links, best[0])]
            other = found.importance if b in outcomes else found.incentive
            value = found.incentive[position[a]] * other[position[b]] * min(1, abs(net)) * weight
            severity[a, b] = (value, abs(net) / gross, best[0])
    return severity


@settings(max_examples=300, deadline=None)
@given(registers(6))
def test_pairs_equal_enumeration(found):
    """Oracle: walks and simple paths of a small register, enumerated."""
    wanted = reference(found)
    items = [c for c in detect(found).items if c.lever is None]
    pushes = [p for c in items for p in (c.push, c.reverse) if p is not None]
    assert {(p.source, p.target) for p in pushes} == set(wanted)
    for push in pushes:
        severity, determinacy, path = wanted[push.source, push.target]
        assert push.severity == pytest.approx(severity)
        assert push.determinacy == pytest.approx(determinacy, abs=1e-8)
        assert push.why.path == path
    for item in items:
        assert len({item.a, item.b}) == 2
        large = round(item.severity, 9) >= 0.02
        free = item.kind != "within" and not item.push.contested
        assert item.severe == (large and free)


@settings(max_examples=150, deadline=None)
@given(registers(6), st.data())
def test_flipping_a_metric_and_its_links_changes_nothing(found, data):
    """Switching invariance: measure the opposite of a metric, and nobody is worse off."""
    metrics = [i for i, g in zip(found.ids, found.group, strict=True) if g == "metric"]
    flipped = data.draw(st.sampled_from(metrics))
    rows = tuple(
        replace(r, strength=r.strength * (-1) ** ((r.source == flipped) + (r.target == flipped)))
        for r in found.links.rows
    )
    turn = np.where([i == flipped for i in found.ids], -1.0, 1.0)
    turned = replace(found, links=Links(found.ids, rows), direction=found.direction * turn)
    told = [(c.kind, c.a, c.b, round(c.severity, 12), c.contested) for c in detect(found).items]
    assert told == [
        (c.kind, c.a, c.b, round(c.severity, 12), c.contested) for c in detect(turned).items
    ]


@settings(max_examples=100, deadline=None)
@given(registers(6), st.randoms(use_true_random=False))
def test_new_names_give_the_same_severities(found, random):
    """Relabelling by a random permutation: the same multiset of severities and kinds."""
    names = [f"n{i}" for i in range(len(found.ids))]
    random.shuffle(names)
    name = dict(zip(found.ids, names, strict=True))
    order = np.argsort([name[i] for i in found.ids])
    rows = [Link(name[r.source], name[r.target], r.strength, r.evidence) for r in found.links.rows]
    moved = replace(
        found,
        links=Links(tuple(sorted(names)), tuple(sorted(rows, key=lambda r: (r.source, r.target)))),
        group=tuple(found.group[i] for i in order),
        function=tuple(found.function[i] for i in order),
        kind=tuple(found.kind[i] for i in order),
        incentive=found.incentive[order],
        direction=found.direction[order],
        importance=found.importance[order],
    )
    assert _nameless(found) == _nameless(moved)


def _nameless(found):
    """Kinds with the gross effects of both directions: what no name can change."""
    pushes = [(c.kind, [p for p in (c.push, c.reverse) if p]) for c in detect(found).items]
    return sorted((kind, sorted(round(p.gross, 9) for p in both)) for kind, both in pushes)
