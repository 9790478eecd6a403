"""How sure a conflict's sign is, and what it sets against what, as results.json holds it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lodestar.assess.conflicts.finders import Finders
from lodestar.assess.conflicts.model import Conflict
from lodestar.assess.conflicts.press import MOST, press, settles
from lodestar.assess.conflicts.tension import NO_TENSION, tension
from lodestar.assess.plain import leaf

__all__ = ["doubts", "witnesses"]

NO_MAP = "Only history shows this conflict; the map has no path for it."
LOOP = "Only a walk round a loop has this sign; no path of up to five links holds it."
BEYOND = "The register is large: strengths were drawn for its worst conflicts only."
CLEAR = "The effect is not contested."
CROWDED = f"More than {MOST} places lie between the two ends, or too many pairs are contested."
UNSOUGHT = "The register is large: that paths of both signs exist is proven, not which they are."
UNSTABLE = "The loops between the two ends feed themselves, so pressure has no settled answer."


def doubts(finders: Finders, conflict: Conflict) -> dict[str, Any]:
    """Return ``tension``, ``sign_share`` and ``press`` of a conflict.

    Parameters
    ----------
    finders : Finders
        Of the register where it was found.
    conflict : Conflict
        Any kind.
    """
    share, unsure = _share(finders, conflict)
    answer, silent = _press(finders, conflict)
    return {
        **leaf("tension", tension(finders.register, conflict), NO_TENSION),
        **leaf("sign_share", share, unsure),
        **leaf("press", answer, silent),
    }


def _share(finders: Finders, conflict: Conflict) -> tuple[float | None, str]:
    """Share of draws in which the effect has its sign."""
    push = conflict.push
    if push.why is None or push.why.via_loop:
        return None, NO_MAP if push.why is None else LOOP
    if push.determinacy >= 1:
        return 1.0, ""
    at = finders.register.at
    return finders.draws.share(at(push.source), at(push.target), push.net), BEYOND


def _press(finders: Finders, conflict: Conflict) -> tuple[dict[str, Any] | None, str]:
    """What loop analysis says of a contested effect."""
    if not conflict.contested:
        return None, CLEAR
    source, target = (finders.register.at(name) for name in (conflict.a, conflict.b))
    places = finders.between(source, target)
    if places is None:
        return None, CROWDED
    links = finders.register.links
    if not settles(links, places):
        return None, UNSTABLE
    found = press(links, places, source, target)
    nodes = [finders.register.ids[place] for place in places]
    return {"determinacy": found.determinacy, "sign": found.sign, "nodes": nodes}, ""


def witnesses(paths: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Return ``witnesses`` of a mixed pair: a positive and a negative path, where both are known.

    Examples
    --------
    >>> witnesses([("a", "b"), ("a", "x", "b")])
    {'witnesses': {'positive': ['a', 'b'], 'negative': ['a', 'x', 'b']}}
    """
    signs = ("positive", "negative")
    both = {sign: list(path) for sign, path in zip(signs, paths, strict=False)}
    return leaf("witnesses", both if len(both) == len(signs) else None, UNSOUGHT)
