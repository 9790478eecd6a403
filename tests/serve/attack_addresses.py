"""Addresses that a visitor may not reach, in every disguise."""

from __future__ import annotations

from collections.abc import Iterator

from tests.serve.attack_model import (
    FORM,
    GONE,
    GUESSED,
    KERNEL,
    NOBODY,
    OWN,
    PERIOD,
    STEM,
    UNPUBLISHED,
    Attack,
)
from tests.support.raw import Request

CLEAR = {
    "another alphabet",
    "wide letters",
    "capitals",
    "other prefix",
    "dot after",
    "space after",
}
"""Disguises that are plain names of something else: who holds no session is told to sign in."""

ENDPOINTS = (
    "/",
    "/alive",
    "/password",
    "/c/acme",
    f"/c/acme/{PERIOD}/{STEM}",
    f"/c/acme/{PERIOD}/{STEM}/what-if",
    f"/c/acme/live/api/kernels/{KERNEL}",
    f"/c/acme/live/api/kernels/{KERNEL}/channels",
    f"/c/acme/live/voila/api/shutdown/{KERNEL}",
    "/c/acme/live/voila/static/voila.js",
    f"/c/acme/{PERIOD}/{STEM}/level.csv",
    f"/c/acme/{PERIOD}/{STEM}/figure-1.svg",
)
"""One address of every rule that needs a session."""


def addresses() -> Iterator[Attack]:
    """Return attacks on addresses."""
    yield from _without_session()
    yield from _other_client()
    yield from _as_consultant()
    yield from _beside_the_pages()


def _without_session() -> Iterator[Attack]:
    for who, told in NOBODY.items():
        for endpoint in ENDPOINTS:
            yield Attack(f"{who} {endpoint}", who, Request(endpoint), told)
            if endpoint.startswith("/c/"):
                for name, path in _disguised(endpoint):
                    if who == "anonymous":
                        answer = told if name in CLEAR else GONE
                        yield Attack(f"{who} {name} {endpoint}", who, Request(path), answer)


def _other_client() -> Iterator[Attack]:
    for endpoint in ENDPOINTS:
        if endpoint.startswith("/c/"):
            yield Attack(f"other client {endpoint}", "bravo", Request(endpoint), GONE)
            for name, path in _disguised(endpoint):
                yield Attack(f"other client {name} {endpoint}", "bravo", Request(path), GONE)
    live = f"/c/bravo/live/api/kernels/{KERNEL}"
    end = f"/c/bravo/live/voila/api/shutdown/{KERNEL}"
    ending = Request(end, "POST", (FORM, OWN), "a=1")
    yield Attack("a kernel of acme's shut down below bravo", "bravo", ending, GONE)
    for path in (live, f"{live}/channels"):
        yield Attack(f"a kernel of acme's below bravo {path}", "bravo", Request(path), GONE)
        yield Attack(
            f"a kernel of a colleague's {path}",
            "colleague",
            Request(path.replace("bravo", "acme")),
            GONE,
        )


def _disguised(path: str) -> Iterator[tuple[str, str]]:
    """Return ways to write an address of acme's so that a rule might not know it."""
    rest = path.removeprefix("/c/acme")
    yield from {
        "up and over": f"/c/bravo/../acme{rest}",
        "up, encoded": f"/c/bravo/%2e%2e/acme{rest}",
        "up, half encoded": f"/c/bravo/%2E./acme{rest}",
        "up, encoded twice": f"/c/bravo/%252e%252e/acme{rest}",
        "up, overlong": f"/c/bravo/%c0%ae%c0%ae/acme{rest}",
        "up, with a parameter": f"/c/bravo/..;/acme{rest}",
        "up, IIS": f"/c/bravo/%u002e%u002e/acme{rest}",
        "here": f"/c/./acme{rest}",
        "slash twice": f"/c//acme{rest}",
        "slash twice at first": f"//c/acme{rest}",
        "slash encoded": f"/c%2facme{rest}",
        "up, slashes encoded": f"/c/bravo%2f..%2facme{rest}",
        "up, backslashes": f"/c/bravo\\..\\acme{rest}",
        "up, backslashes encoded": f"/c/bravo%5c..%5cacme{rest}",
        "NUL": f"/c/acme%00{rest}",
        "line break": f"/c/acme%0d%0aX-Injected:%201{rest}",
        "letters encoded twice": f"/c/%2561cme{rest}",
        "another alphabet": f"/c/%D0%B0cme{rest}",
        "wide letters": f"/c/%EF%BD%81cme{rest}",
        "capitals": f"/c/ACME{rest}",
        "other prefix": f"/C/acme{rest}",
        "dot after": f"/c/acme.{rest}",
        "space after": f"/c/acme%20{rest}",
        "fragment": f"/c/bravo#/../../c/acme{rest}",
        "whole address": f"http://HOST/c/acme{rest}",
        "whole foreign address": f"http://evil.example/c/acme{rest}",
    }.items()


