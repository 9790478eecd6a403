"""What a cell may hold, whatever its column: text that a person wrote, of a readable length."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from lodestar.engagement.collector import Collector
from lodestar.schema.letters import LONGEST, control_in

__all__ = ["NAME", "check_letters"]

NAME = 500
"""Characters of a name: pages say names within sentences."""


def check_letters(
    file: str, rows: np.ndarray, cells: Mapping[str, np.ndarray], collector: Collector
) -> None:
    """Collect cells that are too long to be shown or hold characters that no text has.

    Parameters
    ----------
    file : str
        File or sheet for messages.
    rows : array of int
        Number of each row in the file.
    cells : mapping of str to array
        Texts by column.
    collector : Collector
        Takes the problems.
    """
    for name, column in cells.items():
        most = NAME if name == "name" else LONGEST
        different = pd.unique(column)
        faults = {
            "too-long": [text for text in different if len(text) > most],
            "control-character": [text for text in different if control_in(text)],
        }
        said = {
            "too-long": (f"At most {most:,} characters fit here.", "Shorten the text."),
            "control-character": (
                "The cell holds a control character, which no text has.",
                "Write the cell's text again.",
            ),
        }
        for code, texts in faults.items():
            where = np.flatnonzero(np.isin(column, texts)) if texts else np.array([], dtype=int)
            columns = _named(name)
            values = [str(column[at]) for at in where]
            collector.cells(code, file, rows[where], columns, values, *said[code])


def _named(name: str) -> Callable[[int], str]:
    return lambda _: name
