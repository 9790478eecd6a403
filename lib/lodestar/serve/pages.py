"""Handlers of reviewed pages: sign-in, list, workbook, files, refusals; none starts a kernel."""

from __future__ import annotations

from typing import Any

from tornado.web import HTTPError, RequestHandler

from lodestar.serve.gate import segments, session_client
from lodestar.serve.sessions import SESSION_SECONDS
from lodestar.serve.site import Site

__all__ = [
    "AssetHandler",
    "EnterHandler",
    "LandingHandler",
    "PageHandler",
    "RefusedHandler",
    "WorkbookHandler",
    "refusal",
]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
"""No script but ours runs on a reviewed page, whatever text a client's file holds."""

FOREVER = "public, max-age=31536000, immutable"

REFUSALS = {
    403: (
        "Please open your link.",
        ["These pages open with a one-time link, which the person who runs this server has."],
        "",
    ),
    404: ("There is no such page.", ["It may have been renamed, or it is not yours to see."], ""),
    409: (
        "The inputs have changed since this page was made.",
        [
            "A live what-if would start from other figures than the reviewed ones.",
            "Whoever runs this server can bring both together with:",
        ],
        "lodestar run",
    ),
    503: (
        "All live copies are in use.",
        ["The reviewed page has every figure. Try again in a few minutes."],
        "",
    ),
    500: (
        "This page could not be shown.",
        ["Whoever runs this server finds the cause in its log."],
        "",
    ),
}


def refusal(site: Site, status: int) -> str:
    """Return the calm page for a status: what is wrong, and the next step."""
    lead, lines, command = REFUSALS.get(status, REFUSALS[500])
    return site.render("message.html", heading=lead, lines=lines, command=command)


class PageHandler(RequestHandler):
    """A handler whose pages are private, framed by nobody else, and never show a traceback."""

    site: Site

    def initialize(self, site: Site, **_: Any) -> None:
        """Keep what the pages are made from."""
        self.site = site

    def set_default_headers(self) -> None:
        """Send every page as private and revalidated; scripts only from this server."""
        self.set_header("Content-Security-Policy", POLICY)
        self.set_header("Cache-Control", "private, no-cache")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.clear_header("Server")

    def write_error(self, status_code: int, **_: Any) -> None:
        """Answer with the calm page of the status."""
        self.finish(refusal(self.site, status_code))

    def compute_etag(self) -> None:
        """Leave tags to the pages that know their content."""


class RefusedHandler(PageHandler):
    """Whatever the gate does not let pass."""

    def prepare(self) -> None:
        """Refuse with the status that the gate gave."""
        raise HTTPError(int(self.path_kwargs.get("status", "404")))


class EnterHandler(PageHandler):
    """The one-time link: spends its key, sets the session's cookie, leads to the pages."""

    def initialize(self, site: Site, **options: Any) -> None:
        """Keep the sessions, the cookie's name and whom to tell of a link spent."""
        super().initialize(site)
        self.sessions, self.cookie = options["sessions"], options["cookie"]
        self.spent = options["spent"]

    def get(self) -> None:
        """Enter; a browser that is inside already just goes on."""
        session = self.sessions.enter(self.get_query_argument("key", ""))
        if session is None and not session_client(self.request, self.sessions, self.cookie()):
            raise HTTPError(403)
        if session:
            self.set_cookie(
                self.cookie(),
                session,
                httponly=True,
                samesite="Lax",
                path="/",
                max_age=SESSION_SECONDS,
            )
            self.spent(self.sessions.client(session))
        self.redirect("/", status=303)


class LandingHandler(PageHandler):
    """The list of periods and workbooks of the session's client."""

    def initialize(self, site: Site, **options: Any) -> None:
        """Keep the sessions and the cookie's name."""
        super().initialize(site)
        self.sessions, self.cookie = options["sessions"], options["cookie"]

    def get(self) -> None:
        """Show the list."""
        client = session_client(self.request, self.sessions, self.cookie()) or ""
        self.finish(self.site.landing(client))


class WorkbookHandler(PageHandler):
    """A reviewed page, from the saved outputs of the published run."""

    def get(self, path: str) -> None:
        """Show the page; a browser that has this very content is told so."""
        parts = segments(self.request.path) or []
        if len(parts) == 2:
            return self.redirect("/")
        if len(parts) != 4:
            raise HTTPError(404)
        run = self.site.run(parts[1], parts[2])
        if run is None:
            self.set_status(404)
            self.finish(self.site.unpublished(parts[1]))
            return None
        file = run.notebook(parts[3])
        if file is None:
            raise HTTPError(404)
        page = self.site.workbook(run, file)
        _send(self, page.etag, page.html, page.zipped)
        return None


class AssetHandler(PageHandler):
    """Static files of the template; named by version, so kept by browsers for good."""

    def get(self, path: str) -> None:
        """Send the file."""
        asset = self.site.assets.find(path)
        if asset is None:
            raise HTTPError(404)
        self.set_header("Content-Type", asset.kind)
        self.set_header("Cache-Control", FOREVER)
        _send(self, asset.etag, asset.content, asset.zipped)


def _send(handler: PageHandler, etag: str, content: bytes, zipped: bytes | None) -> None:
    """Send content unless the browser has it, compressed where the browser takes that."""
    handler.set_header("Etag", etag)
    handler.set_header("Vary", "Accept-Encoding")
    if handler.check_etag_header():
        handler.set_status(304)
        handler.finish()
        return
    if zipped and "gzip" in handler.request.headers.get("Accept-Encoding", ""):
        handler.set_header("Content-Encoding", "gzip")
        content = zipped
    handler.finish(content)
