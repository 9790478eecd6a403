"""Files of the template: named by their content, compressed once, with the chart engine beside."""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lodestar.charts.engine import ENGINE, engine_script
from lodestar.serve.bundle import bundled
from lodestar.serve.packing import packed
from lodestar.serve.tones import named_tones
from lodestar.serve.verdict import segments

__all__ = ["Asset", "Assets"]

_TEXT = (".css", ".js", ".svg", ".txt")
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")


@dataclass(frozen=True)
class Asset:
    """One file ready to be sent; packed by gzip and brotli where that gains anything."""

    kind: str
    etag: str
    content: bytes
    zipped: bytes | None = None
    tight: bytes | None = None


class Assets:
    """The static files of the dashboard template.

    Parameters
    ----------
    folder : Path
        Read once, at start: a server shows one state of its template.
    base : str
        Path that every page is below.
    """

    def __init__(self, folder: Path, base: str = "/") -> None:
        self.base = base
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        read = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
        self._files = {name: _asset(name, content) for name, content in bundled(read).items()}
        self.tones = named_tones(read.get("tokens.css", b"").decode())
        identity = "".join(asset.etag for asset in self._files.values())
        self.version = hashlib.sha256(identity.encode()).hexdigest()[:12]

    def url(self, name: str) -> str:
        """Return the address of a file; it changes whenever any file of the template does."""
        return f"{self.base}assets/{self.version}/{name}"

    def find(self, path: str) -> Asset | None:
        """Return the file at a path below ``/assets/``, whatever version it names."""
        parts = segments(f"/{path}") or []
        name = "/".join(parts[1:])
        return self.engine if name == ENGINE else self._files.get(name)

    @cached_property
    def engine(self) -> Asset:
        """Return the script that lays charts out anew, made on first use (about a second)."""
        return _asset(ENGINE, engine_script().encode())


def _asset(name: str, content: bytes) -> Asset:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    if Path(name).suffix not in _TEXT:
        return Asset(kind, etag, content)
    return Asset(kind, etag, content, *packed(content, 9))
