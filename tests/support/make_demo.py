"""Make the synthetic client: `python -m tests.support.make_demo` writes client_data/demo anew."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.support.demo.basics import FIRST, LATEST, PERIODS, Tables
from tests.support.demo.levels import context, ratings, upkeep
from tests.support.demo.links import links
from tests.support.demo.measures import measures
from tests.support.demo.people import people
from tests.support.demo.portfolio import portfolio
from tests.support.demo.sales import trade
from tests.support.demo.series import history, indicators
from tests.support.demo.survey import responses, wide
from tests.support.demo.words import comments
from tests.support.demo.work import activities, decisions, needs, workforce

TARGET = Path(__file__).resolve().parents[2] / "client_data" / "demo"
STATIC = Path(__file__).parent / "demo" / "files"


def tables(period: str) -> Tables:
    """Every table of a period; the latest has all of them, the first what levels need."""
    found = people(period)
    answers = responses(found["respondents"], period)
    if period == FIRST:
        return {
            "context": context(period),
            "ratings": ratings(period),
            "respondents": found["respondents"],
            "responses": wide(answers, found["respondents"]),
        }
    found |= measures(period) | trade(period)
    latest = period == LATEST
    found |= {
        "responses": answers if latest else wide(answers, found["respondents"]),
        "context": context(period),
        "ratings": ratings(period),
        "links": links(period),
        "history": history(period),
        "activities": activities(period),
        "decisions": decisions(period),
        "needs": needs(period),
        "workforce": workforce(period),
        "indicators": indicators(period),
    }
    if latest:
        found |= portfolio() | {"upkeep": upkeep(), "comments": comments(found["respondents"])}
    return _with_mistakes(found)


def files() -> dict[str, bytes]:
    """Every file of the client by its path in the client's folder."""
    static = [path for path in STATIC.rglob("*") if path.is_file()]
    made = {path.relative_to(STATIC).as_posix(): path.read_bytes() for path in static}
    for period in PERIODS:
        for name, frame in tables(period).items():
            text = frame.to_csv(index=False, lineterminator="\n")
            made[f"inputs/{period}/{name}.csv"] = text.encode("utf-8")
    return dict(sorted(made.items()))


def write(target: Path = TARGET) -> None:
    """Write the client's folder; files that are no longer made are removed."""
    made = files()
    for old in sorted((target / "inputs").rglob("*.*")):
        if old.relative_to(target).as_posix() not in made:
            old.unlink()
    for name, content in made.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _with_mistakes(found: Tables) -> Tables:
    """Plant the two mistakes that corrections.yml mends."""
    mistakes = {
        "customers": ("customer", "c017", "ideal_fit", "7.4"),
        "investments": ("investment", "n07", "cost", "12000"),
    }
    for table, (key, id, column, wrong) in mistakes.items():
        if table in found:
            frame: pd.DataFrame = found[table]
            frame.loc[frame[key] == id, column] = wrong
    return found


if __name__ == "__main__":
    write()
