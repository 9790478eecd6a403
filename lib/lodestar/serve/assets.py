"""Files of the template: named by their content, compressed once, with the chart engine beside."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lodestar.charts.engine import ENGINE, engine_script
from lodestar.serve.verdict import segments

__all__ = ["Asset", "Assets"]

_TEXT = (".css", ".js", ".svg", ".txt")
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")


@dataclass(frozen=True)
class Asset:
    """One file ready to be sent; ``zipped`` is None where compressing gains nothing."""

    kind: str
    etag: str
    content: bytes
    zipped: bytes | None


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
        self._files = {
            p.relative_to(folder).as_posix(): _asset(p.name, p.read_bytes()) for p in files
        }
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
    etag = hashlib.sha256(content).hexdigest()[:16]
    zipped = gzip.compress(content, 9, mtime=0) if Path(name).suffix in _TEXT else None
    return Asset(kind, f'"{etag}"', content, zipped)
