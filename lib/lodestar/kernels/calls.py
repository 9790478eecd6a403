"""Functions called in a process forked from the warm one: all is imported, all cores help."""

from __future__ import annotations

import select
import socket
from collections.abc import Callable
from importlib import import_module
from typing import Any

from lodestar.kernels.messages import Message, receive, send
from lodestar.kernels.server import NoKernelError, standing_server

__all__ = ["CallDiedError", "CallFailedError", "answer_call", "call"]

_TICK = 0.2
"""Seconds between looks whether this thread was interrupted."""


class CallFailedError(Exception):
    """The function raised; the text is the error's name and message."""


class CallDiedError(Exception):
    """The process that the function was called in died.

    Parameters
    ----------
    status : int
        How it ended; negative: the signal that ended it.
    """

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(f"its process ended with status {status}")


def call(function: Callable[..., Any], *arguments: str) -> Any:
    """Return what a function returns, called in a forked process where there can be one.

    Parameters
    ----------
    function : callable
        A module's function; what it returns must be known to JSON.
    *arguments : str
        Its arguments.

    Raises
    ------
    CallFailedError
        It raised there. Called here, its own error is raised.
    CallDiedError
        The process died.

    Notes
    -----
    Without a fork server in this process the function is called here. An interrupt of the thread
    that waits, or its end, ends the process too.
    """
    server = standing_server()
    try:
        if server is None:
            raise NoKernelError("no process to fork from runs")
        connection = server.connect()
    except NoKernelError:
        return function(*arguments)
    with connection:
        name = f"{function.__module__}:{function.__qualname__}"
        answer = _asked(connection, {"call": name, "arguments": arguments})
    if "returned" in answer:
        return answer["returned"]
    if "raised" in answer:
        raise CallFailedError(answer["raised"])
    if "refused" in answer:
        return function(*arguments)
    raise CallDiedError(int(answer.get("died", 1)))


def _asked(connection: socket.socket, request: Message) -> Message:
    """Return what comes of a request; a connection that closes is a process that was killed."""
    try:
        send(connection, request)
        # In small steps: only between two of them Python can interrupt this thread.
        while not select.select([connection], [], [], _TICK)[0]:
            continue
        return receive(connection) or {"died": -9}
    except OSError:
        return {"died": -9}


def answer_call(request: Message, channel: socket.socket) -> None:
    """In the forked process: call the function and tell what came of it.

    Parameters
    ----------
    request : mapping
        ``call``: module and name of the function; ``arguments``.
    channel : socket
        Takes ``returned``, or ``raised``.
    """
    module, _, name = request["call"].partition(":")
    try:
        answer = {"returned": getattr(import_module(module), name)(*request["arguments"])}
    except Exception as error:
        answer = {"raised": f"{type(error).__name__}: {error}"}
    send(channel, answer)
    channel.close()
