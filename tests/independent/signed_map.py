"""The map of metrics, nodes and outcomes: directions, walk sums and simple paths, in loops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lodestar.engagement.model import Engagement
from tests.independent.plain import records, settle

EVIDENCE = {"measured": 1.0, "observed": 0.8, "stated": 0.6, "assumed": 0.4}
LONGEST = 5
Link = dict[str, Any]


@dataclass(frozen=True)
class Explanation:
    """The path that explains an effect, its weakest word and whether it repeats a node."""

    path: tuple[str, ...]
    evidence: str
    via_loop: bool


@dataclass(frozen=True)
class Map:
    """Rewarded ends, directions (None: unknown) and the links by their source."""

    metrics: dict[str, dict[str, Any]]
    nodes: dict[str, dict[str, Any]]
    outcomes: dict[str, dict[str, Any]]
    direction: dict[str, int | None]
    out: dict[str, list[Link]]

    def rewarded(self) -> list[str]:
        return sorted(m for m, row in self.metrics.items() if row["incentive"] > 0)

    def walks(self, source: str) -> tuple[dict[str, float], dict[str, float]]:
        """Return net and gross from a source: sums over walks of one to five links."""
        net: dict[str, float] = {}
        gross: dict[str, float] = {}
        front = {source: (1.0, 1.0)}
        for _ in range(LONGEST):
            after: dict[str, tuple[float, float]] = {}
            for node, (signed, size) in front.items():
                for link in self.out.get(node, []):
                    old = after.get(link["target"], (0.0, 0.0))
                    step = link["strength"]
                    here = (old[0] + signed * link["sign"] * step, old[1] + size * step)
                    after[link["target"]] = here
            for node, (signed, size) in after.items():
                net[node] = net.get(node, 0.0) + signed
                gross[node] = gross.get(node, 0.0) + size
            front = after
        return net, gross

    def routes(self, source: str, target: str, simple: bool, longest: int) -> list[list[Link]]:
        """Return every path (or walk) of at most so many links."""
        found: list[list[Link]] = []
        stack: list[list[Link]] = [[link] for link in self.out.get(source, [])]
        while stack:
            route = stack.pop()
            last = route[-1]["target"]
            seen = {source, *(link["target"] for link in route[:-1])}
            if simple and last in seen:
                continue
            if last == target:
                found.append(route)
            if len(route) < longest and not (simple and last == target):
                stack += [[*route, link] for link in self.out.get(last, [])]
        return found

    def explain(self, source: str, target: str, sign: int) -> Explanation | None:
        """Return the strongest simple path of this sign, else the strongest walk."""
        for simple in (True, False):
            routes = [r for r in self.routes(source, target, simple, LONGEST) if signs(r) == sign]
            if routes:
                best = min(routes, key=lambda r: (-settle(product(r)), len(r), ids(r)))
                weakest = min((link["evidence"] for link in best), key=lambda e: EVIDENCE[e])
                return Explanation(ids(best), weakest, not simple)
        return None


def signs(route: list[Link]) -> int:
    negative = sum(link["sign"] < 0 for link in route)
    return -1 if negative % 2 else 1


def product(route: list[Link]) -> float:
    result = 1.0
    for link in route:
        result *= link["strength"]
    return result


def ids(route: list[Link]) -> tuple[str, ...]:
    return (route[0]["source"], *(link["target"] for link in route))


def direction_of(row: dict[str, Any], engagement: Engagement) -> int | None:
    """Return +1, -1, 0 within the tolerance of a target, None where no value is known."""
    if row["direction"] != "target":
        return 1 if row["direction"] == "up" else -1
    values = [
        (past["date"], past["value"])
        for past in records(engagement, "history")
        if past["node"] == row["metric"] and past["date"].date() <= engagement.period.as_of
    ]
    if not values or row["target"] is None:
        return None
    last = max(values)[1]
    tolerance = 0.02 if row["tolerance"] is None else row["tolerance"]
    if abs(last - row["target"]) <= tolerance * abs(row["target"]):
        return 0
    return 1 if last < row["target"] else -1


def read_map(engagement: Engagement) -> Map:
    metrics = {row["metric"]: row for row in records(engagement, "metrics")}
    out: dict[str, list[Link]] = {}
    for row in records(engagement, "links"):
        if row["source"] != row["target"]:
            signed = {**row, "sign": 1 if row["sign"] == "+" else -1}
            out.setdefault(row["source"], []).append(signed)
    return Map(
        metrics,
        {row["node"]: row for row in records(engagement, "nodes")},
        {row["outcome"]: row for row in records(engagement, "outcomes")},
        {metric: direction_of(row, engagement) for metric, row in metrics.items()},
        out,
    )
