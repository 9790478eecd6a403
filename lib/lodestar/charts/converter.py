"""The converter that draws charts: this process's own, or one that several share."""

from __future__ import annotations

import contextlib
import json
import os
import socket
from functools import cache
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Any

__all__ = ["CONVERTER", "FONTS", "SharedConverter", "converter", "own_converter", "serve"]

FONTS = Path(__file__).parent / "fonts"

CONVERTER = "LODESTAR_CONVERTER"
"""Environment variable: private socket of a process that draws the charts of others."""

PATIENCE = 60.0
"""Seconds to wait for a picture that another process draws; the slowest takes one."""

_KNOWN = ("vegalite_to_svg", "vegalite_to_vega", "vega_to_svg")


@cache
def converter() -> Any:
    """Return what draws this process's charts."""
    shared = os.environ.get(CONVERTER)
    return SharedConverter(shared) if shared else own_converter()


@cache
def own_converter() -> Any:
    """Import the library on first use (it starts a JavaScript engine) with the bundled font."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


class SharedConverter:
    """Has charts drawn by another process, which started its engine once for many.

    Parameters
    ----------
    path : str
        Its socket.

    Notes
    -----
    Where nothing comes back, whatever the reason, this process draws for itself: the same bytes,
    or the same error.
    """

    def __init__(self, path: str) -> None:
        self._path = path

    def vegalite_to_svg(self, spec: dict[str, Any]) -> Any:
        """Return the picture of a Vega-Lite specification."""
        return self._made("vegalite_to_svg", spec)

    def vegalite_to_vega(self, spec: dict[str, Any]) -> Any:
        """Return the Vega specification of a Vega-Lite one."""
        return self._made("vegalite_to_vega", spec)

    def vega_to_svg(self, spec: dict[str, Any]) -> Any:
        """Return the picture of a Vega specification."""
        return self._made("vega_to_svg", spec)

    def _made(self, name: str, spec: dict[str, Any]) -> Any:
        answer = b""
        asked = json.dumps([name, spec]).encode()
        with contextlib.suppress(OSError, EOFError), Client(self._path, "AF_UNIX") as connection:
            connection.send_bytes(asked)
            if connection.poll(PATIENCE):
                answer = connection.recv_bytes()
        return json.loads(answer) if answer else getattr(own_converter(), name)(spec)


def serve(listener: socket.socket) -> None:
    """Draw for whoever connects, one chart a connection, until this process is ended.

    Parameters
    ----------
    listener : socket
        Where they connect; several processes may share it, and each takes what comes when free.
    """
    while True:
        accepted, _ = listener.accept()
        with contextlib.suppress(OSError, EOFError), Connection(accepted.detach()) as connection:
            if connection.poll(PATIENCE):
                connection.send_bytes(_answer(connection.recv_bytes()))


def _answer(asked: bytes) -> bytes:
    """Return what was made as JSON; empty when it cannot be: whoever asked then sees why."""
    try:
        name, spec = json.loads(asked)
        if name not in _KNOWN:
            return b""
        return json.dumps(getattr(own_converter(), name)(spec)).encode()
    except Exception:
        return b""
