"""The demo client's conflicts, found again by walking and enumerating its small map.

Oracle: METHOD, "Metric conflicts": directions of target metrics from history, net and gross over
walks of one to five links, severity from the weakest link of the strongest simple path, kinds.
The classes of sign follow its definitions: every simple path enumerated, every walk's sign reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from lodestar.engagement.model import Engagement
from tests.independent.plain import close, settle
from tests.independent.signed_map import EVIDENCE, Explanation, Map, read_map, signs

CUSTOMERS = ("customer", "partner")
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Effect:
    """What rewarding one end does to another, where it pulls against it."""

    net: float
    determinacy: float
    explanation: Explanation
    severity: float
    conditional: bool = False


def effect(
    known: Map, source: str, target: str, wanted: int | None, weight: float
) -> Effect | None:
    """Return the effect when its sign is the wanted one (None: either); nothing without a pair."""
    sums = known.walks(source)
    net, gross = (settle(part.get(target, 0.0)) for part in sums)
    if net == 0 or (wanted is not None and net * wanted < 0):
        return None
    explanation = known.explain(source, target, 1 if net > 0 else -1)
    assert explanation is not None
    severity = weight * min(1.0, abs(net)) * EVIDENCE[explanation.evidence]
    return Effect(net, abs(net) / gross, explanation, severity, wanted is None)


def opposite(*directions: int | None) -> int | None:
    """Return the sign of a net that conflicts with these directions; None when one is unknown."""
    result = -1
    for direction in directions:
        if direction is None:
            return None
        result *= direction
    return result


def between_metrics(known: Map) -> dict[Key, Effect]:
    found: dict[Key, Effect] = {}
    rewarded = known.rewarded()
    for i, a in enumerate(rewarded):
        for b in rewarded[i + 1 :]:
            ends = (known.direction[a], known.direction[b])
            weight = known.metrics[a]["incentive"] * known.metrics[b]["incentive"]
            tried = {
                (s, t): None if 0 in ends else effect(known, s, t, opposite(*ends), weight)
                for s, t in ((a, b), (b, a))
            }
            worst = sorted((-settle(e.severity), pair) for pair, e in tried.items() if e)
            inside = known.metrics[a]["function"] == known.metrics[b]["function"]
            if worst:
                pair = worst[0][1]
                chosen = tried[pair]
                assert chosen is not None
                found[("within" if inside else "structural", *pair)] = chosen
    return found


def on_outcomes(known: Map) -> dict[Key, Effect]:
    found: dict[Key, Effect] = {}
    for a in known.rewarded():
        for outcome, row in known.outcomes.items():
            weight = known.metrics[a]["incentive"] * row["importance"]
            wanted = opposite(known.direction[a])
            hit = None if wanted == 0 else effect(known, a, outcome, wanted, weight)
            if hit:
                kind = "customer" if row["beneficiary"] in CUSTOMERS else "outcome"
                found[(kind, a, outcome)] = hit
    return found


def of_policies(known: Map) -> dict[Key, Effect]:
    policies = [node for node, row in known.nodes.items() if row["kind"] == "policy"]
    hits = {
        ("policy", node, outcome): effect(known, node, outcome, -1, row["importance"])
        for node in policies
        for outcome, row in known.outcomes.items()
        if row["beneficiary"] in CUSTOMERS
    }
    return {key: hit for key, hit in hits.items() if hit}


def shared_levers(known: Map) -> dict[tuple[str, str, str, str], float]:
    """Return severity by kind, metrics and lever: one node that two metrics push opposite ways."""
    found = {}
    paid = {m: known.metrics[m] for m in known.rewarded()}
    for lever, links in known.out.items():
        ends = [link for link in links if link["target"] in paid and lever not in paid]
        for one in ends:
            for other in ends:
                a, b = one["target"], other["target"]
                pushes = [(known.direction[x["target"]] or 0) * x["sign"] for x in (one, other)]
                if a < b and pushes[0] * pushes[1] < 0:
                    inside = paid[a]["function"] == paid[b]["function"]
                    found["within" if inside else "shared-lever", a, b, lever] = (
                        paid[a]["incentive"]
                        * paid[b]["incentive"]
                        * min(one["strength"], other["strength"])
                        * min(EVIDENCE[one["evidence"]], EVIDENCE[other["evidence"]])
                    )
    return found


def sign_class(known: Map, source: str, target: str, conflicting: int) -> str:
    """Return the class of a pair from all its walks and all its simple paths."""
    reached, edge = {(source, 1)}, [(source, 1)]
    ends: set[int] = set()
    while edge:
        node, sign = edge.pop()
        for link in known.out.get(node, []):
            step = (link["target"], sign * link["sign"])
            ends |= {step[1]} if step[0] == target else set()
            if step not in reached:
                reached.add(step)
                edge.append(step)
    if len(ends) == 1:
        return "opposing" if ends == {conflicting} else "reinforcing"
    simple = {signs(route) for route in known.routes(source, target, True, 99)}
    return "mixed" if len(simple) == 2 else "loop-only"


@pytest.fixture(scope="module")
def known(demo: Engagement) -> Map:
    return read_map(demo)


@pytest.fixture(scope="module")
def expected(known: Map) -> dict[Key, Effect]:
    return between_metrics(known) | on_outcomes(known) | of_policies(known)


@pytest.fixture(scope="module")
def items(published: dict[str, Any]) -> list[dict[str, Any]]:
    return published["conflicts"]["items"]


def by_effect(items: list[dict[str, Any]]) -> dict[Key, dict[str, Any]]:
    return {(i["kind"], i["a"], i["b"]): i for i in items if "lever" not in i}


def test_targets_take_their_direction_from_the_last_value(known: Map) -> None:
    assert known.direction["o_utilisation"] == -1
    assert known.direction["f_opex"] is None


def test_the_same_pairs_conflict(
    expected: dict[Key, Effect], items: list[dict[str, Any]], published: dict[str, Any]
) -> None:
    assert by_effect(items).keys() == expected.keys()
    assert len(expected) > 100
    assert published["conflicts"]["items_total"] == len(items)


def test_each_has_the_same_effect_path_and_severity(
    expected: dict[Key, Effect], items: list[dict[str, Any]]
) -> None:
    for key, item in by_effect(items).items():
        mine = expected[key]
        assert close(mine.net, item["net"]), key
        assert close(mine.determinacy, item["determinacy"]), key
        assert close(mine.severity, item["severity"]), key
        assert tuple(item["path"]) == mine.explanation.path, key
        assert item["evidence"] == mine.explanation.evidence, key
        assert item["via_loop"] == mine.explanation.via_loop, key
        assert item["conditional"] == mine.conditional, key
        assert item["contested"] == (settle(mine.determinacy) < 0.5), key


def test_shared_levers_stand_beside_the_pairs(known: Map, items: list[dict[str, Any]]) -> None:
    shown = {(i["kind"], i["a"], i["b"], i["lever"]): i["severity"] for i in items if "lever" in i}
    mine = shared_levers(known)
    assert shown.keys() == mine.keys()
    assert all(close(mine[key], severity) for key, severity in shown.items())


def test_severe_is_large_plain_and_between_functions(
    demo: Engagement, known: Map, items: list[dict[str, Any]], published: dict[str, Any]
) -> None:
    paid = set(known.rewarded())
    for item in items:
        plain = not (item["contested"] or item["conditional"] or item["kind"] == "within")
        large = settle(item["severity"]) >= demo.settings.severe_conflict
        somebody = item["kind"] != "policy" or bool(paid & set(item["path"]))
        assert item["severe"] == (plain and large and somebody), item
    assert published["conflicts"]["severe"] == sum(item["severe"] for item in items)


def test_the_class_of_sign_is_that_of_all_walks_and_paths(
    known: Map, items: list[dict[str, Any]]
) -> None:
    for item in by_effect(items).values():
        conflicting = 1 if item["net"] > 0 else -1
        assert item["sign"] == sign_class(known, item["a"], item["b"], conflicting), item
