"""The structure of a large register beside networkx: classes, net effects, conflicts, paths."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from itertools import islice

import networkx as nx

from lodestar.assess.conflicts import Register, detect
from lodestar.assess.conflicts.classes import Classes, classes
from tests.benchmarks.harness import Row, compared, megabytes, seconds
from tests.support.large import large

ABOUT = "Class and net effect of every pair, worst 200 with paths, beside networkx (extrapolated)."

WORST = 200
SMALL = partial(large, 2_000, 8_000, 2_000)
LARGE = partial(large, 20_000, 80_000, 1_000)
FEEDBACK = (0.0, 0.01, 0.03)
SAMPLED_SOURCES, SAMPLED_PAIRS, LONGEST = 40, 60, 5


def structure(register: Register) -> Classes:
    """Return the classes of all ordered pairs, having found the worst conflicts with paths."""
    detect(register, WORST)
    return classes(register.links, register.rewarded, register.rewarded)


def run() -> list[Row]:
    """Return times beside the peers', what stays undecided, and memory."""
    rows = []
    for back in FEEDBACK:
        rows += _small(SMALL(back), back)
    rows += [row for back in (0.0, 0.03) for row in _large(LARGE(back), back)]
    peak = megabytes(partial(whole, 0.03))
    return [*rows, {"what": "20,000 / 80,000, 3 % back, peak memory", "figure": f"{peak:.0f} MB"}]


def whole(back: float) -> None:
    """Make the large register and find its structure."""
    structure(LARGE(back))


def _small(register: Register, back: float) -> list[Row]:
    found = structure(register)
    taken = min(seconds(partial(structure, _fresh(register))) for _ in range(5))
    undecided = found.counts(*[register.direction[register.rewarded]] * 2)["undecided"]
    what = f"2,000 / 8,000, all paid, {back:.0%} back, {undecided:,} pairs undecided"
    graph = _graph(register)
    pairs = len(register.rewarded) * (len(register.rewarded) - 1)
    paths = seconds(partial(_paths, graph, pairs=SAMPLED_PAIRS)) * pairs / SAMPLED_PAIRS
    reach = seconds(partial(_descendants, graph)) * len(register.rewarded) / SAMPLED_SOURCES
    return [
        compared(what, taken, f"all_simple_paths ≤ {LONGEST} links, from {SAMPLED_PAIRS}", paths),
        compared(what, taken, f"descendants of signed places, from {SAMPLED_SOURCES}", reach),
    ]


def _large(register: Register, back: float) -> Iterator[Row]:
    taken = min(seconds(partial(structure, _fresh(register))) for _ in range(2))
    reach = seconds(partial(_descendants, _graph(register)))
    yield compared(
        f"20,000 / 80,000, 1,000 paid, {back:.0%} back",
        taken,
        f"descendants of signed places, from {SAMPLED_SOURCES}",
        reach * len(register.rewarded) / SAMPLED_SOURCES,
    )


def _fresh(register: Register) -> Register:
    """The register without what its links remember."""
    return register.with_links({})


def _graph(register: Register) -> nx.DiGraph:
    """Every place twice, once for each sign so far; links lead on."""
    graph = nx.DiGraph()
    graph.add_nodes_from((name, sign) for name in register.ids for sign in (1, -1))
    for row in register.links.rows:
        turn = 1 if row.strength > 0 else -1
        graph.add_edges_from(((row.source, s), (row.target, s * turn)) for s in (1, -1))
    return graph


def _descendants(graph: nx.DiGraph) -> int:
    names = sorted({name for name, _ in graph})
    chosen = random.Random(1).sample(names, SAMPLED_SOURCES)
    return sum(len(nx.descendants(graph, (name, 1))) for name in chosen)


def _paths(graph: nx.DiGraph, pairs: int) -> int:
    names, chance, found = sorted({name for name, _ in graph}), random.Random(2), 0
    for a, b in (chance.sample(names, 2) for _ in range(pairs)):
        ends = {(b, 1), (b, -1)}
        ways = nx.all_simple_paths(graph, (a, 1), ends, cutoff=LONGEST)
        found += sum(1 for _ in islice(ways, 100_000))
    return found
