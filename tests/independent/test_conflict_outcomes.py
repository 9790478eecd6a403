"""Orphans, duties, untraceable metrics, promises and repeated tests of the demo, found again.

Oracle: METHOD, "Metric conflicts": orphan outcome, unrewarded duty, untraceable metric, promised
against paid, and Benjamini-Hochberg's step-up written out over the published p.
"""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.engagement.model import Engagement
from tests.independent.plain import close, records, settle
from tests.independent.signed_map import LONGEST, Map, read_map


@pytest.fixture(scope="module")
def known(demo: Engagement) -> Map:
    return read_map(demo)


@pytest.fixture(scope="module")
def conflicts(published: dict[str, Any]) -> dict[str, Any]:
    return published["conflicts"]


def helps(known: Map, metric: str) -> dict[str, float]:
    """Return the outcomes that pursuing a metric raises surely, with the effect."""
    net, gross = known.walks(metric)
    good = {}
    for outcome in known.outcomes:
        effect = settle((known.direction[metric] or 0) * net.get(outcome, 0.0))
        if effect >= 0.05 and settle(effect / gross[outcome]) >= 0.5:
            good[outcome] = effect
    return good


def orphans(known: Map) -> set[str]:
    return set(known.outcomes) - {o for metric in known.rewarded() for o in helps(known, metric)}


def lowers(known: Map, metric: str, outcome: str) -> bool:
    """Tell whether pursuing a metric lowers an outcome, contested effects apart."""
    net, gross = known.walks(metric)
    effect = settle((known.direction[metric] or 0) * net.get(outcome, 0.0))
    return effect < 0 and settle(-effect / gross[outcome]) >= 0.5


def within_reach(known: Map, metric: str) -> set[str]:
    """Return what lies at most five links downstream."""
    seen, front = set(), {metric}
    for _ in range(LONGEST):
        front = {link["target"] for node in front for link in known.out.get(node, [])}
        seen |= front
    return seen


def step_up(p: list[float]) -> list[float]:
    """Return Benjamini and Hochberg's adjusted p in the order given."""
    order = sorted(range(len(p)), key=lambda i: p[i])
    q, least = [0.0] * len(p), 1.0
    for rank in range(len(p), 0, -1):
        least = min(least, p[order[rank - 1]] * len(p) / rank)
        q[order[rank - 1]] = least
    return q


def test_an_orphan_is_an_outcome_no_rewarded_metric_helps(
    known: Map, conflicts: dict[str, Any]
) -> None:
    expected = {(o, known.outcomes[o]["importance"]) for o in orphans(known)}
    assert {(row["outcome"], row["severity"]) for row in conflicts["orphans"]} == expected
    weights = [row["severity"] for row in conflicts["orphans"]]
    assert weights == sorted(weights, reverse=True)


def test_a_duty_is_a_metric_without_incentive_that_helps(
    known: Map, conflicts: dict[str, Any]
) -> None:
    unpaid = [m for m, row in known.metrics.items() if row["incentive"] == 0]
    expected = {(m, o): effect for m in unpaid for o, effect in helps(known, m).items()}
    shown = {(row["metric"], row["outcome"]): row for row in conflicts["duties"]}
    assert shown.keys() == expected.keys()
    for (metric, outcome), row in shown.items():
        assert close(expected[metric, outcome], row["effect"])
        assert row["orphan"] == (outcome in orphans(known))


def test_an_untraceable_metric_serves_and_reaches_nothing(
    known: Map, conflicts: dict[str, Any]
) -> None:
    lost = [
        metric
        for metric, row in known.metrics.items()
        if not row["serves"] and not within_reach(known, metric) & set(known.outcomes)
    ]
    assert conflicts["untraceable"] == sorted(lost)


def test_a_promise_is_set_against_the_rewarded_metrics_that_lower_it(
    demo: Engagement, known: Map, conflicts: dict[str, Any]
) -> None:
    standing = [row for row in records(demo, "activities") if row["status"] != "abandoned"]
    promised = {row["activity"]: row["promises"] for row in standing if row["promises"]}
    lowered = {
        activity: {metric for metric in known.rewarded() if lowers(known, metric, outcome)}
        for activity, outcome in promised.items()
    }
    expected = {activity: metrics for activity, metrics in lowered.items() if metrics}
    shown = {row["activity"]: set(row["metrics"]) for row in conflicts["promises"]}
    assert shown == expected
    assert conflicts["promised"] == len(promised)


def test_the_told_delay_is_the_sum_along_the_path(known: Map, conflicts: dict[str, Any]) -> None:
    for item in conflicts["items"]:
        if item.get("lag") is None or "lever" in item:
            continue
        links = [
            next(link for link in known.out[a] if link["target"] == b)
            for a, b in zip(item["path"], item["path"][1:], strict=False)
        ]
        assert close(item["lag"], sum(link["lag"] or 0 for link in links)), item


def test_repeated_tests_are_adjusted_over_every_tested_pair(conflicts: dict[str, Any]) -> None:
    pairs = [row for row in conflicts["history"]["pairs"] if row["p"] is not None]
    assert len(pairs) == conflicts["history"]["tested"]
    for row, q in zip(pairs, step_up([row["p"] for row in pairs]), strict=True):
        assert close(q, row["q"], 1e-4)


def test_a_verdict_follows_from_q_and_the_sign(conflicts: dict[str, Any]) -> None:
    for row in conflicts["history"]["pairs"]:
        sure = settle(row["q"]) <= 0.05
        agrees = row["expected"] is not None and row["r"] * row["expected"] > 0
        verdict = ("confirmed" if agrees else "contradicted") if sure else "not_found"
        assert row["verdict"] == verdict, row
