"""Words of comments, by language: those that say nothing, and phrases of an objection."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["KINDS", "CommentWords", "comment_words"]

KINDS = ("different", "no_time", "not_wanted", "tried_before")
"""Objections that figures can answer, in the order they are told."""


@dataclass(frozen=True)
class CommentWords:
    """What is looked for in comments, in small letters without accents.

    Parameters
    ----------
    codes : frozenset of str
        Coded topics that stand for an objection.
    phrases : dict of str to tuple of str
        Phrases by kind of objection, in every language.
    stop_words : dict of str to frozenset of str
        Words without a subject of their own, by language.
    """

    codes: frozenset[str]
    phrases: dict[str, tuple[str, ...]]
    stop_words: dict[str, frozenset[str]]


@cache
def comment_words() -> CommentWords:
    """Return the shipped lists."""
    path = Path(__file__).parent / "comment_words.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    found = data["objections"]
    return CommentWords(
        frozenset(found["codes"]),
        {kind: tuple(found["kinds"][kind]) for kind in KINDS},
        {language: frozenset(words) for language, words in data["stop_words"].items()},
    )
