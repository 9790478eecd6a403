"""What a what-if says now, and in grey beside it what was reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from lodestar.charts.theme import FAINT

__all__ = ["WORKING", "reviewed_figure", "sentences"]

WORKING = (
    "<style>@keyframes ls-late{to{visibility:visible}}</style>"
    '<p role="status" style="visibility:hidden;animation:ls-late 0s .3s forwards">Working…</p>'
)
"""Seen only where the answer takes longer than 0.3 s."""


def sentences(now: Sequence[str], reviewed: Sequence[str]) -> str:
    """Return sentences as HTML, bold where they changed; the reviewed ones they replace in grey.

    Parameters
    ----------
    now, reviewed : sequence of str
        Plain sentences; client text in them is escaped here.

    Examples
    --------
    >>> sentences(["A.", "B."], ["A.", "B."])
    '<p>A. B.</p>'
    >>> sentences(["A.", "C."], ["A.", "B."])
    "<p>A. <b>C.</b></p><p style='color:#69727a'>Reviewed: B.</p>"
    """
    said = [escape(own) if own in reviewed else f"<b>{escape(own)}</b>" for own in now]
    html = f"<p>{' '.join(said)}</p>" if said else ""
    replaced = [own for own in reviewed if own not in now]
    if not replaced:
        return html
    return f"{html}<p style='color:{FAINT}'>Reviewed: {escape(' '.join(replaced))}</p>"


def reviewed_figure(text: str) -> str:
    """Return a reviewed figure in grey, for the place beside its control."""
    return f"<span style='color:{FAINT}'>reviewed {escape(text)}</span>"
