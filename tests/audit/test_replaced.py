"""Runs that a later one of their period replaced, and that somebody may have seen.

Oracle: the runs as the gate makes them are clean one by one; the difference of two sums is planted
by one late answer.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lodestar.access import Role, Session
from lodestar.audit import audit, audit_folder
from lodestar.audit.replaced import MOST, replaced_runs
from lodestar.audit.words import audit_lines
from lodestar.engagement import load
from lodestar.framework import load_framework
from lodestar.provenance import PublishedRun, keep, sources
from lodestar.provenance.reviews import Review, record_path
from lodestar.run.pruning import prune
from tests.audit.organisation import PERSONS, Persons, results
from tests.support.access import opened
from tests.support.published import publish

PERIOD = "2026-Q4"
LATE = ("who-late", "service", "senior")
SETTINGS = """client: {client}
name: Small plc
framework: customer-alignment
functions: [{{id: sales, name: Sales}}, {{id: service, name: Service}}, {{id: finance, name: Fin}}]
"""


@pytest.fixture
def client(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "small"
    (folder / "inputs" / PERIOD).mkdir(parents=True)
    (folder / "engagement.yml").write_text(SETTINGS.format(client="small"), encoding="utf-8")
    return folder


def asked() -> list[str]:
    """Return two items of a dimension that employees are asked."""
    items = load_framework("customer-alignment").items
    fit = [one for one in items if one.dimension and "employee" in one.audience and one.to_level]
    return [one.id for one in fit if one.dimension == fit[0].dimension][:2]


def answer(folder: Path, persons: Persons, **other: int) -> None:
    """Write what these employees answered; each one's answers depend on the name alone."""
    people = [
        dict(zip(("respondent", "function", "seniority"), row, strict=True)) for row in persons
    ]
    said = [
        {"respondent": who, "item": item, "value": other.get(who.replace("-", "_"), int(value))}
        for who, *_ in persons
        for item, value in zip(
            asked(), np.random.default_rng([*who.encode()]).integers(1, 6, 2), strict=True
        )
    ]
    into = folder / "inputs" / PERIOD
    pd.DataFrame(people).assign(group="employee").to_csv(into / "respondents.csv", index=False)
    pd.DataFrame(said).to_csv(into / "responses.csv", index=False)


def run(folder: Path) -> PublishedRun:
    """Publish what the gate lets through of the answers as they stand."""
    material = load(folder.name, "", folder.parent)
    made_from = {"inputs": sources(material)["inputs"]}
    keep(folder, made_from["inputs"])
    made = publish(folder, PERIOD, made_from)
    (made.folder / "results.json").write_text(json.dumps(results(material)))
    return made


def sign(folder: Path, run: PublishedRun) -> None:
    path = record_path(folder, PERIOD)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(Review("signature", "A. Partner", "", run.hash, "").line() + b"\n")


def twice(folder: Path, before: Persons, after: Persons, **other: int) -> PublishedRun:
    answer(folder, before)
    first = run(folder)
    answer(folder, after, **other)
    run(folder)
    return first


def whose(folder: Path) -> set[tuple[str, str]]:
    found = audit(folder.name, folder.parent)
    return {(leak.kind, leak.who) for leak in found.leaks}


def test_a_late_answer_is_the_difference_of_two_runs(client: Path) -> None:
    first = twice(client, PERSONS, [*PERSONS, LATE])
    found = audit("small", client.parent)
    assert whose(client) == {("follows", "one person")}
    assert found.replaced == (first.hash[:12],)
    assert all(f"replaced run {first.hash[:12]}" in " ".join(leak.where) for leak in found.leaks)
    assert all("prune --keep 1" in leak.remedy for leak in found.leaks)
    assert "Compared with a replaced run that is still kept." in audit_lines(found)


def test_a_leaver_between_two_runs_of_a_period(client: Path) -> None:
    twice(client, PERSONS, PERSONS[1:])
    assert whose(client) == {("follows", "one person")}


def test_once_the_replaced_run_is_removed_nothing_follows(client: Path) -> None:
    twice(client, PERSONS, [*PERSONS, LATE])
    prune(client, keep=1, grace=0.0)
    assert whose(client) == set()


def test_a_draft_may_be_corrected_and_what_was_signed_may_not(client: Path) -> None:
    """A run about to be published is held against the runs that somebody put their name to."""
    first = twice(client, PERSONS, [*PERSONS, LATE])
    material = load("small", "", client.parent)
    second = (client / "runs" / PERIOD).resolve()
    assert audit_folder(second, material) == []
    sign(client, first)
    assert {leak.who for leak in audit_folder(second, material)} == {"one person"}


@pytest.mark.parametrize(("role", "told"), [("client", {"one person"}), ("consultant", set())])
def test_what_somebody_of_the_client_was_shown_counts_as_seen(
    client: Path, role: Role, told: set[str]
) -> None:
    """A consultant sees every answer anyway; a person of the client subtracts two drafts."""
    first = twice(client, PERSONS, [*PERSONS, LATE])
    access = opened(client.parent)
    access.add("ana", role, ("small",))
    session = Session("ana", role, ("small",), "", True)
    access.looked(session, "small", PERIOD, first.hash, "05_perspectives")
    access.close()
    material = load("small", "", client.parent)
    leaks = audit_folder((client / "runs" / PERIOD).resolve(), material)
    assert {leak.who for leak in leaks} == told


def test_a_corrected_answer_and_a_run_of_the_same_answers_tell_of_nobody(client: Path) -> None:
    twice(client, PERSONS, PERSONS, who_s3=3)
    assert whose(client) == set()
    assert len(audit("small", client.parent).replaced) == 1


def test_many_further_answers_tell_of_nobody(client: Path) -> None:
    """Oracle: six more of sales, all junior: the least difference is that of six."""
    more = [(f"who-late{i}", "sales", "junior") for i in range(6)]
    twice(client, PERSONS, [*PERSONS, *more])
    assert whose(client) == set()


def test_another_function_hidden_beside_a_small_one_tells_of_it(client: Path) -> None:
    """Oracle: first service (9) is hidden beside finance (3), then sales (12 < 15): all employees
    less the sales of the first run less the service of the second are finance."""
    more = [(f"who-late{i}", "service", "junior") for i in range(6)]
    twice(client, PERSONS, [*PERSONS, *more])
    assert whose(client) == {("follows", "a group of 3")}


def test_what_a_run_was_made_from_may_be_gone(client: Path) -> None:
    first = twice(client, PERSONS, [*PERSONS, LATE])
    for path in (client / "inputs" / ".kept").iterdir():
        path.unlink()
    found = audit("small", client.parent)
    assert (found.leaks, found.lost) == ((), (first.hash[:12],))
    assert f"no longer kept: {first.hash[:12]}" in " ".join(audit_lines(found))


def test_only_so_many_unsigned_runs_are_compared(client: Path) -> None:
    made: Sequence[PublishedRun] = []
    for seed in range(MOST + 3):
        answer(client, PERSONS, who_s3=1 + seed % 5, who_s4=1 + seed // 5)
        made = [*made, run(client)]
    sign(client, made[0])
    standing = {PERIOD: (client / "runs" / PERIOD).resolve()}
    assert len(replaced_runs(client, standing, seen_only=False)) == MOST + 1
    assert [one.name for one in replaced_runs(client, standing, True)] == [made[0].hash]
