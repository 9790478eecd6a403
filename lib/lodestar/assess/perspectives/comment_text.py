"""Comments as words: folded, cut at elisions, their language told, objections recognised."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from lodestar.schema.comment_words import KINDS, comment_words

__all__ = ["folded", "is_objection", "language", "objection_kinds", "words"]

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'(?=[a-z])")


def folded(text: str) -> str:
    """Return a text in small letters, without accents, with plain apostrophes and single spaces.

    Examples
    --------
    >>> folded("Ça n’a  pas marché")
    "ca n'a pas marche"
    """
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("œ", "oe"))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(kept.split())


def words(text: str, language: str) -> list[str]:
    """Return the words of a text that have a subject of their own.

    Parameters
    ----------
    text : str
        As written.
    language : str
        ``en`` or ``fr``; French elisions are cut (l'équipe is équipe). Words are not stemmed: a
        stem is no word that a reader could be shown.

    Examples
    --------
    >>> words("L'équipe n'a pas le temps", "fr"), words("The hand-over takes time", "en")
    (['equipe', 'temps'], ['hand', 'takes', 'time'])
    """
    lists = comment_words().stop_words
    said = _cut(text, language)
    return [w for w in said if len(w) > 2 and not any(w in stops for stops in lists.values())]


def language(text: str, usual: str) -> str:
    """Return the language whose stop words make up the larger share of a text.

    Parameters
    ----------
    text : str
        As written.
    usual : str
        Language of the engagement; taken where no stop word tells, or as many of each.

    Examples
    --------
    >>> language("Nous n'avons pas le temps", "en"), language("Overtime!", "fr")
    ('fr', 'fr')
    """
    lists = comment_words().stop_words
    counts = {
        name: sum(word in stops for word in _cut(text, name)) for name, stops in lists.items()
    }
    best = max(counts, key=lambda name: (counts[name], name == usual, name))
    return best if counts[best] else usual


def is_objection(topic: str | None, text: str | None) -> bool:
    """Tell whether a comment says "won't work here", by its code or by its words."""
    coded = topic is not None and folded(topic) in comment_words().codes
    return coded or bool(objection_kinds(text))


def objection_kinds(text: str | None) -> tuple[str, ...]:
    """Return the kinds of objection of which a text holds a phrase.

    Examples
    --------
    >>> objection_kinds("On n’a pas le temps !"), objection_kinds("We tried that, too busy")
    (('no_time',), ('no_time', 'tried_before'))
    """
    said = folded(text or "")
    return tuple(kind for kind, phrase in _phrases().items() if phrase.search(said))


def _cut(text: str, language: str) -> list[str]:
    plain = folded(text)
    return _WORD.findall(
        _ELIDED.sub(lambda found: f"{found[0][:-1]} ", plain) if language == "fr" else plain
    )


@cache
def _phrases() -> dict[str, re.Pattern[str]]:
    """Return what finds a whole phrase of each kind of objection, put together once."""
    listed = comment_words().phrases
    return {
        kind: re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, listed[kind]))})(?![a-z])")
        for kind in KINDS
    }
