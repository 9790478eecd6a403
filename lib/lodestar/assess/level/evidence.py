"""On what evidence the market's shift of the required level rests."""

from __future__ import annotations

from typing import Any

from lodestar.assess.level.formula import Market
from lodestar.framework.model import Framework

__all__ = ["STRENGTHS", "UNSTATED", "evidence", "strength_word"]

STRENGTHS = ("good", "moderate", "mixed", "practitioner", "conceptual")
"""Strength of evidence, strongest first; a framework may use other words, which come after."""

UNSTATED = "not stated"


def strength_word(strength: str) -> str:
    """Return the strength without what qualifies it.

    Examples
    --------
    >>> strength_word("practitioner, direct"), strength_word("")
    ('practitioner', 'not stated')
    """
    return strength.partition(",")[0].strip() or UNSTATED


def evidence(framework: Framework, market: Market) -> list[dict[str, Any]]:
    """Return the share of the shift's weight that rests on each strength of evidence.

    Parameters
    ----------
    framework : Framework
        Its factors say how strong the evidence for each is.
    market : Market
        The scored factors with their nominal weight shares.

    Returns
    -------
    list of dict
        ``strength, share, factors``, strongest first; shares add to 1. Empty when no factor of
        the shift was scored. The base is not counted: what is offered is a fact of the client.
    """
    strength = {f.id: strength_word(f.strength) for f in framework.factors}
    shift = [(f, float(w)) for f, w in zip(market.factors, market.shift, strict=True) if w > 0]
    rank = {word: i for i, word in enumerate(STRENGTHS)}
    words = sorted({strength[f] for f, _ in shift}, key=lambda w: (rank.get(w, len(rank)), w))
    return [
        {
            "strength": word,
            "share": sum(w for f, w in shift if strength[f] == word),
            "factors": [f for f, _ in shift if strength[f] == word],
        }
        for word in words
    ]
