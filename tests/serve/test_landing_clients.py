"""The first page of consultants, and who gets it. Oracle: clients put into each state by hand."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from lodestar.access import Access, Look, Session
from lodestar.errors import Problem
from lodestar.provenance import PublishedRun, code_hash, input_hashes
from lodestar.provenance.attempts import forget_attempts, keep_attempt
from lodestar.provenance.reviews import Review
from lodestar.review.record import append
from lodestar.schema import resources
from lodestar.serve.address import Address
from lodestar.serve.arrival import Arrival
from lodestar.serve.consultant import client_standing, consultant_html
from lodestar.serve.front import Front
from lodestar.serve.site import Site
from tests.serve.test_landing import TOP, book
from tests.support.access import START, opened
from tests.support.clients import small_client
from tests.support.published import publish
from tests.support.server import Server, serving, session_cookie

BO = Session("bo", "consultant", (), "c0ffee", False)


def published(root: Path, name: str) -> PublishedRun:
    """Publish a client from the inputs that it has, with the code of now."""
    from lodestar.engagement import load

    folder = small_client(root, name, f"{name.title()} plc")
    inputs = input_hashes(load(name, "", root))
    made = {"inputs": inputs, "code": {"version": "0", "sha256": code_hash()}}
    kept = {"corrections": [{}], "assumptions": []}
    said = {"client_name": f"{name.title()} plc"}
    return publish(folder, made_from={**made, **kept}, said=said, **{"00_summary": book(TOP)})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path


def site_of(root: Path, *clients: str) -> Site:
    return Site(resources.templates() / "voila" / "lodestar", clients, "", root)


def test_a_run_whose_inputs_stand_says_so_and_what_is_on_record(root: Path) -> None:
    published(root, "acme")
    found = client_standing(site_of(root, "acme"), "acme", [])
    assert (found.state, found.name, found.href) == ("standing", "Acme plc", "/c/acme")
    assert re.fullmatch(r"Published \d+ \w+ 20\d\d; inputs unchanged since\.", found.sentence)
    assert found.checks == "One correction and no assumptions on record."
    assert (found.review, found.mark) == ("Draft, not signed off", "draft")


def test_an_input_changed_later_is_named_also_when_seen_before(root: Path) -> None:
    run = published(root, "acme")
    site = site_of(root, "acme")
    assert client_standing(site, "acme", []).state == "standing"
    table = root / "acme" / "inputs" / "2026-Q4" / "outcomes.csv"
    table.write_text(table.read_text() + "o9,More,customer,0.1\n")
    found = client_standing(site, "acme", [])
    assert found.state == "changed"
    assert "one input changed since (outcomes.csv): lodestar run acme." in found.sentence
    (root / "acme" / "assumptions.yml").write_text("- x\n")
    assert "two inputs changed" in client_standing(site, "acme", []).sentence
    assert run.folder.is_dir()


@pytest.mark.parametrize("harm", ["missing", "manifest", "json"])
def test_a_run_that_is_not_whole_is_told(harm: str, root: Path) -> None:
    run = published(root, "acme")
    if harm == "missing":
        (run.folder / "00_summary.ipynb").unlink()
    else:
        text = (run.folder / "manifest.json").read_text()
        (run.folder / "manifest.json").write_text(text + " " if harm == "manifest" else "{")
    found = client_standing(site_of(root, "acme"), "acme", [])
    assert found.state == "harmed"
    assert "lodestar run acme --force" in found.sentence


def test_a_client_without_a_run_is_told_what_to_do(root: Path) -> None:
    small_client(root, "fresh")
    found = client_standing(site_of(root, "fresh"), "fresh", [])
    assert (found.state, found.href) == ("none", "")
    assert "lodestar run fresh" in found.sentence


def test_a_run_that_failed_is_told_until_its_inputs_change_or_a_run_overtakes_it(
    root: Path,
) -> None:
    published(root, "acme")
    site, folder = site_of(root, "acme"), root / "acme"
    keep_attempt(folder, "run", "failed", time.time() + 1, ["02_level, cell 5 (x): <b>Odd"] * 5)
    (told,) = client_standing(site, "acme", []).attempts
    assert (told.label, told.grave, told.more) == ("Last run", True, 2)
    assert told.sentence.endswith("nothing was published: lodestar run acme.")
    page = consultant_html(site, opened(root), BO)
    assert "One client: one cannot be run as it is" in page
    assert "02_level, cell 5 (x): &lt;b&gt;Odd" in page
    assert "and 2 more" in page
    reviewers = consultant_html(site, opened(root), Session("cy", "reviewer", (), "", False))
    assert "One client: one cannot be run as it is" in reviewers
    assert "cell 5" not in reviewers
    (folder / "assumptions.yml").write_text("- x\n")
    (told,) = client_standing(site, "acme", []).attempts
    assert (told.grave, told.causes) == (False, ())
    assert told.sentence.endswith("inputs changed since: lodestar run acme.")
    forget_attempts(folder)
    assert client_standing(site, "acme", []).attempts == ()


def test_a_client_without_a_run_says_what_its_check_found(root: Path) -> None:
    small_client(root, "fresh")
    wrong = Problem("range", "ratings.csv", "This is no rating.", "Write 0 to 4.", 3, "r1", "9")
    keep_attempt(root / "fresh", "check", "refused", time.time() + 1, [wrong])
    (told,) = client_standing(site_of(root, "fresh"), "fresh", []).attempts
    assert (told.label, told.grave) == ("Check", True)
    assert told.causes == ("ratings.csv, row 3, column r1: This is no rating. Write 0 to 4.",)
    keep_attempt(root / "fresh", "run", "refused", time.time() + 9, [wrong])
    run, check = client_standing(site_of(root, "fresh"), "fresh", []).attempts
    assert (run.causes, check.causes) == (told.causes, ())
    forget_attempts(root / "fresh")
    keep_attempt(root / "fresh", "check", "clean", time.time() + 1)
    (told,) = client_standing(site_of(root, "fresh"), "fresh", []).attempts
    assert told.sentence.startswith("No problems on ")
    assert not told.grave


def test_who_looked_is_named_latest_first_and_the_rest_are_counted(root: Path) -> None:
    run = published(root, "acme")
    looks = [
        Look(f"p{n}", "acme", "2026-Q4", run.hash if n else "0" * 32, "x", START - n)
        for n in range(5)
    ]
    found = client_standing(site_of(root, "acme"), "acme", looks)
    assert found.looks[0] == "p0 on 21 September 2026, at an earlier run"
    assert found.looks[1] == "p1 on 21 September 2026"
    assert (len(found.looks), found.more) == (3, 2)


def test_a_session_limited_to_some_clients_sees_those(root: Path) -> None:
    for name in ("acme", "bravo"):
        run = published(root, name)
    at = "2026-11-22T12:00:00Z"
    signed = Review("signature", "Ana <b>", at, run.hash, "Looked.")
    append(root / "bravo", "2026-Q4", signed)
    site, store = site_of(root, "acme", "bravo"), opened(root)
    whole = consultant_html(site, store, BO)
    assert "Two clients: one awaits review." in whole
    assert "Reviewed by Ana &lt;b&gt; on 22 November 2026" in whole
    some = consultant_html(site, store, Session("cy", "reviewer", ("acme",), "", False))
    assert "Acme plc" in some
    assert "ravo" not in some


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Access]]:
    root = tmp_path_factory.mktemp("clients")
    for name in ("acme", "bravo"):
        published(root, name)
    store = Access(root / ".access")
    store.add("ana", "client", ["acme"])
    store.add("bo", "consultant")
    store.add("cy", "reviewer", ["bravo"])
    with serving(root) as server:
        yield server, store


def first_page(served: tuple[Server, Access], name: str) -> tuple[str, str]:
    server, store = served
    cookie = session_cookie(server.enter(f"{server.base}/enter?key={store.new_link(name)}"))
    reply, page = server.ask("/", cookie)
    assert reply.status == 200
    return cookie, page.decode()


def test_each_role_begins_where_it_should_on_a_real_server(
    served: tuple[Server, Access],
) -> None:
    _, client = first_page(served, "ana")
    assert "Read the one-page summary" in client
    assert "bravo" not in client.lower()
    _, consultant = first_page(served, "bo")
    assert "Two clients" in consultant
    assert "ana on" in consultant
    _, reviewer = first_page(served, "cy")
    assert "One client" in reviewer
    assert "acme" not in reviewer.lower()


def test_only_consultants_and_reviewers_of_a_client_read_what_failed(
    served: tuple[Server, Access],
) -> None:
    """Oracle: words that stand nowhere else; also not on a link's pages, nor a file's address."""
    server, store = served
    folder = store.folder.parent / "acme"
    keep_attempt(folder, "run", "failed", time.time() + 1, ["cause-of-acme"])
    assert "cause-of-acme" in first_page(served, "bo")[1]
    assert "cause-of-acme" not in first_page(served, "cy")[1]
    cookie, page = first_page(served, "ana")
    link = store.guest_link("acme")
    guest = session_cookie(server.enter(f"{server.base}/enter?key={link}"))
    assert "cause-of-acme" not in page
    paths = ["/", "/c/acme", "/c/acme/2026-Q4/00_summary", "/clients", "/c/acme/.log/attempts.json"]
    for path in [*paths, "/c/acme/%2elog/attempts.json", "/c/acme/runs/.log/attempts.json"]:
        for holder in (cookie, guest):
            assert b"cause-of-acme" not in server.ask(path, holder)[1]
    forget_attempts(folder)


def test_the_first_page_is_a_look_and_its_way_out_ends_the_session(
    served: tuple[Server, Access],
) -> None:
    server, store = served
    cookie, page = first_page(served, "ana")
    assert {(x.person, x.page) for x in store.looks("acme")} >= {("ana", "landing")}
    token = re.search(r'name="token" value="([0-9a-f]+)"', page)
    assert token
    reply, _ = server.post("/sign-out", cookie, token=token[1])
    assert reply.status == 200
    assert server.ask("/", cookie)[0].status == 403
    events = [json.loads(x) for x in (store.folder / "audit.jsonl").read_text().splitlines()]
    assert events[-1]["event"] in ("signed-out", "refused")


def test_who_opened_a_what_if_is_written_down(root: Path) -> None:
    run, store = published(root, "acme"), opened(root)
    front = Front(site_of(root, "acme"), store, Address())
    front.tried(
        SimpleNamespace(session=BO, arrival=Arrival("192.0.2.1", "x", "http")), run, "02_level"
    )
    (line,) = (store.folder / "audit.jsonl").read_text().splitlines()
    assert json.loads(line) == {
        **{"at": "2026-09-21T14:13:20Z", "event": "what-if", "person": "bo", "client": "acme"},
        **{"period": "2026-Q4", "run": run.hash, "page": "02_level", "address": "192.0.2.1"},
    }
