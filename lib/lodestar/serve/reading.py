"""A page as a reader needs it: words explained where they stand, formulas a click away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape, unescape

from markupsafe import Markup

from lodestar.serve.glossary import Word, formula_of, slug
from lodestar.serve.saved import Block
from lodestar.serve.unbroken import unbroken

__all__ = ["Reading", "Section", "read_along"]

_TOKEN = re.compile(r"<[^>]*>|[^<]+|<")
_TAG = re.compile(r"<(?P<end>/)?(?P<name>[a-z]\w*)", re.IGNORECASE)
_HEADING = re.compile(r"<h2>(?P<title>.*?)</h2>", re.DOTALL)
_CARD = re.compile(r'<section class="ls-card" id="(?P<id>[^"]+)">')
_END = "</section>"
_CLOSED = frozenset(
    ("a", "button", "code", "figure", "h1", "h2", "h3", "pre", "summary", "svg", "table")
)
"""Inside these nothing is marked: headings stay plain, charts and tables explain themselves."""

_PAGE = re.compile(r"(?:(?<=\b[Pp]age )|(?<=\bsee )|(?<=[;,] ))0[0-7](?= \w|[.;,]|$)")
"""Another page, named by its number: "page 04 names them", "see 07", "; 03 gives the …"."""

_NAME = re.compile(r"`([\w.]+)`")
"""A name out of the client's files, as sentences quote it."""

LEVELS: Mapping[str, re.Pattern[str]] = {
    "Required level": re.compile(r"(?<=asks for level )\d(?:\.\d)?"),
    "Chosen level": re.compile(r"(?:(?<=you chose )|(?<=you chose, ))\d(?:\.\d)?"),
    "Present level": re.compile(r"(?<=you work at )\d(?:\.\d)?"),
    "Built for": re.compile(r"(?<=built for )\d(?:\.\d)?"),
    "Experienced level": re.compile(r"(?<=customers experience )\d(?:\.\d)?"),
}
"""The levels in the first sentence: each number opens the definition of its word."""


@dataclass(frozen=True)
class Section:
    """One entry of a page's contents."""

    id: str
    title: str


@dataclass(frozen=True)
class Reading:
    """A page's blocks with what was marked in them.

    Parameters
    ----------
    blocks : tuple of Block
        In order.
    sections : tuple of Section
        The page's contents.
    words : tuple of Word
        Every word that a button of the page opens.
    method : str
        Address of the method page; empty where a run has none.
    """

    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    words: tuple[Word, ...]
    method: str


@dataclass
class _Marks:
    """What has been marked so far: a word is explained where it stands first."""

    words: Sequence[Word]
    pages: Mapping[str, str]
    used: dict[tuple[str, str], Word] = field(default_factory=dict)


def read_along(
    blocks: Iterable[Block], words: Sequence[Word], pages: Mapping[str, str], method: str
) -> Reading:
    """Return a page's blocks with words, other pages and formulas a click away.

    Parameters
    ----------
    blocks : iterable of Block
        As the executed notebook showed them.
    words : sequence of Word
        What may be explained; empty on the method page itself.
    pages : mapping
        Number of a page, such as ``04``: its address.
    method : str
        Address of the method page; empty where a run has none.

    Notes
    -----
    Only tags are added, for a name the quotes around it, and figures stay on the line of their
    sign: what a reader reads is what was reviewed.
    """
    marks = _Marks(words, pages)
    done, sections = [], []
    for block in blocks:
        html, found = _headed(str(block.html))
        sections += found
        html = unbroken(_linked(_marked(html, marks), method))
        done.append(replace(block, html=Markup(html)))
    used = {word.id: word for word in marks.used.values()}
    return Reading(tuple(done), tuple(sections), tuple(used.values()), method)


def _headed(html: str) -> tuple[str, list[Section]]:
    """Give each heading of a section a name, by which the contents reach it."""
    found: list[Section] = []

    def named(heading: re.Match[str]) -> str:
        title = unescape(re.sub(r"<[^>]*>", "", heading["title"]))
        found.append(Section(slug(title), title))
        return f'<h2 id="{escape(slug(title))}">{heading["title"]}</h2>'

    return _HEADING.sub(named, html), found


def _linked(html: str, method: str) -> str:
    """Put the way to a finding's formula at the foot of its card."""
    card = _CARD.match(html)
    section = formula_of(unescape(card["id"])) if card else ""
    if not (section and method):
        return html
    link = f'<p class="ls-how"><a href="{escape(method)}#{section}">How this is computed</a></p>'
    before, _, after = html.rpartition(_END)
    return f"{before}{link}{_END}{after}"


def _marked(html: str, marks: _Marks) -> str:
    """Mark words in running text, never inside what has its own meaning."""
    closed: list[str] = []
    lead = False
    parts = []
    for token in _TOKEN.findall(html):
        tag = _TAG.match(token)
        if tag is None:
            text = token if token.startswith("<") or closed else _explained(token, lead, marks)
            parts.append(text)
            continue
        name = tag["name"].lower()
        lead = 'class="ls-lead"' in token if not tag["end"] else lead and name != "p"
        if tag["end"] and closed and closed[-1] == name:
            closed.pop()
        elif not tag["end"] and name in _CLOSED:
            closed.append(name)
        parts.append(token)
    return "".join(parts)


def _explained(text: str, lead: bool, marks: _Marks) -> str:
    """Return a piece of text with its words and pages marked."""
    spans: list[tuple[int, int, str]] = []
    for word in marks.words:
        kind, pattern = ("ls-mark", LEVELS.get(word.name)) if lead else ("", _form(word))
        found = pattern.search(text) if pattern and (word.id, kind) not in marks.used else None
        if found and _free(spans, found):
            marks.used[word.id, kind] = word
            spans.append((*found.span(), _button(found.group(), word, kind)))
    for found in _PAGE.finditer(text):
        if found.group() in marks.pages and _free(spans, found):
            href = escape(marks.pages[found.group()])
            spans.append((*found.span(), f'<a href="{href}">{found.group()}</a>'))
    return _NAME.sub(r"<code>\1</code>", _spliced(text, spans))


def _form(word: Word) -> re.Pattern[str]:
    """Return what finds a word in escaped text; an abbreviation keeps its capitals."""
    forms = sorted(map(escape, word.forms), key=len, reverse=True)
    either = "|".join(
        re.escape(form) if form.isupper() else f"(?i:{re.escape(form)})" for form in forms
    )
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])")


def _button(text: str, word: Word, kind: str) -> str:
    classes = f"ls-word {kind}".strip()
    told = f' aria-label="{text}: what is “{escape(word.name)}”?"' if kind else ""
    return (
        f'<button type="button" class="{classes}" data-word="{slug(word.name)}" '
        f'popovertarget="{word.id}"{told}>{text}</button>'
    )


def _free(spans: list[tuple[int, int, str]], found: re.Match[str]) -> bool:
    return all(found.end() <= start or found.start() >= end for start, end, _ in spans)


def _spliced(text: str, spans: list[tuple[int, int, str]]) -> str:
    for start, end, html in sorted(spans, reverse=True):
        text = text[:start] + html + text[end:]
    return text
