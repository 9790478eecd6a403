"""Facts of the client that answer an objection: effort that could be moved, promises kept."""

from __future__ import annotations

from typing import Any

from lodestar.assess.plain import leaf
from lodestar.assess.purpose.focus import effort_shares
from lodestar.assess.roadmap.returns import past_returns
from lodestar.engagement.model import Engagement

__all__ = ["objection_facts"]

NO_ACTIVITIES = "No activities with their effort are listed."
NO_PAST = "No effect of a past investment was observed."


def objection_facts(engagement: Engagement) -> dict[str, Any]:
    """Return the share of effort beside every purpose, and how far past promises were kept.

    Parameters
    ----------
    engagement : Engagement
        The client's material; uses activities and effects.

    Returns
    -------
    dict
        ``unserving`` (``share`` 0-1 of effort that serves no declared purpose, ``activities``) and
        ``past`` (``kept``, ``chance``, ``factor``, ``promises``), by purpose's and roadmap's rules.
    """
    purposes = [purpose.id for purpose in engagement.settings.purpose]
    effort = effort_shares(engagement.table("activities"), purposes)
    other = effort[~effort["purpose"].astype(bool)]
    share = other["share"].sum() if effort["share"].notna().any() else None
    past = past_returns(engagement.table("effects"), engagement.period.as_of)
    return {
        "unserving": {
            **leaf("share", share, NO_ACTIVITIES),
            "activities": int(other["activities"].sum()),
        },
        "past": {
            **leaf("kept", past.kept, NO_PAST),
            **leaf("chance", past.chance, NO_PAST),
            "factor": past.factor,
            "promises": past.n,
        },
    }
