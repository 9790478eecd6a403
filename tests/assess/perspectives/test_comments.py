"""Topics of comments: by group, in words, in two languages, and objections.

Oracles: hand counts; Katz, Baptista, Azen and Pike (1978) by its formula in a plain loop; brute
force over sums of published counts; planted topics that must come back.
"""

from __future__ import annotations

import math
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.assess.perspectives.comment_text import (
    folded,
    is_objection,
    language,
    objection_kinds,
    words,
)
from lodestar.assess.perspectives.comments import comment_sections
from lodestar.assess.perspectives.found_topics import found_topics
from lodestar.assess.perspectives.groups import groups
from lodestar.assess.perspectives.ratios import over_others
from lodestar.assess.perspectives.topics import comment_topics
from lodestar.confidentiality import Gate
from lodestar.schema.comment_words import KINDS, comment_words

GATE = Gate(5, 10)


def people(counts: dict[tuple[str, str], dict[str, int]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Persons by group and function, each with one comment on a topic."""
    said, who = [], []
    for (group, function), topics in counts.items():
        for topic, count in topics.items():
            for _ in range(count):
                name = f"r{len(who):04d}"
                who.append((name, group, function or None, None))
                said.append((name, topic, "Nothing."))
    columns = ["respondent", "group", "function", "seniority"]
    comments = pd.DataFrame(said, columns=["respondent", "topic", "text"])
    return comments, pd.DataFrame(who, columns=columns)


def section(comments: pd.DataFrame, respondents: pd.DataFrame, usual: str = "en") -> dict[str, Any]:
    topics = comment_topics(comments, GATE)
    return comment_sections(comments, respondents, groups(respondents), topics, usual, GATE)


def test_a_group_that_raises_a_topic_more_often_is_told_with_its_interval() -> None:
    """Oracle: 30 of 50 customers and 12 of 60 employees, by hand and by the formula in a loop."""
    comments, respondents = people(
        {
            ("customer", ""): {"waiting": 30, "price": 20},
            ("employee", "sales"): {"waiting": 12, "price": 48},
        }
    )
    rows = {(r["topic"], r["group"]): r for r in section(comments, respondents)["topic_groups"]}
    row = rows["waiting", "customer"]
    assert (row["n"], row["asked"], row["suppressed"]) == (30, 50, False)
    assert row["ratio"] == pytest.approx((30 / 50) / (12 / 60))
    half = 1.959963984540054 * math.sqrt(1 / 30 - 1 / 50 + 1 / 12 - 1 / 60)
    assert math.log(row["ratio_high"] / row["ratio"]) == pytest.approx(half)
    assert math.log(row["ratio"] / row["ratio_low"]) == pytest.approx(half)
    assert row["low"] < row["share"] < row["high"]


counts = st.fixed_dictionaries(
    {
        ("customer", ""): st.dictionaries(st.sampled_from("ab"), st.integers(0, 25), max_size=2),
        ("employee", "f"): st.dictionaries(st.sampled_from("ab"), st.integers(0, 25), max_size=2),
        ("employee", "g"): st.dictionaries(st.sampled_from("ab"), st.integers(0, 25), max_size=2),
    }
)


@given(counts)
def test_no_few_persons_follow_from_the_counts_that_are_shown(
    given_counts: dict[tuple[str, str], dict[str, int]],
) -> None:
    """Oracle: brute force over every sum and difference of up to three published counts."""
    comments, respondents = people(given_counts)
    if comments.empty:
        return
    topics = comment_topics(comments, GATE)
    found = section(comments, respondents)
    group = respondents.set_index("respondent")["group"]
    function = respondents.set_index("respondent")["function"]
    belongs = comments["respondent"].map(group), comments["respondent"].map(function)
    shown = [np.ones(len(comments), dtype=int)] if len(comments) >= 10 else []
    shown += [
        (comments["topic"] == row.topic).to_numpy(int)
        for row in topics.itertuples()
        if not row.suppressed
    ]
    for row in (row for row in found["topic_groups"] if not row["suppressed"]):
        kind, _, part = row["group"].partition(":")
        own = (belongs[0] == kind) & ((belongs[1] == part) if part else True)
        shown += [own.to_numpy(int), (own & (comments["topic"] == row["topic"])).to_numpy(int)]
        assert row["n"] >= GATE.comments
    if not [row for row in found["topic_groups"] if not row["suppressed"]]:
        return
    for size in (1, 2, 3):
        for chosen in combinations(shown, size):
            for signs in np.ndindex(*(2,) * size):
                total = sum((1 - 2 * s) * c for s, c in zip(signs, chosen, strict=True))
                if set(np.unique(total)) <= {0, 1}:
                    assert not 0 < total.sum() < GATE.comments


def test_planted_topics_come_back_in_french_and_english() -> None:
    """Oracle: two planted themes of forty persons each; fillers and names used once are lost."""
    said = {}
    for at in range(80):
        theme = ("La facture et le prix", "The delivery and the truck")[at % 2]
        rare = f"x{chr(97 + at % 26)}{chr(97 + at // 26)}z"
        said[f"r{at:02d}"] = words(f"{theme}, {rare}", ("fr", "en")[at % 2])
    found = found_topics(said, 10)
    assert [(set(topic.words), len(topic.persons)) for topic in found] == [
        ({"delivery", "truck"}, 40),
        ({"facture", "prix"}, 40),
    ]
    assert found == found_topics(dict(reversed(said.items())), 10)


@given(
    st.dictionaries(
        st.text("rs", min_size=1, max_size=7),
        st.lists(
            st.sampled_from(["alpha", "beta", "gamma", "delta", "omega", "kappa"]), max_size=4
        ),
        max_size=90,
    )
)
def test_every_word_of_a_found_topic_is_used_by_enough_people(said: dict[str, list[str]]) -> None:
    for topic in found_topics(said, 3):
        assert all(sum(word in spoken for spoken in said.values()) >= 3 for word in topic.words)


def test_words_are_folded_and_cut_at_elisions() -> None:
    assert folded("ÇA  N’A PAS") == "ca n'a pas"
    assert words("Qu'est-ce que l'équipe d’à côté ?", "fr") == ["equipe", "cote"]
    assert words("The customers don't wait", "en") == ["customers", "wait"]


@pytest.mark.parametrize(
    ("text", "usual", "expected"),
    [
        ("Nous n'avons pas été prévenus de la date", "en", "fr"),
        ("We were never told the date", "fr", "en"),
        ("Overtime", "fr", "fr"),
        ("", "en", "en"),
    ],
)
def test_the_language_is_that_of_the_most_common_words(
    text: str, usual: str, expected: str
) -> None:
    assert language(text, usual) == expected


def test_mixed_languages_are_told() -> None:
    comments, respondents = people({("employee", "f"): {"a": 30}})
    comments["text"] = ["We have the wrong parts"] * 15 + ["Nous avons les mauvaises pieces"] * 15
    found = section(comments, respondents)["languages"]
    assert [(row["language"], row["n"]) for row in found] == [("en", 15), ("fr", 15)]


def test_a_found_topic_is_no_topic_of_a_group_whatever_its_words() -> None:
    """Oracle: one planted theme has the words “alpha”, “group”, “zeta” in that order."""
    comments, respondents = people({("employee", "f"): {"a": 80}})
    comments["text"] = ["Alpha group zeta", "Invoice price"] * 40
    found = section(comments, respondents)
    assert ["alpha", "group", "zeta"] in [row["words"] for row in found["found_topics"]]
    assert {row["topic"] for row in found["topic_groups"]} == {"a"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_phrase_is_recognised_as_its_kind(kind: str) -> None:
    """Oracle: the list itself, within a sentence, in capitals, with printed apostrophes."""
    for phrase in comment_words().phrases[kind]:
        said = f"Well, {phrase.upper().replace(chr(39), '’')}!"
        assert kind in objection_kinds(said)
        assert is_objection(None, said)
        assert phrase == folded(phrase)


def test_an_objection_is_known_by_its_code_alone() -> None:
    assert is_objection("That won’t work here", "Refunds? Somebody will abuse it.")
    assert is_objection("Ça ne marchera pas chez nous", None)
    assert not is_objection("promises", "They notice more than we think.")
    assert objection_kinds("There is notime at all; wetried") == ()


def test_objections_are_counted_as_persons_and_gated() -> None:
    comments, respondents = people({("employee", "f"): {"a": 40}})
    comments["text"] = ["We have no time"] * 12 + ["We tried that"] * 3 + ["Fine"] * 25
    found = section(comments, respondents)["objections"]
    kinds = {row["kind"]: row["n"] for row in found["kinds"]}
    assert kinds["tried_before"] is None
    assert (found["n"], kinds["no_time"]) in {(15, None), (None, 12)}, "15 less 12 are three"


def test_nobody_else_leaves_the_ratio_open() -> None:
    assert over_others((12, 20), (0, 30))["ratio"] is None


def test_without_comments_every_list_says_why() -> None:
    comments, respondents = people({("employee", "f"): {}})
    found = section(comments, respondents)
    for name in ("topic_groups", "found_topics", "languages"):
        assert found[name] == []
        assert found[f"{name}_reason"].endswith(".")
    assert found["objections"]["n"] is None
