"""Raw leaks: respondents' ids and what they wrote, anywhere in what is published."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from functools import cached_property

import pandas as pd

from lodestar.audit.artefacts import Text
from lodestar.audit.model import Leak, Place
from lodestar.audit.people import People
from lodestar.confidentiality.gate import PROTECTED_BASIS
from lodestar.provenance import framework_text
from lodestar.schema.personal import PERSONAL

__all__ = ["Secrets"]

WORDS = 5
"""So many words in a row are a quotation."""

_RUN = b"\x01" * WORDS
_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"[\w.@+-]+")
_PLAIN = re.compile(r"\d{1,9}|[^\W\d_]+|Q[1-4]|[xy]2")
_CODE = re.compile(r"[^\W\d_]{1,2}\d{1,2}|[MLHVCSQTA]\d{3}")
_WHOLE = re.compile(
    r"""(?:["'>]|&\w{2,4};)([^\W\d_]{1,2}\d{1,3})["'<\\&](?!["']?\s*:)"""
    r"""|^([^\W\d_]{1,2}\d{1,3}),""",
    re.MULTILINE,
)
_WHO = re.compile(r"""["']?(?:respondent|rater)s?["']?\s*[:=]\s*["']?([\w.@+-]+)""")

REMEDY = "A fault of the workbook: report it; nothing with it may be published."
_FREE = ("respondents", "responses", "comments", "recall")


class Secrets:
    """Ids and texts of all periods that may stand nowhere.

    Parameters
    ----------
    people : list of People
        One a period.

    Notes
    -----
    An id that is also an ordinary number or word (``12``, ``anna``, ``Q1``) is looked for behind
    the name of its column only; one of one or two letters and digits (``b1``, ``M10``), which
    drawings and packed bytes hold by themselves, there and where it is the whole of a value or
    cell. One that a register of the client, its settings or the framework hold too is no secret.
    """

    def __init__(self, people: list[People]) -> None:
        self._people = people

    @cached_property
    def _facts(self) -> set[str]:
        """Return every text cell of the client's registers."""
        found: set[str] = set()
        for people in self._people:
            engagement = people.engagement
            for name, frame in engagement.wave.tables.items():
                if name not in PERSONAL:
                    for column in frame.columns:
                        found.update(frame[column].dropna().astype(str).unique())
        return found

    @cached_property
    def ids(self) -> frozenset[str]:
        """Return ids of respondents and of survey raters."""
        found: set[str] = set()
        for people in self._people:
            found.update(people.ids)
            for name in ("ratings", "context"):
                rows = people.frame(name)
                own = rows.loc[rows["basis"] == PROTECTED_BASIS, "rater"]
                open_to_all = rows.loc[rows["basis"] != PROTECTED_BASIS, "rater"]
                found.update(set(own.astype(str)) - set(open_to_all.astype(str)))
        return frozenset(found - self._facts - self._declared)

    @cached_property
    def _declared(self) -> set[str]:
        """Return every id of settings and framework: a page may name the capability C01."""
        found: set[str] = set()
        for people in self._people:
            settings = people.engagement.settings
            found.update(function.id for function in settings.functions)
            found.update(purpose.id for purpose in settings.purpose)
            found.update(_TOKEN.findall(framework_text(people.engagement.framework).decode()))
        return found

    @cached_property
    def _telling(self) -> frozenset[str]:
        """Return the ids that no ordinary text holds."""
        return frozenset(
            one for one in self.ids if not (_PLAIN.fullmatch(one) or _CODE.fullmatch(one))
        )

    @cached_property
    def _codes(self) -> frozenset[str]:
        """Return the ids that a drawing or packed bytes may hold by themselves."""
        return frozenset(
            one for one in self.ids if _CODE.fullmatch(one) and not _PLAIN.fullmatch(one)
        )

    @cached_property
    def _quotes(self) -> frozenset[tuple[str, ...]]:
        """Return every run of words from comments and free answers."""
        told: set[tuple[str, ...]] = set()
        for people in self._people:
            for name in _FREE:
                for text in _texts(people.frame(name)):
                    told.update(_runs(_words(text)))
        return frozenset(told - {run for text in self._public() for run in _runs(_words(text))})

    def _public(self) -> Iterator[str]:
        """Yield texts that a person may repeat: the client's registers, purposes and framework."""
        yield from self._facts
        for people in self._people:
            yield from (purpose.text for purpose in people.engagement.settings.purpose)
            yield framework_text(people.engagement.framework).decode()

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(word for run in self._quotes for word in run)

    def leaks(self, found: Iterable[Text]) -> list[Leak]:
        """Return ids and quotations in texts, one leak a place.

        Parameters
        ----------
        found : iterable of Text
            Every string of what is published.
        """
        named: dict[Place, int] = {}
        quoted: set[Place] = set()
        for text in found:
            if count := len(self._named(text.content)):
                named[text.place] = max(named.get(text.place, 0), count)
            if text.place not in quoted and self._quoted(text.content):
                quoted.add(text.place)
        ids = [_named_leak(place, count) for place, count in sorted(named.items())]
        return ids + [_quoted_leak(place) for place in sorted(quoted)]

    def _named(self, content: str) -> set[str]:
        found = set(_TOKEN.findall(content)) & self._telling if self._telling else set()
        if "respondent" in content or "rater" in content:
            found |= set(_WHO.findall(content)) & self.ids
        if self._codes:
            found |= {one for pair in _WHOLE.findall(content) for one in pair} & self._codes
        return found

    def _quoted(self, content: str) -> bool:
        if not self._quotes or len(content) < 2 * WORDS:
            return False
        words = _words(content)
        known = bytes(map(self._vocabulary.__contains__, words))
        start = known.find(_RUN)
        while start >= 0:
            if tuple(words[start : start + WORDS]) in self._quotes:
                return True
            start = known.find(_RUN, start + 1)
        return False


def _named_leak(place: Place, count: int) -> Leak:
    who = "one person" if count == 1 else f"{count} persons"
    return Leak("named", "Ids of respondents stand in the file", (str(place),), who, REMEDY)


def _quoted_leak(place: Place) -> Leak:
    what = "Words that a person wrote are repeated"
    return Leak("quoted", what, (str(place),), "their author", REMEDY)


def _texts(frame: pd.DataFrame) -> Iterator[str]:
    """Yield cells long enough to be somebody's words."""
    for column in frame.columns:
        if frame[column].dtype.kind in "OUSTV" or str(frame[column].dtype).startswith("str"):
            for text in frame[column].dropna().astype(str).unique():
                if text.count(" ") >= WORDS - 1:
                    yield text


def _words(text: str) -> list[str]:
    plain = html.unescape(text) if "&" in text else text
    return _WORD.findall(plain.lower())


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    for place in range(len(words) - WORDS + 1):
        yield tuple(words[place : place + WORDS])
