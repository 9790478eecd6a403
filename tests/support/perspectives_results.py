"""A hand-made perspectives section whose sentences can be told in advance."""

from __future__ import annotations

from typing import Any

from lodestar.schema.comment_words import KINDS

__all__ = [
    "LABELS",
    "cell",
    "conversation",
    "distance",
    "gap",
    "pair",
    "raised",
    "results",
    "served",
    "split",
    "view",
]

LABELS = {
    "group": {
        "customer": "Customers",
        "employee": "Employees",
        "executive": "Executives",
        "manager": "Managers",
    },
    "function": {"sales": "Sales", "service": "Service"},
    "dimension": {"D1": "Purpose", "D6": "Hand-offs"},
}


def cell(scale: str, group: str, mean: float | None, **more: Any) -> dict[str, Any]:
    kind = "function" if ":" in group else "stakeholder"
    found = {"scale": scale, "group": group, "kind": kind, "n": 20, "mean": mean, "rwg": 0.8}
    found |= {"icc1": None, "icc2": None, "alpha": 0.7, "omega": 0.7, "suppressed": mean is None}
    return found | ({"n": None, "rwg": None} if mean is None else {}) | more


def gap(scale: str, a: str, b: str, delta: float, q: float, **more: Any) -> dict[str, Any]:
    bounds = {"low": delta - 0.1, "high": delta + 0.1, "p": q / 2, "q": q}
    names = {"scale": scale, "group_a": a, "group_b": b, "same_items": True}
    return {**names, "delta": delta, **bounds, "suppressed": False, **more}


def pair(
    first: str, second: str, group: str, one: float, two: float, **more: Any
) -> dict[str, Any]:
    found: dict[str, Any] = {"dimension": "D6", "group": group, "suppressed": False}
    for side, value in ((first, one), (second, two)):
        found |= {side: value, f"{side}_low": value - 0.2, f"{side}_high": value + 0.2}
    return found | {"gap": one - two, "low": one - two - 0.3, "high": one - two + 0.3} | more


def view(own: float | None, others: float | None, **more: Any) -> dict[str, Any]:
    found = {"function": "sales", "dimension": "D6", "own": own, "others": others}
    found |= {"customers": 2.1, "distance": None, "n_own": 3, "n_others": 4}
    return found | {"insular": own is not None, "suppressed": own is None} | more


def conversation(kind: str, higher: str, lower: str, **more: Any) -> dict[str, Any]:
    row = {"scale": "D6.level", "higher": higher, "lower": lower, "kind": kind, "people": 80.0}
    row |= {"mean_higher": 3.0, "mean_lower": 2.0, "delta": 0.62, "low": 0.52, "high": 0.72}
    return row | {"q": 0.01, "subjects": ["D6.level", "D1.level"], "importance": 1.1} | more


def distance(a: str, b: str, size: float, q: float, r: float | None) -> dict[str, Any]:
    row = {"group_a": a, "group_b": b, "subjects": 4, "distance": size, "low": size - 0.2}
    return row | {"high": size + 0.2, "p": q, "q": q, "r": r, "suppressed": False}


def served(dimension: str, own: float, other: float, delta: float | None) -> dict[str, Any]:
    row = {"serving": "employee", "served": "customer", "dimension": dimension, "basis": "survey"}
    row |= {"mean_serving": own, "mean_served": other, "distance": own - other, "delta": delta}
    bounds = [None, None] if delta is None else [delta - 0.1, delta + 0.1]
    row |= dict(zip(("low", "high"), bounds, strict=True))
    return row | {"same_items": False, "blind": bool(delta and delta > 0.1), "suppressed": False}


def split(**changes: Any) -> dict[str, Any]:
    """Return two camps that part on Hand-offs."""
    means = {("D1.level", 1): 3.0, ("D1.level", 2): 3.2, ("D6.level", 1): 3.9, ("D6.level", 2): 2.1}
    section = {
        "items": [{"camp": 1, "n": 30, "stability": 0.9}, {"camp": 2, "n": 20, "stability": 0.8}],
        "subjects": [{"scale": s, "camp": c, "mean": x} for (s, c), x in means.items()],
        "functions": [],
        "silhouette": 0.4,
        "p": 0.01,
        "association": 0.1,
        "association_p": 0.6,
    }
    return section | changes


def results(**changes: Any) -> dict[str, Any]:
    """Return a section in which every slot has something to say."""
    section: dict[str, Any] = {
        "scales": [
            cell("D1.level", "employee", 3.4),
            cell("D1.level", "executive", 4.2, rwg=0.6),
            cell("D6.level", "employee", 3.0, icc1=0.24),
            cell("D6.level", "customer", 2.0),
            cell("D6.level", "employee:sales", None),
        ],
        "gaps": [
            gap("D1.level", "employee", "executive", -0.4, 0.2),
            gap("D6.level", "customer", "employee", -0.62, 0.001),
        ],
        "compared": 2,
        "insular": [view(4.1, 2.3)],
        "importance_performance": [pair("importance", "performance", "customer", 4.5, 2.4)],
        "know_do": [pair("know", "do", "employee", 3.9, 2.9)],
        "priorities": [
            {"group": "employee", "stated": 0.81, "hit_rate": 0.32, "n_hit_rate": 60}
            | {"hit_rate_low": 0.26, "hit_rate_high": 0.38, "suppressed": False}
        ],
        "named_of": 5,
        "misunderstandings": [conversation("customer", "employee", "customer")],
        "consensus": {
            "pairs": [
                distance("employee", "executive", 0.4, 0.2, 0.9),
                distance("customer", "employee", 1.1, 0.01, 0.2),
            ]
        },
        "camps": split(),
        "serving": [served("D6", 3.0, 2.0, 0.62), served("D1", 3.1, 3.0, 0.02)],
        "topics": [
            {"topic": "pace", "n": 14, "comments": 15, "suppressed": False},
            {"topic": "tone", "n": None, "comments": None, "suppressed": True},
        ],
        "topic_groups": [raised("pace", "customer", 12, 20)],
        "found_topics": [{"words": ["visit", "date"], "n": 30, "suppressed": False}],
        "languages": [{"language": "en", "n": 40, "suppressed": False}],
        "objections": {
            "n": 11,
            "suppressed": False,
            "kinds": [{"kind": kind, "n": None, "suppressed": True} for kind in KINDS],
        },
        "objection_facts": {
            "unserving": {"share": 0.4, "activities": 11},
            "past": {"kept": 0.6, "chance": 0.8, "factor": 0.9, "promises": 4},
        },
    }
    level = {"required": None, "experienced": None}
    return {"labels": LABELS, "perspectives": section | changes, "level": level}


def raised(topic: str, group: str, n: int, asked: int) -> dict[str, Any]:
    """Return a topic of a group that nobody else raises."""
    row = {"topic": topic, "group": group, "n": n, "asked": asked, "share": n / asked}
    ratio = dict.fromkeys(("ratio", "ratio_low", "ratio_high"))
    return {**row, "low": 0.39, "high": 0.78, **ratio, "suppressed": False}
