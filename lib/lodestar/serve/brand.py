"""How a client's pages are dressed: the firm's name and logo, the client's logo and colours."""

from __future__ import annotations

import base64
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lodestar.engagement.documents.branding import FIRM
from lodestar.engagement.documents.yaml_document import is_within
from lodestar.errors import LodestarError
from lodestar.schema.colour import DARK, LEGIBLE, LIGHT, legible
from lodestar.schema.logo import LARGEST, logo_fault, media_type
from lodestar.schema.yaml_file import parse_yaml

__all__ = ["PLAIN", "Brand", "brand_of", "brand_style", "firm_brand"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Brand:
    """What a brand file says, as far as it can be shown.

    Parameters
    ----------
    name : str
        The firm's name; empty for Lodestar's own mark.
    logo : str
        The picture as a data address, so that it costs no request; empty for none.
    ink, accent : str
        Colours as ``#rrggbb``; empty for our own.
    """

    name: str = ""
    logo: str = ""
    ink: str = ""
    accent: str = ""


PLAIN = Brand()

NIGHT = {"ink": 12.0, "accent": LEGIBLE}
"""Least contrast by night: ink is what everything is read in."""


def brand_of(folder: Path) -> Brand:
    """Return the brand that a client's engagement.yml declares.

    Parameters
    ----------
    folder : Path
        The client's folder. What cannot be used is left out and said in the log; ``check`` says
        how to mend it.
    """
    said = _declared(folder / "engagement.yml").get("brand")
    return _brand(said if isinstance(said, Mapping) else {}, folder)


def firm_brand(root: Path) -> Brand:
    """Return the firm's own brand, from ``brand.yml`` beside the clients' folders."""
    return _brand(_declared(root / FIRM), root)


@lru_cache(maxsize=64)
def brand_style(firm: Brand, client: Brand) -> str:
    """Return the style of the colours: the client's before the firm's; empty without any.

    Notes
    -----
    Ink and accent dress words, the place in the walk and buttons. Colours with a meaning (the four
    levels, harm and gain) are not theirs to change. A shade that could not be read on the pages,
    by day or by night, gives way to its nearest one that can.

    Examples
    --------
    >>> brand_style(PLAIN, Brand(accent="#0a7c86"))[:23]
    ':root{--accent:#0a7c86}'
    """
    colours = {part: getattr(client, part) or getattr(firm, part) for part in ("ink", "accent")}
    colours = {part: colour for part, colour in colours.items() if colour}
    if not colours:
        return ""
    day = ";".join(f"--{part}:{legible(colour, LIGHT)}" for part, colour in colours.items())
    night = ";".join(
        f"--{part}:{legible(colour, DARK, NIGHT[part])}" for part, colour in colours.items()
    )
    return f":root{{{day}}}@media screen and (prefers-color-scheme:dark){{:root{{{night}}}}}"


def _declared(path: Path) -> Mapping[str, Any]:
    if not is_within(path, path.parent):
        return {}
    try:
        return _parsed(path.read_bytes(), path.name)
    except (LodestarError, OSError, RecursionError):
        _tell(str(path), "it cannot be read")
        return {}


@lru_cache(maxsize=64)
def _parsed(content: bytes, name: str) -> Mapping[str, Any]:
    """Return what a file declares; every page asks for it, and it seldom changes."""
    data = parse_yaml(content, name)
    return data if isinstance(data, Mapping) else {}


def _brand(said: Mapping[str, Any], folder: Path) -> Brand:
    name = said.get("name")
    return Brand(
        name=name if isinstance(name, str) else "",
        logo=_logo(said.get("logo"), folder),
        ink=_colour(said.get("ink")),
        accent=_colour(said.get("accent")),
    )


def _colour(said: Any) -> str:
    text = said.lower() if isinstance(said, str) else ""
    plain = len(text) == 7 and text[0] == "#" and set(text[1:]) <= set("0123456789abcdef")
    return text if plain else ""


def _logo(said: Any, folder: Path) -> str:
    """Return a logo as a data address; empty, and a line in the log, where it may not be shown."""
    if not isinstance(said, str) or not is_within(folder / said, folder):
        return ""
    path = folder / said
    kind = media_type(path)
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    fault, _ = logo_fault(kind, content)
    if fault:
        _tell(str(path), fault)
        return ""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


@lru_cache(maxsize=256)
def _tell(file: str, fault: str) -> None:
    """Write a warning once, not at every request."""
    _log.warning("%s is not shown: %s", file, fault)
