"""Voila as it runs in a live process: one client's live notebooks, on a private socket."""

from __future__ import annotations

import hmac
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.services.contents.manager import ContentsManager
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.ioloop import IOLoop
from tornado.netutil import bind_unix_socket
from tornado.routing import Matcher
from tornado.web import HTTPError, RequestHandler
from traitlets.config import Config
from voila.app import Voila
from voila.configuration import VoilaConfiguration
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.handler import TornadoVoilaHandler

from lodestar.kernels.client import PromptClient
from lodestar.kernels.finder import OwnOnly
from lodestar.serve.live.kernels import LiveChannels, LiveKernels
from lodestar.serve.live.names import DOOR, KERNEL, NOTEBOOKS, OPENED, OWN, TOKEN_HEADER
from lodestar.serve.live.templates import template_paths

__all__ = ["LiveVoila"]

SETTINGS: dict[str, dict[str, Any]] = {
    "VoilaConfiguration": {
        "template": "lab",
        "allow_template_override": "NO",
        "allow_theme_override": "NO",
        "strip_sources": True,
        "show_tracebacks": False,
        "file_allowlist": [],
        # The first two look for modules that only JupyterLab has; no control of ours is the third.
        "extension_denylist": ["nbdime-jupyterlab", "jupyterlab_pygments", "anywidget"],
        "multi_kernel_manager_class": LiveKernels,
        "kernel_spec_manager_class": OwnOnly,
    },
    # The front ends copies that were left; this is for a front that forgot one.
    "MappingKernelManager": {"cull_idle_timeout": 3600, "cull_interval": 300},
    "KernelManager": {"transport_encryption": "auto", "client_factory": PromptClient},
    # Else it drops what it finds too much at a time, as the pictures of a page are.
    "ZMQChannelsWebsocketConnection": {"limit_rate": False},
    # A kernel that was started again would know nothing of the controls on the page.
    "KernelRestarter": {"restart_limit": 0, "time_to_dead": 1.0},
}


class Doorman(Matcher):
    """Matches, and so hands to the refusing handler, what does not carry the token."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """Return None when the request may pass."""
        shown = request.headers.get(TOKEN_HEADER, "").encode()
        return None if hmac.compare_digest(shown, self._token) else {}


class Refused(RequestHandler):
    """Whatever has no token, or asks for what is not there."""

    def prepare(self) -> None:
        """Say that there is nothing."""
        self.set_status(404)
        self.finish()


class Anyone(IdentityProvider):
    """Whoever holds the token is the front, which has checked who asks."""

    async def _get_user(self, handler: JupyterHandler) -> User | None:
        """Return the one user."""
        return User(username="front")

    def get_handlers(self) -> list[Any]:
        """Return no log-in pages."""
        return []


class LiveContents(ContentsManager):
    """The only notebooks that can be loaded: those in the process's own folder."""

    def __init__(self, root: Path, **options: Any) -> None:
        super().__init__(**options)
        self.root = root

    def get(self, path: str, **_: Any) -> dict[str, Any]:
        """Return the live notebook ``kernel/run/stem.ipynb``; its page knows the kernel at once."""
        kernel, place = path.split("/", 1)
        file = self.root / NOTEBOOKS / place
        if not file.is_file():
            raise HTTPError(404)
        content: Any = nbformat.read(file, as_version=4)
        content.metadata["lodestar_kernel"] = kernel  # type: ignore[assignment]
        return {"type": "notebook", "path": path, "content": content}

    def file_exists(self, path: str = "") -> bool:
        """Tell that there are no files: nothing on disk can be inlined in a page."""
        return False


class LiveHandler(TornadoVoilaHandler):
    """The live control of a workbook, on a kernel with the name that the front gave it."""

    async def get(self, kernel: str, run: str, stem: str) -> None:  # type: ignore[override]
        """Start the kernel and show the control as its cells are done."""
        await super().get(f"{kernel}/{run}/{stem}.ipynb")


class LiveKernel(KernelHandler):
    """A kernel: whether it is there, and its end."""

    async def delete(self, kernel_id: str) -> None:
        """End the kernel; that there is none is said calmly, for it may not have come yet."""
        if kernel_id in self.kernel_manager:
            await super().delete(kernel_id)
        else:
            self.set_status(404)
            self.finish()


class LiveVoila(Voila):
    """The server in a live process.

    Parameters
    ----------
    root : Path
        Its folder: live notebooks, what they read, its socket.
    base : str
        Its address below the front's, e.g. ``/c/demo/live/``.
    token : str
        What every request must carry.
    resources : dict
        Addresses that pages name.
    ready : callable
        Called once it listens.
    """

    def __init__(
        self,
        root: Path,
        base: str,
        token: str,
        resources: dict[str, str],
        ready: Callable[[], None],
    ) -> None:
        config = Config({name: dict(values) for name, values in SETTINGS.items()})
        config.VoilaConfiguration.resources = resources
        super().__init__(config=config, log_level="ERROR", open_browser=False, base_url=base)
        self.root, self._token, self._ready = root, token, ready
        self.root_dir = str(root / NOTEBOOKS)
        self.connection_dir_root = str(root / OWN / "tmp")
        self.identity_provider_class = Anyone
        # A page that closes tells so by a beacon, which can carry no token of that kind; the
        # front holds every request that acts to its own origin. It also sees whether a browser is
        # still there; between the two of us there is no need to.
        self.tornado_settings = {
            "disable_check_xsrf": True,
            "ws_ping_interval": 0,
            "log_function": lambda handler: None,
        }

    def initialize(self, argv: Any = None) -> None:
        """Set up without reading any configuration file: a stray one could open what is shut."""
        self._init_asyncio_patch()
        self.voila_configuration = VoilaConfiguration(parent=self)
        self.setup_template_dirs()
        signal.signal(signal.SIGTERM, self._handle_signal_stop)

    def setup_template_dirs(self) -> None:
        """Put our template before Voila's own."""
        super().setup_template_dirs()
        self.template_paths = template_paths(self.template_paths)  # type: ignore[has-type]

    def init_settings(self) -> dict[str, Any]:
        """Let Voila load nothing but this process's notebooks."""
        settings: dict[str, Any] = super().init_settings()
        return {**settings, "contents_manager": LiveContents(self.root, parent=self)}

    def init_handlers(self) -> list[Any]:
        """Answer what the front passes on, and nothing else that Voila could."""
        shown = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        return [
            (Doorman(self._token), Refused),
            (f"{self.base_url}{OPENED}", LiveHandler, shown),
            (f"{self.base_url}api/kernels/{KERNEL}", LiveKernel),
            (f"{self.base_url}api/kernels/{KERNEL}/channels", LiveChannels),
            (f"{self.base_url}voila/api/shutdown/{KERNEL}", VoilaShutdownKernelHandler),
            (r".*", Refused),
        ]

    def listen(self) -> None:
        """Listen on the private socket, say so, and serve until stopped."""
        server = HTTPServer(self.app)
        server.add_socket(bind_unix_socket(str(self.root / OWN / DOOR), mode=0o600))
        self.ioloop = IOLoop.current()
        self._ready()
        try:
            self.ioloop.start()
        finally:
            server.stop()
            self.stop()
