"""Voila's own front end: files of installed packages, sent by the front, compressed and kept."""

from __future__ import annotations

import asyncio
import hashlib
import mimetypes
import sys
from functools import lru_cache
from pathlib import Path

import brotli

from lodestar.serve.handling import Guarded
from lodestar.serve.refusals import RefusedError

__all__ = ["FrontEndHandler", "front_end_file"]

_JUPYTER = Path(sys.prefix) / "share" / "jupyter"
_PLACES = {
    "static": (
        _JUPYTER / "voila" / "templates" / "lab" / "static",
        _JUPYTER / "voila" / "templates" / "base" / "static",
        _JUPYTER / "nbconvert" / "templates" / "lab" / "static",
    ),
    "labextensions": (_JUPYTER / "labextensions", _JUPYTER / "voila" / "labextensions"),
}
_TEXT = (".css", ".js", ".json", ".svg", ".txt", ".map", ".html")
_LEVEL = 5
"""Brotli's effort: a tenth larger than its best, but done in a tenth of a second a megabyte."""

KEPT = "private, max-age=86400"


def front_end_file(path: str) -> Path | None:
    """Return the file at a path below ``voila/``; None where there is none.

    Parameters
    ----------
    path : str
        Checked before: no segment of it is empty or leads upwards.
    """
    kind, _, name = path.partition("/")
    for place in _PLACES.get(kind, ()):
        file = (place / name).resolve()
        if file.is_file() and file.is_relative_to(place.resolve()):
            return file
    return None


@lru_cache(maxsize=512)
def _content(file: Path, changed: int) -> tuple[str, bytes, bytes | None]:
    """Return a file's tag, content, and its compressed content where that is smaller."""
    content = file.read_bytes()
    tag = hashlib.sha256(content).hexdigest()[:16]
    small = brotli.compress(content, quality=_LEVEL) if file.suffix in _TEXT else None
    return f'"{tag}"', content, small


class FrontEndHandler(Guarded):
    """A file of Voila's front end or of the widgets."""

    async def get(self, client: str, path: str) -> None:
        """Send the file."""
        file = front_end_file("/".join(self.visit.parts[4:]))
        if file is None:
            raise RefusedError("no-page")
        tag, content, small = await asyncio.to_thread(_content, file, file.stat().st_mtime_ns)
        self.set_header("Content-Type", mimetypes.guess_type(file.name)[0] or "text/plain")
        self.set_header("Cache-Control", KEPT)
        self.set_header("Vary", "Accept-Encoding")
        self.set_header("Etag", tag)
        if self.check_etag_header():
            self.set_status(304)
            return
        if small is not None and "br" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "br")
            content = small
        self.finish(content)
