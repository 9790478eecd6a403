"""A kernel's client that is ready as soon as the kernel is."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient

__all__ = ["PromptClient"]

_FIRST, _LONGEST = 0.05, 1.0
"""Seconds before a question is asked again; each time twice as long."""


class PromptClient(AsyncKernelClient):
    """Ready when a kernel answered, and said on the channel of outputs that it is done.

    Notes
    -----
    The stock client reads outputs until none came for 0.2 seconds. That the kernel said *idle*
    about this very question proves the same: the channel is connected, and nothing older is left.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:  # type: ignore[override]
        """Wait for the kernel.

        Parameters
        ----------
        timeout : float, optional
            Seconds to wait at most.

        Raises
        ------
        RuntimeError
            The kernel died, or did not answer in time.
        """
        end = time.monotonic() + (float("inf") if timeout is None else timeout)
        pause = _FIRST
        while not await self._answered(self.kernel_info(), pause):
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > end:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")
            pause = min(2 * pause, _LONGEST)

    async def _answered(self, question: str, seconds: float) -> bool:
        """Tell whether both channels answered this question in time."""
        both = asyncio.gather(
            _heard(self.shell_channel, question, lambda message: True),
            _heard(self.iopub_channel, question, _is_idle),
        )
        try:
            reply, _ = await asyncio.wait_for(both, seconds)
        except TimeoutError:
            return False
        self._handle_kernel_info_reply(reply)
        return True


async def _heard(channel: Any, question: str, wanted: Any) -> dict[str, Any]:
    """Return the first wanted message about a question; others are passed over."""
    while True:
        message: dict[str, Any] = await channel.get_msg()
        if message["parent_header"].get("msg_id") == question and wanted(message):
            return message


def _is_idle(message: dict[str, Any]) -> bool:
    return bool(message["content"].get("execution_state") == "idle")
