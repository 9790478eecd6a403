"""A copy of demo in which what a person said, or is called by, can be told wherever it lands."""

from __future__ import annotations

import base64
import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.support.clients import copied_demo, read_rows, write_rows

__all__ = ["MARK", "SMALL", "marks_in", "poison"]

MARK = re.compile(rb"zq[a-z]+\d{5}")
"""zqid00001 a respondent, zqrater00001 a rater of the survey, zqword00001 a word of a comment."""

SMALL = {"product": 3, "marketing": 4}
"""Functions of which only so many employees stay, so that they must be hidden everywhere."""

PICTURE = re.compile(rb"data:[^;,\"]+;base64,([A-Za-z0-9+/=]+)")
Row = dict[str, str]


def poison(root: Path) -> Path:
    """Write the poisoned client below a folder of clients; return its folder."""
    folder = copied_demo(root)
    for period in sorted((folder / "inputs").iterdir()):
        gone = _surplus(period / "respondents.csv")
        for name, change in CHANGES.items():
            path = period / f"{name}.csv"
            if path.is_file():
                _rewrite(path, change, gone)
    return folder


def marks_in(content: bytes) -> set[bytes]:
    """Return the marks in some bytes, also in compressed ones and in pictures written as text."""
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    found = set(MARK.findall(content))
    for written in PICTURE.findall(content):
        found |= set(MARK.findall(base64.b64decode(written)))
    return found


def _surplus(path: Path) -> set[str]:
    """Return the respondents who go, so that few stay in the small functions."""
    gone, seen = set(), dict.fromkeys(SMALL, 0)
    for row in read_rows(path):
        if row["group"] == "employee" and row["function"] in SMALL:
            seen[row["function"]] += 1
            if seen[row["function"]] > SMALL[row["function"]]:
                gone.add(row["respondent"])
    return gone


def _rewrite(path: Path, change: Callable[[Row, int], Row], gone: set[str]) -> None:
    rows = [row for row in read_rows(path) if row.get("respondent") not in gone]
    write_rows(path, [change(row, number) for number, row in enumerate(rows)])


def _id(row: Row, number: int) -> Row:
    return {**row, "respondent": f"zqid{int(row['respondent'][1:]):05d}"}


def _person(row: Row, number: int) -> Row:
    """Add what only the person is called by, as exports of survey tools do."""
    return {**_id(row, number), "badge": f"zqbadge{number:05d}"}


def _comment(row: Row, number: int) -> Row:
    words = (f"zqword{number:05d}" if len(word) > 3 else word for word in row["text"].split())
    return {**_id(row, number), "text": " ".join(words)}


def _rating(row: Row, number: int) -> Row:
    if row["basis"] != "survey":
        return row
    told = {"rater": "zqrater" + _number(row["rater"])}
    if row.get("evidence"):
        told["evidence"] = f"zqevidence{number:05d}"
    return {**row, **told}


def _number(name: str) -> str:
    """Return five digits that stand for a name."""
    return f"{sum(place * ord(letter) for place, letter in enumerate(name, 1)) % 100_000:05d}"


CHANGES: dict[str, Callable[[Row, int], Row]] = {
    "respondents": _person,
    "responses": _id,
    "comments": _comment,
    "recall": _id,
    "ratings": _rating,
    "context": _rating,
}


def files(folder: Path) -> Iterator[Path]:
    """Yield every file of a folder."""
    yield from (path for path in sorted(folder.rglob("*")) if path.is_file())
