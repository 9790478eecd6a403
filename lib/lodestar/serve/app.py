"""Voila with a gate in front and reviewed pages first; nothing on it reads a client's files."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.base.handlers import JupyterHandler
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from traitlets.config import Config
from voila.app import Voila
from voila.configuration import VoilaConfiguration
from voila.static_file_handler import AllowListFileHandler
from voila.tornado.contentshandler import VoilaContentsHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.treehandler import TornadoVoilaTreeHandler

from lodestar.kernels.client import PromptClient
from lodestar.kernels.finder import OwnOnly
from lodestar.kernels.manager import warm_ahead
from lodestar.serve.gate import Gate, session_client
from lodestar.serve.inline import LiveContents, LiveHandler, OwnKernels
from lodestar.serve.pages import (
    AssetHandler,
    EnterHandler,
    LandingHandler,
    RefusedHandler,
    WorkbookHandler,
)
from lodestar.serve.sessions import Sessions
from lodestar.serve.site import Site

__all__ = ["LodestarVoila", "loopback"]

LOOPBACK = "127.0.0.1"
REPLACED = (
    AllowListFileHandler,
    VoilaContentsHandler,
    TornadoVoilaHandler,
    TornadoVoilaTreeHandler,
)
"""Voila's handlers that show folders and files; none of them is on this server."""

PING = 30_000
"""Milliseconds between signs of life on a socket, and how long to wait for an answer."""

SETTINGS: dict[str, dict[str, Any]] = {
    "VoilaConfiguration": {
        "template": "lab",
        "allow_template_override": "NO",
        "allow_theme_override": "NO",
        "strip_sources": True,
        "show_tracebacks": False,
        "file_allowlist": [],
        # They look for modules that only JupyterLab has, and fail loudly.
        "extension_denylist": ["nbdime-jupyterlab", "jupyterlab_pygments"],
        "multi_kernel_manager_class": OwnKernels,
        "kernel_spec_manager_class": OwnOnly,
    },
    "MappingKernelManager": {"cull_idle_timeout": 900, "cull_interval": 60},
    "KernelManager": {"transport_encryption": "auto", "client_factory": PromptClient},
}


class SessionIdentity(IdentityProvider):
    """Whoever holds a session is its client; Voila's own tokens and passwords are not used."""

    async def _get_user(self, handler: JupyterHandler) -> User | None:
        """Return the session's client as a user."""
        app = self.parent
        client = session_client(handler.request, app.sessions, app.cookie())
        return User(username=client) if client else None

    def get_handlers(self) -> list[Any]:
        """Return no log-in pages: the way in is the one-time link."""
        return []


class LodestarVoila(Voila):
    """The dashboard server.

    Parameters
    ----------
    site : Site
        The pages.
    data_root : Path
        Folder of clients, for the kernels of live what-ifs.
    port : int
        Wanted port; 0, or one that is taken, means any free one.
    ready : callable
        Called with the server once it listens.
    tell : callable
        Gets each line for the person who runs the server.
    """

    def __init__(
        self,
        site: Site,
        data_root: Path,
        port: int,
        ready: Callable[[LodestarVoila], None],
        tell: Callable[[str], None],
    ) -> None:
        config = Config({name: dict(values) for name, values in SETTINGS.items()})
        assets = {"lodestar_assets": site.assets.url("")}
        config.VoilaConfiguration.resources = assets
        super().__init__(config=config, log_level="ERROR", open_browser=False)
        self.site, self.data_root, self.wanted = site, data_root, port
        self.ready, self.tell = ready, tell
        self.sessions = Sessions()
        self.identity_provider_class = SessionIdentity
        # A page that closes tells the server by a beacon, which can carry no token; the gate
        # holds every request that acts to this server's own origin instead.
        self.tornado_settings = {"disable_check_xsrf": True, "ws_ping_timeout": PING}

    def initialize(self, argv: Any = None) -> None:
        """Set up without reading any configuration file: a stray one could open what is shut."""
        self._init_asyncio_patch()
        self.voila_configuration = VoilaConfiguration(parent=self)
        self.setup_template_dirs()
        signal.signal(signal.SIGTERM, self._handle_signal_stop)

    def setup_template_dirs(self) -> None:
        """Put our template before Voila's own."""
        super().setup_template_dirs()
        self.template_paths.insert(0, str(self.site.template))

    def cookie(self) -> str:
        """Return the name of the session's cookie; servers on other ports have their own."""
        return f"lodestar-{self.port}"

    def hosts(self) -> set[str]:
        """Return the names this server answers to."""
        return {f"{name}:{self.port}" for name in (LOOPBACK, "localhost")}

    def link(self, client: str) -> str:
        """Return a new one-time link to a client's pages."""
        return f"http://{LOOPBACK}:{self.port}/enter?key={self.sessions.new_link(client)}"

    def init_settings(self) -> dict[str, Any]:
        """Let Voila load nothing but the live parts of published workbooks."""
        settings: dict[str, Any] = super().init_settings()
        return {**settings, "contents_manager": LiveContents(self.site, parent=self)}

    def init_handlers(self) -> list[Any]:
        """Put the gate first, then our pages, then what Voila's front end needs."""
        page: dict[str, Any] = {"site": self.site}
        door = {**page, "sessions": self.sessions, "cookie": self.cookie}
        gate = Gate(self.sessions, lambda: self.kernel_manager.owners, self.hosts, self.cookie)
        live = {
            **page,
            "data_root": self.data_root,
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        kept = [rule for rule in super().init_handlers() if rule[1] not in REPLACED]
        return [
            (gate, RefusedHandler, page),
            (r"/", LandingHandler, door),
            (r"/enter", EnterHandler, {**door, "spent": self.spent}),
            (r"/assets/(.+)", AssetHandler, page),
            (r"/c/(.+)/what-if", LiveHandler, live),
            (r"/c/(.+)", WorkbookHandler, page),
            *kept,
            (r".*", RefusedHandler, page),
        ]

    def spent(self, client: str) -> None:
        """Offer a fresh link for another browser when one was used."""
        self.tell(f"Signed in. For another browser: {self.link(client)}")

    def listen(self) -> None:
        """Listen on this machine alone, say so, and serve until stopped."""
        sockets = loopback(self.wanted)
        self.port = sockets[0].getsockname()[1]
        server = HTTPServer(self.app)
        server.add_sockets(sockets)
        self.ioloop = IOLoop.current()
        self.ready(self)
        logging.getLogger("tornado.access").setLevel(logging.ERROR)
        # Phones ask for the chart engine, which takes a second to make: have it ready.
        self.ioloop.run_in_executor(None, getattr, self.site.assets, "engine")
        self.ioloop.run_in_executor(None, warm_ahead)
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            pass
        finally:
            server.stop()
            self.stop()


def loopback(port: int) -> list[Any]:
    """Return listening sockets on this machine: on the wanted port, else on any free one."""
    try:
        return bind_sockets(port, LOOPBACK)
    except OSError:
        return bind_sockets(0, LOOPBACK)
