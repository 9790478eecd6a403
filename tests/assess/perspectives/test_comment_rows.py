"""How many comments there are, beside the topics' counts.

Oracle: brute force over every small table of comments. An outsider who knows the rules lists all
tables that would publish the same; few persons' comments may not be the same number in all of them.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, combinations_with_replacement

import pandas as pd

from lodestar.assess.perspectives.topics import comment_topics
from lodestar.assess.quality import data_quality
from lodestar.confidentiality import Gate
from lodestar.engagement.model import Confidentiality
from tests.support.builders import engagement

GATE = Gate(3, 3)
UNCODED = ""
KINDS = (*(("a",), ("b",), (UNCODED,)), *combinations(("a", "b", UNCODED), 2))
"""What one person may say: one comment, or two on different topics."""

Person = tuple[str, ...]


def table(persons: tuple[Person, ...]) -> pd.DataFrame:
    rows = [(f"r{i}", topic or None) for i, said in enumerate(persons) for topic in said]
    return pd.DataFrame(rows, columns=["respondent", "topic"], dtype=object)


def rows_told(frame: pd.DataFrame) -> int | None:
    least = Confidentiality(GATE.minimum, GATE.comments)
    comments = frame.assign(text="Nothing.").to_dict("records")
    people = [{"respondent": who, "group": "customer"} for who in frame["respondent"].unique()]
    given = engagement({"comments": comments, "respondents": people}, confidentiality=least)
    told: int | None = data_quality(given, {"alignment": {}})["tables"]["comments"]["rows"]
    return told


def test_no_few_comments_are_the_only_explanation_of_what_is_shown() -> None:
    worlds: dict[tuple[object, ...], list[tuple[Person, ...]]] = defaultdict(list)
    for persons in (who for n in range(1, 6) for who in combinations_with_replacement(KINDS, n)):
        frame = table(persons)
        topics = comment_topics(frame, GATE)
        counts = topics.astype(object).where(topics.notna(), None).itertuples(index=False)
        worlds[(rows_told(frame), *map(tuple, counts))].append(persons)
    for published, alike in worlds.items():
        # In a world of at most five persons a fifth one bounds what a larger world leaves open.
        if min(map(len, alike)) > 4:
            continue
        for topic in ("a", "b", UNCODED):
            who = {sum(topic in said for said in persons) for persons in alike}
            assert who & {0, *range(GATE.minimum, 6)} or len(who) > 1, (published, topic)


def test_a_few_comments_without_a_topic_cost_the_number_of_rows_and_no_topic() -> None:
    frame = table((("a",),) * 4 + ((UNCODED,),))
    assert rows_told(frame) is None
    assert comment_topics(frame, GATE)["comments"].tolist() == [4]
    assert rows_told(table((("a",),) * 4 + ((UNCODED,),) * 3)) == 7


def test_the_one_topic_there_is_cannot_be_taken_for_all_comments() -> None:
    """Two comments on the only topic, three without: 5 would pass for the topic's own number."""
    frame = table((("a",),) * 2 + ((UNCODED,),) * 3)
    assert comment_topics(frame, GATE)["suppressed"].tolist() == [True]
    assert rows_told(frame) is None
