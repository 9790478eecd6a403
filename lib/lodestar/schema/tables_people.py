"""Tables of what persons said: survey, population, comments, recall, ratings."""

from __future__ import annotations

from dataclasses import replace

from lodestar.schema.columns import (
    BASES,
    GROUPS,
    NODE_IDS,
    Table,
    choice,
    number,
    refers,
    text,
    whole,
)

__all__ = ["PEOPLE"]

RESPONDENTS = Table(
    "respondents",
    "Persons asked",
    "One row a person who answered; ids never leave the inputs folder.",
    (
        text("respondent", "The person's id."),
        choice("group", GROUPS, "The kind of stakeholder the person is."),
        refers("function", ("functions",), "The department the person works in.", optional=True),
        text("seniority", "The person's rank or length of service, in words.", optional=True),
        choice(
            "uses_offer",
            ("yes", "no", "na"),
            "Whether the person uses what the organisation offers.",
            optional=True,
        ),
        refers(
            "node", NODE_IDS, "The organisation or driver the person stands for.", optional=True
        ),
    ),
    key=("respondent",),
)

POPULATION = Table(
    "population",
    "Population",
    "One row a group of people: how many there are and how many were invited.",
    (
        choice("group", GROUPS, "The kind of stakeholder."),
        refers(
            "function", ("functions",), "The department; blank for the whole group.", optional=True
        ),
        text("segment", "The segment; blank for all.", optional=True),
        whole("invited", "Persons invited to answer.", unit="persons"),
        whole("headcount", "Persons in the group.", unit="persons"),
    ),
    key=("group", "function", "segment"),
)

RESPONSES = Table(
    "responses",
    "Survey answers",
    "One row an answer; or one row a person with one column an item.",
    (
        refers("respondent", ("respondents",), "Who answered."),
        refers("item", ("items",), "The framework's item that was answered."),
        number("value", "The answer on the item's scale; blank when not answered."),
    ),
    key=("respondent", "item"),
    repeats=True,
)

COMMENTS = Table(
    "comments",
    "Comments",
    "One row a comment in the person's own words.",
    (
        refers("respondent", ("respondents",), "Who wrote it."),
        text("topic", "What it is about."),
        text("text", "The words."),
    ),
)

PRIORITIES = Table(
    "priorities",
    "Priorities",
    "Leadership's official list of priorities.",
    (
        text("id", "The priority's id."),
        text("text", "The priority in leadership's words."),
        text("kind", "What kind of priority it is."),
        text("from", "Who set it, or the document it comes from."),
    ),
    key=("id",),
)

RECALL = Table(
    "recall",
    "Recalled priorities",
    "One row a priority that a person named when asked, in the order named.",
    (
        refers("respondent", ("respondents",), "Who was asked."),
        whole("position", "First named is 1.", low=1),
        refers(
            "priority", ("priorities",), "The official priority, or `other`.", besides=("other",)
        ),
    ),
    key=("respondent", "position"),
)

CONTEXT = Table(
    "context",
    "Market factors",
    "One row a rater's score of one market factor.",
    (
        refers("factor", ("factors",), "The framework's factor."),
        text("rater", "Who scored it, or the source."),
        number("score", "How strongly the factor holds.", unit="level", low=1, high=5),
        choice("basis", BASES, "How the score was given.", optional=True, default="workshop"),
    ),
    key=("factor", "rater"),
)

RATINGS = Table(
    "ratings",
    "Capability ratings",
    "One row a rater's level of one capability in one function.",
    (
        refers("capability", ("capabilities",), "The framework's capability."),
        refers("function", ("functions",), "The function that was rated."),
        text("rater", "Who rated, or the source."),
        replace(
            number(
                "level",
                "Level 1-5, halves allowed; `na` when it does not apply.",
                unit="level",
                low=1,
                high=5,
                step=0.5,
            ),
            not_applicable=True,
        ),
        choice("basis", BASES, "How the rating was given.", optional=True, default="workshop"),
        refers("rater_function", ("functions",), "The rater's own function.", optional=True),
        text("evidence", "What the rating rests on.", optional=True),
        choice(
            "evidence_grade",
            ("A", "B", "C"),
            "A measured, B documented, C stated.",
            optional=True,
        ),
    ),
    key=("capability", "function", "rater"),
)

PEOPLE = (
    RESPONDENTS,
    POPULATION,
    RESPONSES,
    COMMENTS,
    PRIORITIES,
    RECALL,
    CONTEXT,
    RATINGS,
)
