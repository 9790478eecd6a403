"""The sentences of 05 are true of the numbers in every branch."""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.findings.model import Absent, Finding
from lodestar.findings.perspectives import answer, findings
from lodestar.findings.perspectives.gaps import oriented
from lodestar.findings.perspectives.names import first_name, group_name, scale_name
from lodestar.schema.comment_words import KINDS
from tests.support.pointers import resolve

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


def slot(name: str, **changes: Any) -> Finding | Absent:
    """Return one slot of the page."""
    found = {one.id: one for one in findings(results(**changes))}
    return found[f"perspectives.{name}"]


def headline(name: str, **changes: Any) -> str:
    """Return a slot's headline; it must be a finding."""
    found = slot(name, **changes)
    assert isinstance(found, Finding)
    return found.headline


def test_every_slot_speaks_and_its_evidence_resolves() -> None:
    document = results()
    found = findings(document)
    assert [one.id.partition(".")[2] for one in found] == [
        "misunderstandings",
        "views",
        "gap",
        "consensus",
        "agreement",
        "camps",
        "blind_spots",
        "serving",
        "importance",
        "know_do",
        "priorities",
        "topics",
        "topic_groups",
        "objections",
    ]
    for one in found:
        assert isinstance(one, Finding)
        assert one.workbook == "05_perspectives"
        assert one.evidence
        for pointer in one.evidence:
            assert resolve(document, pointer)


def test_answer_is_three_sentences_with_numbers() -> None:
    said = answer(results())
    assert len(said) == 3
    assert all(any(c.isdigit() for c in sentence) for sentence in said)
    assert all(sentence.endswith(".") for sentence in said)


def test_nothing_given_is_absent_with_reason_and_tables() -> None:
    lists = ("scales", "gaps", "insular", "importance_performance", "know_do", "priorities")
    empty: dict[str, Any] = {name: [] for name in (*lists, "topics")}
    empty |= {f"{name}_reason": "Nothing was asked." for name in (*lists, "topics")}
    empty |= {"misunderstandings": [], "misunderstandings_reason": "Nothing was asked."}
    empty |= {"serving": [], "serving_reason": "Nothing was asked."}
    empty |= {"topic_groups": [], "topic_groups_reason": "Nothing was asked."}
    empty |= {"languages": [], "languages_reason": "Nothing was asked.", "objections": {"n": None}}
    empty["consensus"] = {"pairs": [], "pairs_reason": "Nothing was asked."}
    empty["camps"] = {"items": [], "p": None, "items_reason": "Nothing was asked."}
    for one in findings(results(**empty, compared=0, named_of=0)):
        assert isinstance(one, Absent)
        assert one.reason == "Nothing was asked."
        assert one.tables
    assert len(answer(results(**empty, compared=0, named_of=0))) == 3


def test_everything_suppressed_is_absent_and_says_why() -> None:
    hidden = [cell("D1.level", "employee", None)]
    row = {"delta": None, "low": None, "high": None, "p": None, "q": None, "suppressed": True}
    gaps = [gap("D1.level", "customer", "employee", 0.1, 0.5) | row]
    few = {"gap": None, "suppressed": True}
    changed = {
        "scales": hidden,
        "gaps": gaps,
        "insular": [view(None, None)],
        "importance_performance": [pair("importance", "performance", "customer", 4, 3) | few],
        "know_do": [pair("know", "do", "employee", 4, 3) | few],
        "priorities": [{"group": "employee", "hit_rate": None, "suppressed": True}],
        "topics": [{"topic": "tone", "n": None, "comments": None, "suppressed": True}],
        "misunderstandings": [],
        "misunderstandings_reason": "Nobody differs.",
        "consensus": {"pairs": [distance("a", "b", 0, 1, None) | {"distance": None}]},
        "camps": {"items": [], "p": None, "items_reason": "Too few."},
        "serving": [served("D1", 3.0, 3.0, None) | {"distance": None}],
        "topic_groups": [raised("pace", "customer", 12, 20) | {"n": None, "suppressed": True}],
        "objections": {"n": None, "suppressed": True},
    }
    for one in findings(results(**changed)):
        assert isinstance(one, Absent)
        assert one.reason.endswith(".")


def test_gap_names_who_sees_more_first_and_turns_delta() -> None:
    """Oracle: delta −0.62 of customers against employees is +0.62 the other way round."""
    said = headline("gap")
    assert said == (
        "Employees and customers differ on one subject, most on Hand-offs: 3.0 against 2.0 of 5 "
        "(delta 0.62, 0.52 to 0.72)"
    )
    assert oriented({"delta": 0.3, "low": -0.1, "high": 0.5}) == (0.3, -0.1, 0.5)


