"""A small organisation whose finance is too small to show, and its published run."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from lodestar.assess.perspectives.section import assess
from lodestar.audit import Leak
from lodestar.audit.check import audit_runs
from lodestar.engagement.model import Engagement, Wave
from tests.support.builders import engagement, wave

Persons = Sequence[tuple[str, str, str]]

PERSONS: Persons = [
    *((f"who-s{i}", "sales", "senior" if i < 5 else "junior") for i in range(12)),
    *((f"who-v{i}", "service", "senior" if i < 4 else "junior") for i in range(9)),
    *((f"who-f{i}", "finance", "junior") for i in range(3)),
]
"""Respondent, function and seniority."""

COMMENT = "Nobody ever asked the drivers what they see at the door."


def tables(persons: Persons = PERSONS, seed: int = 1) -> dict[str, list[dict[str, Any]]]:
    """Return a survey of these employees; each one's answers depend on name and seed alone."""
    respondents = [
        {"respondent": who, "group": "employee", "function": function, "seniority": years}
        for who, function, years in persons
    ]
    responses = [
        {"respondent": who, "item": item, "value": int(value)}
        for who, *_ in persons
        for item, value in zip(
            ("I01", "I02", "I03", "I06", "I07"),
            np.random.default_rng([seed, *who.encode()]).integers(1, 6, 5),
            strict=True,
        )
    ]
    said = [{"respondent": persons[0][0], "topic": "doors", "text": COMMENT}]
    return {"respondents": respondents, "responses": responses, "comments": said}


def organisation(persons: Persons = PERSONS, seed: int = 1, *earlier: Wave) -> Engagement:
    """Return the organisation as of 2026-Q4, `earlier` waves before it."""
    functions = ("sales", "service", "finance")
    return engagement(tables(persons, seed), functions=functions, earlier=earlier)


def before(persons: Persons = PERSONS, seed: int = 1) -> Wave:
    """Return the wave of the quarter before."""
    return wave(tables(persons, seed), "2026-Q3", "2026-07-01", "2026-09-30")


def results(material: Engagement) -> dict[str, Any]:
    """Return what is published of the survey: the section of perspectives and the names."""
    names = {f.id: f.name for f in material.settings.functions}
    labels = {"function": names, "dimension": {"D1": "Purpose"}}
    return {"threshold": 5, "labels": labels, "perspectives": assess(material, {})}


def run(
    folder: Path, document: Mapping[str, Any], files: Mapping[str, bytes] | None = None
) -> Path:
    """Write a run by hand: results and any other files."""
    (folder / "tables").mkdir(parents=True)
    (folder / "results.json").write_text(json.dumps(document), encoding="utf-8")
    for name, content in (files or {}).items():
        (folder / name).write_bytes(content)
    return folder


def notebook(*outputs: Mapping[str, Any], widgets: Mapping[str, Any] | None = None) -> bytes:
    """Return an executed notebook with one cell of these outputs."""
    data = [{"output_type": "display_data", "data": one, "metadata": {}} for one in outputs]
    cell = {"cell_type": "code", "id": "c1", "source": "", "outputs": data, "metadata": {}}
    state = {"widgets": {"application/vnd.jupyter.widget-state+json": {"state": widgets or {}}}}
    return json.dumps({"cells": [cell], "metadata": state, "nbformat": 4}).encode()


def found(material: Engagement, folder: Path) -> list[Leak]:
    """Return what an audit finds in one run."""
    return list(audit_runs(material, {material.period.id: folder}, [material.period.id]).leaks)


def cell(document: Mapping[str, Any], scale: str, group: str) -> dict[str, Any]:
    """Return the entry of a group on a scale."""
    rows = document["perspectives"]["scales"]
    return next(row for row in rows if (row["scale"], row["group"]) == (scale, group))
