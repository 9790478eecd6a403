"""What follows from other choices, as HTML that folds anywhere and slides in our own pages."""

from __future__ import annotations

from html import escape

from lodestar.controls.choices import Choice, Choices, said
from lodestar.workbook.card import Html

__all__ = ["choices_card"]


def choices_card(choices: Choices) -> Html:
    """Return a card with one fold a choice, the reviewed one open; empty without choices.

    Parameters
    ----------
    choices : Choices
        Every value that could be chosen, with what follows.

    Notes
    -----
    All of it stands in the page: `whatif.js` puts a slider before it and shows one choice at a
    time; without scripts each one unfolds.
    """
    if not choices.options:
        return Html("", "")
    folds = "".join(_fold(choice, choices) for choice in choices.options)
    reviewed = "" if choices.reviewed is None else f' data-reviewed="{choices.reviewed:g}"'
    name = escape(choices.name, quote=True)
    html = (
        f'<section class="ls-card ls-choices" data-name="{name}"{reviewed}>'
        f"<h3>{escape(choices.title)}</h3><p class='ls-reading'>{escape(choices.reading)}</p>"
        f"{folds}</section>"
    )
    said_of = (f"{c.label}: {' '.join(c.sentences)}" for c in choices.options)
    return Html(html, "\n".join([choices.title, *said_of]))


def _fold(choice: Choice, choices: Choices) -> str:
    """Return one choice as a fold."""
    same = choice.value == choices.reviewed
    label = f"{choice.label}, as reviewed" if same else choice.label
    return (
        f'<details class="ls-fold ls-choice" data-value="{choice.value:g}"'
        f"{' open' if same else ''}><summary>{escape(label[:1].upper() + label[1:])}</summary>"
        f"{said(choice.sentences)}{choice.html}</details>"
    )
