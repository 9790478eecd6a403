"""Run a mapping on raw frames: every step in order, every row left out counted under its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from lodestar.engagement.importing.frames import StepError
from lodestar.engagement.importing.mapping import STEPS, Part, Plan, Step
from lodestar.errors import InputError, Problem

__all__ = ["Import", "run_mapping"]


@dataclass(frozen=True)
class Import:
    """What a mapping made.

    Parameters
    ----------
    period : str
        The period its tables belong to.
    tables : dict of str to DataFrame
        Cells as text, as the input files hold them.
    left_out : DataFrame
        Columns table, reason, rows: what was left out on the way, in the order of the mapping.
    """

    period: str
    tables: Mapping[str, pd.DataFrame]
    left_out: pd.DataFrame


def run_mapping(plan: Plan, sources: Mapping[str, pd.DataFrame]) -> Import:
    """Return the tables that a mapping makes of raw frames.

    Parameters
    ----------
    plan : Plan
        The mapping, checked.
    sources : mapping of str to DataFrame
        Raw frames by the name of their source; cells as text.

    Returns
    -------
    Import
        Tables in the order of the mapping; a table of several parts has their rows one below
        the other.

    Raises
    ------
    InputError
        A step that does not fit the raw files, with its row in the mapping: mend the step.
    """
    tables, left_out = {}, []
    for name, parts in plan.tables.items():
        frames = []
        for part in parts:
            frame = _begin(part, sources)
            for step in part.steps:
                frame, lost = _take(step, frame, plan.file)
                left_out += [(name, *one) for one in lost]
            frames.append(frame)
        tables[name] = pd.concat(frames, ignore_index=True).fillna("")
    counted = pd.DataFrame(left_out, columns=["table", "reason", "rows"])
    totals = counted.groupby(["table", "reason"], sort=False)["rows"].sum().reset_index()
    return Import(plan.period, tables, totals)


def _begin(part: Part, sources: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the raw rows of a part."""
    if part.source:
        return sources[part.source]
    rows = [{key: "" if v is None else str(v) for key, v in row.items()} for row in part.rows]
    return pd.DataFrame(rows).fillna("")


def _take(step: Step, frame: pd.DataFrame, file: str) -> tuple[pd.DataFrame, list[tuple[str, int]]]:
    """Return the frame after a step, and the rows it left out by reason."""
    try:
        after = STEPS[step.name](frame, **step.arguments)
    except StepError as error:
        problem = Problem(
            code="import-step",
            file=file,
            row=step.row,
            column=f"{step.place}.{step.name}",
            value=error.value,
            message=error.message,
            remedy=error.remedy,
        )
        raise InputError([problem]) from None
    except (TypeError, AttributeError) as error:
        raise InputError([_misfit(step, file)]) from error
    reason = step.arguments.get("reason")
    return after, [(str(reason), len(frame) - len(after))] if reason else []


def _misfit(step: Step, file: str) -> Problem:
    """Return the problem of arguments of a wrong kind."""
    return Problem(
        code="import-step",
        file=file,
        row=step.row,
        column=f"{step.place}.{step.name}",
        message=f"The arguments of the step {step.name} do not fit.",
        remedy="Write lists as [a, b] and mappings as {a: b}, as the shipped mappings do.",
    )
