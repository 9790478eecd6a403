"""What is shown: the list of pages, a workbook from its saved outputs, files of the template."""

from __future__ import annotations

from lodestar.serve.handling import Guarded, PageHandler
from lodestar.serve.headers import policy
from lodestar.serve.refusals import RefusedError

__all__ = ["AssetHandler", "LandingHandler", "RefusedHandler", "WorkbookHandler", "send"]

FOREVER = "public, max-age=31536000, immutable"


class RefusedHandler(Guarded):
    """Whatever the gate does not let pass."""

    def prepare(self) -> None:
        """Refuse for the reason that the gate gave, and write it down."""
        reason = self.visit.refused or "no-page"
        if self.visit.session or reason not in ("anonymous", "restarting"):
            self.application.note_refusal(self.visit, reason, self.request)
        raise RefusedError(reason)


class LandingHandler(PageHandler):
    """The list of periods and workbooks of a client; who sees several chooses one first."""

    def get(self, client: str = "") -> None:
        """Show the list."""
        session, site = self.session, self.application.site
        if session is None:
            raise RefusedError("anonymous")
        seen = [name for name in site.clients if session.may_see(name)]
        if not client and len(seen) != 1:
            self.finish(site.choice(seen))
            return
        self.finish(site.landing(client or seen[0]))


class WorkbookHandler(PageHandler):
    """A reviewed page, from the saved outputs of the published run."""

    def get(self, client: str, period: str, stem: str) -> None:
        """Show the page; a browser that has this very content is told so."""
        site = self.application.site
        run = site.run(client, period)
        if run is None:
            self.set_status(404)
            self.finish(site.unpublished(client))
            return
        file = run.notebook(stem)
        if file is None:
            raise RefusedError("no-page")
        page = site.workbook(run, file)
        self.application.looked(self.visit, run, stem)
        self.set_header("Content-Security-Policy", policy(page.styles))
        send(self, page.etag, page.html, page.zipped)


class AssetHandler(PageHandler):
    """Static files of the template; named by version, so kept by browsers for good."""

    def get(self, path: str) -> None:
        """Send the file."""
        asset = self.application.site.assets.find(path)
        if asset is None:
            raise RefusedError("no-page")
        self.set_header("Content-Type", asset.kind)
        self.set_header("Cache-Control", FOREVER)
        send(self, asset.etag, asset.content, asset.zipped)


def send(handler: Guarded, etag: str, content: bytes, zipped: bytes | None) -> None:
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
