"""Headers, forms, sockets, methods and bytes that pretend."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from tests.serve.attack_model import (
    BARE,
    DROPPED,
    FORM,
    GONE,
    GUESSED,
    KERNEL,
    NOBODY,
    OWN,
    PERIOD,
    SOCKET,
    STEM,
    UNKNOWN,
    Attack,
)
from tests.support.raw import Request


def pretences() -> Iterator[Attack]:
    """Return attacks by what surrounds an address."""
    yield from _names_and_ways()
    yield from _forms()
    yield from _sockets()
    yield from _methods()
    yield from _no_requests()


def _names_and_ways() -> Iterator[Attack]:
    hosts = [
        "evil.example",
        "127.0.0.1",
        "127.0.0.1:1",
        "HOST.evil.example",
        "evil@HOST",
        "[::1]:80",
    ]
    hosts += ["HOST:HOST", "localhost", "0.0.0.0:80", "", "HOST, evil.example", "xn--hst-0na:80"]
    page = f"/c/acme/{PERIOD}/{STEM}"
    for host in hosts:
        asked = Request(page, headers=(("Host", host),))
        expected = BARE if host in ("HOST, evil.example", "evil@HOST") else (421, "host")
        yield Attack(f"under the name {host!r}", "acme", asked, expected)
    for name in ("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "X-Forwarded-Uri"):
        asked = Request("/nothing", headers=((name, page),))
        yield Attack(f"{name} names a page", "acme", asked, GONE)
        other = Request(page, headers=((name, "/c/bravo"),))
        yield Attack(f"bravo at acme's, {name} names its own", "bravo", other, GONE)
    spoofed = (
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-User", "consultant"),
        ("X-Forwarded-For", "10.0.0.1"),
        ("X-Forwarded-Proto", "https"),
        ("X-Real-Ip", "10.0.0.1"),
        ("Forwarded", "for=10.0.0.1;host=evil.example;proto=https"),
        ("X-Remote-User", "consultant"),
        ("Remote-User", "consultant"),
        ("X-Lodestar-Token", "guess"),
        ("Authorization", "Bearer guess"),
        ("Authorization", "token guess"),
        ("Authorization", "Basic Y29uc3VsdGFudDp4"),
    )
    for header in spoofed:
        yield Attack(
            f"{header} for a session", "anonymous", Request(page, headers=(header,)), UNKNOWN
        )
        named = Request("/c/bravo/2026-Q4/02_level", headers=(header,))
        yield Attack(f"{header} for another client", "acme", named, GONE)
    for name in ("X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"):
        override = Request("/sign-out", headers=((name, "POST"), OWN))
        yield Attack(f"{name} makes a form of a link", "acme", override, (405, "method"))
    for target in (f"{page}?_method=POST", f"{page}?token=x"):
        yield Attack(f"anonymous {target}", "anonymous", Request(target), UNKNOWN)
    for key in ("", "x", "A" * 43, "../" * 5, "%00", "A" * 4000):
        asked = Request(f"/enter?key={key}")
        if not key:
            yield Attack("a link without a key", "anonymous", asked, (403, "link"))
    site = (("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors"))
    yield Attack("a picture on another site", "acme", Request(page, headers=site), (403, "origin"))


def _forms() -> Iterator[Attack]:
    fields = {
        "/sign-out": {},
        "/sign-in": {"name": "ana", "password": "not the password"},
        "/enter": {"key": "A" * 43},
        "/password": {"old": "x", "new": "y" * 20, "again": "y" * 20},
    }
    for path, sent in fields.items():
        for name, token in (("no", None), ("an empty", ""), ("a wrong", "0" * 64)):
            body = urlencode(sent | ({} if token is None else {"token": token}))
            asked = Request(path, "POST", (FORM, OWN), body or "a=1")
            yield Attack(f"{path} with {name} token", "acme", asked, (403, "form"))
        in_query = Request(f"{path}?token=TOKEN", "POST", (FORM, OWN), urlencode(sent) or "a=1")
        yield Attack(f"{path} with its token beside", "acme", in_query, (403, "form"))
        borrowed = Request(path, "POST", (FORM, OWN), urlencode(sent | {"token": "BORROWED"}))
        yield Attack(f"{path} with another's token", "acme", borrowed, (403, "form"))
        good = urlencode(sent | {"token": "TOKEN"})
        text = Request(path, "POST", (("Content-Type", "text/plain"), OWN), good)
        yield Attack(f"{path} as plain text", "acme", text, (403, "form"))
        json = Request(
            path, "POST", (("Content-Type", "application/json"), OWN), '{"token":"TOKEN"}'
        )
        yield Attack(f"{path} as JSON", "acme", json, (403, "form"))
        origins = ("http://evil.example", "null", "https://HOST", "http://HOST.evil.example", "")
        for origin in origins:
            asked = Request(path, "POST", (FORM, ("Origin", origin)), good)
            yield Attack(f"{path} from {origin or 'nowhere'}", "acme", asked, (403, "origin"))
        yield Attack(
            f"{path} unsaid from where",
            "acme",
            Request(path, "POST", (FORM,), good),
            (403, "origin"),
        )
        large = Request(path, "POST", (FORM, OWN, ("Content-Length", "70000")), "a" * 70_000)
        yield Attack(f"{path} with too much", "acme", large, (413, "too-large"))


def _sockets() -> Iterator[Attack]:
    own = f"/c/acme/live/api/kernels/{KERNEL}/channels"
    for origin in ("http://evil.example", "null", "https://HOST", "file://"):
        asked = Request(own, headers=(*SOCKET, ("Origin", origin)))
        yield Attack(f"socket from {origin}", "acme", asked, (403, "origin"))
    yield Attack("socket without origin", "acme", Request(own, headers=SOCKET), (403, "origin"))
    for who, told in NOBODY.items():
        yield Attack(f"socket by {who}", who, Request(own, headers=(*SOCKET, OWN)), told)
    for who in ("bravo", "colleague"):
        yield Attack(f"socket by {who}", who, Request(own, headers=(*SOCKET, OWN)), GONE)
    guessed = own.replace(KERNEL, GUESSED)
    yield Attack("socket to a guess", "acme", Request(guessed, headers=(*SOCKET, OWN)), GONE)
    for path in ("/api/kernels", "/voila"):
        asked = Request(f"{path}/{KERNEL}/channels", headers=(*SOCKET, OWN))
        yield Attack(f"socket at {path}", "acme", asked, GONE)
    query = Request(f"/voila/query/{KERNEL}", headers=(*SOCKET, OWN))
    yield Attack("socket of a preheated kernel", "acme", query, GONE)
    end = f"/c/acme/live/voila/api/shutdown/{KERNEL}"
    for who, told in {**NOBODY, "bravo": GONE, "colleague": GONE}.items():
        yield Attack(f"shutdown by {who}", who, Request(end, "POST", (FORM, OWN), "a=1"), told)
    for origin in ("http://evil.example", "null"):
        asked = Request(end, "POST", (FORM, ("Origin", origin)), "a=1")
        yield Attack(f"shutdown from {origin}", "acme", asked, (403, "origin"))
    yield Attack(
        "shutdown unsaid from where", "acme", Request(end, "POST", (FORM,), "a=1"), (403, "origin")
    )
    kernel = f"/c/acme/live/api/kernels/{KERNEL}"
    for who in ("bravo", "colleague", "acme"):
        expected = (405, "method") if who == "acme" else GONE
        if who != "colleague":
            yield Attack(f"delete by {who}", who, Request(kernel, "DELETE", (OWN,)), expected)


def _methods() -> Iterator[Attack]:
    page = f"/c/acme/{PERIOD}/{STEM}"
    for method in ("PUT", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "FOO", "get", "CONNECT"):
        for target in ("/", page, "/sign-out"):
            yield Attack(
                f"{method} {target}", "acme", Request(target, method, (OWN,)), (405, "method")
            )
    for target in ("/", page, f"{page}/what-if", "/assets/x/page.css", "/c/acme", "/alive"):
        asked = Request(target, "POST", (FORM, OWN), "a=1")
        expected = (405, "method") if target.endswith("what-if") else (403, "form")
        yield Attack(f"POST {target}", "acme", asked, expected)


def _no_requests() -> Iterator[Attack]:
    """Return bytes that two servers in a row might cut differently."""
    hidden = "GET /c/acme/2026-Q4/02_level HTTP/1.1\r\nHost: HOST\r\n\r\n"
    chunk = f"0\r\n\r\n{hidden}"
    post = ("/sign-in", "POST")
    odd: dict[str, tuple[tuple[str, str], ...]] = {
        "both lengths": (("Content-Length", "6"), ("Transfer-Encoding", "chunked")),
        "both lengths, chunks first": (("Transfer-Encoding", "chunked"), ("Content-Length", "6")),
        "two lengths": (("Content-Length", "6"), ("Content-Length", "60")),
        "chunks of a chunk": (("Transfer-Encoding", "chunked, chunked"),),
        "chunks by another name": (("Transfer-Encoding", "xchunked"),),
        "chunks, identity": (("Transfer-Encoding", "identity"), ("Content-Length", "6")),
        "space before the colon": (("Content-Length ", "6"),),
        "folded": (("X-Long", "a\r\n b: c\r\n Transfer-Encoding: chunked"),),
        "NUL in a header": (("X-Nul", "a\0b"),),
        "bare return in a header": (("X-Return", "a\rTransfer-Encoding: chunked"),),
        "large header": (("X-Large", "a" * 20_000),),
        "many headers": tuple((f"X-{n}", "a" * 100) for n in range(400)),
    }
    for name, headers in odd.items():
        told = DROPPED if name in ("large header", "many headers") else BARE
        yield Attack(name, "anonymous", Request(*post, (FORM, OWN, *headers), chunk), told)
    for length in ("-1", "+6", "6.0", "0x6", "1e1", "6, 6, 7", "\xb2"):
        headers = (FORM, OWN, ("Content-Length", length))
        yield Attack(f"length {length}", "anonymous", Request(*post, headers, chunk), BARE)
    yield Attack("an address without end", "anonymous", Request("/" + "a" * 20_000), DROPPED)
    yield Attack("an address with a space", "anonymous", Request("/c/acme /x"), BARE)
    yield Attack("no version", "anonymous", Request("/", version=""), BARE)
    yield Attack("version 9", "anonymous", Request("/", version="HTTP/9.9"), BARE)
    yield Attack("HTTP/2 at once", "anonymous", Request("*", "PRI", version="HTTP/2.0"), BARE)
