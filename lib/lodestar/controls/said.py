"""What a what-if says now, and in grey beside it what was reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from lodestar.charts.theme import FAINT

__all__ = ["reviewed_figure", "sentences"]


def sentences(now: Sequence[str], reviewed: Sequence[str]) -> str:
    """Return sentences as HTML; reviewed ones follow in grey where they differ.

    Parameters
    ----------
    now, reviewed : sequence of str
        Plain sentences; client text in them is escaped here.

    Examples
    --------
    >>> sentences(["A."], ["A."])
    '<p><b>A.</b></p>'
    """
    html = f"<p><b>{escape(' '.join(now))}</b></p>" if now else ""
    if list(now) == list(reviewed) or not reviewed:
        return html
    return f"{html}<p style='color:{FAINT}'>Reviewed: {escape(' '.join(reviewed))}</p>"


def reviewed_figure(text: str) -> str:
    """Return a reviewed figure in grey, for the place beside its control."""
    return f"<span style='color:{FAINT}'>reviewed {escape(text)}</span>"
