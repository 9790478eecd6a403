"""Live copies whose page was closed make room for others. Oracle: real kernels, their ages set."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from lodestar.kernels.finder import OwnOnly
from lodestar.serve.inline import LEFT, OwnKernels


async def answers() -> list[bool]:
    """Ask for room beside a fresh copy, a watched one, one at work and one that was left."""
    kernels = OwnKernels(kernel_spec_manager=OwnOnly())
    said = [await kernels.make_room()]
    name = await AsyncMappingKernelManager.start_kernel(kernels, kernel_name="python3")
    copy = kernels.get_kernel(name)
    try:
        copy.execution_state = "idle"
        said.append(await kernels.make_room())
        copy.last_activity -= timedelta(seconds=LEFT + 1)
        kernels.notify_connect(name)
        said.append(await kernels.make_room())
        kernels.notify_disconnect(name)
        copy.last_activity -= timedelta(seconds=LEFT + 1)
        copy.execution_state = "busy"
        said.append(await kernels.make_room())
        copy.execution_state = "idle"
        said.append(await kernels.make_room())
        assert name not in kernels.list_kernel_ids()
    finally:
        await kernels.shutdown_all(now=True)
    return said


def test_only_a_copy_that_was_left_makes_room() -> None:
    # In a thread of its own: browser tests of the same worker keep a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        said = pool.submit(lambda: asyncio.run(answers())).result()
    assert said == [False, False, False, False, True]
