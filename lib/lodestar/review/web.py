"""Notebooks of two sides beside each other in a browser: nbdime's view, on this machine only."""

from __future__ import annotations

import json
import re
import secrets
import signal
import sys
import tempfile
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lodestar.review.notebook_text import readable

__all__ = ["changed_pairs", "pages", "serve_notebooks"]

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><style>
:root{{color-scheme:light dark}}body{{font:16px/1.6 system-ui,sans-serif;max-width:40em;
margin:2em auto;padding:0 1em}}</style><h1>{title}</h1><p>{lead}</p><ul>{items}</ul></html>"""


def changed_pairs(
    before: Mapping[str, Path], after: Mapping[str, Path]
) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """Return the notebooks that differ in what they say, made readable, by stem.

    Parameters
    ----------
    before, after : mapping of str to Path
        Executed notebooks of the two sides by stem.
    """
    found = {}
    for stem in sorted({*before, *after}):
        pair = _readable(before.get(stem)), _readable(after.get(stem))
        if pair[0] != pair[1]:
            found[stem] = pair
    return found


def serve_notebooks(
    pairs: Mapping[str, tuple[dict[str, Any], dict[str, Any]]],
    titles: Sequence[str],
    ready: Callable[[str], None],
    open_browser: bool = True,
) -> None:
    """Serve the differences until interrupted or ended.

    Parameters
    ----------
    pairs : mapping
        Stem: the notebook on both sides, as ``changed_pairs`` gives them.
    titles : sequence of str
        What the two sides are called.
    ready : callable
        Called once with the link of the page that lists the notebooks.
    open_browser : bool
        Open that page in a browser.

    Notes
    -----
    The server listens on the loopback address alone, on a free port, below a path that nobody can
    guess; each notebook's view reads its own two files and no others. Nothing comes from elsewhere.
    """
    from tornado.httpserver import HTTPServer
    from tornado.ioloop import IOLoop
    from tornado.netutil import bind_sockets

    with tempfile.TemporaryDirectory(prefix="lodestar-web-") as private:
        base = f"/{secrets.token_urlsafe(16)}"
        server = HTTPServer(pages(pairs, titles, base, Path(private)))
        sockets = bind_sockets(0, "127.0.0.1")
        server.add_sockets(sockets)
        link = f"http://127.0.0.1:{sockets[0].getsockname()[1]}{base}/"
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        ready(link)
        if open_browser:
            webbrowser.open(link)
        try:
            IOLoop.current().start()
        except KeyboardInterrupt:
            server.stop()


def pages(
    pairs: Mapping[str, tuple[dict[str, Any], dict[str, Any]]],
    titles: Sequence[str],
    base: str,
    folder: Path,
) -> Any:
    """Return the router of the list and of one view a notebook.

    Parameters
    ----------
    pairs, titles
        As for ``serve_notebooks``.
    base : str
        Path below which everything lies.
    folder : Path
        Private folder for the readable notebooks.
    """
    from nbdime.webapp.nbdimeserver import make_app
    from tornado.routing import PathMatches, Rule, RuleRouter
    from tornado.web import Application

    rules = []
    for stem, pair in pairs.items():
        files = [folder / f"{stem}.{side}.ipynb" for side in ("a", "b")]
        for path, notebook in zip(files, pair, strict=True):
            path.write_text(json.dumps(notebook), encoding="utf-8")
        fixed = {"base": str(files[0]), "remote": str(files[1])}
        app = make_app(base_url=f"{base}/{stem}/", difftool_args=fixed, cwd=str(folder))
        rules.append(Rule(PathMatches(f"{re.escape(f'{base}/{stem}/')}.*"), app))
    index = Application([(f"{base}/", _list_handler(), {"html": _list(pairs, titles)})])
    return RuleRouter([*rules, Rule(PathMatches(".*"), index)])


def _list_handler() -> type:
    from tornado.web import RequestHandler

    class Listed(RequestHandler):
        def initialize(self, html: str) -> None:
            self._html = html

        def get(self) -> None:
            self.set_header("Referrer-Policy", "no-referrer")
            self.write(self._html)

    return Listed


def _list(pairs: Mapping[str, Any], titles: Sequence[str]) -> str:
    items = "".join(
        f'<li><a href="{quote(stem)}/difftool">{escape(stem)}</a></li>' for stem in pairs
    )
    lead = "Each link shows what changed in one workbook: text, tables, and charts' data."
    title = escape(" against ".join(titles))
    return PAGE.format(title=title, lead=lead if pairs else "Nothing differs.", items=items)


def _readable(path: Path | None) -> dict[str, Any]:
    content = path.read_bytes() if path is not None and path.is_file() else b"{}"
    return readable(json.loads(content))


def _main(before: str, after: str) -> None:
    """Show two files, as git's difftool hands them over."""
    files = [{"notebook": Path(one)} for one in (before, after)]
    pairs = changed_pairs(files[0], files[1])
    serve_notebooks(pairs, (before, after), lambda link: print(link, flush=True))  # noqa: T201


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2])
