"""The demo client with hostile text wherever a client may write words, and its harmless twin."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import yaml

from lodestar.schema.columns import Column
from lodestar.schema.letters import TURNING
from lodestar.schema.tables import TABLES
from tests.support.clients import copied_demo, read_rows, write_rows

__all__ = ["CLIENT", "PAYLOADS", "harmless", "hostile", "poisoned_demo"]

CLIENT = "demo"

PAYLOADS = (
    "<script>window.__pwned=1;alert(1)</script>",
    "<img src=x onerror=window.__pwned=2>",
    "<svg/onload=window.__pwned=3>",
    '" onmouseover="window.__pwned=4" x=\'',
    "' autofocus onfocus='window.__pwned=5",
    "</script><script>window.__pwned=6</script>",
    "]]><!--<script>window.__pwned=7//-->",
    "</style></title></textarea><b>x",
    "[look](javascript:window.__pwned=8)",
    "![p](http://injected.example/p.png)",
    "<a href='http://injected.example/'>x</a>",
    "=cmd|'/c calc'!A1",
    "@SUM(1+1)*cmd|'/c calc'!A1",
    "+1+cmd|'/c calc'!A1",
    "-2+3+cmd|'/c calc'!A1",
    'ends here;=HYPERLINK("http://injected.example")',
    "datum.value",
    "datum['__pwned'] + signal",
    '{"expr": "warn(1)"}',
    '{"signal": "event"}\'];warn(1);["',
    "\\'];warn(1);['\\\\",
    '"]; warn(1); ["\\"',
    "{{7*7}}${7*7}#{7*7}<%= 7*7 %>{% raw %}",
    "`window.__pwned=9`",
    "$x_{</math>}$ **bold** # head",
    "left \u202ethgir\u202c \u2066isolated\u2069 \u200frtl\u200e",
    "zero\u200bwidth\u200djoined\ufeffmark",
    "&lt;script&gt;window.__pwned=10&lt;/script&gt; &amp; &#x3c;b>",
    "two words  with   spaces",
    "__proto__",
    "constructor",
    "[red]rich[/red] [link=http://injected.example]x[/link]",
)
"""What somebody might write into a name; each must be shown as it stands or be refused."""

_SETTINGS = ("name", "text", "name_or_role")


def hostile(number: int) -> str:
    """Return the text in place of the client's n-th."""
    return f"{PAYLOADS[number % len(PAYLOADS)]} {number}"


def harmless(number: int) -> str:
    """Return a text as long as the hostile one, with nothing but letters, digits and spaces."""
    return re.sub(r"[^A-Za-z0-9 ]", "x", hostile(number))


def poisoned_demo(root: Path, write: Callable[[int], str], leave: Collection[str] = ()) -> Path:
    """Copy the demo client with every free text replaced, equal ones by equal ones.

    Parameters
    ----------
    root : Path
        Data root to write the client into.
    write : callable
        `hostile` or `harmless`: makes the n-th different text.
    leave : collection of str
        Columns to leave as they are.

    Returns
    -------
    Path
        The client's folder.
    """
    folder = copied_demo(root)
    known: dict[str, str] = {}
    for path in sorted(folder.glob("inputs/*/*.csv")):
        _poison_table(path, known, write, leave)
    for name in ("engagement.yml", "assumptions.yml"):
        data = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
        said = yaml.safe_dump(_poisoned(data, known, write), sort_keys=False)
        (folder / name).write_text(said, encoding="utf-8")
    for path in sorted(folder.glob("inputs/*/notes.md")):
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = [line if line.startswith("#") else _new(line, known, write) for line in lines]
        path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return folder


def _new(text: str, known: dict[str, str], write: Callable[[int], str]) -> str:
    return known.setdefault(text, write(len(known))) if text.strip() else text


def _free(column: Column, key: tuple[str, ...]) -> bool:
    """Tell whether a column holds words of the client's own; ids keep what refers to them."""
    own = column.type == "text" and not column.allowed and not column.reference
    return own and (column.name not in key or column.name == "rater")


def _poison_table(
    path: Path, known: dict[str, str], write: Callable[[int], str], leave: Collection[str]
) -> None:
    table = TABLES[path.stem]
    free = {c.name for c in table.columns if _free(c, table.key)} - {"target", "node", *leave}
    rows = read_rows(path)
    for row in rows:
        for name in free & set(row):
            row[name] = _new(row[name], known, write)
    write_rows(path, rows)


def _poisoned(value: Any, known: dict[str, str], write: Callable[[int], str]) -> Any:
    """Return a document with the words replaced; marks that turn writing are refused there."""
    if isinstance(value, dict):
        return {
            key: _new(inner, known, write).translate(TURNING)
            if key in _SETTINGS and isinstance(inner, str)
            else _poisoned(inner, known, write)
            for key, inner in value.items()
        }
    return [_poisoned(inner, known, write) for inner in value] if isinstance(value, list) else value
