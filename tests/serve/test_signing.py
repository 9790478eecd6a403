"""In by name and password, out again, and what a proxy or TLS changes. Oracle: a real server."""

from __future__ import annotations

import datetime
import json
import re
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lodestar.access import Access
from tests.support.clients import small_client
from tests.support.raw import REASON, Request, sent
from tests.support.server import TOKEN, Server, serving, session_cookie

NAME, WORDS, NEW = "ana@example.com", "correct horse battery", "staple and another horse"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("clients")
    for client in ("acme", "bravo"):
        small_client(root, client, f"{client.title()} plc")
    access = Access(root / ".access")
    access.add(NAME, "client", ["acme"])
    access.add("carl", "consultant")
    for name in (NAME, "carl"):
        access.set_password(name, WORDS)
    access.close()
    return root


@pytest.fixture(scope="module")
def server(root: Path) -> Iterator[Server]:
    with serving(root, "acme", "bravo") as running:
        yield running


def form(server: Server, path: str = "/sign-in", cookie: str = "") -> tuple[str, str]:
    """Return a form's token and the cookie that belongs to it."""
    reply, page = server.ask(path, cookie)
    found = TOKEN.search(page.decode())
    assert found is not None
    return found[1], cookie or session_cookie(reply)


def signed_in(
    server: Server, name: str = NAME, words: str = WORDS, going: str = ""
) -> tuple[str, str]:
    """Sign in; return the session's cookie and where it leads, or the reason why not."""
    token, cookie = form(server)
    fields = {"token": token, "name": name, "password": words, "going": going}
    reply, page = server.post("/sign-in", cookie, **fields)
    if reply.status != 303:
        found = REASON.search(page)
        return "", found[1].decode() if found else str(reply.status)
    return session_cookie(reply), str(reply.headers["Location"])


def test_with_people_the_way_to_sign_in_is_printed_and_no_links_to_clients(server: Server) -> None:
    assert server.lines[0] == f"Sign in: {server.base}/"
    assert server.links == {}
    assert not any("key=" in line for line in server.lines)


def test_a_page_asked_for_without_a_session_is_where_signing_in_leads(server: Server) -> None:
    asked = "/c/acme/2026-Q4/02_level"
    reply, page = server.ask(asked)
    assert reply.status == 403
    assert f'name="going" value="{asked}"' in page.decode()
    cookie, place = signed_in(server, going=asked)
    assert place == asked
    assert server.ask("/", cookie)[0].status == 200
    assert server.ask("/c/bravo", cookie)[0].status == 404
    cookie, _ = signed_in(server, "  CARL ")
    assert {server.ask(f"/c/{client}", cookie)[0].status for client in ("acme", "bravo")} == {200}


@pytest.mark.parametrize(
    "going",
    [
        "https://evil.example/c/acme",
        "//evil.example/c/acme",
        "/\\evil.example",
        "/c/../../evil",
        "/c/acme/%2e%2e",
        "javascript:alert(1)",
        "/sign-out",
        "/c/acme\r\nSet-Cookie: x=1",
        "/c/" + "a" * 500,
    ],
)
def test_it_leads_to_no_other_place(server: Server, going: str) -> None:
    cookie, place = signed_in(server, going=going)
    assert cookie
    assert place == "/"


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(server: Server) -> None:
    said = []
    for name in ("nobody@example.com", "carl"):
        token, cookie = form(server)
        reply, page = server.post("/sign-in", cookie, token=token, name=name, password="no")
        said.append((reply.status, page.replace(name.encode(), b"").replace(token.encode(), b"")))
    assert said[0] == said[1]
    assert said[0][0] == 403
    assert b"do not match" in said[0][1]


def test_what_was_typed_is_text(server: Server) -> None:
    token, cookie = form(server)
    name = '"><script>alert(1)</script>'
    _, page = server.post("/sign-in", cookie, token=token, name=name, password="x")
    assert b"<script>alert" not in page
    assert b"&lt;script&gt;alert(1)" in page


def test_signing_out_ends_the_session_for_good(server: Server) -> None:
    cookie, _ = signed_in(server)
    token, _ = form(server, "/password", cookie)
    reply, page = server.post("/sign-out", cookie, token=token)
    assert reply.status == 200
    assert b"You are signed out." in page
    assert f'lodestar-{server.port}=""' in str(reply.headers["Set-Cookie"])
    reply, page = server.ask("/", cookie)
    assert (reply.status, REASON.search(page)[1]) == (403, b"signed-out")  # type: ignore[index]


def test_signing_in_again_ends_the_session_before(server: Server) -> None:
    before, _ = signed_in(server)
    token, _ = form(server, "/password", before)
    fields = {"token": token, "name": NAME, "password": WORDS}
    reply, _ = server.post("/sign-in", before, **fields)
    assert reply.status == 303
    assert session_cookie(reply) != before
    assert server.ask("/", before)[0].status == 403


