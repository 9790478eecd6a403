"""What could be chosen otherwise, each choice with what follows from it: prepared, not computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

__all__ = ["Choice", "Choices", "said"]


@dataclass(frozen=True)
class Choice:
    """One value that could be chosen.

    Parameters
    ----------
    value : float
        What is chosen.
    label : str
        The same in words, e.g. ``level 3.5``.
    sentences : tuple of str
        What follows from it, plain; escaped where they are shown.
    html : str
        Tables with the figures behind; cells are escaped.
    """

    value: float
    label: str
    sentences: tuple[str, ...]
    html: str = ""


@dataclass(frozen=True)
class Choices:
    """Every value that could be chosen, in order, and which one was reviewed.

    Parameters
    ----------
    title : str
        The question, e.g. ``What if you chose another level?``.
    name : str
        What is chosen, as its slider is called.
    reading : str
        How to read it.
    options : tuple of Choice
        Ascending; the reviewed one is among them where there is one.
    reviewed : float, optional
        What was chosen in the reviewed run.
    """

    title: str
    name: str
    reading: str
    options: tuple[Choice, ...]
    reviewed: float | None = None


def said(sentences: Sequence[str]) -> str:
    """Return sentences as one escaped paragraph, each apart, so that changed ones can be marked."""
    parts = (f"<span>{escape(sentence)}</span>" for sentence in sentences)
    return f'<p class="ls-said">{" ".join(parts)}</p>'
