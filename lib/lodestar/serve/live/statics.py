"""Voila's own front end: files of installed packages, sent by the front, compressed and kept."""

from __future__ import annotations

import asyncio
import hashlib
import mimetypes
import sys
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import brotli

from lodestar.serve.handling import Guarded
from lodestar.serve.refusals import RefusedError

__all__ = ["FrontEnd", "FrontEndHandler", "front_end_file"]

_JUPYTER = Path(sys.prefix) / "share" / "jupyter"
_STATIC = (
    _JUPYTER / "voila" / "templates" / "lab" / "static",
    _JUPYTER / "voila" / "templates" / "base" / "static",
    _JUPYTER / "nbconvert" / "templates" / "lab" / "static",
)
_PLACES = {
    "static": _STATIC,
    "templates/lab/static": _STATIC,
    "labextensions": (_JUPYTER / "labextensions", _JUPYTER / "voila" / "labextensions"),
}
_TEXT = (".css", ".js", ".json", ".svg", ".txt", ".map", ".html")
_LEVEL = 5
"""Brotli's effort: a tenth larger than its best, but done in a tenth of a second a megabyte."""

_MAIN = ("static/voila-style.js", "static/voila.js")
"""What starts the front end, once the parts of it are there."""

FOREVER = "private, max-age=31536000, immutable"
FOR_A_DAY = "private, max-age=86400"


@dataclass(frozen=True)
class Static:
    """A file ready to be sent; ``small`` is None where compressing gains nothing."""

    kind: str
    tag: str
    content: bytes
    small: bytes | None


class FrontEnd:
    """The parts of Voila's front end that every what-if needs, as one script instead of ninety.

    Parameters
    ----------
    listed : Path
        File that names them, one a line; those that another version of Voila lacks are left out,
        and what is not listed the front end fetches by itself.

    Notes
    -----
    A part only puts functions into a list, which the script that starts the front end takes over;
    it may come before or after. Each keeps its own strictness by a function around it. The script
    lies beside the files it was made of, for it looks there for pictures and fonts.
    """

    def __init__(self, listed: Path) -> None:
        self._listed = listed

    @cached_property
    def script(self) -> Static:
        """Return the script, made on first use (about half a second)."""
        parts = []
        for name in (*self._listed.read_text(encoding="ascii").split(), *_MAIN):
            file = front_end_file(name)
            if file is not None:
                text = file.read_text(encoding="utf-8")
                parts.append(text if name in _MAIN else f"(function () {{{text}\n}})();")
        return _static("front-end.js", "\n".join(parts).encode())

    @property
    def path(self) -> str:
        """Return the script's address below a live process's base."""
        return f"voila/static/front-end-{self.script.tag}.js"


def front_end_file(path: str) -> Path | None:
    """Return the file at a path below ``voila/``; None where there is none.

    Parameters
    ----------
    path : str
        Checked before: no segment of it is empty or leads upwards.
    """
    for kind, places in _PLACES.items():
        name = path.removeprefix(f"{kind}/")
        for place in places if name != path else ():
            file = (place / name).resolve()
            if file.is_file() and file.is_relative_to(place.resolve()):
                return file
    return None


def _static(name: str, content: bytes) -> Static:
    text = Path(name).suffix in _TEXT
    return Static(
        kind=mimetypes.guess_type(name)[0] or "text/plain",
        tag=hashlib.sha256(content).hexdigest()[:16],
        content=content,
        small=brotli.compress(content, quality=_LEVEL) if text else None,
    )


@lru_cache(maxsize=512)
def _read(file: Path, changed: int) -> Static:
    return _static(file.name, file.read_bytes())


class FrontEndHandler(Guarded):
    """A file of Voila's front end or of the widgets, or the script of those always needed."""

    def initialize(self, front_end: FrontEnd) -> None:
        """Keep the script."""
        self.front_end = front_end

    async def get(self, client: str, path: str) -> None:
        """Send the file."""
        if path.startswith("static/front-end-"):
            self._send(await asyncio.to_thread(getattr, self.front_end, "script"), FOREVER)
            return
        file = front_end_file("/".join(self.visit.parts[4:]))
        if file is None:
            raise RefusedError("no-page")
        static = await asyncio.to_thread(_read, file, file.stat().st_mtime_ns)
        self._send(static, FOR_A_DAY)

    def _send(self, static: Static, kept: str) -> None:
        self.set_header("Content-Type", static.kind)
        self.set_header("Cache-Control", kept)
        self.set_header("Vary", "Accept-Encoding")
        self.set_header("Etag", f'"{static.tag}"')
        if self.check_etag_header():
            self.set_status(304)
            return
        content = static.content
        if static.small is not None and "br" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "br")
            content = static.small
        self.finish(content)