def test_a_person_changes_the_password_and_stays(server: Server) -> None:
    cookie, _ = signed_in(server)
    other, _ = signed_in(server)
    token, _ = form(server, "/password", cookie)

    def change(old: str, new: str, again: str) -> tuple[int, bytes]:
        fields = {"token": token, "old": old, "new": new, "again": again}
        reply, page = server.post("/password", cookie, **fields)
        change.cookie = str(reply.headers["Set-Cookie"])  # type: ignore[attr-defined]
        return reply.status, page

    assert b"differ" in change(WORDS, NEW, NEW + "x")[1]
    assert b"is not right" in change("guess", NEW, NEW)[1]
    assert b"cannot be taken" in change(WORDS, "short", "short")[1]
    assert change(WORDS, NEW, NEW)[0] == 303
    renewed = change.cookie.split(";")[0]  # type: ignore[attr-defined]
    assert server.ask("/", renewed)[0].status == 200
    assert {server.ask("/", each)[0].status for each in (cookie, other)} == {403}
    assert signed_in(server)[1] == "wrong"
    assert signed_in(server, words=NEW)[1] == "/"


def test_what_everybody_did_is_written_down_without_secrets(server: Server, root: Path) -> None:
    cookie, _ = signed_in(server, "carl")
    server.ask("/c/acme/2026-Q4/nothing", cookie)
    server.ask("/voila/files/x", cookie)
    text = (root / ".access" / "audit.jsonl").read_text()
    events = [json.loads(line) for line in text.splitlines()]
    kinds = {(event["event"], event.get("reason", event.get("by", ""))) for event in events}
    assert {("signed-in", "password"), ("refused", "wrong"), ("signed-out", "")} <= kinds
    assert ("refused", "no-page") in kinds
    for secret in (WORDS, NEW, cookie.partition("=")[2]):
        assert secret not in text


def test_after_failures_it_is_told_how_long_to_wait(server: Server) -> None:
    """The last test of this server: the name it fails with is locked for a while."""
    for _ in range(30):
        token, cookie = form(server)
        reply, page = server.post("/sign-in", cookie, token=token, name="eve", password="x")
        if reply.status == 429:
            break
    assert reply.status == 429
    assert int(reply.headers["Retry-After"]) >= 1
    assert re.search(rb"Wait \d+ (second|minute)", page)


def test_slow_and_silent_connections_do_not_keep_others_waiting(server: Server) -> None:
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(60)]
    for connection in slow:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    begun = time.monotonic()
    assert sent(server.port, Request("/sign-in").bytes(f"127.0.0.1:{server.port}")).status == 200
    assert time.monotonic() - begun < 20
    for connection in slow:
        connection.close()


def certificate(folder: Path) -> tuple[Path, Path]:
    """Write a certificate for this machine, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .sign(key, hashes.SHA256())
    )
    chain, secret = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    plain = serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    return chain, secret


def test_https_of_its_own_and_cookies_that_need_it(root: Path, tmp_path: Path) -> None:
    chain, key = certificate(tmp_path)
    options = ["--certificate", str(chain), "--key", str(key)]
    with serving(root, "acme", options=options) as server:
        found = re.search(r"https://127\.0\.0\.1:(\d+)/", server.lines[0])
        assert found is not None
        context = ssl.create_default_context(cafile=str(chain))
        url = f"https://localhost:{found[1]}/sign-in"
        with urllib.request.urlopen(url, context=context) as reply:
            cookie = reply.headers["Set-Cookie"]
            assert cookie.startswith(f"__Host-lodestar-{found[1]}-form=")
            assert "Secure" in cookie
            assert "Path=/" in cookie
            assert "Domain" not in cookie
            assert reply.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_behind_a_proxy_its_visitors_are_told_apart_and_links_carry_its_name(root: Path) -> None:
    options = ["--public-url", "https://board.example/pages/", "--trusted-proxy", "127.0.0.1"]
    with serving(root, "acme", port=0, options=options) as server:
        assert server.lines[0] == "Sign in: https://board.example/pages/"
        port = _port(server)
        said = (("X-Forwarded-For", "10.1.1.1, 198.51.100.7"), ("X-Forwarded-Proto", "https"))
        page = sent(port, Request("/pages/c/acme", headers=said).bytes("board.example"))
        assert (page.status, page.reason) == (403, "anonymous")
        assert "__Host-lodestar-" in page.headers["set-cookie"]
        assert page.headers["strict-transport-security"]
        plain = (("X-Forwarded-Proto", "http"),)
        assert sent(port, Request("/pages/", headers=plain).bytes("board.example")).status == 403
        assert sent(port, Request("/pages/").bytes(f"127.0.0.1:{port}")).status == 421
        wrong = (*said, ("Cookie", f"__Host-lodestar-{port}=guess"))
        sent(port, Request("/pages/", headers=wrong).bytes("board.example"))
    assert '"address": "198.51.100.7"' in (root / ".access" / "audit.jsonl").read_text()


def _port(server: Server) -> int:
    """Return the port that the server's process listens on."""
    for line in Path(f"/proc/{server.process.pid}/net/tcp").read_text().splitlines()[1:]:
        parts = line.split()
        inode = parts[9]
        if parts[3] == "0A" and _holds(server.process.pid, inode):
            return int(parts[1].partition(":")[2], 16)
    raise AssertionError("it listens nowhere")


def _holds(pid: int, inode: str) -> bool:
    links = Path(f"/proc/{pid}/fd").iterdir()
    return any(link.readlink().name == f"socket:[{inode}]" for link in links if link.is_symlink())
