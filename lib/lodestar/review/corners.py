"""The corners of a comparison: results with each source from one side or the other, once each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lodestar.review.attribution import Corner
from lodestar.review.ingredients import Ingredients, differing
from lodestar.review.mixtures import UnavailableError, mixed_sections

__all__ = ["Corners", "Progress", "Sections", "mixture_words"]

Progress = Callable[[int, int, str], None]
Sections = Mapping[str, Any] | str
"""Sections of results, or why a mixture has none."""


class Corners:
    """The mixtures of two sides, each computed once.

    Parameters
    ----------
    before, after : Ingredients
        The two sides.
    names : sequence of str
        Sections of results that are asked for.
    progress : callable, optional
        Called with mixtures done, mixtures in all and the one under way.

    Attributes
    ----------
    differing : tuple of str
        Sources in which the sides differ.
    sources : tuple of str
        Those of them that mixtures exchange: without code where one side's is not at hand.
    remainder : str
        Names the sides whose code differs and is not at hand; else empty.
    computed : int
        Mixtures computed so far.
    """

    def __init__(
        self,
        before: Ingredients,
        after: Ingredients,
        names: Sequence[str],
        progress: Progress | None,
    ) -> None:
        self.before, self.after = before, after
        self.differing = differing(before, after)
        self.names, self.computed, self._progress = names, 0, progress
        lacking = [side for side in (before, after) if not side.has_code]
        self.split_code = "code" in self.differing and not lacking
        lost = lacking if "code" in self.differing else []
        self.remainder = " and ".join(side.side.title() for side in lost)
        self.sources = tuple(s for s in self.differing if s != "code" or self.split_code)
        self._known = self._published()
        self.total = 2 ** len(self.sources) - len(self._known)

    @property
    def alone(self) -> bool:
        """Tell whether one source at most differs."""
        return len(self.differing) < 2

    def sections(self, corner: Corner) -> Sections:
        """Return what a mixture gives: the sources named are the later side's."""
        if corner not in self._known:
            self._known[corner] = self._computed(corner)
        return self._known[corner]

    def _published(self) -> dict[Corner, Sections]:
        """Return the mixtures that are a side as published, by code that is at hand."""
        ends = {frozenset[str](): self.before, frozenset(self.sources): self.after}
        coded = self.split_code or "code" not in self.differing
        return {
            corner: side.side.results
            for corner, side in ends.items()
            if side.has_code and (coded or self._code(corner) is side)
        }

    def _computed(self, corner: Corner) -> Sections:
        if self._progress:
            self._progress(self.computed, self.total, mixture_words(corner, self.sources))
        self.computed += 1
        data, framework = self._of("data", corner), self._of("framework", corner)
        try:
            return mixed_sections(data, framework, self._code(corner), self.names)
        except UnavailableError as error:
            return f"{mixture_words(corner, self.sources)} cannot be computed: {error}"

    def _of(self, source: str, corner: Corner) -> Ingredients:
        """Return the side that a source is taken from; an equal one from where it is at hand."""
        if source in self.differing:
            return self.after if source in corner else self.before
        at_hand = source != "framework" or self.after.framework is not None
        return self.after if at_hand else self.before

    def _code(self, corner: Corner) -> Ingredients | None:
        """Return the side whose code computes a mixture; None for the present code."""
        if self.split_code:
            return self._of("code", corner)
        return next((side for side in (self.after, self.before) if side.has_code), None)


def mixture_words(corner: Corner, sources: Sequence[str]) -> str:
    """Return a mixture in words.

    Examples
    --------
    >>> mixture_words(frozenset({"data"}), ("data", "framework"))
    'data of B with framework of A'
    """
    sides = [f"{name} of {'B' if name in corner else 'A'}" for name in sources]
    return " with ".join(sides[:2]) + "".join(f" and {one}" for one in sides[2:])
