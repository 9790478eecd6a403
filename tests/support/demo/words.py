"""What people wrote in their own words."""

from __future__ import annotations

import pandas as pd

from tests.support.demo.basics import register, rng


def comments(respondents: pd.DataFrame) -> pd.DataFrame:
    """Comments, each given to a different person of the group and function that wrote it."""
    generator = rng("comments")
    rows = register("comments")
    taken: set[str] = set()
    writers = []
    for row in rows.itertuples():
        fits = (respondents["group"] == row.group) & (respondents["function"] == row.function)
        open_ids = [id for id in respondents.loc[fits, "respondent"] if id not in taken]
        writer = open_ids[int(generator.integers(len(open_ids)))]
        taken.add(writer)
        writers.append(writer)
    frame = rows.assign(respondent=writers).sort_values("respondent")
    return frame[["respondent", "topic", "text"]].reset_index(drop=True)
