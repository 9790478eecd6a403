"""The sentences of 05 are true of the numbers in every branch."""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.findings.model import Absent, Finding
from lodestar.findings.perspectives import answer, findings
from lodestar.findings.perspectives.gaps import oriented
from lodestar.findings.perspectives.names import first_name, group_name, scale_name
from tests.support.perspectives_results import (
    LABELS,
    cell,
    distance,
    gap,
    pair,
    raised,
    results,
    served,
    view,
)
from tests.support.pointers import resolve


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


def test_refined_comparisons_decide_where_there_are_many() -> None:
    """Oracle: q of 10,000 permutations is above 0.05, the refined one below."""
    row = gap("D1.level", "employee", "executive", -0.4, 0.0501)
    told = slot("gap", gaps=[{**row, "p_refined": 2e-5, "q_refined": 0.01}], compared=501)
    assert isinstance(told, Finding)
    assert told.headline.startswith("Executives and employees differ")
    more = slot("gap", compared=501, refined_permutations=50_100)
    assert isinstance(more, Finding)
    assert "were put to 50,100" in more.reading
    assert "cannot make any gap certain" not in more.reading


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
    assert headline("importance", importance_performance=met).startswith("Customers miss nothing")
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
