"""People, links and passwords as typed. Oracle: exit status, messages, and the store itself."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, timedelta
from pathlib import Path

import pytest

from lodestar.access import Access, Refused
from lodestar.cli import main
from lodestar.cli.access import app
from tests.cli.test_help import run
from tests.support.access import PASSWORD

MAIN = [sys.executable, "-c", "from lodestar.cli import main; main()", "access"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for client in ("demo", "acme"):
        (tmp_path / client).mkdir()
        (tmp_path / client / "engagement.yml").write_text("client: x\n")
    return tmp_path


def typed(root: Path, *words: str, read: str = "") -> subprocess.CompletedProcess[str]:
    """Return what the command does, in this process: starting it takes longer than its work."""
    command = ["access", *words, "--data-root", str(root)]
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "stdin", io.StringIO(read))
        try:
            status = main(command)
        except SystemExit as ended:
            status = int(ended.code or 0)
    return subprocess.CompletedProcess(command, status, out.getvalue(), err.getvalue())


def store(root: Path) -> Access:
    return Access(root / ".access")


def test_a_person_from_added_to_revoked(root: Path) -> None:
    done = typed(root, "add", "Ana@Example.com", "--clients", "demo, acme", "--ends", "2999-12-31")
    assert done.returncode == 0, done.stderr
    assert "ana@example.com: client, sees acme, demo until 2999-12-31." in done.stdout
    link = typed(root, "link", "ana@example.com", "--site", "https://x.example/a/").stdout.strip()
    base, key = link.split("/enter?key=")
    assert base == "https://x.example/a"
    session = store(root).enter(key, "192.0.2.1")
    assert store(root).session(session).clients == ("acme", "demo")
    assert typed(root, "change", "ana@example.com", "--clients", "demo").returncode == 0
    assert store(root).session(session).clients == ("demo",)
    assert typed(root, "revoke", "ana@example.com").returncode == 0
    assert store(root).session(session) is None
    assert "--undo" in typed(root, "link", "ana@example.com").stderr
    assert typed(root, "revoke", "ana@example.com", "--undo").returncode == 0
    assert typed(root, "expire", "ana@example.com", "never").returncode == 0
    (listed,) = json.loads(typed(root, "list", "--json").stdout)
    assert listed == {
        **{"name": "ana@example.com", "role": "client", "clients": ["demo"], "ends": None},
        **{"revoked": False, "password": False, "stands": True},
    }


def test_the_list_is_a_table_that_lines_up(root: Path) -> None:
    assert "Nobody yet" in typed(root, "list").stdout
    typed(root, "add", "ana@example.com", "--clients", "demo")
    typed(root, "add", "bo", "--role", "consultant")
    head, *rows = typed(root, "list").stdout.splitlines()
    for column in ("role", "clients", "until", "signs in by"):
        start = head.index(column)
        assert all(row[start - 1] == " " != row[start] for row in rows)
    assert "all" in rows[1]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (("add", "a b", "--clients", "demo"), ["person-name"]),
        (("add", "a\x1b[2J\n", "--clients", "demo"), ["person-name"]),
        (("add", "bo", "--role", "boss"), ["unknown-role"]),
        (("add", "bo"), ["no-client"]),
        (("add", "bo", "--clients", "dmeo"), ["unknown-client"]),
        (("add", "bo", "--clients", "../demo"), ["client-name"]),
        (("add", "bo", "--clients", ".access"), ["client-name"]),
        (("add", "bo", "--clients", "demo", "--ends", "31.12.2999"), ["bad-date"]),
        (("add", "bo", "--clients", "demo", "--ends", "1999-12-31"), ["past-date"]),
        (("add", "ANA", "--clients", "demo"), ["known-person"]),
        (
            ("add", "b b", "--role", "boss", "--clients", "x,y", "--ends", "z"),
            ["person-name", "unknown-role", "bad-date", "unknown-client", "unknown-client"],
        ),
        (("change", "ana", "--clients", "nobody"), ["unknown-client"]),
        (("change", "ana", "--clients", ""), ["no-client"]),
        (("change", "ana", "--role", "king"), ["unknown-role"]),
        (("revoke", "anna"), ["unknown-person"]),
        (("expire", "ana", "someday"), ["bad-date"]),
        (("expire", "anna", "never"), ["unknown-person"]),
        (("link", "anna"), ["unknown-person"]),
        (("link", "ana", "--site", "ftp://x"), ["bad-address"]),
        (("link", "ana", "--output", "/no/such/folder/x"), ["link-file"]),
        (("password", "ana", "--password-file", "/no/such/file"), ["password-file"]),
        (("password", "ana"), ["weak-password"]),
        (("password", "anna"), ["unknown-person"]),
        (("sign-out", "anna"), ["unknown-person"]),
        (("looks", "dmeo"), ["unknown-client"]),
    ],
)
def test_wrong_input_is_told_with_its_remedy_and_changes_nothing(
    words: tuple[str, ...], codes: list[str], root: Path
) -> None:
    store(root).add("ana", "client", ["demo"])
    before = store(root).people(), (root / ".access" / "audit.jsonl").read_text()
    done = typed(root, *words)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    found = [line for line in done.stderr.splitlines() if line.endswith("]")]
    assert [line.rsplit("[")[-1][:-1] for line in found] == codes
    assert done.stderr.count("  Mend: ") == len(codes)
    assert "\x1b" not in done.stderr
    assert "Traceback" not in done.stderr
    assert (store(root).people(), (root / ".access" / "audit.jsonl").read_text()) == before


def test_a_data_root_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    done = typed(tmp_path / "none", "add", "ana", "--role", "consultant")
    assert (done.returncode, "[unknown-data-root]" in done.stderr) == (2, True)
    assert not (tmp_path / "none").exists()


def test_a_link_s_file_is_new_and_its_owner_s_alone(root: Path) -> None:
    store(root).add("ana", "client", ["demo"])
    file = root / "ana.link"
    done = typed(root, "link", "ana", "--hours", "1", "--output", str(file))
    assert "/enter?key=" not in done.stdout
    assert file.stat().st_mode & 0o777 == 0o600
    link = file.read_text()
    assert typed(root, "link", "ana", "--output", str(file)).returncode == 2
    assert file.read_text() == link
    missing = root / "anna.link"
    assert typed(root, "link", "anna", "--output", str(missing)).returncode == 2
    assert not missing.exists()


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_a_password_is_read_from_a_pipe_or_file(ending: str, root: Path) -> None:
    store(root).add("ana", "client", ["demo"])
    done = typed(root, "password", "ana", read=PASSWORD + ending)
    assert (done.returncode, PASSWORD in done.stdout + done.stderr) == (0, False)
    assert isinstance(store(root).sign_in("ana", PASSWORD, "192.0.2.1"), str)
    file = root / "password.txt"
    file.write_bytes(f"another {PASSWORD}{ending}".encode())
    assert typed(root, "password", "ana", "--password-file", str(file)).returncode == 0
    assert isinstance(store(root).sign_in("ana", f"another {PASSWORD}", "192.0.2.1"), str)
    assert isinstance(store(root).sign_in("ana", PASSWORD, "192.0.2.1"), Refused)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a terminal to pretend")
@pytest.mark.parametrize(("again", "status"), [(PASSWORD, 0), (PASSWORD + "!", 2)])
def test_a_password_is_asked_twice_without_showing_it(again: str, status: int, root: Path) -> None:
    store(root).add("ana", "client", ["demo"])
    process, terminal = pty.fork()
    if process == 0:
        os.execv(MAIN[0], [*MAIN, "password", "ana", "--data-root", str(root)])
    shown = b""
    for answer in (PASSWORD, again):
        asked = shown.count(b": ")
        while shown.count(b": ") == asked:
            shown += os.read(terminal, 1000)
        os.write(terminal, answer.encode() + b"\n")
    try:
        while chunk := os.read(terminal, 1000):
            shown += chunk
    except OSError:
        pass
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == status
    assert PASSWORD.encode() not in shown


def test_who_looked_is_listed(root: Path) -> None:
    kept = store(root)
    kept.add("ana", "client", ["demo"])
    session = kept.session(kept.enter(kept.new_link("ana"), "192.0.2.1"))
    assert "Nobody has looked" in typed(root, "looks", "demo").stdout
    kept.looked(session, "demo", "2026-Q4", "0123456789abcdef", "02_level")
    (look,) = json.loads(typed(root, "looks", "demo", "--json").stdout)
    assert (look["person"], look["page"], look["run"]) == ("ana", "02_level", "0123456789abcdef")
    assert "ana  2026-Q4  02_level  0123456789ab" in typed(root, "looks", "demo").stdout


def test_access_may_end_tomorrow(root: Path) -> None:
    tomorrow = (date.today() + timedelta(days=1)).isoformat()
    assert typed(root, "add", "bo", "--role", "reviewer", "--ends", tomorrow).returncode == 0


@pytest.mark.parametrize("command", app.registered_commands, ids=lambda c: c.name or "")
def test_each_verb_has_one_sentence_and_an_example_that_names_it(command: object) -> None:
    told = command.callback.__doc__.strip().splitlines()
    name = command.name or command.callback.__name__
    assert told[0].endswith(".")
    assert told[-1].strip().startswith(f"Example: lodestar access {name}")


def test_other_verbs_leave_the_folder_of_access_alone(root: Path) -> None:
    store(root).add("ana", "client", ["demo"])
    before = sorted((root / ".access").iterdir())
    for words in (("prune", "demo"), ("audit", "demo"), ("run", "--all")):
        done = run(*words, "--data-root", str(root))
        assert ".access" not in done.stdout + done.stderr
    assert set(before) <= set((root / ".access").iterdir())
    assert [person.name for person in store(root).people()] == ["ana"]
