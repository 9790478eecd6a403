"""A brand: a logo that may stand on pages, colours that can be read; a client's or the firm's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lodestar.engagement.collector import Collector
from lodestar.engagement.documents.fields import Field, checked
from lodestar.engagement.documents.yaml_document import Document, is_there, is_within, read_document
from lodestar.schema.colour import LEGIBLE, LIGHT, contrast, legible
from lodestar.schema.logo import logo_fault, media_type
from lodestar.schema.nearest import meant

__all__ = ["BRAND", "FIRM", "check_brand", "check_firm"]

FIRM = "brand.yml"
"""The firm's own brand, beside the clients' folders."""

_COLOUR = Field("text", pattern=r"#[0-9a-fA-F]{6}", example="#17212b")
BRAND: Mapping[str, Field] = {"logo": Field("text"), "ink": _COLOUR, "accent": _COLOUR}
_FIRM = Field("mapping", fields={"name": Field("text"), **BRAND})


def check_brand(
    brand: Mapping[str, str], folder: Path, document: Document, collector: Collector, at: str
) -> None:
    """Collect what is wrong with a brand's logo and colours.

    Parameters
    ----------
    brand : mapping
        ``logo`` (a file of the folder), ``ink`` and ``accent`` (``#rrggbb``), each optional.
    folder : Path
        Where the logo lies.
    document : Document
        The file that says so.
    collector : Collector
        Takes every problem, each with its remedy.
    at : str
        Path of the brand in the document, with a dot at its end; empty at the top.
    """
    if "logo" in brand:
        _check_logo(brand["logo"], folder, document, collector, at)
    for part in ("ink", "accent"):
        colour = brand.get(part, "#000000")
        shade = legible(colour, LIGHT)
        if shade != colour.lower():
            least = min(contrast(colour, ground) for ground in LIGHT)
            _tell(
                document,
                collector,
                f"{at}{part}",
                "unreadable-colour",
                colour,
                f"Words in this colour cannot be read on the pages: contrast {least:.1f}, "
                f"at least {LEGIBLE} is needed.",
                f"Take {shade}, its nearest shade that can be read.",
            )


def check_firm(root: Path, collector: Collector) -> None:
    """Collect what is wrong with the firm's brand beside the clients, where there is one."""
    path = root / FIRM
    if not is_there(path):
        return
    document = read_document(path, collector)
    if document is not None:
        data = checked(document.data, _FIRM, (), document, collector)
        check_brand(data, root, document, collector, "")


def _check_logo(logo: str, folder: Path, document: Document, collector: Collector, at: str) -> None:
    """Refuse a logo that is no file of the folder, or no picture that may stand on a page."""
    path, where = folder / logo, f"{at}logo"
    if not is_within(path, folder):
        place = "the client's folder" if at else "the folder of clients"
        pictures = [p.name for p in folder.iterdir() if media_type(p)]
        message = f"There is no such file in {place}."
        remedy = meant(logo, pictures, f"Put the file into {place} and name it.")
        code = "missing-file"
    else:
        code = "logo"
        message, remedy = logo_fault(media_type(path), path.read_bytes())
    if message:
        _tell(document, collector, where, code, logo, message, remedy)


def _tell(
    document: Document,
    collector: Collector,
    path: str,
    code: str,
    value: str,
    message: str,
    remedy: str,
) -> None:
    row = document.row(tuple(path.split(".")))
    collector.problem(code, document.file, message, remedy, row=row, column=path, value=value)
