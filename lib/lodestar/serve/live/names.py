"""What the front and the live processes agree on: addresses, files, headers, closing codes."""

from __future__ import annotations

__all__ = [
    "ASLEEP",
    "DOOR",
    "KERNEL",
    "LOST",
    "NOTEBOOKS",
    "OPENED",
    "OWN",
    "SIGNED_OUT",
    "TOKEN",
    "TOKEN_HEADER",
    "VIEW",
]

NOTEBOOKS, OWN, VIEW = "runs", "own", "view"
"""In a live process's folder: published runs that it may show, each under its hash; the part that
it may write in; the empty place where its file system is built."""

DOOR, TOKEN = "door", "token"
"""In its own part: its socket, and the file that its token comes in, which it removes."""

TOKEN_HEADER = "X-Lodestar-Token"
"""Carries the token from the front; what a browser sends under this name is dropped."""

KERNEL = r"(?P<kernel_id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
OPENED = r"open/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/([0-9A-Za-z]+)/([0-9A-Za-z_-]+)"
"""Address of a new live copy, which only the front may ask for: kernel, run and workbook."""

LOST, SIGNED_OUT, ASLEEP = 4410, 4403, 4408
"""Why a page's connection to its kernel was closed: the kernel ended; the session did; nobody had
touched it for long."""
