"""Which tables hold what persons said in confidence, and which are the client's registers."""

from __future__ import annotations

from typing import Final, Literal, get_args

__all__ = ["PERSONAL", "OpenTable", "PersonalTable"]

PersonalTable = Literal["respondents", "responses", "comments", "recall", "context", "ratings"]
"""A row may be one person's answer (in ratings and context: rows of basis ``survey``)."""

OpenTable = Literal[
    "activities",
    "budgets",
    "capacity",
    "changes",
    "conflict_reviews",
    "customers",
    "decisions",
    "effects",
    "history",
    "indicators",
    "investments",
    "links",
    "loads",
    "metrics",
    "needs",
    "nodes",
    "outcomes",
    "population",
    "priorities",
    "repairs",
    "transactions",
    "upkeep",
    "value_chain",
    "workforce",
]
"""The client's own facts, shown at any size."""

PERSONAL: Final[frozenset[str]] = frozenset(get_args(PersonalTable))
