"""The front stays small: what it imports, and what it holds on to. Oracle: the interpreter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from lodestar.access import Access
from lodestar.schema import resources
from lodestar.serve.address import Address
from lodestar.serve.front import Front
from lodestar.serve.site import Site
from lodestar.serve.verdict import Visit

HEAVY = (
    *("voila", "jupyter_server", "jupyter_client", "nbconvert", "IPython", "ipykernel"),
    *("pandas", "numpy", "scipy", "sklearn", "altair", "vl_convert", "ipywidgets", "papermill"),
    *("authlib", "argon2"),
)
CODE = f"""
import sys
from lodestar.schema.quick_start import import_jsonschema
import_jsonschema()
import lodestar.serve.running
print([name for name in {HEAVY!r} if name in sys.modules])
"""


def test_the_front_imports_nothing_that_computes_draws_or_runs_kernels() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


class Upstreams:
    """Notes whose live what-ifs were closed."""

    def __init__(self) -> None:
        self.closed: list[str] = []

    def close_session(self, session: str) -> None:
        self.closed.append(session)


def front(root: Path, upstreams: Upstreams) -> Front:
    site = Site(resources.templates() / "voila" / "lodestar", ["acme"], "", root)
    return Front(site, Access(root / ".access"), Address(port=1), (), upstreams)


def test_what_is_open_of_a_session_closes_when_it_ends_elsewhere(tmp_path: Path) -> None:
    upstreams = Upstreams()
    running = front(tmp_path, upstreams)
    access = running.access
    access.add("ana@example.com", "client", ["acme"])
    keys = [access.enter(access.new_link("ana@example.com"), "") or "", "never was"]
    session = access.session(keys[0])
    assert session is not None
    running.inside = {session.id: keys[0], "other": keys[1]}
    running.close_ended()
    assert upstreams.closed == ["other"]
    access.revoke("ana@example.com")
    running.close_ended()
    assert upstreams.closed == ["other", session.id]
    assert running.inside == {}


def test_signing_out_closes_what_is_open_at_once(tmp_path: Path) -> None:
    upstreams = Upstreams()
    running = front(tmp_path, upstreams)
    key = running.access.enter(running.access.guest_link("acme"), "") or ""
    session = running.access.session(key)
    assert session is not None
    running.close(Visit(None, (), session, key))  # type: ignore[arg-type]
    assert upstreams.closed == [session.id]
    assert running.access.session(key) is None


def test_a_printed_link_is_renewed_once_when_it_is_used(tmp_path: Path) -> None:
    said: list[str] = []
    running = front(tmp_path, Upstreams())
    running.tell = said.append
    key = running.link("acme").partition("key=")[2]
    running.entered("another")
    assert said == []
    running.entered(key)
    running.entered(key)
    assert len(said) == 1
    assert "key=" in said[0]
    assert key not in said[0]
