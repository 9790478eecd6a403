"""Figures that stay with their sign at the end of a line: 95 % is one word to a reader."""

from __future__ import annotations

import re

__all__ = ["unbroken"]

_TOKEN = re.compile(r"<[^>]*>|[^<]+|<")
_TAG = re.compile(r"<(?P<end>/)?(?P<name>[a-z]\w*)", re.IGNORECASE)
_LEFT = frozenset(("code", "option", "pre", "script", "style", "svg", "textarea"))
"""Inside these nothing is changed: pictures do not wrap, and code is copied."""

_UNITS = """
billion day days employees functions homes hour hours level levels million minutes
month months pages people points quarter quarters respondents rows second seconds thousand
week weeks year years
"""
_AFTER = re.compile(rf"(?<=\d) (?=%|(?:{'|'.join(_UNITS.split())})\b)")
_CURRENCIES = "[€£$¥]|AUD|CAD|CHF|DKK|EUR|GBP|JPY|NOK|SEK|USD"
_BEFORE = re.compile(rf"((?<!\w)(?:{_CURRENCIES})) (?=\d)")

NO_BREAK = "\N{NO-BREAK SPACE}"


def unbroken(html: str) -> str:
    r"""Return HTML whose figures do not part from their sign or unit.

    Parameters
    ----------
    html : str
        As a card or a workbook's prose shows it. Tags, and what stands in drawings and in code,
        are left as they are; no letter is changed, only the kind of the space between.

    Examples
    --------
    >>> unbroken('<p title="5 %">95 % of 1,200 people in 4.2 months</p><code>5 %</code>')
    '<p title="5 %">95\xa0% of 1,200\xa0people in 4.2\xa0months</p><code>5 %</code>'
    >>> unbroken("EUR 4.2 million, ISO 9001, 3 to 5")
    'EUR\xa04.2\xa0million, ISO 9001, 3 to 5'
    """
    left: list[str] = []
    parts = []
    for token in _TOKEN.findall(html):
        tag = _TAG.match(token)
        if tag is None:
            parts.append(token if left else _bound(token))
            continue
        name = tag["name"].lower()
        if tag["end"] and left and left[-1] == name:
            left.pop()
        elif not tag["end"] and name in _LEFT:
            left.append(name)
        parts.append(token)
    return "".join(parts)


def _bound(text: str) -> str:
    return _BEFORE.sub(rf"\1{NO_BREAK}", _AFTER.sub(NO_BREAK, text))
