"""A page of controls without a browser: the page, its socket, and what widgets say on it."""

from __future__ import annotations

import json
import re
import struct
import time
import urllib.request
import uuid
from typing import Any

import websocket

__all__ = ["LivePage"]

CONFIGURED = re.compile(r'"(baseUrl|kernelId)": ?"([^"]+)"')
CONTROL = "jupyter.widget.control"
QUIET, WAIT = 0.4, 300.0
"""Seconds without news after which nothing follows a move any more; seconds to wait at all."""


class LivePage:
    """One viewer's live page, opened as a browser opens it.

    Parameters
    ----------
    base : str
        Scheme, name and port of the server.
    path : str
        Path of the page.
    cookie : str
        The viewer's session; empty where there is none.
    """

    def __init__(self, base: str, path: str, cookie: str = "") -> None:
        self.base, self.path, self.cookie = base, path, cookie
        self.states: dict[str, Any] = {}

    def open(self) -> float:
        """Open the page until its controls' states are known; return the seconds that took."""
        begun = time.perf_counter()
        headers = {"Cookie": self.cookie} if self.cookie else {}
        request = urllib.request.Request(self.base + self.path, headers=headers)
        with urllib.request.urlopen(request, timeout=WAIT) as reply:
            page = reply.read().decode()
        found = dict(CONFIGURED.findall(page))
        self.kernel = found["kernelId"]
        channels = f"{found['baseUrl']}api/kernels/{self.kernel}/channels"
        address = f"{channels}?session_id={uuid.uuid4().hex}"
        self.socket = websocket.create_connection(
            self.base.replace("http", "ws", 1) + address,
            origin=self.base,
            cookie=self.cookie or None,
            timeout=WAIT,
        )
        self._ask_states()
        return time.perf_counter() - begun

    def move(self) -> float:
        """Move the first slider one step; return seconds until the last that follows was heard."""
        name = next(name for name, state in self.states.items() if _is_slider(state))
        state = self.states[name]["state"]
        most = len(state["_options_labels"]) - 1
        state["index"] += 1 if state["index"] < most else -1
        moved = {"method": "update", "state": {"index": state["index"]}, "buffer_paths": []}
        begun = heard = time.perf_counter()
        self._say("comm_msg", {"comm_id": name, "data": moved})
        while (message := self._heard(WAIT if heard == begun else QUIET)) is not None:
            if "value" in message.get("content", {}).get("data", {}).get("state", {}):
                heard = time.perf_counter()
        return heard - begun

    def close(self) -> None:
        """Go without a word, as a tab does that crashes."""
        self.socket.shutdown()

    def _ask_states(self) -> None:
        comm = uuid.uuid4().hex
        self._say("comm_open", {"comm_id": comm, "target_name": CONTROL, "data": {}})
        self._say("comm_msg", {"comm_id": comm, "data": {"method": "request_states"}})
        while not self.states:
            message = self._heard(WAIT)
            assert message is not None, "the controls say nothing"
            self.states = message.get("content", {}).get("data", {}).get("states", {})

    def _say(self, kind: str, content: dict[str, Any]) -> None:
        header = {
            "msg_id": uuid.uuid4().hex,
            "msg_type": kind,
            "username": "",
            "session": uuid.uuid4().hex,
            "date": "",
            "version": "5.3",
        }
        message = {"header": header, "parent_header": {}, "metadata": {"version": "1.0.0"}}
        self.socket.send(json.dumps({**message, "content": content, "channel": "shell"}))

    def _heard(self, seconds: float) -> dict[str, Any] | None:
        """Return the next message, or None when nothing is said for so long."""
        self.socket.settimeout(seconds)
        try:
            message = self.socket.recv()
        except websocket.WebSocketTimeoutException:
            return None
        if isinstance(message, bytes):
            count = struct.unpack("!I", message[:4])[0]
            starts = [*struct.unpack(f"!{count}I", message[4 : 4 + 4 * count]), len(message)]
            message = message[starts[0] : starts[1]].decode()
        return json.loads(message)  # type: ignore[no-any-return]


def _is_slider(state: dict[str, Any]) -> bool:
    return state["model_name"] == "SelectionSliderModel"
