"""Small registers for tests of conflicts, and what exhaustive enumeration says of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from lodestar.assess.conflicts.links import Link, Links
from lodestar.assess.conflicts.register import Register

WORDS = ("measured", "observed", "stated", "assumed")
WEIGHT = {"measured": 1.0, "observed": 0.8, "stated": 0.6, "assumed": 0.4}
Row = tuple[str, str, float] | tuple[str, str, float, str]


def links(ids: Sequence[str], rows: Sequence[Row]) -> Links:
    """Links from (source, target, signed strength, evidence)."""
    made = [Link(*row) for row in rows]
    return Links(tuple(sorted(ids)), tuple(sorted(made, key=lambda r: (r.source, r.target))))


def register(
    metrics: Mapping[str, tuple[str, float, float]],
    rows: Sequence[Row],
    outcomes: Mapping[str, tuple[str, float]] | None = None,
    nodes: Mapping[str, str] | None = None,
    threshold: float = 0.02,
) -> Register:
    """A register of metrics {id: (function, direction, incentive)}, outcomes {id: (beneficiary,
    importance)} and nodes {id: kind}."""
    outcomes, nodes = outcomes or {}, nodes or {}
    ids = sorted({*metrics, *outcomes, *nodes})
    return Register(
        links=links(ids, rows),
        group=tuple(
            "metric" if i in metrics else "outcome" if i in outcomes else "node" for i in ids
        ),
        function=tuple(metrics[i][0] if i in metrics else None for i in ids),
        kind=tuple(nodes.get(i, outcomes.get(i, ("operational",))[0]) for i in ids),
        incentive=np.array([metrics[i][2] if i in metrics else 0.0 for i in ids]),
        direction=np.array([metrics[i][1] if i in metrics else 0.0 for i in ids]),
        importance=np.array([outcomes[i][1] if i in outcomes else 0.0 for i in ids]),
        serves=tuple(False for _ in ids),
        threshold=threshold,
    )


@st.composite
def maps(draw: st.DrawFn, most: int = 6) -> Links:
    """Random signed graphs of 2 to `most` ids, cycles and all."""
    ids = "abcdefgh"[: draw(st.integers(2, most))]
    pairs = [(a, b) for a in ids for b in ids if a != b]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3 * len(ids)))
    strength = st.sampled_from([-1.0, -0.8, -0.5, -0.3, 0.2, 0.5, 0.6, 0.9])
    return links(ids, [(a, b, draw(strength), draw(st.sampled_from(WORDS))) for a, b in chosen])


@st.composite
def registers(draw: st.DrawFn, most: int = 6, outcomes: int = 2) -> Register:
    """Random registers: metrics in three functions, outcomes, random incentives and directions."""
    found = draw(maps(most))
    ends = found.ids[-draw(st.integers(0, min(outcomes, len(found.ids) - 1))) or len(found.ids) :]
    metrics = [i for i in found.ids if i not in ends]
    return register(
        {
            metric: (
                draw(st.sampled_from(["sales", "service", "finance"])),
                draw(st.sampled_from([1.0, -1.0])),
                draw(st.sampled_from([0.0, 0.2, 0.4, 0.8])),
            )
            for metric in metrics
        },
        [(r.source, r.target, r.strength, r.evidence) for r in found.rows],
        {o: (draw(st.sampled_from(["customer", "owner"])), 0.7) for o in ends},
    )


def walks(found: Links, a: str, b: str, most: int = 5) -> Iterator[tuple[tuple[str, ...], float]]:
    """Every walk of up to `most` links with its signed product."""
    strength = {(r.source, r.target): r.strength for r in found.rows}
    stack: list[tuple[tuple[str, ...], float]] = [((a,), 1.0)]
    while stack:
        walk, product = stack.pop()
        if len(walk) > 1 and walk[-1] == b:
            yield walk, product
        if len(walk) <= most:
            stack += [
                ((*walk, end), product * value)
                for (start, end), value in strength.items()
                if start == walk[-1]
            ]


def paths(found: Links, a: str, b: str, most: int = 5) -> list[tuple[tuple[str, ...], float]]:
    """Every simple path of up to `most` links with its signed product."""
    return [w for w in walks_simple(found, a, b) if len(w[0]) <= most + 1]


def walks_simple(found: Links, a: str, b: str) -> list[tuple[tuple[str, ...], float]]:
    """Every simple path of any length with its signed product."""
    strength = {(r.source, r.target): r.strength for r in found.rows}

    def onward(path: tuple[str, ...], product: float) -> Iterator[tuple[tuple[str, ...], float]]:
        if path[-1] == b:
            yield path, product
            return
        for (start, end), value in strength.items():
            if start == path[-1] and end not in path:
                yield from onward((*path, end), product * value)

    return list(onward((a,), 1.0))


def weakest(found: Links, path: Sequence[str]) -> str:
    """The weakest evidence on a path."""
    words = [found.by_pair[pair].evidence for pair in pairwise(path)]
    return min(words, key=WEIGHT.__getitem__)
