"""Numbers and lists as a person would say them."""

from __future__ import annotations

from collections.abc import Sequence

from lodestar.schema.numerals import MINUS, numeral, written

__all__ = [
    "between",
    "count",
    "joined",
    "level",
    "money",
    "named",
    "percent",
    "plural",
    "points",
    "signed",
    "start",
]

_SMALL = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def level(x: float) -> str:
    """Return a level with one decimal, whole levels without.

    Examples
    --------
    >>> level(3.6), level(4.0)
    ('3.6', '4')
    """
    return written(f"{x:.1f}".removesuffix(".0"))


def points(x: float) -> str:
    """Return an index or a score as a whole number, with a true minus sign.

    Examples
    --------
    >>> points(-12.4)
    '−12'
    """
    return numeral(round(x) + 0, "d")


def signed(x: float, decimals: int = 0) -> str:
    """Return a change with its sign.

    Examples
    --------
    >>> signed(3.2), signed(-0.25, 1)
    ('+3', '−0.2')
    """
    return numeral(x, f"+.{decimals}f")


def percent(share: float) -> str:
    """Return a share (0-1) in whole per cent.

    Examples
    --------
    >>> percent(0.474)
    '47 %'
    """
    return f"{numeral(round(100 * share), 'd')} %"


def money(amount: float, currency: str) -> str:
    """Return an amount, rounded as one would say it.

    Examples
    --------
    >>> money(2_140_000, "EUR"), money(87_400, "EUR"), money(640, "EUR")
    ('EUR 2.1 million', 'EUR 87,000', 'EUR 640')
    """
    size = abs(amount)
    if size >= 1e6:
        said = f"{level(size / 1e6)} million"
    else:
        said = numeral(round(size, -3) if size >= 1e4 else round(size), ",.0f")
    return f"{currency} {MINUS if amount < 0 else ''}{said}"


def between(low: float | None, high: float | None, decimals: int = 1) -> str:
    """Return an interval in words; empty when there is none.

    Examples
    --------
    >>> between(2.2, 2.61), between(-0.04, 0.3)
    ('2.2 to 2.6', '0.0 to 0.3')
    """
    if low is None or high is None:
        return ""
    return " to ".join(numeral(end, f".{decimals}f") for end in (low, high))


def count(n: int) -> str:
    """Return small counts as words, others as digits.

    Examples
    --------
    >>> count(3), count(0), count(40)
    ('three', 'no', '40')
    """
    return _SMALL[n] if 0 <= n < len(_SMALL) else numeral(n, ",")


def plural(n: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun.

    Examples
    --------
    >>> plural(1, "conflict"), plural(2, "duty", "duties")
    ('one conflict', 'two duties')
    """
    return f"{count(n)} {one if n == 1 else many or one + 's'}"


def start(sentence: str) -> str:
    """Return the sentence with its first letter raised."""
    return sentence[:1].upper() + sentence[1:]


def joined(parts: Sequence[str]) -> str:
    """Return a list as English joins it.

    Examples
    --------
    >>> joined(["sales", "service", "finance"])
    'sales, service and finance'
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def named(labels: dict[str, str], key: str) -> str:
    """Return the name of an id, or the id itself."""
    return labels.get(key, key)
