"""What the front and the live processes agree on: addresses, files, headers, closing codes."""

from __future__ import annotations

__all__ = [
    "ASLEEP",
    "DOOR",
    "KERNEL",
    "LOST",
    "NOTEBOOKS",
    "OPENED",
    "SIGNED_OUT",
    "TOKEN",
    "TOKEN_HEADER",
]

DOOR, TOKEN, NOTEBOOKS = "door", "token", "runs"
"""In a live process's folder: its socket; the file that its token comes in, which it removes; the
published runs that it may show, each under its hash."""

TOKEN_HEADER = "X-Lodestar-Token"
"""Carries the token from the front; what a browser sends under this name is dropped."""

KERNEL = r"(?P<kernel_id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
OPENED = r"open/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/([0-9A-Za-z]+)/([0-9A-Za-z_-]+)"
"""Address of a new live copy, which only the front may ask for: kernel, run and workbook."""

LOST, SIGNED_OUT, ASLEEP = 4410, 4403, 4408
"""Why a page's connection to its kernel was closed: the kernel ended; the session did; nobody had
touched it for long."""
