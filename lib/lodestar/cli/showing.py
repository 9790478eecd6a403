"""Verbs that show: results, frameworks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lodestar.cli.report import print_json, print_lines

__all__ = ["frameworks", "results"]


def results(client: str, pointer: str, period: str, data_root: Path | None) -> None:
    """Print the published results or the part under a JSON pointer."""
    from lodestar.run import published_results

    print_json(published_results(client, period, data_root, pointer))


def frameworks(framework: str, as_json: bool) -> None:
    """List the shipped frameworks, or describe one."""
    from lodestar.framework import available, load_framework

    if not framework:
        names = available()
        print_json(names) if as_json else print_lines(names)
        return
    found = load_framework(framework)
    summary: dict[str, Any] = {
        "id": found.id,
        "version": found.version,
        "levels": {str(level.level): level.name for level in found.levels},
        "dimensions": {d.id: d.name for d in found.dimensions},
        "capabilities": {c.id: c.name for c in found.capabilities},
        "items": len(found.items),
        "factors": {f.id: f.name for f in found.factors},
    }
    print_json(summary) if as_json else print_lines(_described(summary))


def _described(summary: dict[str, Any]) -> list[str]:
    lines = [f"{summary['id']} (version {summary['version']}), {summary['items']} survey items"]
    for part in ("levels", "dimensions", "capabilities", "factors"):
        lines += ["", part.capitalize()]
        lines += [f"  {key:<4} {name}" for key, name in summary[part].items()]
    return lines
