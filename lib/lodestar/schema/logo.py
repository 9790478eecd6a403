"""Logos that may stand on a page: a small picture that does nothing but be seen."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from xml.etree import ElementTree

__all__ = ["LARGEST", "logo_fault", "media_type"]

LARGEST = 64 * 1024
"""Bytes of a logo at most: every page carries it."""

WIDEST = 4096
_PNG = b"\x89PNG\r\n\x1a\n"
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_ACTIVE = frozenset(
    ("a", "audio", "embed", "foreignObject", "handler", "iframe", "image", "object", "script")
) | {"animate", "animateMotion", "animateTransform", "feImage", "set", "video"}
_FOREIGN = re.compile(r"url\s*\(\s*['\"]?(?!#)|@import|expression\s*\(|javascript:", re.IGNORECASE)

_DECLARED = (b"<!DOCTYPE", b"<!ENTITY", b"<?XML-STYLESHEET")

SHAPE = "Save it as a plain SVG (no scripts, links, animation or embedded pictures) or as PNG."


def media_type(path: Path) -> str:
    """Return the media type of a logo by its ending; empty where it is neither SVG nor PNG.

    Examples
    --------
    >>> media_type(Path("logo.SVG")), media_type(Path("logo.gif"))
    ('image/svg+xml', '')
    """
    return {".svg": "image/svg+xml", ".png": "image/png"}.get(path.suffix.lower(), "")


def logo_fault(kind: str, content: bytes) -> tuple[str, str]:
    """Return why a picture may not be a logo and how to mend it; two empty texts when it may.

    Parameters
    ----------
    kind : str
        Media type by its name.
    content : bytes
        The file.

    Notes
    -----
    An SVG is shown as an image, in which browsers run no script and fetch nothing. What could act
    is refused all the same, so that the file is harmless wherever it is opened.

    Examples
    --------
    >>> logo_fault("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>")
    ('', '')
    >>> logo_fault("image/gif", b"GIF89a")[0]
    'A logo is an SVG or a PNG.'
    """
    if kind not in ("image/svg+xml", "image/png"):
        return "A logo is an SVG or a PNG.", SHAPE
    if len(content) > LARGEST:
        said = f"The logo has {len(content) // 1024} kB; every page would carry it."
        return said, f"Bring it to {LARGEST // 1024} kB or less."
    fault = _png_fault(content) if kind == "image/png" else _svg_fault(content)
    return (fault, SHAPE) if fault else ("", "")


def _png_fault(content: bytes) -> str:
    if not content.startswith(_PNG) or len(content) < 24 or content[12:16] != b"IHDR":
        return "The logo is no PNG."
    width, height = struct.unpack(">II", content[16:24])
    return "" if 0 < max(width, height) <= WIDEST else f"The logo is {width} × {height} pixels."


def _svg_fault(content: bytes) -> str:
    """Return what an SVG holds that a logo may not; declarations are refused before reading it."""
    if any(word in content.upper() for word in _DECLARED):
        return "The logo declares a document type or a style sheet, which could pull in files."
    try:
        text = content.decode("utf-8-sig")
        root = ElementTree.fromstring(text.replace("\0", "?"))
    except (ElementTree.ParseError, ValueError, LookupError):
        return "The logo is no SVG."
    if root.tag != f"{_NAMESPACE}svg":
        return "The logo is no SVG."
    faults = (fault for element in root.iter() if (fault := _element_fault(element)))
    return next(faults, "")


def _element_fault(element: ElementTree.Element) -> str:
    name = str(element.tag).rpartition("}")[2]
    if name in _ACTIVE:
        return f"The logo holds <{name}>."
    for key, value in element.attrib.items():
        short = key.rpartition("}")[2].lower()
        if short.startswith("on") or (short == "href" and not value.strip().startswith("#")):
            return f"The logo holds the attribute {short}."
        if _FOREIGN.search(value):
            return "The logo points to another file."
    return "The logo points to another file." if _FOREIGN.search(element.text or "") else ""
