"""What came of a client's run, kept for consultants until another run overtakes it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from lodestar.engagement.places import client_folder
from lodestar.errors import LodestarError, Problem
from lodestar.provenance.attempts import forget_attempts, keep_attempt

if TYPE_CHECKING:
    from lodestar.run.batch import ClientOutcome

__all__ = ["keep_outcome"]


def keep_outcome(outcome: ClientOutcome, begun: float, data_root: Path | None) -> None:
    """Keep why nothing was published; forget that once something stands for the inputs of now.

    Parameters
    ----------
    outcome : ClientOutcome
        What came of the client.
    begun : float
        When its run began, in seconds since 1970, UTC.
    data_root : Path or None
        Folder of clients; a client that is not in it has nowhere to keep anything.
    """
    with contextlib.suppress(LodestarError):
        folder = client_folder(outcome.client, data_root)
        if outcome.report is not None:
            forget_attempts(folder)
        else:
            keep_attempt(folder, "run", outcome.status, begun, _causes(outcome))


def _causes(outcome: ClientOutcome) -> Iterable[Problem | str]:
    return outcome.problems or map(str, outcome.failures or filter(None, [outcome.cause]))