def test_gap_prefers_the_pair_that_differs_on_most_subjects() -> None:
    scales = [*results()["perspectives"]["scales"], cell("D1.level", "customer", 2.5)]
    gaps = [
        gap("D1.level", "employee", "executive", -0.9, 0.001),
        gap("D6.level", "customer", "employee", -0.62, 0.001),
        gap("D1.level", "customer", "employee", -0.5, 0.001, same_items=False),
    ]
    found = slot("gap", gaps=gaps, scales=scales)
    assert isinstance(found, Finding)
    assert found.headline.startswith("Employees and customers differ on two subjects")
    assert found.evidence == ("/perspectives/gaps/1", "/perspectives/gaps/2")
    assert "different questions" not in found.reading


def test_without_a_certain_gap_none_is_claimed() -> None:
    gaps = [gap("D1.level", "employee", "executive", -0.4, 0.2, same_items=False)]
    found = slot("gap", gaps=gaps, compared=1)
    assert isinstance(found, Finding)
    assert found.headline.startswith("No gap is certain among one comparison; the widest is exec")
    assert "different questions" in found.reading


@pytest.mark.parametrize(("compared", "warned"), [(500, False), (501, True)])
def test_the_page_says_when_no_gap_could_be_certain(compared: int, warned: bool) -> None:
    """Oracle: the least q is comparisons ÷ 10,001: .04999 for 500, .05009 for 501."""
    found = slot("gap", compared=compared)
    assert isinstance(found, Finding)
    assert ("cannot make any gap certain" in found.reading) == warned


def test_views_name_highest_and_lowest_whole_group() -> None:
    """Oracle: executives 4.2, customers 2.0; the hidden function is counted, not named."""
    found = slot("views")
    assert isinstance(found, Finding)
    assert found.headline == "Executives see 4.2 of 5 on average, customers 2.0"
    assert "One mark is not shown" in found.reading
    near = [cell("D1.level", "employee", 3.1), cell("D1.level", "customer", 3.0)]
    assert headline("views", scales=near, gaps=[]).startswith("Nobody's view is far")
    assert headline("views", scales=near[:1], gaps=[]) == "Employees see 3.1 of 5 on average"


def test_agreement_says_where_it_is_weak_and_where_functions_explain() -> None:
    found = slot("agreement")
    assert isinstance(found, Finding)
    assert found.headline.endswith("executives on Purpose: 0.60 of 1; 1 of 4 views fall below 0.7")
    assert "24 % of the differences among employees" in found.so_what
    high = [cell("D1.level", "employee", 3.4), cell("D6.level", "employee", 3.4)]
    unknown = slot("agreement", scales=high, gaps=[])
    assert isinstance(unknown, Finding)
    assert "function" not in unknown.so_what
    little = slot("agreement", scales=[cell("D1.level", "employee", 3.4, icc1=0.02)], gaps=[])
    assert isinstance(little, Finding)
    assert "hardly follow functions" in little.so_what
    assert headline("agreement", scales=high, gaps=[]).startswith(
        "People within groups largely agree"
    )


def test_blind_spots_are_told_or_denied() -> None:
    assert headline("blind_spots") == (
        "Sales rates its own Hand-offs 4.1, other functions 2.3, customers 2.1"
    )
    unasked = headline("blind_spots", insular=[view(4.1, 2.3, customers=None)] * 2)
    assert unasked == "Sales rates its own Hand-offs 4.1, other functions 2.3; one more such view"
    fair = headline("blind_spots", insular=[view(3.0, 2.8, insular=False)])
    assert fair.startswith("No function is insular")


def test_paired_gaps_are_told_or_denied() -> None:
    assert headline("importance") == (
        "Customers miss most on Hand-offs: importance 4.5, performance 2.4 (gap 2.1, 1.8 to 2.4)"
    )
    met = [pair("importance", "performance", "customer", 3.1, 3.0)]
    assert headline("importance", importance_performance=met).startswith("Customers get what")
    assert headline("know_do").startswith("Employees know more than they do, most on Hand-offs")
    done = [pair("know", "do", "employee", 3.0, 3.1)]
    assert headline("know_do", know_do=done).startswith("Employees do what they know")


def test_recall_is_told_in_priorities_not_in_shares() -> None:
    """Oracle: .32 of 5 is 1.6; .26 to .38 is 1.3 to 1.9."""
    assert headline("priorities") == (
        "81 % of employees say they know the priorities; unprompted they name 1.6 of 5 on average "
        "(1.3 to 1.9)"
    )
    row = results()["perspectives"]["priorities"][0]
    assert headline("priorities", priorities=[row | {"stated": None}]).startswith("Unprompted, emp")


def test_topics_are_counts() -> None:
    found = slot("topics")
    assert isinstance(found, Finding)
    assert found.headline == "Comments are most about “pace”: 14 people"
    assert "One topic of fewer people is not shown" in found.reading


def test_names_of_groups_and_scales() -> None:
    assert group_name(LABELS, "employee:sales") == "employees in Sales"
    assert first_name(LABELS, "seniority:senior") == "People of seniority “senior”"
    assert scale_name(LABELS, "D6.importance") == "Hand-offs (importance)"
