"""What people decided about a conflict, in words. A verdict changes no count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lodestar.findings.words import count, joined

__all__ = ["dismissed", "marked", "still_repaired", "verdict_sentence", "verdict_word"]

DECIDED = {
    "confirmed": "confirmed",
    "intended": "an intended tension",
    "dismissed": "dismissed",
}


def dismissed(item: Mapping[str, Any]) -> bool:
    """Tell whether people decided that a conflict does not stand."""
    return bool(item.get("review")) and item["review"]["verdict"] == "dismissed"


def verdict_word(item: Mapping[str, Any]) -> str:
    """Return the verdict with its reason, who gave it and when; empty where there is none."""
    review = item.get("review")
    if not review:
        return ""
    when = f", {review['date']}" if review["date"] else ""
    return f"{review['verdict']}: {review['reason']} ({review['reviewer']}{when})"


def verdict_sentence(item: Mapping[str, Any]) -> str:
    """Return the verdict as a sentence that names the period it was given in."""
    review = item.get("review")
    if not review:
        return ""
    decided = DECIDED[review["verdict"]]
    by = f"{review['reviewer']} in {review['period']}"
    return f"Reviewed as {decided} by {by}: {str(review['reason']).rstrip('.')}."


def marked(section: Mapping[str, Any]) -> str:
    """Return how many severe conflicts were marked as intended or dismissed, after a semicolon."""
    severe = [item for item in section["items"] if item["severe"] and item.get("review")]
    verdicts = [item["review"]["verdict"] for item in severe]
    said = [_counted(verdicts, word) for word in ("intended", "dismissed") if word in verdicts]
    return f"; you have marked {joined(said)}" if said else ""


def still_repaired(section: Mapping[str, Any]) -> tuple[str, ...]:
    """Return that repairs are reckoned without verdicts, where a severe conflict was marked."""
    if not marked(section):
        return ()
    return (
        "What you marked as intended or dismissed is still counted as severe, and the plan of "
        "changes still clears it: both follow from the map. Mend the map where it is wrong.",
    )


def _counted(verdicts: Sequence[str], word: str) -> str:
    return f"{count(verdicts.count(word))} as {word}"
