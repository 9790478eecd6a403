"""What two periods would tell together about a few persons whose answers differ between them."""

from __future__ import annotations

import pandas as pd

from lodestar.confidentiality import Gate
from lodestar.engagement.model import Engagement

__all__ = ["KINDS", "gives_away"]

KINDS = ("required", "present", "experienced")


def gives_away(before: Engagement, after: Engagement, kind: str) -> bool:
    """Tell whether two periods side by side would show what fewer persons said than allowed.

    Parameters
    ----------
    before, after : Engagement
        The client as of two periods.
    kind : {"required", "present", "experienced"}
        The level whose answers are compared.

    Returns
    -------
    bool
        True where some but fewer persons than the threshold joined, left or answered otherwise,
        and everybody else's answers were carried over: the difference of two means is theirs then,
        however many persons stand behind each mean.

    Notes
    -----
    Only answers given in confidence are looked at: customers' responses, and scores and ratings
    with basis ``survey``. Answers given anew differ, so that a wave that was asked again passes.
    """
    old, new = _given(before, kind), _given(after, kind)
    both = old.merge(new, how="outer", indicator=True)
    everybody = set(both["person"])
    differ = set(both.loc[both["_merge"] != "both", "person"])
    few = not Gate.of(after.settings).admits(len(differ))
    return bool(differ) and few and bool(everybody - differ)


def _given(engagement: Engagement, kind: str) -> pd.DataFrame:
    """Return the answers given in confidence behind a level, one row each, who gave it first."""
    gate = Gate.of(engagement.settings)
    if kind == "experienced":
        people = gate.open(engagement.confidential("respondents"))
        customers = people.loc[people["group"] == "customer", "respondent"]
        answers = gate.open(engagement.confidential("responses"))
        answers = answers[answers["respondent"].isin(customers)]
        return _rows(answers, "respondent", ["item", "value"])
    if kind == "present":
        votes = gate.open(engagement.confidential("ratings"))
        what = ["capability", "function", "level", "applies"]
    else:
        votes, what = gate.open(engagement.confidential("context")), ["factor", "score"]
    return _rows(votes[votes["basis"] == "survey"], "rater", what)


def _rows(frame: pd.DataFrame, who: str, what: list[str]) -> pd.DataFrame:
    out = frame[[who, *what]].drop_duplicates().rename(columns={who: "person"})
    return out.reset_index(drop=True)
