"""Tables of purpose, decisions, needs, customers, people and the value chain."""

from __future__ import annotations

from lodestar.schema.columns import (
    NODE_IDS,
    Table,
    choice,
    date,
    listing,
    number,
    refers,
    share,
    text,
    whole,
)

__all__ = ["MARKET"]

ACTIVITIES = Table(
    "activities",
    "Activities",
    "One row a piece of work that takes effort.",
    (
        text("activity", "The activity's id."),
        text("name", "What it is called."),
        text("owner", "Who answers for it."),
        refers("function", ("functions",), "The function that does it."),
        number("effort", "Effort in one unit for all (person-months, say).", low=0),
        text("serves", "The id of a purpose, or another purpose in words."),
        choice(
            "concern",
            ("client-benefit", "internal-method"),
            "Whether it is about why or about how.",
            optional=True,
        ),
        date("started", "When it began.", optional=True),
        date("ended", "When it ended.", optional=True),
        choice("status", ("active", "finished", "abandoned"), "Where it stands."),
        refers("promises", ("outcomes",), "The outcome it promises.", optional=True),
    ),
    key=("activity",),
)

DECISIONS = Table(
    "decisions",
    "Decisions",
    "One row a decision: who was affected and who took part.",
    (
        text("decision", "The decision's id."),
        text("name", "What was decided."),
        date("date", "When."),
        choice("kind", ("strategy", "design", "operation", "people"), "What it was about."),
        choice("mode", ("command", "consult", "consent", "shared"), "How it was taken."),
        refers("function", ("functions",), "The function that took it."),
        listing("affected", "Groups or functions that bear it.", reference=("groups", "functions")),
        listing(
            "included", "Groups or functions that took part.", reference=("groups", "functions")
        ),
    ),
    key=("decision",),
)

NEEDS = Table(
    "needs",
    "Needs",
    "One row a need of customers, with what is known of it.",
    (
        text("need", "The need's id."),
        text("segment", "Whose need it is."),
        number("importance", "How important it is to them.", unit="level", low=1, high=5),
        number("satisfaction", "How well it is met.", unit="level", low=1, high=5),
        whole("n", "How many were asked.", unit="persons", optional=True),
        choice(
            "basis",
            ("co-created", "observed", "told-us", "past-experience", "intuition", "anticipation"),
            "How it is known.",
        ),
        date("asked_on", "When it was last asked.", optional=True),
    ),
    key=("need",),
)

CUSTOMERS = Table(
    "customers",
    "Customers",
    "One row a customer.",
    (
        text("customer", "The customer's id."),
        text("name", "What it is called.", optional=True),
        text("segment", "Its segment.", optional=True),
        date("acquired", "When it was won.", optional=True),
        number("acquisition_effort", "Effort spent to win it.", low=0, optional=True),
        share("ideal_fit", "How close it is to the ideal customer.", optional=True),
    ),
    key=("customer",),
)

TRANSACTIONS = Table(
    "transactions",
    "Transactions",
    "One row a sale or refund; equal rows may repeat.",
    (
        refers(
            "customer",
            ("customers",),
            "Who bought; blank rows are left out of customer measures.",
            optional=True,
        ),
        date("date", "When."),
        number("amount", "Revenue; refunds negative.", unit="currency"),
        choice("contract", ("recurring", "one-off"), "What the contract says.", optional=True),
    ),
)

WORKFORCE = Table(
    "workforce",
    "Workforce",
    "One row a function and date: how many people, joining and leaving.",
    (
        date("date", "Last day of the span counted."),
        refers("function", ("functions",), "The function."),
        number("headcount", "People on that day.", unit="persons", low=0),
        number("hired", "People who joined since the row before.", unit="persons", low=0),
        number("left", "People who left.", unit="persons", low=0),
        number("laid_off", "People laid off.", unit="persons", low=0),
        number("overtime_hours", "Overtime worked.", unit="hours", low=0, optional=True),
    ),
    key=("date", "function"),
)

VALUE_CHAIN = Table(
    "value_chain",
    "Value chain",
    "One row a step: the source serves the target.",
    (
        refers("source", ("nodes",), "Who serves."),
        refers("target", ("nodes",), "Who is served."),
        text("offer", "With what."),
    ),
    key=("source", "target"),
)

INDICATORS = Table(
    "indicators",
    "Indicators",
    "One row a dated value of a leading indicator.",
    (
        text("indicator", "The indicator's id."),
        text("name", "What it is called."),
        refers("node", NODE_IDS, "The node it belongs to.", optional=True),
        date("date", "When."),
        number("value", "The value, in its own unit."),
        choice("better", ("up", "down"), "Which way is better."),
        number("target", "The value aimed at.", optional=True),
    ),
    key=("indicator", "date"),
)

MARKET = (
    ACTIVITIES,
    DECISIONS,
    NEEDS,
    CUSTOMERS,
    TRANSACTIONS,
    WORKFORCE,
    VALUE_CHAIN,
    INDICATORS,
)
