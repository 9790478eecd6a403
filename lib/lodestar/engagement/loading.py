"""Load a client's folder: settings, framework, tables of every period, all checked in one pass."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Any

from lodestar.engagement.collector import Collector, Report
from lodestar.engagement.documents.corrections import Corrections, read_corrections
from lodestar.engagement.documents.settings import Declared, read_settings
from lodestar.engagement.documents.words import read_assumptions, read_notes
from lodestar.engagement.documents.yaml_document import is_there, read_document
from lodestar.engagement.model import Engagement, Period, Settings
from lodestar.engagement.period_tables import read_period, sheets_of
from lodestar.engagement.periods import in_order, period_of
from lodestar.engagement.places import client_folder
from lodestar.engagement.promises import check_thresholds
from lodestar.errors import InputError
from lodestar.framework import load_framework
from lodestar.framework.model import Framework
from lodestar.schema.nearest import meant
from lodestar.schema.tables import TABLES

__all__ = ["check", "load", "load_settings"]


def load(client: str, period: str = "", data_root: str | Path | None = None) -> Engagement:
    """Return a client's whole material up to a period, checked and typed.

    Parameters
    ----------
    client : str
        Name of the client's folder.
    period : str
        Id of the period; empty for the latest.
    data_root : str or Path, optional
        Folder of clients; else ``$LODESTAR_DATA``, else ``client_data``.

    Returns
    -------
    Engagement
        ``notices`` tell everything that was read in a way of its own or left out.

    Raises
    ------
    InputError
        With every problem found in one pass: each names the cell and how to mend it.
    """
    collector = Collector()
    engagement = _read(client, period, data_root, collector)
    report = collector.report()
    if report.problems or engagement is None:
        raise InputError(report.problems)
    return engagement


def check(client: str, period: str = "", data_root: str | Path | None = None) -> Report:
    """Return every problem and notice of a client's folder, in one pass.

    Parameters
    ----------
    client, period, data_root
        As for :func:`load`.
    """
    collector = Collector()
    try:
        _read(client, period, data_root, collector)
    except InputError as error:
        collector.extend(error.problems)
    return collector.report()


def load_settings(client: str, data_root: str | Path | None = None) -> tuple[Settings, Framework]:
    """Return a client's settings and framework without reading any table.

    Raises
    ------
    InputError
        With every problem of ``engagement.yml`` and ``framework.yml``.
    """
    folder = client_folder(client, data_root)
    collector = Collector()
    settings, _ = read_settings(folder, collector)
    framework = _framework(folder, settings, collector)
    report = collector.report()
    if report.problems or settings is None or framework is None:
        raise InputError(report.problems)
    return settings, framework


def _read(
    client: str, period: str, data_root: str | Path | None, collector: Collector
) -> Engagement | None:
    """Return the engagement as far as it can be read; the collector holds what is wrong."""
    folder = client_folder(client, data_root)
    settings, declared = read_settings(folder, collector)
    framework = _framework(folder, settings, collector)
    corrections = read_corrections(folder, collector)
    assumptions = read_assumptions(folder, collector)
    periods = _periods(folder, declared, collector)
    chosen = _until(periods, period, folder, collector)
    if settings is not None:
        check_thresholds(folder, settings.confidentiality, chosen, collector)
    waves = [
        read_period(folder, one, settings, framework, corrections, collector) for one in chosen
    ]
    _look_ahead(folder, periods[len(chosen) :], framework, corrections)
    corrections.account(collector)
    notes = _notes(folder, chosen, collector)
    if settings is None or framework is None or not waves:
        return None
    return Engagement(
        settings,
        framework,
        tuple(waves),
        tuple(MappingProxyType(entry) for entry in corrections.applied),
        assumptions,
        notes,
        collector.report().notices,
        folder,
    )


def _framework(folder: Path, settings: Settings | None, collector: Collector) -> Framework | None:
    """Return the framework with the client's changes merged in."""
    path = folder / "framework.yml"
    document = read_document(path, collector) if is_there(path) else None
    override: Any = document.data if document else None
    if override is not None and not isinstance(override, dict):
        collector.problem(
            "wrong-value",
            path.name,
            "The file must be keys with lists.",
            "Write it as the shipped framework is written, with the entries that differ.",
            row=1,
        )
        return None
    if settings is None:
        return None
    try:
        return load_framework(settings.framework, override, path.name)
    except InputError as error:
        collector.extend(error.problems)
        return None


def _periods(folder: Path, declared: Declared, collector: Collector) -> list[Period]:
    """Return the periods whose folders are there, oldest first."""
    inputs, found = folder / "inputs", []
    entries = sorted(inputs.iterdir()) if inputs.is_dir() else []
    for path in (path for path in entries if not path.name.startswith((".", "~$"))):
        period = period_of(path.name, declared) if path.is_dir() else None
        if period:
            found.append(period)
        elif path.is_dir():
            collector.problem(
                "unknown-period",
                f"inputs/{path.name}",
                "The folder's name is no calendar period and none that is declared.",
                meant(
                    path.name,
                    declared,
                    "Name it like 2026-Q4 or 2026-10, or declare it "
                    "under periods in engagement.yml.",
                ),
                value=path.name,
            )
        else:
            _tell_misplaced(path, collector)
    if not found:
        collector.problem(
            "no-period",
            "inputs",
            "There is no folder of a period to read.",
            "Make one such as inputs/2026-Q4 and put the tables there.",
        )
    return in_order(found)


def _tell_misplaced(path: Path, collector: Collector) -> None:
    """Refuse a table beside the periods' folders; note any other file."""
    file = f"inputs/{path.name}"
    if path.stem.casefold() in {*TABLES, "intake"}:
        collector.problem(
            "misplaced-file",
            file,
            "The table stands in no period.",
            "Move it into the folder of its period, such as inputs/2026-Q4.",
            value=path.name,
        )
    else:
        collector.notice("not-read", file, "The file stands in no period and was not read.")


def _until(periods: list[Period], wanted: str, folder: Path, collector: Collector) -> list[Period]:
    """Return the periods up to the one that is wanted, the latest by default."""
    names = [period.id for period in periods]
    if not wanted or not periods:
        return periods
    if wanted in names:
        return periods[: names.index(wanted) + 1]
    collector.problem(
        "unknown-period",
        f"inputs/{wanted}",
        "The client has no such period.",
        meant(wanted, names, f"Its periods: {', '.join(names)}."),
        value=wanted,
    )
    return []


def _look_ahead(
    folder: Path, later: list[Period], framework: Framework | None, corrections: Corrections
) -> None:
    """Let corrections of later periods find their rows, so that they are not taken for wrong."""
    for period in later:
        tables = corrections.open_tables()
        if tables:
            written = sheets_of(folder, period, framework, Collector())
            asked = {name: sheet for name, sheet in written.sheets.items() if name in tables}
            corrections.apply(period.id, asked, written.unreadable, None)


def _notes(folder: Path, chosen: list[Period], collector: Collector) -> dict[str, str]:
    """Return the consultant's words for the last of these periods."""
    if not chosen:
        return {}
    return read_notes(folder, f"inputs/{chosen[-1].id}/notes.md", collector)
