"""The view of two sides: what it serves, whom it answers, and what it never reads."""

from __future__ import annotations

import json
import threading
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import nbformat
import pytest
from nbdime import patch_notebook
from nbdime.diff_utils import to_diffentry_dicts
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets

from lodestar.review.web import changed_pairs, pages
from tests.support.cards import card_notebook

SECRET = "/secret"


@pytest.fixture
def sides(tmp_path):
    made = []
    for name, changes in (("a", {}), ("b", {"value": 2.5, "count": 2})):
        folder = tmp_path / name
        folder.mkdir()
        for stem, own in (("02_level", changes), ("04_alignment", {"count": len(made) + 1})):
            (folder / f"{stem}.ipynb").write_text(json.dumps(card_notebook(**own)))
        made.append({path.stem: path for path in folder.glob("*.ipynb")})
    return made


@pytest.fixture
def address(sides, tmp_path):
    """The router on a free port, in a thread of its own."""
    ready, known = threading.Event(), {}

    def serve() -> None:
        import asyncio

        asyncio.set_event_loop(asyncio.new_event_loop())
        sockets = bind_sockets(0, "127.0.0.1")
        private = tmp_path / "private"
        private.mkdir()
        router = pages(changed_pairs(*sides), ("A", "<B>"), SECRET, private)
        HTTPServer(router).add_sockets(sockets)
        known["loop"], known["port"] = IOLoop.current(), sockets[0].getsockname()[1]
        known["loop"].add_callback(ready.set)
        known["loop"].start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    assert ready.wait(20)
    yield f"http://127.0.0.1:{known['port']}"
    known["loop"].add_callback(known["loop"].stop)
    thread.join(10)


def _compared(address, document):
    """Ask for a notebook's differences as its own page does, with the page's token."""
    view = f"{address}{SECRET}/02_level"
    cookie = urlopen(f"{view}/difftool").headers["Set-Cookie"].partition(";")[0]
    headers = {"Cookie": cookie, "X-XSRFToken": cookie.partition("=")[2]}
    asked = Request(f"{view}/api/diff", json.dumps(document).encode(), headers)
    return json.load(urlopen(asked))


def test_only_notebooks_that_say_something_else_are_shown(sides):
    """The other one differs in execution counts and metadata alone."""
    assert list(changed_pairs(*sides)) == ["02_level"]
    assert list(changed_pairs(sides[0], {})) == ["02_level", "04_alignment"]


def test_the_list_names_both_sides_escaped_and_links_each_notebook(address):
    page = urlopen(f"{address}{SECRET}/").read().decode()
    assert "A against &lt;B&gt;" in page
    assert 'href="02_level/difftool"' in page
    assert "nbdime" in urlopen(f"{address}{SECRET}/02_level/difftool").read().decode()


def test_nbdime_finds_the_changed_value_and_no_picture(address, sides):
    """Law of nbdime: what it found, applied to the one side, gives the other."""
    found = _compared(address, {})
    there = nbformat.from_dict(found["base"])
    here = patch_notebook(there, to_diffentry_dicts(found["diff"]))
    assert json.loads(json.dumps(here)) == changed_pairs(*sides)["02_level"][1]
    assert "2.5" in json.dumps(here)
    assert "base64" not in json.dumps(found)


def test_a_request_cannot_name_another_file_and_no_secret_opens_nothing(address, sides):
    """The view's files are fixed: a path in the request is not looked at."""
    asked = {"base": str(sides[0]["04_alignment"]), "remote": "/etc/passwd"}
    assert _compared(address, asked) == _compared(address, {})
    for path in ("/", "/02_level/difftool", "/02_level/api/diff"):
        with pytest.raises(HTTPError) as told:
            urlopen(f"{address}{path}")
        assert told.value.code == 404
