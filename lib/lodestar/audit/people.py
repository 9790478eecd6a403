"""Who answered what in one period: the truth that the consultant's own machine knows."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.assess.inclusion.advocacy import DETRACTOR_MAX, MEASURES, PROMOTER_MIN, answers
from lodestar.assess.level.segment_columns import customer_labels
from lodestar.assess.level.survey import group_answers
from lodestar.assess.perspectives.groups import groups
from lodestar.assess.perspectives.priorities import clarity
from lodestar.assess.perspectives.scales import answer_matrix, scales, score
from lodestar.assess.recall import recall_hits
from lodestar.confidentiality import Gate
from lodestar.engagement.model import Engagement

__all__ = ["People"]


class People:
    """The respondents of one period and every score of theirs that results rest on.

    Parameters
    ----------
    engagement : Engagement
        The client's material as of the period.
    minimum : int
        Threshold of the period's run.
    numbers : dict of str to int
        A number for each respondent of any period; grows. The same id is the same person.
    """

    def __init__(self, engagement: Engagement, minimum: int, numbers: dict[str, int]) -> None:
        self.engagement, self.minimum = engagement, minimum
        self.period, self._numbers = engagement.period.id, numbers
        self._levels: dict[str, pd.DataFrame] = {}

    def frame(self, name: Any) -> pd.DataFrame:
        """Return a table of answers given in confidence; what is made of it never leaves."""
        gate = Gate.of(self.engagement.settings)
        return gate.open(self.engagement.confidential(name))

    def numbers(self, persons: Any) -> NDArray[np.int64]:
        """Return the numbers of respondents, given by id."""
        known = self._numbers
        return np.array([known.setdefault(str(p), len(known)) for p in persons], dtype=np.int64)

    @cached_property
    def respondents(self) -> pd.DataFrame:
        """Return the respondents, one row each."""
        return self.frame("respondents").reset_index(drop=True)

    @cached_property
    def ids(self) -> pd.Index:
        """Return the respondents' ids in order."""
        return pd.Index(self.respondents["respondent"].astype(str))

    @cached_property
    def groups(self) -> dict[str, NDArray[np.bool_]]:
        """Return who belongs to each group, by the id that results give it."""
        return {group.id: group.members for group in groups(self.respondents)}

    def members(self, group: str, parts: Any = None) -> NDArray[np.bool_]:
        """Return who belongs to a group; of a merged one, who belongs to any of its parts."""
        nobody = np.zeros(len(self.ids), dtype=bool)
        if not parts:
            return self.groups.get(group, nobody)
        prefix = f"{group.partition(':')[0]}:" if ":" in group else ""
        own = [self.groups.get(p, self.groups.get(f"{prefix}{p}", nobody)) for p in parts]
        return np.asarray(np.any(own, axis=0))

    @cached_property
    def labels(self) -> pd.DataFrame:
        """Return every customer's extra columns, by respondent."""
        return customer_labels(self.respondents)

    @cached_property
    def _given(self) -> pd.DataFrame:
        """Return every respondent's answers, one column an item."""
        responses = self.frame("responses")
        return answer_matrix(self.engagement.framework, self.respondents, responses)

    @cached_property
    def scales(self) -> dict[str, NDArray[np.float64]]:
        """Return every respondent's score by scale; NaN: does not count."""
        stakeholder, asked = self.respondents["group"], scales(self.engagement.framework)
        return {one.id: score(one, self._given, stakeholder).person for one in asked}

    def levels(self, group: str) -> pd.DataFrame:
        """Return a stakeholder group's levels: every respondent × dimensions."""
        if group not in self._levels:
            found = group_answers(self.engagement, group).levels
            found.index = found.index.astype(str)
            self._levels[group] = found.reindex(self.ids)
        return self._levels[group]

    @cached_property
    def advocacy(self) -> dict[str, NDArray[np.float64]]:
        """Return −1, 0 or 1 (detractor to promoter) by measure."""
        out = {}
        for measure in MEASURES:
            given = answers(
                self.engagement.framework, self.respondents, self.frame("responses"), measure
            )
            said = given.assign(respondent=given["respondent"].astype(str))
            votes = said.set_index("respondent")["value"].reindex(self.ids).to_numpy(dtype=float)
            sign = (votes >= PROMOTER_MIN).astype(float) - (votes <= DETRACTOR_MAX)
            out[measure.name] = np.where(np.isfinite(votes), sign, np.nan)
        return out

    @cached_property
    def own_use(self) -> NDArray[np.float64]:
        """Return which employees use the offer: 1 yes, 0 no."""
        said = self.respondents["uses_offer"].map({"yes": 1.0, "no": 0.0}).astype(float)
        mine = said.where(self.respondents["group"] == "employee")
        return np.asarray(mine, dtype=float)

    @cached_property
    def knowing(self) -> dict[str, NDArray[np.float64]]:
        """Return stated clarity (0 or 1) and the share of priorities named (0–1)."""
        official = self.engagement.table("priorities")
        hits = recall_hits(self.frame("recall"), official).set_index("respondent")["hit_rate"]
        hits.index = hits.index.astype(str)
        rate = hits.reindex(self.ids).to_numpy(dtype=float)
        stated = np.asarray(clarity(self.engagement.framework, self._given), dtype=float)
        return {"stated": stated, "hit_rate": np.asarray(rate, dtype=float)}

    @cached_property
    def answered(self) -> NDArray[np.bool_]:
        """Return who answered anything."""
        responses = self.frame("responses")
        who = responses.loc[responses["value"].notna(), "respondent"].astype(str).unique()
        return np.asarray(self.ids.isin(who))
