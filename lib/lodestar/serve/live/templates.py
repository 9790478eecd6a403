"""Templates of live pages, compiled once; Voila would compile them anew for every page.

It takes a sixth of a second. The nursery compiles them ahead; whatever it has in memory, every live
process has.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from types import CodeType
from typing import Any

import nbformat
import voila.notebook_renderer
from jinja2.bccache import Bucket, BytecodeCache
from voila.exporter import VoilaExporter
from voila.paths import collect_template_paths

from lodestar.schema.resources import templates

__all__ = ["compile_ahead", "template_paths"]


class _Kept(BytecodeCache):
    """Compiled templates in memory; one whose source has changed is compiled again."""

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is known."""
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code is not None:
            self.codes[(bucket.key, bucket.checksum)] = bucket.code


KEPT = _Kept()


class LiveExporter(VoilaExporter):
    """Voila's exporter on the templates that are kept."""

    def _create_environment(self) -> Any:
        environment = super()._create_environment()
        environment.bytecode_cache = KEPT
        return environment


voila.notebook_renderer.VoilaExporter = LiveExporter


def template_paths(known: list[str]) -> list[str]:
    """Return where templates lie: ours before Voila's own."""
    return [str(templates() / "voila" / "lodestar"), *known]


def compile_ahead() -> None:
    """Compile what a live page needs, by making one of nothing."""
    asyncio.run(_page_of_nothing())


async def _page_of_nothing() -> None:
    known = collect_template_paths(["voila", "nbconvert"], "lab", prune=True)
    exporter = LiveExporter(template_paths=template_paths(known), template_name="lab")
    nothing = {"kernel_start": _nobody, "cell_generator": _no_cells, "main_js": ""}
    notebook = nbformat.v4.new_notebook()
    config = {"fullStaticUrl": "", "federated_extensions": []}
    page = exporter.generate_from_notebook_node(
        notebook, {"base_url": "/"}, extra_context=nothing, page_config=config
    )
    async for _ in page:
        pass


async def _nobody(notebook: Any) -> str:
    return ""


async def _no_cells(notebook: Any, kernel: str) -> AsyncIterator[Any]:
    for cell in notebook.cells:
        yield cell
