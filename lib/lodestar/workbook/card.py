"""Cards: one finding, its evidence and what to do, as HTML that reads well anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from lodestar.charts.render import chart_html, specification
from lodestar.findings.model import Absent, Finding
from lodestar.workbook.exhibit import Exhibit, Fold
from lodestar.workbook.values import covers, every_value

__all__ = ["Html", "absent_card", "exhibit_card", "finding_card", "lead", "style"]


@dataclass(frozen=True)
class Html:
    """HTML for a cell's output, with plain text beside it for terminals and diffs."""

    html: str
    text: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}

    def __repr__(self) -> str:
        return self.text


def lead(sentences: Sequence[str], written: str | None = None) -> Html:
    """Return the answer: the first sentence large, the others after it.

    Parameters
    ----------
    sentences : sequence of str
        Generated sentences.
    written : str, optional
        The consultant's own words, shown in place of the generated ones.
    """
    said = _paragraphs(written) if written else list(sentences)
    first = f'<p class="ls-lead">{escape(said[0])}</p>'
    rest = "".join(f'<p class="ls-answer">{escape(sentence)}</p>' for sentence in said[1:])
    return Html(f'{style()}<div class="ls-top">{first}{rest}</div>', "\n".join(said))


def finding_card(finding: Finding, exhibit: Exhibit, written: str | None = None) -> Html:
    """Return a finding's card: headline, how to read it, exhibit, what to do.

    Parameters
    ----------
    finding : Finding
        The sentence and what to do about it.
    exhibit : Exhibit
        Chart, table and notes.
    written : str, optional
        The consultant's note on this finding, shown under what to do.
    """
    note = _said("In our words", written) if written else ""
    shown = _evidence(exhibit, finding.headline, finding.id)
    html = (
        f"{_open(finding.id)}<h3>{escape(finding.headline)}</h3>{_reading(finding.reading)}"
        f"{shown}{_said('So what', finding.so_what)}{note}</section>"
    )
    return Html(html, f"{finding.headline}\nSo what: {finding.so_what}")


def exhibit_card(name: str, title: str, exhibit: Exhibit, reading: str = "") -> Html:
    """Return a card that shows facts without arguing from them."""
    shown = _evidence(exhibit, name=name)
    html = f"{_open(name)}<h3>{escape(title)}</h3>{_reading(reading)}{shown}</section>"
    return Html(html, title)


def absent_card(absent: Absent) -> Html:
    """Return a calm card: what cannot be answered, and which table would answer it."""
    names = ", ".join(absent.tables)
    remedy = f"To answer it, fill: {names}." if names else ""
    html = (
        f'<section class="ls-card ls-absent" id="{escape(absent.id, quote=True)}">'
        f"<h3>No answer yet</h3><p class='ls-reading'>{escape(absent.reason)}</p>"
        f"<p>{escape(remedy)}</p></section>"
    )
    return Html(html, f"No answer yet: {absent.reason} {remedy}".strip())


@cache
def style() -> str:
    """Return the small style sheet that makes cards readable outside our own template."""
    return f"<style>{(Path(__file__).parent / 'card.css').read_text(encoding='utf-8')}</style>"


def _open(name: str) -> str:
    return f'<section class="ls-card" id="{escape(name, quote=True)}">'


def _reading(text: str) -> str:
    return f'<p class="ls-reading">{escape(text)}</p>' if text else ""


def _evidence(exhibit: Exhibit, finding: str = "", name: str = "") -> str:
    spec = specification(exhibit.chart) if exhibit.chart is not None else None
    chart = chart_html(spec, finding) if spec else ""
    shown = exhibit.table if exhibit.table is not None and exhibit.table.rows else None
    values = every_value(spec) if spec else None
    own = shown.html() if shown else ""
    more = values.html() if values and not covers(shown, values) else ""
    beside = own if exhibit.open_table or not chart else ""
    folds = "".join(_fold(fold, name) for fold in exhibit.folds)
    return chart + beside + _folded(more if beside else own + more) + _notes(exhibit.notes) + folds


def _folded(tables: str) -> str:
    """Return the figures behind a chart, folded away."""
    if not tables:
        return ""
    return f"<details class='ls-figures'><summary>The figures</summary>{tables}</details>"


def _fold(fold: Fold, name: str) -> str:
    """One of a card's folds; the browser closes the others of the same name."""
    inside = Exhibit(fold.chart, fold.table, fold.notes, open_table=True)
    return (
        f'<details class="ls-fold" name="{escape(name, quote=True)}"{" open" if fold.open else ""}>'
        f"<summary>{escape(fold.title)}</summary>{_evidence(inside)}</details>"
    )


def _notes(notes: Iterable[str]) -> str:
    return "".join(f'<p class="ls-note">{escape(note)}</p>' for note in notes)


def _said(label: str, text: str) -> str:
    return f'<div class="ls-sowhat"><b>{escape(label)}</b><span>{escape(text)}</span></div>'


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
