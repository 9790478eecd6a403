"""Names of the columns of charts' data, and the words for them."""

from __future__ import annotations

from lodestar.charts.theme import LEVEL_MARKS

__all__ = [
    "CODES",
    "DIGITS",
    "ELSE",
    "LINKS",
    "MEASURES",
    "NAMED",
    "PLACES",
    "RANGED",
    "SIGNS",
    "STYLES",
    "WITHIN",
]

NAMED = ("name", "panel", "label")
"""Columns that name a row, most telling first."""

ELSE = ("subject", "row", "kind")
"""Columns that do where none of those is there."""

WITHIN = ("function", "party", "segment", "mode", "class", "quarter", "period")
"""Columns that tell rows of one name apart."""

CODES: dict[str, dict[str, str]] = {
    "kind": {kind: str(look["label"]) for kind, look in LEVEL_MARKS.items()},
    "concern": {"why": "client’s benefit", "how": "internal method"},
    "ending": {"finished": "finished", "abandoned": "abandoned"},
    "series": {
        "stated": "say they know",
        "hit_rate": "can name",
        "own": "by itself",
        "others": "by other functions",
        "customers": "by customers",
        "serving": "those who serve",
        "served": "those served",
        "know": "know",
        "do": "do",
    },
    "way": {"plan": "this plan", "greedy": "largest gap first", "even": "even spread"},
    "when": {"before": "today", "after": "after the changes"},
}
"""What codes of a column mean; others of the same column are left unsaid."""

LINKS = {
    "+": "more of the first brings more of the second",
    "−": "more of the first brings less of the second",
}
"""What the signs of an arrow between two measures mean."""

SIGNS = {"−": "they pull against each other", "+": "they help each other", "±": "both ways"}
"""What the signs of a matrix of measures mean."""

PLACES: dict[str, tuple[str, str]] = {
    "month": ("month {}", "whole"),
    "customer_share": ("{} of customers", "percent"),
    "budget": ("budget {}", "whole"),
    "date": ("{}", "text"),
}
"""Columns whose number names a row that no word names."""

MEASURES: dict[str, tuple[str, str]] = {
    "estimate": ("{}", "level"),
    "index": ("index {}", "level"),
    "share": ("{}", "percent"),
    "survival": ("{} still running", "percent"),
    "revenue_share": ("{} of revenue", "percent"),
    "revenue": ("revenue {}", "whole"),
    "distance": ("{} levels away", "fine"),
    "present": ("present {}", "level"),
    "target": ("target {}", "level"),
    "value": ("{}", "given"),
    "importance": ("importance {}", "level"),
    "performance": ("performance {}", "level"),
    "months": ("{} months ago", "whole"),
    "hired": ("{} hired", "whole"),
    "laid_off": ("{} laid off", "size"),
}
"""Columns of figures: how each is said, and with which digits."""

RANGED = ("estimate", "index", "value", "score", "r", "share", "survival", "revenue", "delta")
"""Columns that ``low`` and ``high`` may bound."""

STYLES = ("fine", "tenth", "whole", "percent")
"""Digits that words may say a figure with, most exact first."""

DIGITS = {"whole": ",.0f", "level": ".1f", "tenth": ".1f", "fine": ".2f", "given": ",.3g"}
"""Digits of a figure, by how exactly it is said; percentages and sizes have their own rules."""
