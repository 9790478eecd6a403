"""What is shown: the list of pages, a workbook from its saved outputs, files of the template."""

from __future__ import annotations

from urllib.parse import quote

from lodestar.access import Session
from lodestar.provenance import sha256
from lodestar.serve.consultant import consultant_html
from lodestar.serve.downloads import KINDS, file_name, taken
from lodestar.serve.handling import Guarded, PageHandler
from lodestar.serve.headers import policy
from lodestar.serve.landing import LANDING, choice_html, landing_html
from lodestar.serve.packing import best
from lodestar.serve.refusals import RefusedError
from lodestar.serve.words import place_of

__all__ = [
    "AssetHandler",
    "DownloadHandler",
    "LandingHandler",
    "RefusedHandler",
    "WorkbookHandler",
    "send",
]

FOREVER = "public, max-age=31536000, immutable"


class RefusedHandler(Guarded):
    """Whatever the gate does not let pass."""

    def prepare(self) -> None:
        """Refuse for the reason that the gate gave, and write it down."""
        reason = self.visit.refused or "no-page"
        if self.visit.session or reason not in ("anonymous", "restarting"):
            self.application.note_refusal(self.visit, reason, self.request)
        if reason == "anonymous" and self.request.method == "GET" and self.application.leads_on:
            base = self.application.address.base
            going = quote(place_of(self.request.path, base))
            self.redirect(f"{base}oidc/start?going={going}", status=303)
            return
        raise RefusedError(reason)


class LandingHandler(PageHandler):
    """A client's first page; consultants and reviewers first see how all clients stand."""

    def get(self, client: str = "") -> None:
        """Show the page, with what changed since this person's last visit."""
        session, site = self.session, self.application.site
        if session is None:
            raise RefusedError("anonymous")
        seen = [name for name in site.clients if session.may_see(name)]
        access = self.application.access
        if not client and session.role != "client":
            self.show(consultant_html(site, access, session, self._password(session)))
        elif not client and len(seen) != 1:
            self.show(choice_html(site, seen, session, self._password(session)))
        else:
            client = client or seen[0]
            before = access.last_visit(session, client)
            for run in site.runs(client):
                self.application.looked(self.visit, run, LANDING)
            kept = self._password(session)
            self.show(landing_html(site, client, session, before, kept))

    def _password(self, session: Session) -> bool:
        return bool(self.application.keeps_password(session))


class WorkbookHandler(PageHandler):
    """A reviewed page, from the saved outputs of the published run."""

    def get(self, client: str, period: str, stem: str) -> None:
        """Show the page; a browser that has this very content is told so."""
        site = self.application.site
        run = site.run(client, period)
        if run is None:
            self.set_status(404)
            self.show(site.unpublished(client))
            return
        file = run.notebook(stem)
        if file is None:
            raise RefusedError("no-page")
        page = site.workbook(run, file)
        self.application.looked(self.visit, run, stem)
        self.set_header("Content-Security-Policy", policy(page.styles))
        send(self, page.etag, page.html, page.zipped, page.tight)


class DownloadHandler(PageHandler):
    """A chart or table of a reviewed page, as a file."""

    def get(self, client: str, period: str, stem: str, name: str, kind: str) -> None:
        """Send the file under a name that says whose it is."""
        run = self.application.site.run(client, period)
        file = run.notebook(stem) if run else None
        one = taken(file, name) if file else None
        content = one.file(kind) if one else b""
        if not content:
            raise RefusedError("no-page")
        self.set_header("Content-Type", KINDS[kind])
        called = file_name(client, period, name, kind)
        self.set_header("Content-Disposition", f'attachment; filename="{called}"')
        send(self, f'"{sha256(content)[:32]}"', content)


class AssetHandler(PageHandler):
    """Static files of the template; named by version, so kept by browsers for good."""

    def get(self, path: str) -> None:
        """Send the file."""
        asset = self.application.site.assets.find(path)
        if asset is None:
            raise RefusedError("no-page")
        self.set_header("Content-Type", asset.kind)
        self.set_header("Cache-Control", FOREVER)
        send(self, asset.etag, asset.content, asset.zipped, asset.tight)


def send(
    handler: Guarded,
    etag: str,
    content: bytes,
    zipped: bytes | None = None,
    tight: bytes | None = None,
) -> None:
    """Send content unless the browser has it, compressed where the browser takes that."""
    handler.set_header("Etag", etag)
    handler.set_header("Vary", "Accept-Encoding")
    if handler.check_etag_header():
        handler.set_status(304)
        handler.finish()
        return
    taken = best(handler.request.headers.get("Accept-Encoding", ""), zipped, tight)
    if taken:
        handler.set_header("Content-Encoding", taken[0])
        content = taken[1]
    handler.finish(content)
