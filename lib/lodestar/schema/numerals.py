"""Numbers as they are written where the client reads: decimal sign, groups of thousands, minus."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, TypeVar

__all__ = [
    "ENGLISH",
    "MINUS",
    "Numerals",
    "current",
    "known_locale",
    "numeral",
    "numerals_of",
    "speaking",
    "spoken",
    "written",
]

Method = TypeVar("Method", bound=Callable[..., Any])

MINUS = "−"


@dataclass(frozen=True)
class Numerals:
    """The signs of a locale.

    Parameters
    ----------
    locale : str
        As ``engagement.yml`` names it, e.g. ``fr-CH``.
    decimal, group : str
        Between whole and part, and between thousands.
    """

    locale: str = "en"
    decimal: str = "."
    group: str = ","

    def written(self, figure: str) -> str:
        """Return a figure that Python wrote, e.g. ``-1,234.5``, in these signs.

        Examples
        --------
        >>> Numerals("de", ",", ".").written("-1,234.5")
        '−1.234,5'
        """
        return figure.translate(self._signs())

    def read(self, text: str) -> str:
        """Return a text with its figures as Python writes them, thousands without signs.

        Examples
        --------
        >>> Numerals("de", ",", ".").read("3,4 of 1.234 in 2026-Q4")
        '3.4 of 1234 in 2026-Q4'
        """
        if self.locale == ENGLISH.locale:
            return text
        group, decimal = re.escape(self.group), re.escape(self.decimal)
        figure = re.compile(rf"(?<!\d)\d{{1,3}}(?:{group}\d{{3}})+(?!\d)|\d+{decimal}\d+")
        signs = {ord(self.group): "", ord(self.decimal): "."}
        return figure.sub(lambda found: found.group().translate(signs), text)

    def _signs(self) -> dict[int, str]:
        return {ord("."): self.decimal, ord(","): self.group, ord("-"): MINUS}


ENGLISH = Numerals()
_here: ContextVar[Numerals] = ContextVar("numerals", default=ENGLISH)


def numeral(x: float, form: str = "") -> str:
    """Return a number in the signs of the client's locale.

    Parameters
    ----------
    x : float
        The number; one that rounds to zero is written without a minus.
    form : str
        As Python's own formatting takes it, e.g. ``.1f``, ``+.2f``, ``,``.

    Examples
    --------
    >>> numeral(-1234.56, ",.1f"), numeral(-0.01, ".1f"), numeral(0.25, "+.2f")
    ('−1,234.6', '0.0', '+0.25')
    >>> with speaking("fr"):
    ...     numeral(3.25, ".1f")
    '3,2'
    """
    figure = format(x, form)
    if figure.startswith("-") and not figure.strip("-0.,"):
        figure = figure[1:]
    return written(figure)


def written(figure: str) -> str:
    """Return a figure that Python wrote in the signs of the client's locale.

    Examples
    --------
    >>> written("-12.5")
    '−12.5'
    """
    return current().written(figure)


def current() -> Numerals:
    """Return the signs in force: of the client at hand, else English ones."""
    return _here.get()


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Write numbers as a locale does while a page of one client is made."""
    token = _here.set(numerals_of(locale))
    try:
        yield
    finally:
        _here.reset(token)


def spoken(method: Method) -> Method:
    """Let a method write numbers in the locale of the results (``self.results``) it shows."""

    @wraps(method)
    def wrapped(self: Any, *arguments: Any, **options: Any) -> Any:
        with speaking(self.results.get("locale", ENGLISH.locale)):
            return method(self, *arguments, **options)

    return wrapped  # type: ignore[return-value]


@lru_cache(maxsize=32)
def numerals_of(locale: str) -> Numerals:
    """Return the signs of a locale, from the Unicode consortium's data (CLDR, through Babel).

    Parameters
    ----------
    locale : str
        Language, and region where that matters; English needs no look-up.

    Examples
    --------
    >>> numerals_of("de-CH").group, numerals_of("en-GB").decimal
    ('’', '.')
    """
    if locale == ENGLISH.locale:
        return ENGLISH
    from babel import Locale

    symbols = Locale.parse(locale, sep="-").number_symbols["latn"]
    return Numerals(locale, str(symbols["decimal"]), str(symbols["group"]))


def known_locale(locale: str) -> bool:
    """Tell whether a locale's way of writing numbers is known.

    Examples
    --------
    >>> known_locale("fr-CH"), known_locale("xx"), known_locale("fr_CH")
    (True, False, False)
    """
    if locale == ENGLISH.locale:
        return True
    from babel import UnknownLocaleError

    try:
        return bool(numerals_of(locale))
    except (UnknownLocaleError, ValueError, KeyError):
        return False
