"""The two sides of a comparison: a period's run, a run by its hash, or a git revision."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lodestar.engagement.places import client_folder
from lodestar.errors import InputError, Problem
from lodestar.provenance import (
    MANIFEST,
    PublishedRun,
    client_of,
    content_of,
    find_run,
    kept,
    published_periods,
)
from lodestar.review.revisions import Revision, find_revision, revision_run

__all__ = ["Side", "resolve", "sides"]

LEAST = 6
"""Characters of a run's hash that name it."""

SHOWN = 12
"""Characters of a run's hash that pages show."""

_HASH = re.compile(rf"[0-9a-f]{{{LEAST},64}}")


@dataclass(frozen=True)
class Side:
    """One side: what was published, what it was made from, and where that still lies.

    Parameters
    ----------
    name : str
        As asked for, e.g. ``2026-Q2``.
    client, period : str
        Whose results, of which period.
    folder : Path
        The client's folder.
    run : str
        Hash of the published run; empty for results that no run published.
    results, manifest : mapping
        ``results.json``, and what it was made from.
    notebooks : mapping of str to Path
        Executed workbooks by stem; empty when none were executed.
    revision : Revision, optional
        The git revision whose code computed this side.
    """

    name: str
    client: str
    period: str
    folder: Path
    run: str
    results: Mapping[str, Any]
    manifest: Mapping[str, Any]
    notebooks: Mapping[str, Path] = field(default_factory=dict)
    revision: Revision | None = None

    @property
    def files(self) -> Mapping[str, str]:
        """Return the sha256 of each file the side was made from, by its path."""
        inputs: Mapping[str, str] = self.manifest.get("inputs", {})
        return inputs

    def content(self, file: str) -> bytes | None:
        """Return a file as this side had it; None when it is no longer at hand.

        Parameters
        ----------
        file : str
            Its path below the client's folder.
        """
        sha = self.files.get(file)
        return content_of(self.folder, file, sha) if sha else None

    def document(self, sha: str) -> Any:
        """Return a kept JSON document by its sha256; None when it is not kept."""
        place = kept(self.folder, sha)
        return json.loads(place.read_text(encoding="utf-8")) if place else None

    def title(self) -> str:
        """Return the side as pages name it: period and run.

        Examples
        --------
        >>> Side("2026-Q2", "demo", "2026-Q2", Path(), "0b7b35a3687e1f5a", {}, {}).title()
        '2026-Q2 (run 0b7b35a3687e)'
        """
        shown = f"run {self.run[:SHOWN]}" if self.run else self.name
        return f"{self.period} ({shown})"


def sides(
    client: str,
    before: str = "",
    after: str = "",
    period: str = "",
    data_root: str | Path | None = None,
) -> tuple[Side, Side]:
    """Return the two sides to compare.

    Parameters
    ----------
    client : str
        Folder in the data root.
    before, after : str
        A period, a run's hash (6 characters or more) or a git revision. Without ``after``, the
        current run: of the same period when ``before`` is a run, else of the latest. Without both,
        the last two different runs of the period.
    period : str
        The period meant where a side leaves it open; empty for the latest with a run.
    data_root : str or Path, optional
        Folder of clients.

    Raises
    ------
    InputError
        A side does not exist: the remedy says what does.
    """
    if not before:
        return _last_two(client, period, data_root)
    first = resolve(client, before, data_root, period)
    if after:
        return first, resolve(client, after, data_root, period)
    own = "" if before in published_periods(client, data_root) else first.period
    return first, _current(client, period or own, data_root)


def resolve(client: str, name: str, data_root: str | Path | None = None, period: str = "") -> Side:
    """Return the side that a name stands for.

    Parameters
    ----------
    client : str
        Folder in the data root.
    name : str
        A period with a published run, the first 6 or more characters of a run's hash, or a git
        revision of the checkout in use: the client's present material is then run under it.
    data_root : str or Path, optional
        Folder of clients.
    period : str
        Period of the results where the name leaves it open.

    Raises
    ------
    InputError
        Nothing has this name, or several runs begin so.
    """
    if name in published_periods(client, data_root):
        return _current(client, name, data_root, name)
    found = _begins(client_folder(client, data_root), name.lower())
    if len(found) == 1:
        return _side(name, client, found[0])
    if found:
        raise _unknown(client, name, data_root, "Several runs begin with these characters.")
    if find_revision(name):
        return _revised(name, client, period, data_root)
    raise _unknown(client, name, data_root, "No period, no run and no revision has this name.")


def _current(client: str, period: str, data_root: str | Path | None, name: str = "") -> Side:
    run = find_run(client, period, data_root)
    if run is None:
        raise _unknown(client, period, data_root, "Nothing has been published for this period.")
    return _side(name or run.period, client, run.folder)


def _side(name: str, client: str, folder: Path) -> Side:
    run = PublishedRun(client, _period_of(folder), folder)
    books = {stem: folder / f"{stem}.ipynb" for stem in run.notebooks()}
    manifest, own = run.manifest(), client_of(run)
    return Side(name, client, run.period, own, run.hash, run.results(), manifest, books)


def _revised(name: str, client: str, period: str, data_root: str | Path | None) -> Side:
    """Return the client's present material as a git revision computes it."""
    revision, run = revision_run(name, client, period, data_root)
    return replace(_side(name, client, run.folder), run="", revision=revision)


def _last_two(client: str, period: str, data_root: str | Path | None) -> tuple[Side, Side]:
    """Return the run published before the current one of a period, and the current one."""
    now = _current(client, period, data_root)
    stored = [run for run in _stored(now.folder) if run.name != now.run]
    others = [run for run in stored if _period_of(run) == now.period]
    if not others:
        told = f"There is only one run of {now.period}, so nothing to compare it with."
        raise _unknown(client, "", data_root, told)
    last = max(others, key=lambda run: ((run / MANIFEST).stat().st_mtime_ns, run.name))
    return _side(last.name[:SHOWN], client, last), now


def _stored(folder: Path) -> list[Path]:
    """Return the folders of a client's finished runs."""
    return sorted(path.parent for path in (folder / "runs" / ".store").glob(f"[!.]*/{MANIFEST}"))


def _begins(folder: Path, name: str) -> list[Path]:
    """Return the runs whose hash begins with these characters."""
    if not _HASH.fullmatch(name):
        return []
    return [run for run in _stored(folder) if run.name.startswith(name)]


def _period_of(run: Path) -> str:
    return str(json.loads((run / MANIFEST).read_text(encoding="utf-8"))["period"])


def _unknown(client: str, name: str, data_root: str | Path | None, message: str) -> InputError:
    """Return what is wrong, with what there is to compare."""
    folder = client_folder(client, data_root)
    periods = published_periods(client, data_root)
    runs = [f"{run.name[:SHOWN]} ({_period_of(run)})" for run in _stored(folder)]
    exist = (
        f"Periods with a run: {', '.join(periods) or 'none'}. Runs: {', '.join(runs) or 'none'}."
    )
    remedy = exist if runs else f"Run `lodestar run {client}` first."
    return InputError([Problem("unknown-side", client, message, remedy, value=name or None)])
