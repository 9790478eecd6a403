"""How far the numbers that pages lead with moved between two sides, each in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lodestar.findings.differences import appeared, choice_moved, moved
from lodestar.findings.headlines import CHOICES, HEADLINES, Figure, Headline, holder, read
from lodestar.findings.spans import quoted
from lodestar.review.noise import COUNTED, Movement, movement
from lodestar.review.sides import Side
from lodestar.review.tree import same

__all__ = ["Moved", "moved_headlines"]


@dataclass(frozen=True)
class Moved:
    """A headline that differs: both sides, the movement, and the sentence that tells it.

    ``movement`` is None for choices and where a side has no number.
    """

    id: str
    label: str
    unit: str
    pointer: str
    interval: int
    before: Any
    after: Any
    movement: Movement | None
    sentence: str

    def as_dict(self) -> dict[str, Any]:
        """Return the headline as ``diff --json`` prints it."""
        return {
            "id": self.id,
            "label": self.label,
            "unit": self.unit,
            "pointer": self.pointer,
            "interval_percent": self.interval or None,
            "before": _plain(self.before),
            "after": _plain(self.after),
            "movement": self.movement.as_dict() if self.movement else None,
            "sentence": self.sentence,
        }


def moved_headlines(before: Side, after: Side) -> list[Moved]:
    """Return the headlines that differ between two sides, in the walk's order."""
    found = [_headline(one, before, after) for one in HEADLINES]
    found += [_choice(*one, before.results, after.results) for one in CHOICES]
    return [one for one in found if one is not None]


def _headline(headline: Headline, before: Side, after: Side) -> Moved | None:
    there, here = read(headline, before.results), read(headline, after.results)
    if headline.unit == "money":
        headline = replace(headline, label=f"{headline.label}, {after.results.get('currency')}")
    if same([there.value, there.low, there.high], [here.value, here.low, here.high]):
        return None
    way, sentence = None, ""
    if there.value is None or here.value is None:
        why = there.reason if there.value is None else here.reason
        sentence = appeared(headline.label, headline.unit, there.value, here.value, why)
    elif same(there.value, here.value):
        sentence = f"{headline.label} stands; only its interval changed."
    else:
        ends = (there.value, there.low, there.high), (here.value, here.low, here.high)
        way = movement(headline.id, before, after, *ends)
        sentence = _sentence(headline, there.value, here.value, way)
    return Moved(
        headline.id,
        headline.label,
        headline.unit,
        headline.pointer,
        headline.interval,
        there,
        here,
        way,
        sentence,
    )


def _sentence(headline: Headline, before: float, after: float, way: Movement) -> str:
    share = headline.interval or 80
    reason = "" if way.reason == COUNTED else way.reason
    return moved(
        headline.label, headline.unit, before, after, way.bounds, share, way.beyond_noise, reason
    )


def _choice(
    name: str,
    label: str,
    pointer: str,
    kind: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> Moved | None:
    there, here = (_ids(pointer, results) for results in (before, after))
    if there == here:
        return None
    labels = {**before.get("labels", {}).get(kind, {}), **after.get("labels", {}).get(kind, {})}
    added = [quoted(labels.get(one, one)) for one in here if one not in there]
    gone = [quoted(labels.get(one, one)) for one in there if one not in here]
    return Moved(
        name, label, "choice", pointer, 0, there, here, None, choice_moved(label, added, gone)
    )


def _ids(pointer: str, results: Mapping[str, Any]) -> list[str]:
    parent, last = holder(pointer, results)
    return [str(one) for one in parent.get(last) or []]


def _plain(value: Any) -> Any:
    if isinstance(value, Figure):
        return {"value": value.value, "low": value.low, "high": value.high, "reason": value.reason}
    return value
