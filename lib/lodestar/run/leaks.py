"""What a run that is about to be published would give away."""

from __future__ import annotations

from pathlib import Path

__all__ = ["found_leaks"]


def found_leaks(building: str, shared: str) -> list[str]:
    """Return what the audit finds in a run's folder, a sentence each; in whatever process.

    Parameters
    ----------
    building : str
        The run's folder: executed notebooks, results and tables.
    shared : str
        Folder in which the client's material lies.
    """
    from lodestar.audit import audit_folder
    from lodestar.workbook.material import shared_material

    return [str(leak) for leak in audit_folder(Path(building), shared_material(Path(shared)))]
