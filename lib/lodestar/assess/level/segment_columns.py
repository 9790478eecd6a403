"""Which extra columns of the respondents split customers into segments."""

from __future__ import annotations

import pandas as pd

from lodestar.assess.inclusion.advocacy import UNSTATED
from lodestar.schema.tables import TABLES

__all__ = ["LONGEST", "MOST", "customer_labels", "split_columns"]

MOST = 12
"""More different values than this are names or free text."""

LONGEST = 60
"""A longer value is a sentence."""

NUMBERS = "It holds numbers (a weight, an age, a code): no segment by itself."
SENTENCES = f"Some of its values are longer than {LONGEST} characters: words, not segments."
MANY = f"It has more than {MOST} different values."
ONE = "All customers have the same value."
SMALL = "No two of its values are held by enough customers."


def customer_labels(respondents: pd.DataFrame) -> pd.DataFrame:
    """Return the extra columns of the table for customers.

    Parameters
    ----------
    respondents : DataFrame
        Typed table; columns beside the contract's own are the client's.

    Returns
    -------
    DataFrame
        One row a customer, indexed by respondent in order, one column an extra column that says
        anything of a customer, by name; blanks and ``not stated`` are missing.
    """
    customers = respondents[respondents["group"] == "customer"].set_index("respondent")
    extra = sorted(set(customers.columns) - set(TABLES["respondents"].names))
    texts = customers[extra].astype("object").apply(lambda column: column.str.strip())
    texts = texts.where(texts.notna() & (texts != "") & (texts != UNSTATED), None)
    return texts.dropna(axis="columns", how="all").sort_index()


def split_columns(labels: pd.DataFrame, minimum: int) -> tuple[list[str], dict[str, str]]:
    """Return the columns that split customers into segments, and why the others do not.

    Parameters
    ----------
    labels : DataFrame
        As :func:`customer_labels` returns them.
    minimum : int
        Least number of persons behind anything shown.

    Returns
    -------
    list of str, dict of str to str
        Segment columns by name; the reason for each column left out.

    Notes
    -----
    A segment column is categorical: text, 2 to 12 different values, none longer than 60
    characters, at least two of them held by `minimum` customers. Columns of numbers only (survey
    weights, ages, codes), unique ids and free text are left out; the reason is published.

    Examples
    --------
    >>> labels = pd.DataFrame({"region": ["north"] * 5 + ["south"] * 5, "weight": ["0.7"] * 10})
    >>> split_columns(labels, 5)[0]
    ['region']
    """
    reasons = {str(column): _unfit(labels[column], minimum) for column in labels}
    fit = [column for column, reason in reasons.items() if reason is None]
    return fit, {column: reason for column, reason in reasons.items() if reason is not None}


def _unfit(values: pd.Series, minimum: int) -> str | None:
    """Return why a column makes no segments; None when it does."""
    known = values.dropna().astype(str)
    counts = known.value_counts()
    if pd.to_numeric(known.str.replace(",", ".", regex=False), errors="coerce").notna().all():
        return NUMBERS
    if (known.str.len() > LONGEST).any():
        return SENTENCES
    if len(counts) > MOST:
        return MANY
    if len(counts) < 2:
        return ONE
    return SMALL if (counts >= minimum).sum() < 2 else None
