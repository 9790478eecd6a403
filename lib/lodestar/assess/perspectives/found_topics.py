"""Topics found in the words of comments: TF-IDF, then non-negative matrix factorisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["FoundTopic", "found_topics", "topics_for"]

MOST, WORDS = 8, 6
PERSONS = 3
"""A topic for every so many times the threshold of comments."""

ROUNDED = 6
SEED = 0


@dataclass(frozen=True)
class FoundTopic:
    """A topic's words, the weightiest first, and the persons whose comments are most about it."""

    words: tuple[str, ...]
    persons: tuple[str, ...]


def topics_for(persons: int, vocabulary: int, minimum: int) -> int:
    """Return how many topics are looked for.

    Parameters
    ----------
    persons : int
        Who used a word that may be shown.
    vocabulary : int
        Such words.
    minimum : int
        Threshold of comments.

    Returns
    -------
    int
        One for every three times the threshold, at most 8 and half the words; 0 where that makes
        fewer than two.

    Examples
    --------
    >>> topics_for(95, 40, 10), topics_for(59, 40, 10), topics_for(900, 6, 10)
    (3, 0, 3)
    """
    number = min(MOST, persons // (PERSONS * minimum), vocabulary // 2)
    return number if number >= 2 else 0


def found_topics(said: Mapping[str, Sequence[str]], minimum: int) -> list[FoundTopic]:
    """Return topics of words that people use together.

    Parameters
    ----------
    said : mapping of str to sequence of str
        The words of each person's comments together.
    minimum : int
        Least number of persons who must use a word for it to be looked at at all: a rare word can
        tell who wrote it.

    Returns
    -------
    list of FoundTopic
        By persons, most first; empty where there are too few persons or words.

    Notes
    -----
    Weight of a word for a person: (1 + ln count) · (1 + ln((1 + N) / (1 + n))), rows of length 1.
    NMF with Frobenius loss, coordinate descent from NNDSVDa with a fixed seed (Lee and Seung 1999;
    Boutsidis and Gallopoulos 2008); weights are rounded before anything is ordered by them.
    """
    used = Counter(word for spoken in said.values() for word in set(spoken))
    vocabulary = sorted(word for word, persons in used.items() if persons >= minimum)
    known = set(vocabulary)
    kept = sorted(who for who, spoken in said.items() if not known.isdisjoint(spoken))
    number = topics_for(len(kept), len(vocabulary), minimum)
    if not number:
        return []
    weights = _weights([said[who] for who in kept], vocabulary, used, len(said))
    shares, loads = _factors(weights, number)
    own = np.argmax(shares, axis=1)
    found = [
        FoundTopic(
            tuple(vocabulary[at] for at in np.argsort(-row, kind="stable")[:WORDS] if row[at] > 0),
            tuple(
                who
                for who, topic, share in zip(kept, own, shares, strict=True)
                if topic == place and share[place] > 0
            ),
        )
        for place, row in enumerate(loads)
    ]
    named = [topic for topic in found if topic.words]
    return sorted(named, key=lambda topic: (-len(topic.persons), topic.words))


def _weights(
    spoken: Sequence[Sequence[str]], vocabulary: Sequence[str], used: Counter[str], persons: int
) -> NDArray[np.float64]:
    """Return persons × words, each row of length 1."""
    place = {word: at for at, word in enumerate(vocabulary)}
    out = np.zeros((len(spoken), len(vocabulary)))
    for row, said in enumerate(spoken):
        for word, count in Counter(said).items():
            if word in place:
                rarity = 1 + np.log((1 + persons) / (1 + used[word]))
                out[row, place[word]] = (1 + np.log(count)) * rarity
    return np.asarray(out / np.linalg.norm(out, axis=1, keepdims=True))


def _factors(
    weights: NDArray[np.float64], number: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return persons × topics and topics × words, rounded; imported here, for it takes seconds."""
    from sklearn.decomposition import NMF

    model = NMF(number, init="nndsvda", solver="cd", max_iter=1000, tol=1e-7, random_state=SEED)
    shares = model.fit_transform(weights)
    scale = np.linalg.norm(model.components_, axis=1)
    return np.round(shares * scale, ROUNDED), np.round(model.components_, ROUNDED)
