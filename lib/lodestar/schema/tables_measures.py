"""Tables of the map: metrics, nodes, outcomes, links, their history and repairs."""

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
)

__all__ = ["MEASURES"]

METRICS = Table(
    "metrics",
    "Metrics",
    "One row a measure that a function is steered or rewarded by.",
    (
        text("metric", "The metric's id."),
        text("name", "What it is called."),
        refers("function", ("functions",), "The function that answers for it."),
        choice("direction", ("up", "down", "target"), "Which way is rewarded."),
        number("target", "The value aimed at, in the metric's unit.", optional=True),
        number("tolerance", "Neutral band round the target.", unit="share", low=0, optional=True),
        text("unit", "Unit of the metric.", optional=True),
        share("incentive", "Share of the function's variable reward that hangs on it."),
        choice(
            "kind",
            ("customer", "financial", "operational", "people"),
            "What the metric is about.",
        ),
        refers("serves", ("purpose",), "The purpose it serves.", optional=True),
    ),
    key=("metric",),
)

NODES = Table(
    "nodes",
    "Nodes",
    "One row a lever, driver, policy or organisation of the map.",
    (
        text("node", "The node's id."),
        text("name", "What it is called."),
        choice(
            "kind",
            ("lever", "driver", "policy", "supplier", "us", "customer", "customers-customer"),
            "What the node is.",
        ),
        refers("function", ("functions",), "The function that holds it.", optional=True),
        listing("themes", "Themes of its mission.", optional=True),
    ),
    key=("node",),
)

OUTCOMES = Table(
    "outcomes",
    "Outcomes",
    "One row an outcome for somebody, worded so that more is better.",
    (
        text("outcome", "The outcome's id."),
        text("name", "The outcome in words; more is better."),
        choice(
            "beneficiary",
            ("customer", "partner", "employee", "society", "owner"),
            "Who gains from it.",
        ),
        share("importance", "How much it matters."),
    ),
    key=("outcome",),
)

LINKS = Table(
    "links",
    "Links",
    "One row a cause: with +, the target rises when the source rises.",
    (
        refers("source", NODE_IDS, "What acts."),
        refers("target", NODE_IDS, "What is acted on."),
        choice("sign", ("+", "-"), "+ the target rises with the source; - it falls."),
        share("strength", "How strong the link is."),
        choice(
            "evidence",
            ("measured", "observed", "stated", "assumed"),
            "What the link rests on.",
        ),
        number("lag", "Months until it shows.", unit="months", low=0, optional=True),
        text("condition", "When it holds, in words.", optional=True),
    ),
    key=("source", "target"),
)

HISTORY = Table(
    "history",
    "History",
    "One row a dated value of a metric, outcome or node.",
    (
        refers("node", NODE_IDS, "What was measured."),
        date("date", "When."),
        number("value", "The value, in its own unit."),
    ),
    key=("node", "date"),
)

REVIEWS = Table(
    "conflict_reviews",
    "Reviews of conflicts",
    "One row a verdict of people on a detected conflict.",
    (
        refers("a", NODE_IDS, "The first metric or node."),
        refers("b", NODE_IDS, "The second metric, outcome or node."),
        choice(
            "kind",
            ("structural", "customer", "outcome", "shared-lever", "policy", "measured", "within"),
            "The kind of conflict.",
        ),
        choice("verdict", ("confirmed", "intended", "dismissed"), "What was decided."),
        text("reason", "Why."),
        text("reviewer", "Who decided."),
        date("date", "When."),
    ),
    key=("a", "b", "kind"),
)

REPAIRS = Table(
    "repairs",
    "Repairs",
    "One row a change that a metric could undergo, with its cost.",
    (
        refers("metric", ("metrics",), "The metric to change."),
        choice(
            "change",
            ("re-weight", "replace", "share", "guardrail", "assign-owner"),
            "What would change.",
        ),
        number("cost", "What the change costs, in one unit for all.", low=0),
        choice("allowed", ("yes", "no"), "Whether it may be done."),
    ),
    key=("metric", "change"),
)

CHANGES = Table(
    "changes",
    "Declared changes",
    "One row a declared change: baselines restart there.",
    (
        date("date", "When it took hold."),
        refers("node", NODE_IDS, "What changed."),
        text("text", "What was done."),
    ),
)

MEASURES = (METRICS, NODES, OUTCOMES, LINKS, HISTORY, REVIEWS, REPAIRS, CHANGES)
