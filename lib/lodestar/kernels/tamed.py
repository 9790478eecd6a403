"""Displays of other packages that make up ids by chance: they take them from the notebook."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

__all__ = ["tame_displays"]

_RANDOM = re.compile(r"[0-9a-f]{5}")
"""What a styled table takes for its name when it is given none."""

Namer = Callable[[], str]


def tame_displays(shell: Any, new_name: Namer) -> None:
    """Give styled tables and plain Altair charts names that are the same every time.

    Parameters
    ----------
    shell : IPython.core.interactiveshell.InteractiveShell
        The kernel's shell.
    new_name : callable
        Returns another name at each call, the same ones in every execution of the notebook.

    Notes
    -----
    Both are asked for by name: neither pandas nor Altair is imported for it.
    """
    formatters = shell.display_formatter.formatters
    styler = ("pandas.io.formats.style", "Styler")
    formatters["text/html"].for_type_by_name(*styler, lambda table: _html(table, new_name()))
    formatters["text/plain"].for_type_by_name(*styler, _plain)
    for version in ("v5", "v6"):
        shell.display_formatter.mimebundle_formatter.for_type_by_name(
            f"altair.vegalite.{version}.api",
            "TopLevelMixin",
            lambda chart: _bundle(chart, new_name),
        )


def _html(table: Any, name: str) -> str:
    """Return a styled table under this name, unless its maker gave it one."""
    given = not _RANDOM.fullmatch(table.uuid)
    return str(table.to_html() if given else table.to_html(table_uuid=name))


def _plain(table: Any, printer: Any, cycle: bool) -> None:
    """Write what a styled table is, without its place in memory."""
    printer.text("<pandas.io.formats.style.Styler>")


def _bundle(chart: Any, new_name: Namer) -> Any:
    """Return how a chart shows itself, its place on the page named by the notebook."""
    renderer = sys.modules["altair.utils.display"].HTMLRenderer
    renderer.output_div = property(lambda self: f"altair-viz-{new_name()}")
    return chart._repr_mimebundle_(include=None, exclude=None)
