"""The server's life: it listens, says so, looks after sessions, and ends in order."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import signal
import ssl
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tornado.netutil import bind_sockets

from lodestar.access import FOLDER, Access
from lodestar.errors import FaultError, InputError, Problem
from lodestar.serve.address import Address
from lodestar.serve.crowd import CountingServer
from lodestar.serve.front import Front
from lodestar.serve.limits import CONNECTION_LIMITS
from lodestar.serve.live import Limits, Upstreams, live_handlers
from lodestar.serve.site import Site

__all__ = ["Server", "listening"]

LOOK, SWEEP = 5.0, 300.0
"""Seconds between looks at sessions whose pages are open, and at what the store may forget."""

GRACE = 5.0
"""Seconds that requests get to be answered once the server was told to stop."""


class Server:
    """A front, the live processes behind it, and the sockets it listens on.

    Parameters
    ----------
    site : Site
        The pages.
    data_root : Path
        Folder of clients.
    address : Address
        How the server is reached; its port is taken here.
    tell : callable
        Gets each line for the person who runs the server.
    certificate : tuple of Path, optional
        Files of a certificate chain and its key.
    oidc : Path, optional
        File that describes the organisation's own sign-in.
    hub : bool
        A JupyterHub started this server and says who comes.
    limits : Limits, optional
        What live what-ifs may take of the machine.
    """

    def __init__(
        self,
        site: Site,
        data_root: Path,
        address: Address,
        tell: Callable[[str], None],
        certificate: tuple[Path, Path] | None = None,
        oidc: Path | None = None,
        hub: bool = False,
        limits: Limits | None = None,
    ) -> None:
        self.tls = _context(*certificate) if certificate else None
        self.sockets = listening(address)
        address = replace(address, port=self.sockets[0].getsockname()[1])
        self.access, self.tell = Access(data_root / FOLDER), tell
        self.upstreams = Upstreams(site, data_root, address.base, limits, tell)
        live = live_handlers(site, self.upstreams, address.base)
        provider = _hub(site, self.access) if hub else _provider(oidc, address) if oidc else None
        self.front = Front(site, self.access, address, live, self.upstreams, provider, tell)

    def run(self, show: Callable[[str], Any] | None = None) -> None:
        """Serve until interrupted or terminated.

        Parameters
        ----------
        show : callable, optional
            Gets the first link, to open it in a browser.
        """
        asyncio.run(self._serve(show))

    async def _serve(self, show: Callable[[str], Any] | None) -> None:
        over, loop = asyncio.Event(), asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):
                loop.add_signal_handler(number, over.set)
        limits = {**CONNECTION_LIMITS, "trusted": self.front.address.trusted}
        server = CountingServer(self.front, ssl_options=self.tls, **limits)
        server.add_sockets(self.sockets)
        logging.getLogger("tornado.general").setLevel(logging.ERROR)
        self._greet(show)
        tasks = [
            asyncio.ensure_future(work) for work in (self._ready(), self._look(), self._sweep())
        ]
        try:
            await over.wait()
        finally:
            for task in tasks:
                task.cancel()
            await self._stop(server)

    def _greet(self, show: Callable[[str], Any] | None) -> None:
        """Print the links; once there are people, the way to sign in; below a Hub nothing."""
        front = self.front
        if front.leads_on:
            return
        if front.provider or self.access.people():
            # Links that open without a name do not belong in the log of a server with people.
            first = front.address.url("")
            self.tell(f"Sign in: {first}")
            self.tell("`lodestar access link` makes links for people. Press Ctrl-C to stop.")
        else:
            links = {client: front.link(client) for client in front.site.clients}
            for client, link in links.items():
                self.tell(f"{client}: {link}")
            first = next(iter(links.values()))
            self.tell(f"For you, every client: {front.link('')}")
            self.tell("Each link opens once. Press Ctrl-C to stop.")
        if show:
            show(first)

    async def _ready(self) -> None:
        """Have ready what is asked for first: pages, then what live what-ifs are forked from."""
        try:
            await asyncio.to_thread(self.front.site.prepare)
        except Exception:
            # Whoever asks for that page meets the fault, with its number.
            logging.getLogger(__name__).exception("A page could not be made ready.")
        self.upstreams.warm()

    async def _look(self) -> None:
        """Close what is open of sessions that have ended meanwhile."""
        while True:
            await asyncio.sleep(LOOK)
            self.front.close_ended()

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP)
            await asyncio.to_thread(self.access.sweep)

    async def _stop(self, server: CountingServer) -> None:
        """Answer what was asked, tell newcomers to come again, then end."""
        self.front.stopping = True
        await self.upstreams.stop()
        end = asyncio.get_running_loop().time() + GRACE
        while self.front.answering and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.05)
        server.stop()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(server.close_all_connections(), 1.0)
        self.access.close()


def listening(address: Address) -> list[Any]:
    """Return listening sockets: on the wanted port, else, on this machine alone, on any free one.

    Raises
    ------
    FaultError
        The address is not this machine's, or others look for the port, and it is taken.
    """
    try:
        return bind_sockets(address.port, address.bind)
    except OSError as error:
        taken = error.errno in (errno.EADDRINUSE, errno.EACCES)
        if taken and not address.public and address.bind.startswith("127."):
            return bind_sockets(0, address.bind)
        raise FaultError(
            f"Nobody can listen on {address.bind}, port {address.port} ({error.strerror}). "
            "Name an address of this machine with --bind and a free port with --port."
        ) from None


def _context(chain: Path, key: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(chain, key)
    except (OSError, ssl.SSLError) as error:
        raise InputError([_no_certificate(chain, error)]) from None
    return context


def _no_certificate(chain: Path, error: OSError) -> Problem:
    return Problem(
        code="bad-certificate",
        file=chain.name,
        message=f"The certificate cannot be used with its key ({error.strerror or error.args[0]}).",
        remedy="Give the chain with --certificate and its key with --key, both as PEM files.",
    )


def _hub(site: Site, access: Access) -> Any:
    from lodestar.serve.hub import HubProvider

    return HubProvider(site.clients, access)


def _provider(file: Path, address: Address) -> Any:
    from lodestar.serve.oidc import provider_of

    return provider_of(file, address)
