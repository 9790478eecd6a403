"""Live what-ifs: the part of a published workbook that makes its control, on its own kernel."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
from jupyter_server.services.contents.manager import ContentsManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError, authenticated
from voila.tornado.handler import TornadoVoilaHandler

from lodestar.provenance import RESULTS, changed_inputs, kernel_environment
from lodestar.serve.facts import run_facts
from lodestar.serve.gate import segments
from lodestar.serve.pages import refusal
from lodestar.serve.saved import live_notebook
from lodestar.serve.site import Site
from lodestar.workbook.sections import REVIEWED

__all__ = ["LiveContents", "LiveHandler", "OwnKernels"]

MOST_KERNELS = 8
"""Live copies at the same time; each holds about 150 MB."""

ORIGIN = "lodestar_run"
"""Notebook metadata of a live copy: what stands of the reviews of the run it starts from."""

LEFT = 15.0
"""Seconds after which a copy that no page is connected to may make room for another."""


class OwnKernels(AsyncMappingKernelManager):
    """Kernels that each belong to the client for whose page they were started."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.owners: dict[str, str] = {}

    async def start_kernel(self, *, kernel_id: str | None = None, **options: Any) -> str:
        """Start a kernel for the page in the request's address.

        Notes
        -----
        The kernel works in an empty folder and gets the pinned environment, the data root and the
        reviewed results; what a browser asked for reaches it only as the notebook published.
        """
        parts = segments(options["env"]["SCRIPT_NAME"]) or []
        if len(self.list_kernel_ids()) >= MOST_KERNELS and not await self.make_room():
            raise HTTPError(503)
        run = self.parent.site.run(parts[1], parts[2])
        options |= {
            "path": None,
            "cwd": self.parent.connection_dir,
            "env": {
                **kernel_environment(self.parent.data_root, options["env"]),
                REVIEWED: str(run.folder / RESULTS),
            },
        }
        kernel = str(await super().start_kernel(kernel_id=kernel_id, **options))
        self.owners[kernel] = parts[1]
        return kernel

    async def make_room(self) -> bool:
        """End the copy whose page was closed longest ago; tell whether there was one."""
        now = datetime.now(UTC)
        quiet = {
            kernel: (now - self.get_kernel(kernel).last_activity).total_seconds()
            for kernel in self.list_kernel_ids()
            if not self.kernel_model(kernel)["connections"]
            and self.get_kernel(kernel).execution_state == "idle"
        }
        longest = max(quiet, key=lambda kernel: (quiet[kernel], kernel), default="")
        if not longest or quiet[longest] < LEFT:
            return False
        await self.shutdown_kernel(longest, now=True)
        return True

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel and whose it was."""
        self.owners.pop(kernel_id, None)
        return super().remove_kernel(kernel_id)


class LiveContents(ContentsManager):
    """The only notebooks Voila can load: live parts of published workbooks."""

    def __init__(self, site: Site, **options: Any) -> None:
        super().__init__(**options)
        self.site = site

    def get(self, path: str, **_: Any) -> dict[str, Any]:
        """Return the live part of ``client/period/stem.ipynb``."""
        client, period, name = path.split("/")
        run = self.site.run(client, period)
        file = run.notebook(name.removesuffix(".ipynb")) if run else None
        if run is None or file is None:
            raise HTTPError(404)
        notebook = live_notebook(nbformat.read(file, as_version=4))
        facts = run_facts(run, file.stem)
        notebook.metadata[ORIGIN] = {"state": facts.state, "mark": facts.mark}
        return {"type": "notebook", "path": path, "content": notebook}

    def file_exists(self, path: str = "") -> bool:
        """Tell that there are no files: nothing on disk can be inlined in a page."""
        return False


class LiveHandler(TornadoVoilaHandler):
    """The live control of a workbook, rendered by Voila."""

    def initialize(self, site: Site, data_root: Path, **options: Any) -> None:
        """Keep the site beside what Voila needs."""
        super().initialize(**options)
        self.site, self.data_root = site, data_root

    @authenticated
    async def get(self, path: str) -> None:  # type: ignore[override]
        """Start a kernel and show the control, unless its inputs have moved on."""
        parts = segments(self.request.path) or []
        run = self.site.run(parts[1], parts[2]) if len(parts) == 5 else None
        if run is None or run.notebook(parts[3]) is None:
            raise HTTPError(404)
        if changed_inputs(self.data_root / run.client, run.manifest()["inputs"]):
            raise HTTPError(409)
        await super().get(f"{run.client}/{run.period}/{parts[3]}.ipynb")

    def write_error(self, status_code: int, **_: Any) -> None:
        """Answer with the calm page of the status."""
        self.finish(refusal(self.site, status_code))
