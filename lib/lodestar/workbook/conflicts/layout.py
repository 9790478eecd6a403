"""Where the nodes and links round one conflict stand, in pixels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, degrees, hypot
from textwrap import wrap
from typing import Any

import pandas as pd

from lodestar.charts.conflicts.network import LINE_HEIGHT
from lodestar.findings.conflicts.told import arrow, bare, by_id, node
from lodestar.findings.names import short
from lodestar.findings.words import named

__all__ = ["Drawing", "drawing"]

WIDTH, MARGIN, ROW = 860, 78, 104
APART = 150
BESIDE = 5
"""Most places drawn beside the path: those on the way, then its strongest neighbours."""

REACH = 5
RADIUS = 13

Place = tuple[float, float]


@dataclass(frozen=True)
class Drawing:
    """Frames of nodes and links as ``lodestar.charts.conflicts.path_network`` takes them."""

    nodes: pd.DataFrame
    links: pd.DataFrame
    width: int
    height: int


def drawing(results: Mapping[str, Any], item: Mapping[str, Any]) -> Drawing:
    """Return where the path of a conflict and what lies between its ends are drawn.

    Parameters
    ----------
    results : mapping
        Sections of results.json; the register and its names are read.
    item : mapping
        A conflict with a path.
    """
    path = list(dict.fromkeys(item["path"]))
    links = results["conflicts"]["register"]["links"]
    beside = _beside(links, path, bool(item.get("lever")))
    rows = _rows(beside)
    places, height = _places(path, beside, rows)
    told = set(pairwise(item["path"])) | {pair[::-1] for pair in pairwise(item["path"])}
    way = {name for name, _ in _between(links, path)}.union(path)
    drawn = [k for k in links if _drawn(k, places, path, way)]
    pairs = {(k["source"], k["target"]) for k in drawn}
    on_path = told if item.get("lever") else set(pairwise(item["path"]))
    return Drawing(
        pd.DataFrame([_node(results, name, places[name], name in path) for name in places]),
        pd.DataFrame([_link(k, places, pairs, on_path) | _told(results, k) for k in drawn]),
        WIDTH,
        height,
    )


def _drawn(
    link: Mapping[str, Any], places: Mapping[str, Place], path: list[str], way: set[str]
) -> bool:
    """Tell whether a link is drawn: one that joins the path or a way between its ends."""
    ends = {link["source"], link["target"]}
    return ends <= places.keys() and (bool(ends & set(path)) or ends <= way)


def _beside(
    links: list[Mapping[str, Any]], path: list[str], lever: bool
) -> list[tuple[str, float]]:
    """Places drawn beside the path: on the way first, then its nearest neighbours."""
    between = [] if lever else _between(links, path)
    known = {name for name, _ in between} | set(path)
    around = [place for place in _neighbours(links, path) if place[0] not in known]
    kept = [*between, *around][:BESIDE]
    return sorted(kept, key=lambda place: (place[1], place[0]))


def _neighbours(links: list[Mapping[str, Any]], path: list[str]) -> list[tuple[str, float]]:
    """Places with a direct link to or from the path, strongest first, half a step away."""
    last = max(len(path) - 1, 1)
    step = {name: k for k, name in enumerate(path)}
    found: dict[str, tuple[float, str, float]] = {}
    for link in links:
        for own, other, side in (
            (link["source"], link["target"], 0.5),
            (link["target"], link["source"], -0.5),
        ):
            if own in step and other not in step:
                share = min(max((step[own] + side) / last, 0.0), 1.0)
                place = (-abs(link["strength"]), other, share)
                found[other] = min(found.get(other, place), place)
    return [(name, share) for _, name, share in sorted(found.values())]


def _between(links: Iterable[Mapping[str, Any]], path: list[str]) -> list[tuple[str, float]]:
    """Places on ways of up to five links between the ends, nearest first, with how far along."""
    onward: dict[str, list[str]] = {}
    back: dict[str, list[str]] = {}
    for link in links:
        onward.setdefault(link["source"], []).append(link["target"])
        back.setdefault(link["target"], []).append(link["source"])
    ahead, behind = _distances(onward, path[0]), _distances(back, path[-1])
    near = sorted(
        (ahead[name] + behind[name], name)
        for name in ahead.keys() & behind.keys() - set(path)
        if ahead[name] + behind[name] <= REACH
    )
    return [(name, ahead[name] / total) for total, name in near]


def _distances(onward: Mapping[str, list[str]], start: str) -> dict[str, int]:
    """Links from a start to each place within reach."""
    distance, front = {start: 0}, [start]
    for step in range(1, REACH + 1):
        front = [end for name in front for end in onward.get(name, []) if end not in distance]
        distance |= dict.fromkeys(front, step)
    return distance


def _rows(beside: list[tuple[str, float]]) -> dict[str, int]:
    """Row of each place beside the path: below and above in turn, where names do not touch."""
    taken: dict[int, float] = {}
    rows = {}
    for name, share in beside:
        x = _across(share)
        order = sorted({*range(-BESIDE, BESIDE + 1)} - {0}, key=lambda row: (abs(row), -row))
        row = next(r for r in order if x - taken.get(r, -APART) >= APART)
        taken[row], rows[name] = x, row
    return rows


def _aside(row: int) -> float:
    """Pixels by which a row is moved to the right, so that links to it do not fall together."""
    return 26.0 * row if abs(row) > 1 else 0.0


def _places(
    path: list[str], beside: list[tuple[str, float]], rows: Mapping[str, int]
) -> tuple[dict[str, Place], int]:
    """Centre of each node, and the height that holds them all."""
    above = -min([0, *rows.values()])
    middle = 62 + above * ROW
    last = max(len(path) - 1, 1)
    places: dict[str, Place] = {
        name: (_across(k / last), float(middle)) for k, name in enumerate(path)
    }
    for name, share in beside:
        x = min(max(_across(share) + _aside(rows[name]), MARGIN), WIDTH - MARGIN)
        places[name] = (x, float(middle + rows[name] * ROW))
    below = max([0, *rows.values()])
    return places, middle + below * ROW + 40


def _across(share: float) -> float:
    return MARGIN + share * (WIDTH - 2 * MARGIN)


def _node(results: Mapping[str, Any], name: str, place: Place, on_path: bool) -> dict[str, Any]:
    entry = by_id(results)[name]
    lines = wrap(short(bare(node(results, name)), 54), 20)
    return {
        "x": place[0],
        "y": place[1],
        "label": "\n".join(lines),
        "label_y": place[1] - RADIUS - 3 - (len(lines) - 1) * LINE_HEIGHT,
        "owner": _owner(results, entry),
        "on_path": on_path,
        "paid": entry.get("incentive", 0) > 0,
    }


def _owner(results: Mapping[str, Any], entry: Mapping[str, Any]) -> str:
    """Who is paid for it and which way, or what it is."""
    if entry["group"] == "outcome":
        return f"for {entry['kind']}s" if entry["kind"] in ("customer", "partner") else "outcome"
    if entry.get("incentive", 0) > 0:
        way = arrow(int(entry["direction"])) if entry["direction"] else "target"
        return f"{named(results['labels']['function'], entry['function'])}: paid {way}"
    return "rule" if entry["kind"] == "policy" else ""


def _told(results: Mapping[str, Any], link: Mapping[str, Any]) -> dict[str, Any]:
    """The name of a line: what acts on what."""
    ends = (short(bare(node(results, link[end])), 54) for end in ("source", "target"))
    return {"label": " → ".join(ends)}


def _link(
    link: Mapping[str, Any],
    places: Mapping[str, Place],
    pairs: set[tuple[str, str]],
    on_path: set[tuple[str, str]],
) -> dict[str, Any]:
    """One line from edge to edge, its head and its sign; two opposite ones lie side by side."""
    pair = (link["source"], link["target"])
    (x, y), (x2, y2) = places[pair[0]], places[pair[1]]
    length = hypot(x2 - x, y2 - y) or 1.0
    across, down = (x2 - x) / length, (y2 - y) / length
    aside = 6.0 if pair[::-1] in pairs else 0.0
    x, x2 = x - down * aside, x2 - down * aside
    y, y2 = y + across * aside, y2 + across * aside
    return {
        "x": x + across * RADIUS,
        "y": y + down * RADIUS,
        "x2": x2 - across * RADIUS,
        "y2": y2 - down * RADIUS,
        "head_x": x2 - across * (RADIUS + 4),
        "head_y": y2 - down * (RADIUS + 4),
        "angle": degrees(atan2(across, -down)) % 360,
        "sign_x": x + across * length * 0.5,
        "sign_y": y + down * length * 0.5,
        "sign": "+" if link["strength"] > 0 else "−",
        "on_path": pair in on_path,
    }
