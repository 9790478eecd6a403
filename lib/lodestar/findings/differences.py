"""What a reviewer is told of two runs: what moved, by how much, and whether it exceeds noise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lodestar.findings.words import count, joined, plural, signed, start
from lodestar.schema.numerals import numeral

__all__ = [
    "NOTHING",
    "PLACES",
    "VERDICTS",
    "appeared",
    "choice_moved",
    "counted",
    "decimals",
    "figure",
    "interval",
    "leading",
    "moved",
    "scaled",
    "split_parts",
]

NOTHING = "Nothing differs."
FINEST = 6
PLACES = {"level": 1, "index": 1, "score": 1, "share": 0, "number": 1, "count": 0, "money": 0}
"""Decimals of a figure by its unit, raised until a movement can be seen."""

VERDICTS = {True: "beyond noise", False: "within noise"}


def figure(value: float | None, unit: str, decimals: int | None = None) -> str:
    """Return a figure as a person reads it, without a sign.

    Parameters
    ----------
    value : float or None
        The figure; shares 0-1.
    unit : str
        level, index, score, share, number, count or money.
    decimals : int, optional
        Decimals shown; those of the unit by default.

    Examples
    --------
    >>> figure(0.474, "share"), figure(-3.0, "score"), figure(None, "level"), figure(2e3, "money")
    ('47 %', '−3.0', 'none', '2,000')
    """
    if value is None:
        return "none"
    places = PLACES[unit] if decimals is None else decimals
    text = numeral(round(scaled(value, unit), places), f",.{places}f")
    return f"{text} %" if unit == "share" else text


def scaled(value: float, unit: str) -> float:
    """Return a value as it is shown: a share (0-1) in per cent.

    Examples
    --------
    >>> scaled(0.25, "share"), scaled(0.25, "level")
    (25.0, 0.25)
    """
    return 100 * value if unit == "share" else value


def decimals(before: float, after: float, unit: str, ends: Sequence[float]) -> int:
    """Return the decimals that tell two figures apart, and the ends of an interval from 0."""
    places = PLACES[unit]
    while places < FINEST and figure(before, unit, places) == figure(after, unit, places):
        places += 1
    none = figure(0.0, unit, places)
    while places < PLACES[unit] + 2 and any(
        end and figure(abs(end), unit, places) == none for end in ends
    ):
        places += 1
        none = figure(0.0, unit, places)
    return places


def moved(
    label: str,
    unit: str,
    before: float,
    after: float,
    bounds: tuple[float, float] | None = None,
    share: int = 80,
    beyond: bool | None = None,
    reason: str = "",
) -> str:
    """Return how far a headline number moved, and whether that is more than noise.

    Parameters
    ----------
    label, unit : str
        What the number is; its unit as for `figure`.
    before, after : float
        The number on each side.
    bounds : (low, high), optional
        Interval of the movement.
    share : int
        Per cent that the interval covers.
    beyond : bool or None
        Whether the movement exceeds noise; None when that cannot be told, with its `reason`.

    Notes
    -----
    The movement is the difference of the two figures shown, so that a reader can add it up.

    Examples
    --------
    >>> moved("Alignment index", "index", 61.2, 64.0, (0.9, 4.7), 80, True)
    'Alignment index rose from 61.2 to 64.0 (+2.8, 80 % interval +0.9 to +4.7): beyond noise.'
    >>> moved("Severe conflicts", "count", 14, 12)
    'Severe conflicts fell from 14 to 12 (−2).'
    """
    places = decimals(before, after, unit, bounds or ())
    shown = [round(scaled(value, unit), places) for value in (before, after)]
    change = signed(shown[1] - shown[0], places)
    if unit == "share":
        change += " point" if change[1:] == "1" else " points"
    said = f", {share} % interval {interval(bounds, unit, places)}" if bounds else ""
    verb = "rose" if after > before else "fell"
    ends = f"from {figure(before, unit, places)} to {figure(after, unit, places)}"
    noise = f": {VERDICTS[beyond]}." if beyond is not None else "."
    told = f" No verdict on noise: {reason}" if beyond is None and reason else ""
    return f"{label} {verb} {ends} ({change}{said}){noise}{told}"


def interval(bounds: tuple[float, float], unit: str, places: int) -> str:
    """Return the ends of a movement's interval, each with its sign.

    Examples
    --------
    >>> interval((-0.012, 0.04), "share", 0)
    '−1 to +4'
    """
    return " to ".join(signed(round(scaled(end, unit), places) + 0.0, places) for end in bounds)


def appeared(label: str, unit: str, before: float | None, after: float | None, reason: str) -> str:
    """Return that a number came or went, with the reason of the side that has none.

    Examples
    --------
    >>> appeared("Alignment index", "index", None, 64.0, "No level was chosen.")
    'Alignment index: none before, 64.0 now. Before: No level was chosen.'
    """
    said = f"{label}: {figure(before, unit)} before, {figure(after, unit)} now."
    side = "Before" if before is None else "Now"
    return f"{said} {side}: {reason.rstrip('.')}." if reason else said


def choice_moved(label: str, added: Sequence[str], gone: Sequence[str]) -> str:
    """Return what came into a choice and what left it.

    Examples
    --------
    >>> choice_moved("The plan", ["“Right parts on the van”"], [])
    'The plan: “Right parts on the van” came in.'
    """
    parts = [f"{joined(list(added))} came in"] if added else []
    parts += [f"{joined(list(gone))} left"] if gone else []
    return f"{label}: {joined(parts) or 'the order changed'}."


def split_parts(parts: Mapping[str, float], places: int) -> str:
    """Return what each source accounts for, in the order of the method.

    Parameters
    ----------
    parts : mapping of str to float
        Parts rounded so that they add up to the movement shown, in the unit shown.
    places : int
        Decimals shown.

    Examples
    --------
    >>> split_parts({"data": 3.1, "framework": -0.3, "code": 0.0}, 1)
    'data +3.1, framework −0.3, code 0'
    """
    told = (f"{name} {signed(part, places) if part else '0'}" for name, part in parts.items())
    return ", ".join(told)


def counted(**numbers: int) -> str:
    """Return counts of what was added, gone and changed, leaving out what is none.

    Examples
    --------
    >>> counted(added=2, gone=0, changed=11)
    'two added, eleven changed'
    """
    return ", ".join(f"{count(n)} {word}" for word, n in numbers.items() if n) or "none"


def leading(headlines: int, beyond: int, leaves: int, **others: int) -> str:
    """Return the whole comparison in one sentence.

    Parameters
    ----------
    headlines, beyond, leaves : int
        Headline numbers that moved, those of them beyond noise, and every leaf that moved.
    **others : int
        Further counts by what is counted in the singular (``_`` for a space).

    Examples
    --------
    >>> leading(3, 1, 240, finding=2)
    'Three headline numbers moved, one of them beyond noise; 240 results and two findings differ.'
    >>> leading(0, 0, 0, input_row=1)
    'No headline number moved; one input row differs.'
    """
    counts = [("result", leaves), *others.items()]
    rest = [plural(n, name.replace("_", " ")) for name, n in counts if n]
    total = sum(n for _, n in counts)
    noise = f", {plural(beyond, 'of them', 'of them')} beyond noise" if beyond else ""
    if headlines:
        lead = f"{start(plural(headlines, 'headline number'))} moved{noise}"
    else:
        lead = "No headline number moved"
    return f"{lead}; {joined(rest)} differ{'s' if total == 1 else ''}." if rest else f"{lead}."
