"""Who reaches what on a real server. Oracle: requests sent byte for byte as written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lodestar.provenance import find_run
from lodestar.serve.headers import SAFETY
from tests.support.clients import known_results, small_client, small_run, walk_of
from tests.support.server import Server, serving, session_cookie

PAGE = "/c/acme/2026-Q4/02_level"
SECRET = b"a colleague's answer"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("clients")
    walk = walk_of(root.parent / "walk", **{"02_level": "good"})
    with pytest.MonkeyPatch.context() as patch:
        known_results(patch)
        for client in ("acme", "bravo"):
            folder = small_client(root, client, f"{client.title()} plc")
            (folder / "inputs" / "2026-Q4" / "secret.png").write_bytes(SECRET)
            small_run(root, walk, client)
    small_client(root, "fresh")
    with serving(root, "acme", "bravo", "fresh") as running:
        yield running


@pytest.fixture(scope="module")
def acme(server: Server) -> str:
    return server.sign_in("acme")


def test_anonymous_visitors_get_a_page_that_says_what_to_do(server: Server) -> None:
    for path in ("/", PAGE, "/c/fresh/2026-Q4/02_level", "/voila/static/voila.js"):
        reply, body = server.ask(path)
        assert reply.status == 403
        assert b"Please open your link." in body


def test_a_used_link_opens_nothing_for_anybody_else(server: Server, acme: str) -> None:
    assert server.enter(server.links["acme"]).status == 403
    assert server.enter(server.links["acme"], acme).status == 303


def test_looking_a_link_up_does_not_spend_it(server: Server, acme: str) -> None:
    """As programs do that preview links in mail and chats."""
    link = server.fresh_link()
    path = link.removeprefix(server.base)
    assert [server.ask(path, method=method)[0].status for method in ("GET", "HEAD", "GET")] == [
        200,
        200,
        200,
    ]
    assert server.enter(link).status == 303


def test_a_fresh_link_is_offered_once_one_is_used(server: Server, acme: str) -> None:
    assert server.fresh_link() not in server.links.values()


def test_the_cookie_is_for_this_server_and_no_script(server: Server, acme: str) -> None:
    reply = server.enter(server.fresh_link())
    cookie = str(reply.headers["Set-Cookie"]).lower()
    assert cookie.startswith(f"lodestar-{server.port}=")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert reply.headers["Location"] == "/"


def test_a_client_sees_its_own_pages_from_the_saved_outputs(server: Server, acme: str) -> None:
    reply, body = server.ask(PAGE, acme)
    assert reply.status == 200
    assert b"A card" in body
    assert b"VBox(" not in body
    assert b"import ipywidgets" not in body
    assert b"Small plc" in body


def test_the_list_names_periods_and_workbooks(server: Server, acme: str) -> None:
    body = server.ask("/", acme)[1].decode()
    assert "October–December 2026" in body
    assert f'href="{PAGE}"' in body
    assert "bravo" not in body


def test_a_page_is_known_by_its_content(server: Server, acme: str) -> None:
    reply, body = server.ask(PAGE, acme)
    etag = reply.headers["Etag"]
    again, empty = server.ask(PAGE, acme, If_None_Match=etag)
    assert (again.status, empty) == (304, b"")
    zipped, small = server.ask(PAGE, acme, Accept_Encoding="gzip")
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert len(small) < len(body)
    assert reply.headers["Cache-Control"] == "private, no-cache"
    assert "script-src 'self'" in reply.headers["Content-Security-Policy"]


def test_every_kind_of_answer_carries_the_same_safety(server: Server, acme: str) -> None:
    etag = server.ask(PAGE, acme)[0].headers["Etag"]
    asset = "/assets/x/enter.js"
    kinds = {
        200: server.ask(PAGE, acme)[0],
        204: server.ask("/alive", acme)[0],
        303: server.ask("/sign-in", acme)[0],
        304: server.ask(PAGE, acme, If_None_Match=etag)[0],
        403: server.ask(PAGE)[0],
        404: server.ask("/nothing", acme)[0],
    }
    files = [server.ask(asset)[0], server.ask(asset, If_None_Match="x")[0]]
    assert {status: reply.status for status, reply in kinds.items()} == {s: s for s in kinds}
    for reply in [*kinds.values(), *files]:
        assert {name: reply.headers[name] for name in SAFETY} == SAFETY
        assert "script-src 'self';" in reply.headers["Content-Security-Policy"]
        assert reply.headers["Server"] is None
        assert "Strict-Transport-Security" not in reply.headers
    assert {reply.headers["Cache-Control"] for reply in files} == {
        "public, max-age=31536000, immutable"
    }


def test_whoever_runs_the_server_sees_every_client(server: Server) -> None:
    (line,) = [line for line in server.lines if line.startswith("For you, every client: ")]
    cookie = session_cookie(server.enter(line.rpartition(" ")[2]))
    for client in ("acme", "bravo", "fresh"):
        assert server.ask(f"/c/{client}", cookie)[0].status == 200
    page = server.ask("/", cookie)[1].decode()
    assert "/c/acme" in page
    assert "/c/bravo" in page


def test_a_client_without_a_run_learns_the_next_step(server: Server) -> None:
    reply, body = server.ask("/", server.sign_in("fresh"))
    assert reply.status == 200
    assert b"lodestar run fresh" in body


@pytest.mark.parametrize(
    "path",
    [
        "/c/bravo/2026-Q4/02_level",
        "/c/bravo/2026-Q4/02_level/what-if",
        "/c/acme/../bravo/2026-Q4/02_level",
        "/c/acme/%2e%2e/bravo/2026-Q4/02_level",
        "/c//bravo/2026-Q4/02_level",
        "/c/acme/2026-Q4/..%2f..%2f..%2fbravo%2fruns%2f2026-Q4%2f02_level",
        "/c/acme/2025-Q1/02_level",
        "/c/acme/.store/02_level",
        "/c/acme/2026-Q4/manifest",
        "/c/acme/2026-Q4/results.json",
        "/c/acme/2026-Q4/nothing/what-if",
        "/c/acme/inputs/2026-Q4/secret.png",
        "/voila/files/acme/inputs/2026-Q4/secret.png",
        "/voila/files/inputs/2026-Q4/secret.png",
        "/voila/files/../acme/inputs/2026-Q4/secret.png",
        "/voila/static/../../../../acme/inputs/2026-Q4/secret.png",
        "/voila/templates/lab/static/%2e%2e/%2e%2e/secret.png",
        "/assets/x/../../acme/inputs/2026-Q4/secret.png",
        "/assets/x/%2e%2e/conf.json",
        "/voila/render/acme/2026-Q4/02_level.ipynb",
        "/voila/tree/",
        "/voila/api/contents/acme/2026-Q4/02_level.ipynb",
        "/api/contents/",
        "/api/kernels",
        "/api/sessions",
        "/metrics",
        "/login",
    ],
)
def test_nothing_else_is_there(server: Server, acme: str, path: str) -> None:
    reply, body = server.ask(path, acme)
    assert reply.status == 404
    assert SECRET not in body
    assert b"Traceback" not in body


def test_a_page_of_another_site_can_do_nothing(server: Server, acme: str) -> None:
    path = "/voila/api/shutdown/0a1b2c3d-0000-4000-8000-0123456789ab"
    assert server.ask(path, acme, "POST", Origin="http://evil.example")[0].status == 403
    assert server.ask("/", acme, Host="evil.example")[0].status == 421


def test_a_what_if_stands_beside_its_run_alone(server: Server) -> None:
    """What a run carries is enough, whatever became of the inputs; without it there is none."""
    cookie = server.sign_in("bravo")
    root = Path(server.process.args[server.process.args.index("--data-root") + 1])  # type: ignore[index,union-attr]
    (root / "bravo" / "inputs").rename(root / "bravo" / "gone")
    assert server.ask("/c/bravo/2026-Q4/02_level/what-if", cookie)[0].status == 200
    run = find_run("bravo", "2026-Q4", root)
    assert run is not None
    (run.folder / "whatif" / "02_level.json").unlink()
    reply, body = server.ask("/c/bravo/2026-Q4/02_level/what-if", cookie)
    assert reply.status == 409
    assert b"lodestar run" in body