def _as_consultant() -> Iterator[Attack]:
    for path in ("/clients", "/clients/acme", "/clients/bravo/audit"):
        yield Attack(f"a client at {path}", "acme", Request(path), (403, "no-right"))
    for path in ("/consultant", "/admin", "/people", "/audit", "/access", "/c", "/c/fresh"):
        yield Attack(f"a client at {path}", "acme", Request(path), GONE)


def _beside_the_pages() -> Iterator[Attack]:
    page = f"/c/acme/{PERIOD}"
    live = "/c/acme/live"
    paths = [
        *(f"{page}/{name}" for name in ("results.json", "manifest.json", "02_level.ipynb")),
        *(f"{page}/{name}" for name in ("tables/level.csv", "whatif/02_level.json", ".", "..")),
        *(f"/c/acme/{name}" for name in (".store/x/02_level", "inputs/2026-Q4/secret.png")),
        *(f"/c/acme/{name}" for name in ("engagement.yml", "runs/x/y/.z")),
        *("/.access/access.sqlite3", "/.access/audit.jsonl", "/c/.access/2026-Q4/audit"),
        *("/.git/config", "/etc/passwd", "/robots.txt/.."),
        *(f"/voila/{name}" for name in ("files/acme/inputs/2026-Q4/secret.png", "tree/")),
        *(f"/voila/{name}" for name in ("files/../acme/inputs/2026-Q4/secret.png", "static/a.js")),
        *(
            f"/voila/{name}"
            for name in (f"query/{KERNEL}", f"execution/{KERNEL}", "render/x.ipynb")
        ),
        *(f"/voila/{name}" for name in ("api/contents/acme", f"api/shutdown/{KERNEL}")),
        *(f"/api/{name}" for name in ("contents", "kernels", f"kernels/{KERNEL}", "sessions")),
        *(f"/api/{name}" for name in ("terminals", "kernelspecs", "config/notebook", "me")),
        *("/metrics", "/login", "/logout", "/lab", "/tree", "/files/x", "/static/x", "/hub/home"),
        *(f"{live}/{name}" for name in ("voila/files/secret.png", f"voila/query/{KERNEL}")),
        *(f"{live}/{name}" for name in (f"voila/execution/{KERNEL}", "voila/tree", "api/kernels")),
        *(f"{live}/{name}" for name in ("api/contents", "api/sessions", "voila/api/contents/x")),
        *(f"{live}/{name}" for name in ("voila/render/x.ipynb", f"open/{KERNEL}/abc/02_level")),
        *(f"{live}/{name}" for name in ("voila/static/../../../etc/passwd", "voila/static/")),
        *(f"{live}/{name}" for name in ("voila/static/%2e%2e/%2e%2e/x", "voila/labextensions/.x")),
        *(f"{live}/{name}" for name in ("voila/labextensions/..%2f..%2fx", "voila/themes/x")),
        *(
            f"{live}/{name}"
            for name in (f"api/kernels/{GUESSED}", f"api/kernels/{GUESSED}/channels")
        ),
        *(f"{live}/{name}" for name in (f"api/kernels/{KERNEL}/interrupt", "door/")),
        *("/assets/x/../../acme/inputs/2026-Q4/secret.png", "/assets/x/%2e%2e/conf.json"),
        *("/assets/x/..%2f..%2findex.html.j2", "/assets/../pages/base.html", "/assets/x/pages"),
        *("/oidc/start", "/oidc/return?code=x&state=y", "/oidc/left?state=y"),
        "/oauth_callback?code=x&state=y",
    ]
    for path in paths:
        yield Attack(f"beside the pages {path}", "acme", Request(path), GONE)
    for path in ("/c/acme/reviews/2026-Q4.jsonl", "/c/acme/2025-Q1/02_level", f"{live}/token"):
        yield Attack(f"a period of that name {path}", "acme", Request(path), UNPUBLISHED)
    look = f"{page}/{STEM}"
    queries = ("template=lab", "theme=dark", "TEMPLATE=x", "%74heme=x", "a=1&template", "theme=")
    for query in queries:
        for target in (f"{look}?{query}", f"{look}/what-if?{query}", f"/?{query}"):
            yield Attack(f"another look {target}", "acme", Request(target), (400, "query"))
