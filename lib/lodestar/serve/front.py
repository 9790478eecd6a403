"""The one small process everybody talks to: sign-in, rules, pages, the way to live what-ifs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from tornado.httputil import HTTPServerRequest
from tornado.routing import Matcher
from tornado.web import Application

from lodestar.access import GUEST, HOST, Access, Session
from lodestar.access.keys import hashed
from lodestar.provenance import PublishedRun
from lodestar.serve.address import Address
from lodestar.serve.crowd import MOST_REQUESTS, Crowd
from lodestar.serve.limits import Allowance
from lodestar.serve.showing import (
    AssetHandler,
    DownloadHandler,
    LandingHandler,
    RefusedHandler,
    WorkbookHandler,
)
from lodestar.serve.signing_in import EnterHandler, SignInHandler
from lodestar.serve.signing_out import AliveHandler, PasswordHandler, SignOutHandler
from lodestar.serve.site import Site
from lodestar.serve.verdict import Rules, Visit
from lodestar.serve.words import Words

if TYPE_CHECKING:
    from lodestar.serve.oidc import Provider

__all__ = ["Front", "NoUpstreams"]

HOURS = 12.0
"""How long a link that the server prints may wait to be opened."""

PING = 30
"""Seconds between signs of life on a socket, and how long to wait for an answer."""


class Gate(Matcher):
    """Match, and so hand to the refusing handler, every request that may not pass."""

    def __init__(self, front: Front) -> None:
        self.front = front

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """Keep on the request who came; return None when it may pass."""
        visit = self.front.rules.judge(request)
        arrival = visit.arrival
        if not visit.refused and arrival.proxied and self.front.crowd.full(arrival.address):
            visit = replace(visit, refused="crowd")
        request.visit = visit
        if visit.session:
            self.front.inside[visit.session.id] = visit.key
        return {} if visit.refused else None


class NoUpstreams:
    """Stands for live what-ifs where there are none."""

    def close_session(self, session: str) -> None:
        """There is nothing to close."""

    def stop(self) -> None:
        """There is nothing to stop."""


class Front(Application):
    """Every route behind one gate.

    Parameters
    ----------
    site : Site
        The pages.
    access : Access
        People, links, sessions, the record.
    address : Address
        How the server is reached.
    live : sequence of rule
        Routes of live what-ifs.
    upstreams : Upstreams
        What those routes lead to; told when a session ends and when the server stops.
    provider : Provider, optional
        The organisation's own sign-in.
    tell : callable
        Gets each line for the person who runs the server.
    """

    def __init__(
        self,
        site: Site,
        access: Access,
        address: Address,
        live: Sequence[tuple[Any, ...]] = (),
        upstreams: Any = None,
        provider: Provider | None = None,
        tell: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.site, self.access, self.address = site, access, address
        self.upstreams, self.tell = upstreams or NoUpstreams(), tell
        self.provider, self.stopping = provider, False
        self.entries, self.attempts = Allowance(600, 60), Allowance(120, 60)
        self.crowd = Crowd(MOST_REQUESTS)
        self.printed: dict[str, str] = {}
        self.inside: dict[str, str] = {}
        self.answering: WeakSet[Any] = WeakSet()
        self.words = Words(site, self.anybody, provider.label if provider else "")
        self.rules = Rules(address, access.session, site.clients, lambda: self.stopping)
        self.live_rules = tuple(live)
        super().__init__(
            self.routes(),
            default_handler_class=RefusedHandler,
            log_function=lambda handler: None,
            websocket_ping_interval=PING,
            websocket_ping_timeout=PING,
            autoreload=False,
        )

    def routes(self) -> list[Any]:
        """Return every route: the gate, then what it lets pass."""
        ways = (self.provider.handlers() if self.provider else []) + [
            (r"/enter", EnterHandler),
            (r"/sign-in", SignInHandler),
            (r"/sign-out", SignOutHandler),
            (r"/password", PasswordHandler),
            (r"/alive", AliveHandler),
        ]
        pages = [
            (r"/?", LandingHandler),
            (r"/assets/(.+)", AssetHandler),
            (r"/c/([^/]+)/?", LandingHandler),
            (r"/c/([^/]+)/([^/]+)/([^/]+)", WorkbookHandler),
            (r"/c/([^/]+)/([^/]+)/([^/]+)/([^/]+)\.(csv|svg)", DownloadHandler),
        ]
        base = re.escape(self.address.base.rstrip("/"))
        below = [(base + rule[0], *rule[1:]) for rule in ways + pages]
        return [(Gate(self), RefusedHandler), *self.live_rules, *below]

    @property
    def leads_on(self) -> bool:
        """Tell whether who comes without a session goes straight to the one other sign-in."""
        return self.provider is not None and self.provider.only

    def anybody(self) -> bool:
        """Tell whether anybody could sign in with a name and a password."""
        return any(person.password for person in self.access.people())

    def vouched(self, session: Session) -> bool:
        """Tell whether somebody else keeps this person's sign-in: a Hub, or an organisation."""
        if self.provider is None or session.person in (GUEST, HOST):
            return False
        alone = not session.link and not self.access.person(session.person).password
        return self.provider.only or alone

    def keeps_password(self, session: Session) -> bool:
        """Tell whether this person has, or may be given, a password here."""
        return session.person not in (GUEST, HOST) and not self.vouched(session)

    def close(self, visit: Visit) -> None:
        """End a session and what is open of it."""
        self.access.end(visit.key)
        if visit.session:
            self.inside.pop(visit.session.id, None)
            self.upstreams.close_session(visit.session.id)

    def close_ended(self) -> None:
        """Close what is open of sessions that have ended, been revoked or grown idle."""
        for name, key in list(self.inside.items()):
            if self.access.session(key, used=False) is None:
                self.inside.pop(name, None)
                self.upstreams.close_session(name)
                if self.provider:
                    self.provider.departures.proof(name)

    def link(self, client: str) -> str:
        """Return a new one-time link to a client's pages; to all clients' for "" as client."""
        access = self.access
        key = access.guest_link(client, HOURS) if client else access.host_link(HOURS)
        self.printed[hashed(key)] = client
        return self.address.url(f"enter?key={key}")

    def entered(self, key: str) -> None:
        """Offer whoever runs the server a fresh link when one that it printed was used."""
        client = self.printed.pop(hashed(key), None)
        if client is not None:
            self.tell(f"Signed in. For another browser: {self.link(client)}")

    def looked(self, visit: Visit, run: PublishedRun, page: str) -> None:
        """Write down who was shown what."""
        if visit.session:
            self.access.looked(
                visit.session, run.client, run.period, run.hash, page, visit.arrival.address
            )

    def tried(self, visit: Visit, run: PublishedRun, page: str) -> None:
        """Write down who opened a live what-if."""
        self.access.record(
            "what-if",
            person=visit.session.person if visit.session else None,
            address=visit.arrival.address,
            client=run.client,
            period=run.period,
            run=run.hash,
            page=page,
        )

    def note_refusal(self, visit: Visit, reason: str, request: HTTPServerRequest) -> None:
        """Write down who was refused what, and why; the question after ``?`` is left out."""
        self.access.record(
            "refused",
            reason=reason,
            person=visit.session.person if visit.session else None,
            address=visit.arrival.address,
            page=f"{request.method} {request.path}"[:160],
        )
